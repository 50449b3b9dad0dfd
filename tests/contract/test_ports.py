"""The fakes together are what a use case asks for."""

from roundtable.ports import Ports
from tests.fakes import FakePorts


def test_fakes_are_ports_and_share_their_seats() -> None:
    fakes = FakePorts()
    ports: Ports = fakes
    assert ports.rounds is fakes.applications.rounds

import socket
import threading
from typing import Any

import pytest

from roundtable.adapters.videos.pinned_connection import (
    AddressRefusedError,
    Deadline,
    is_public,
    public_addresses,
    resolve,
)


@pytest.mark.parametrize("address", ["1.1.1.1", "93.184.215.14", "2606:2800:21f:cb07::1"])
def test_is_public_on_the_internet(address: str) -> None:
    assert is_public(address)


@pytest.mark.parametrize(
    "address", ["127.0.0.1", "100.64.0.1", "169.254.169.254", "::1", "::ffff:1.1.1.1", "1.1", ""]
)
def test_is_public_for_nothing_else(address: str) -> None:
    assert not is_public(address)


def test_public_addresses_are_few_and_those_of_ipv4_first() -> None:
    assert public_addresses(["2606:4700::1", "1.1.1.1", "1.1.1.1"]) == ("1.1.1.1", "2606:4700::1")
    many = [f"93.184.215.{number}" for number in range(9)]
    assert public_addresses(many) == tuple(many[:3])
    assert public_addresses([]) == ()


def test_public_addresses_with_a_private_one_are_refused() -> None:
    with pytest.raises(AddressRefusedError):
        public_addresses([*(f"93.184.215.{number}" for number in range(9)), "10.0.0.1"])


def test_resolve_gives_the_systems_addresses(monkeypatch: pytest.MonkeyPatch) -> None:
    def found(*asked: Any, **how: Any) -> list[Any]:
        assert (asked, how) == (("tv.example.org", 443), {"type": socket.SOCK_STREAM})
        return [
            (socket.AF_INET6, socket.SOCK_STREAM, 6, "", ("2606:4700::1", 443, 0, 0)),
            (socket.AF_INET, socket.SOCK_STREAM, 6, "", ("1.1.1.1", 443)),
        ]

    monkeypatch.setattr(socket, "getaddrinfo", found)
    assert resolve("tv.example.org", 1) == ["2606:4700::1", "1.1.1.1"]


def test_resolve_gives_up_on_a_slow_resolver(monkeypatch: pytest.MonkeyPatch) -> None:
    released = threading.Event()

    def slow(*_asked: Any, **_how: Any) -> list[Any]:
        released.wait(5)
        return []

    monkeypatch.setattr(socket, "getaddrinfo", slow)
    try:
        with pytest.raises(TimeoutError):
            resolve("tv.example.org", 0.05)
    finally:
        released.set()


def test_deadline_has_less_and_less_left() -> None:
    now = 10.0
    deadline = Deadline(4, lambda: now)
    assert deadline.left() == 4.0
    now = 13.5
    assert deadline.left() == 0.5
    now = 14.0
    with pytest.raises(TimeoutError):
        deadline.left()

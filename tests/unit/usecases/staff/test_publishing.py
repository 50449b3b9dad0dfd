from datetime import date

import pytest

from roundtable.domain.program import Program
from roundtable.domain.seats import Seats
from roundtable.ports import Conflict
from roundtable.usecases.errors import Invalid
from roundtable.usecases.staff.publishing import publish
from tests.factories import (
    PROGRAM,
    RESIDENCY,
    SEMINAR,
    make_application,
    make_program,
    make_seats,
    make_track,
)
from tests.fakes import FakePorts
from tests.unit.usecases.rounds import STAFF


def program(capacity: int = 2, reserve: int = 1, closes: date = date(2022, 10, 21)) -> Program:
    first = make_track(
        RESIDENCY, capacity=capacity, closes=closes, fallback={"track": SEMINAR, "reserve": reserve}
    )
    return make_program(tracks=(first, make_track(SEMINAR, capacity=10)))


@pytest.fixture
def ports() -> FakePorts:
    fakes = FakePorts()
    assert publish(fakes, program(), STAFF) == 1
    return fakes


def test_publish_the_first_version_lays_out_the_seats(ports: FakePorts) -> None:
    assert ports.rounds.seats(PROGRAM, RESIDENCY) == make_seats()
    assert ports.rounds.seats(PROGRAM, SEMINAR) == make_seats(SEMINAR, capacity=10, reserved=1)
    (note,) = ports.rounds.moves(PROGRAM)
    assert (note["version"], note["by"], note["changes"]) == (1, "staff:staff-1", [])


def test_publish_the_same_again_is_no_version(ports: FakePorts) -> None:
    assert publish(ports, program(), STAFF) == 1
    assert len(ports.rounds.moves(PROGRAM)) == 1


def test_publish_a_move_notes_who_moved_what(ports: FakePorts) -> None:
    assert publish(ports, program(closes=date(2022, 10, 28)), STAFF) == 2
    note = ports.rounds.moves(PROGRAM)[1]
    assert note["by"] == "staff:staff-1"
    changes = note["changes"]
    assert isinstance(changes, list)
    assert [item["path"] for item in changes if isinstance(item, dict)] == [
        "tracks[residency].closes"
    ]


def test_publish_more_seats_and_another_reserve(ports: FakePorts) -> None:
    ports.rounds.put_seats(make_seats(SEMINAR, capacity=10, taken=4, reserved=1))
    publish(ports, program(capacity=5, reserve=3), STAFF)
    assert ports.rounds.seats(PROGRAM, RESIDENCY) == make_seats(capacity=5)
    assert ports.rounds.seats(PROGRAM, SEMINAR) == make_seats(
        SEMINAR, capacity=10, taken=4, reserved=3
    )


def test_publish_fewer_seats_than_are_taken_is_refused(ports: FakePorts) -> None:
    ports.rounds.put_seats(make_seats(taken=2))
    with pytest.raises(Invalid) as refused:
        publish(ports, program(capacity=1), STAFF)
    assert [item.path for item in refused.value.problems] == ["/tracks/residency/capacity"]
    assert ports.rounds.newest(PROGRAM)[0] == 1


def test_publish_an_unsafe_change_is_refused(ports: FakePorts) -> None:
    with pytest.raises(Invalid, match="cannot replace the published one"):
        publish(ports, program().with_(timezone="Europe/Paris"), STAFF)
    assert ports.rounds.newest(PROGRAM)[0] == 1


def test_publish_while_a_seat_is_taken_decides_again(ports: FakePorts) -> None:
    write = ports.rounds.publish

    def slower(version: Program, number: int, seats: list[Seats], note: dict[str, object]) -> None:
        ports.rounds.publish = write  # type: ignore[method-assign]
        ports.rounds.put_seats(make_seats(taken=1))
        raise Conflict

    ports.rounds.publish = slower  # type: ignore[method-assign, assignment]
    publish(ports, program(capacity=5), STAFF)
    assert ports.rounds.seats(PROGRAM, RESIDENCY) == make_seats(capacity=5, taken=1)


def test_publish_moves_what_is_due_and_again_moves_what_was_left(ports: FakePorts) -> None:
    application = make_application()
    ports.applications.given(application)
    assert publish(ports, program(), STAFF) == 1
    publish(ports, program(closes=date(2022, 10, 28)), STAFF)
    assert ports.applications.get(application.id).due is not None
    assert ports.applications.get(application.id).version == 2
    left = ports.applications.given(make_application(number=2))
    assert publish(ports, program(closes=date(2022, 10, 28)), STAFF) == 2
    assert ports.applications.get(left.id).version == 2
    assert ports.applications.get(application.id).version == 2

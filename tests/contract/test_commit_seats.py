"""Seats taken and given back in the transaction that decides."""

from typing import Any

import pytest

from roundtable.domain.stages import Stage
from roundtable.ports import (
    Changes,
    Conflict,
    NotFound,
    SeatChange,
    SeatsFull,
)
from tests.contract.conftest import Store
from tests.factories import (
    PROGRAM,
    RESIDENCY,
    SEMINAR,
    make_application,
    make_event,
    make_notice,
    make_program,
    make_seats,
)

TAKE = SeatChange(program=PROGRAM, track=RESIDENCY, change="take")
GIVE_BACK = SeatChange(program=PROGRAM, track=RESIDENCY, change="give_back")


def begin(store: Store, number: int = 1, stage: Stage = Stage.DRAFT) -> Changes:
    changes = Changes(application=make_application(stage, number=number))
    store.applications.commit(changes)
    return changes


def publish(store: Store, **seats: Any) -> None:
    program = make_program()
    store.rounds.publish(program, 1, [make_seats(**seats), make_seats(SEMINAR)], {})


def test_commit_takes_a_seat_and_gives_it_back(store: Store) -> None:
    publish(store, capacity=3, reserved=1)
    begin(store)
    taken = make_application(Stage.NOTIFYING, version=2)
    store.applications.commit(Changes(application=taken, seat=TAKE))
    assert store.rounds.seats(PROGRAM, RESIDENCY) == make_seats(capacity=3, taken=1, reserved=1)
    again = make_application(Stage.NOTIFYING, version=3)
    reserved = TAKE.with_(pool="reserved")
    store.applications.commit(Changes(application=again, seat=reserved))
    assert store.rounds.seats(PROGRAM, RESIDENCY) == make_seats(capacity=3, taken=2)
    released = make_application(Stage.CLOSED, version=4)
    store.applications.commit(Changes(application=released, seat=GIVE_BACK))
    assert store.rounds.seats(PROGRAM, RESIDENCY) == make_seats(capacity=3, taken=1)


def test_commit_of_the_last_seat_twice_leaves_the_loser_as_it_was(store: Store) -> None:
    publish(store, capacity=1)
    begin(store, 1)
    loser = begin(store, 2).application
    winner = make_application(Stage.NOTIFYING, number=1, version=2)
    store.applications.commit(Changes(application=winner, seat=TAKE))
    late = make_application(Stage.NOTIFYING, number=2, version=2)
    notice = make_notice(application=late.id, kind="invitation")
    with pytest.raises(SeatsFull):
        store.applications.commit(
            Changes(application=late, seat=TAKE, notices=(notice,), events=(make_event(late.id),))
        )
    assert store.applications.get(late.id) == loser
    assert store.applications.notices(late.id) == ()
    assert store.applications.events(late.id) == ()
    assert store.rounds.seats(PROGRAM, RESIDENCY) == make_seats(capacity=1, taken=1)


def test_commit_takes_no_seat_of_the_other_pool(store: Store) -> None:
    publish(store, capacity=1, reserved=1)
    with pytest.raises(SeatsFull):
        store.applications.commit(Changes(application=make_application(), seat=TAKE))
    assert store.rounds.seats(PROGRAM, RESIDENCY) == make_seats(capacity=1, reserved=1)


def test_commit_takes_no_seat_of_an_unknown_track(store: Store) -> None:
    with pytest.raises(SeatsFull):
        store.applications.commit(Changes(application=make_application(), seat=TAKE))
    with pytest.raises(NotFound):
        store.rounds.seats(PROGRAM, RESIDENCY)


def test_commit_gives_no_seat_back_where_none_is_taken(store: Store) -> None:
    publish(store)
    with pytest.raises(Conflict):
        store.applications.commit(Changes(application=make_application(), seat=GIVE_BACK))
    assert store.rounds.seats(PROGRAM, RESIDENCY) == make_seats()

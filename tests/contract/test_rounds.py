"""Programs, seats, statistics, form keys and reviewers."""

import pytest

from roundtable.domain.seats import resize
from roundtable.ports import Changes, Conflict, NotFound, SeatChange
from tests.contract.conftest import Store
from tests.factories import (
    PROGRAM,
    RESIDENCY,
    SEMINAR,
    make_application,
    make_program,
    make_reviewer,
    make_seats,
)

TAKE = SeatChange(program=PROGRAM, track=RESIDENCY, change="take")
SEATS = (make_seats(), make_seats(SEMINAR, reserved=1))


def test_publish_keeps_every_version(store: Store) -> None:
    first, second = make_program(), make_program(name="Fellowship 2023")
    store.rounds.publish(first, 1, SEATS, {"by": "staff:1", "moved": []})
    store.rounds.publish(second, 2, [], {"by": "staff:2", "moved": ["name"]})
    assert store.rounds.newest(PROGRAM) == (2, second)
    assert store.rounds.version(PROGRAM, 1) == first
    assert store.rounds.moves(PROGRAM) == (
        {"by": "staff:1", "moved": []},
        {"by": "staff:2", "moved": ["name"]},
    )
    assert store.rounds.seats(PROGRAM, SEMINAR) == SEATS[1]


def test_programs_returns_keys_in_order(store: Store) -> None:
    assert store.rounds.programs() == ()
    for key in ("series", "fellowship", "academy"):
        store.rounds.publish(make_program(key=key), 1, [], {})
    store.rounds.publish(make_program(key="series"), 2, [], {})
    assert store.rounds.programs() == ("academy", "fellowship", "series")


def test_unknown_program_raises_not_found(store: Store) -> None:
    store.rounds.publish(make_program(), 1, [], {})
    with pytest.raises(NotFound):
        store.rounds.newest("other")
    for number in (0, 2):
        with pytest.raises(NotFound):
            store.rounds.version(PROGRAM, number)
    with pytest.raises(NotFound):
        store.rounds.seats(PROGRAM, RESIDENCY)
    assert store.rounds.moves("other") == ()


@pytest.mark.parametrize("number", [1, 3])
def test_publish_of_a_number_that_is_not_next_conflicts(store: Store, number: int) -> None:
    store.rounds.publish(make_program(), 1, SEATS, {"by": "staff:1"})
    with pytest.raises(Conflict):
        store.rounds.publish(make_program(name="Other"), number, [make_seats(capacity=9)], {})
    assert store.rounds.newest(PROGRAM) == (1, make_program())
    assert store.rounds.seats(PROGRAM, RESIDENCY) == make_seats()
    assert store.rounds.moves(PROGRAM) == ({"by": "staff:1"},)


def test_publish_changes_seats(store: Store) -> None:
    store.rounds.publish(make_program(), 1, SEATS, {})
    store.applications.commit(Changes(application=make_application(), seat=TAKE))
    more = resize(store.rounds.seats(PROGRAM, RESIDENCY), 5)
    store.rounds.publish(make_program(), 2, [more], {})
    assert store.rounds.seats(PROGRAM, RESIDENCY) == make_seats(capacity=5, taken=1)


def test_publish_conflicts_where_a_seat_was_taken_meanwhile(store: Store) -> None:
    store.rounds.publish(make_program(), 1, SEATS, {})
    fewer = resize(store.rounds.seats(PROGRAM, RESIDENCY), 0)
    store.applications.commit(Changes(application=make_application(), seat=TAKE))
    with pytest.raises(Conflict):
        store.rounds.publish(make_program(), 2, [fewer], {})
    assert store.rounds.seats(PROGRAM, RESIDENCY) == make_seats(taken=1)
    assert store.rounds.newest(PROGRAM) == (1, make_program())


def test_open_reserve_opens_it_to_all(store: Store) -> None:
    store.rounds.publish(make_program(), 1, SEATS, {})
    store.rounds.open_reserve(SEATS[1])
    assert store.rounds.seats(PROGRAM, SEMINAR) == make_seats(SEMINAR)
    with pytest.raises(Conflict):
        store.rounds.open_reserve(SEATS[1])
    with pytest.raises(Conflict):
        store.rounds.open_reserve(make_seats("other"))


def test_count_adds_once_for_each_event(store: Store) -> None:
    store.rounds.count("event-1", PROGRAM, {"residency/draft": 1, "all": 1})
    store.rounds.count("event-1", PROGRAM, {"residency/draft": 1, "all": 1})
    moved = {"residency/draft": -1, "residency/outcome/accepted": 1}
    store.rounds.count("event-2", PROGRAM, moved)
    store.rounds.count("event-3", PROGRAM, {})
    store.rounds.count("event-1", "other", {"all": 5})
    for number in range(4, 20):
        store.rounds.count(f"event-{number}", PROGRAM, {"all": 1})
    assert store.rounds.counts(PROGRAM) == {
        "residency/draft": 0,
        "all": 17,
        "residency/outcome/accepted": 1,
    }
    assert store.rounds.counts("other") == {"all": 5}
    assert store.rounds.counts("third") == {}


def test_form_key_is_known_for_its_program_only(store: Store) -> None:
    store.rounds.keep_form_key(PROGRAM, "a" * 64, "Website")
    assert store.rounds.knows_form_key(PROGRAM, "a" * 64)
    assert not store.rounds.knows_form_key(PROGRAM, "b" * 64)
    assert not store.rounds.knows_form_key("other", "a" * 64)


def test_reviewers_are_returned_by_id(store: Store) -> None:
    for number in (2, 1, 3):
        store.rounds.keep_reviewer(make_reviewer(number))
    changed = make_reviewer(2, active=False)
    store.rounds.keep_reviewer(changed)
    assert store.rounds.reviewers() == (make_reviewer(1), changed, make_reviewer(3))
    assert store.rounds.reviewer("reviewer-2") == changed
    with pytest.raises(NotFound):
        store.rounds.reviewer("reviewer-4")


def test_cursor_is_empty_until_kept(store: Store) -> None:
    assert store.rounds.cursor("reconcile") == ""
    store.rounds.keep_cursor("reconcile", "place")
    assert store.rounds.cursor("reconcile") == "place"
    store.rounds.keep_cursor("reconcile", "")
    assert store.rounds.cursor("reconcile") == ""

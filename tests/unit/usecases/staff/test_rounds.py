from datetime import UTC, date, datetime

import pytest

from roundtable.domain.audit import Actor
from roundtable.domain.model import Key
from roundtable.domain.seats import take
from roundtable.usecases.errors import Invalid, NotNow, Stale, Unknown
from roundtable.usecases.staff.form_keys import create_form_key
from roundtable.usecases.staff.rounds import (
    RoundPatch,
    close_now,
    history,
    move_round,
    open_now,
    preview_move,
    version_of,
)
from roundtable.usecases.step import program_of
from tests.factories import PROGRAM, RESIDENCY, SEMINAR, make_application, make_program
from tests.fakes import FakePorts

STAFF = Actor(kind="staff", id="staff-1")
CLOSES: dict[str, dict[Key, object]] = {"tracks": {RESIDENCY: {"closes": "2022-10-28"}}}
MIDNIGHT = datetime(2022, 10, 29, 4, 0, tzinfo=UTC)


def make_ports() -> FakePorts:
    ports = FakePorts()
    ports.rounds.given(make_program())
    return ports


def patch(**fields: object) -> RoundPatch:
    return RoundPatch.model_validate(fields)


def test_a_preview_tells_what_would_change_and_writes_nothing() -> None:
    ports = make_ports()
    move = preview_move(ports, PROGRAM, patch(**CLOSES))
    assert [(change.path, change.before, change.after) for change in move.changes] == [
        (f"tracks[{RESIDENCY}].closes", "2022-10-21", "2022-10-28")
    ]
    assert (move.version, move.closes_at[RESIDENCY]) == (1, MIDNIGHT)
    assert ports.rounds.newest(PROGRAM)[0] == 1


def test_a_moved_date_is_a_new_version_that_reaches_open_applications() -> None:
    ports = make_ports()
    application = ports.applications.given(make_application())
    move = move_round(ports, PROGRAM, patch(**CLOSES), STAFF, version=1)
    assert move.version == 2
    program = program_of(ports, application)
    assert program.closes_at(program.track(RESIDENCY)) == MIDNIGHT
    assert version_of(ports, PROGRAM, 1) == make_program()


def test_who_moved_what_is_kept() -> None:
    ports = make_ports()
    move_round(ports, PROGRAM, patch(**CLOSES), STAFF, version=1)
    told = history(ports, PROGRAM)
    assert (told.version, told.moves[-1]["by"]) == (2, "staff:staff-1")


def test_a_capacity_is_moved_with_its_seats() -> None:
    ports = make_ports()
    tracks = {RESIDENCY: {"capacity": 5}}
    move_round(ports, PROGRAM, patch(tracks=tracks), STAFF, version=1)
    assert ports.rounds.seats(PROGRAM, RESIDENCY).capacity == 5


def test_a_capacity_below_the_seats_taken_is_refused() -> None:
    ports = make_ports()
    seats = ports.rounds.seats(PROGRAM, RESIDENCY)
    ports.rounds.put_seats(take(take(seats, "open"), "open"))
    smaller = patch(tracks={RESIDENCY: {"capacity": 1}})
    with pytest.raises(Invalid) as refusal:
        move_round(ports, PROGRAM, smaller, STAFF, version=1)
    assert [item.path for item in refusal.value.problems] == [f"/tracks/{RESIDENCY}/capacity"]


def test_a_move_of_an_older_version_is_refused() -> None:
    ports = make_ports()
    move_round(ports, PROGRAM, patch(**CLOSES), STAFF, version=1)
    with pytest.raises(Stale):
        move_round(ports, PROGRAM, patch(**CLOSES), STAFF, version=1)


def test_a_move_that_makes_no_program_names_the_field() -> None:
    tracks = {RESIDENCY: {"closes": "2022-08-01"}}
    with pytest.raises(Invalid) as refusal:
        preview_move(make_ports(), PROGRAM, patch(tracks=tracks))
    assert [item.path for item in refusal.value.problems] == [f"/tracks/{RESIDENCY}/closes"]


def test_an_offer_can_be_taken_away_and_a_close_cannot() -> None:
    tracks = {RESIDENCY: {"offer": None, "closes": None}}
    move = preview_move(make_ports(), PROGRAM, patch(tracks=tracks))
    assert [change.path for change in move.changes] == [f"tracks[{RESIDENCY}].offer"]


def test_words_of_a_notice_are_corrected_and_others_stay() -> None:
    ports = FakePorts()
    ports.rounds.given(make_program(notices={"receipt": {"closing": "Yours"}}))
    words = {"invitation": {"opening": "Welcome"}}
    move_round(ports, PROGRAM, patch(notices=words), STAFF, version=1)
    assert sorted(ports.rounds.newest(PROGRAM)[1].notices) == ["invitation", "receipt"]


def test_a_round_is_opened_at_once() -> None:
    ports = make_ports()
    ports.clock.set(datetime(2022, 9, 1, 15, 30, 20, tzinfo=UTC))
    move = open_now(ports, PROGRAM, STAFF, version=1)
    assert move.opens_at == datetime(2022, 9, 1, 15, 30, tzinfo=UTC)
    with pytest.raises(NotNow):
        open_now(ports, PROGRAM, STAFF, version=2)


@pytest.mark.parametrize(
    ("at", "closes"),
    [
        (datetime(2022, 10, 10, 15, 30, 20, tzinfo=UTC), "2022-10-10T15:30"),
        (datetime(2022, 10, 11, 3, 59, 20, tzinfo=UTC), "2022-10-11T03:58"),
    ],
)
def test_a_track_is_closed_at_once(at: datetime, closes: str) -> None:
    ports = make_ports()
    ports.clock.set(at)
    move = close_now(ports, PROGRAM, SEMINAR, STAFF, version=1)
    assert move.closes_at[SEMINAR] == datetime.fromisoformat(closes).replace(tzinfo=UTC)
    assert move.closes_at[RESIDENCY] == make_program().end_of(date(2022, 10, 21))
    with pytest.raises(NotNow):
        close_now(ports, PROGRAM, SEMINAR, STAFF, version=2)


def test_an_unknown_track_or_version_is_unknown() -> None:
    ports = make_ports()
    with pytest.raises(Unknown):
        close_now(ports, PROGRAM, "another", STAFF, version=1)
    with pytest.raises(Unknown):
        version_of(ports, PROGRAM, 9)


def test_a_form_key_differs_each_time() -> None:
    ports = make_ports()
    keys = {create_form_key(ports, PROGRAM, STAFF, label="Web site").key for _ in range(2)}
    assert len(keys) == 2

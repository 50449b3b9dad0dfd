from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from roundtable.domain.program import AttestationRequirement
from roundtable.programs.loading import load_program
from roundtable.usecases.applying.offering import (
    Fallback,
    Intake,
    WhoMay,
    offered,
    program_offered,
    programs_offered,
)
from roundtable.usecases.errors import Unknown
from tests.factories import NOW, PROGRAM, RESIDENCY, SEMINAR, make_program, make_track
from tests.fakes import FakePorts

CLOSE = datetime(2022, 10, 22, 4, 0, tzinfo=UTC)
OPENS = datetime(2022, 9, 6, 13, 0, tzinfo=UTC)
A_MOMENT = timedelta(microseconds=1)
TWO_CLOSES = make_program(
    tracks=(make_track(RESIDENCY), make_track(SEMINAR, closes=date(2022, 11, 1)))
)
WORKSHOPS = load_program(Path(__file__).parents[4] / "programs" / "antiracism-workshops-2024.yaml")


@pytest.mark.parametrize(
    ("now", "intake"),
    [
        (OPENS - A_MOMENT, Intake.NOT_YET),
        (OPENS, Intake.OPEN),
        (CLOSE - A_MOMENT, Intake.OPEN),
        (CLOSE, Intake.CLOSED),
    ],
)
def test_applications_are_taken_from_the_opening_to_the_close(
    now: datetime, intake: Intake
) -> None:
    program = offered(make_program(), now)
    assert program.intake is intake
    assert {track.intake for track in program.tracks} == {intake}


def test_program_is_open_while_one_of_its_tracks_is() -> None:
    program = offered(TWO_CLOSES, CLOSE)
    assert program.intake is Intake.OPEN
    assert [track.intake for track in program.tracks] == [Intake.CLOSED, Intake.OPEN]


def test_next_to_close_is_the_earliest_that_is_not_closed() -> None:
    closings = [
        track.key if (track := offered(TWO_CLOSES, now).next_to_close) else None
        for now in (OPENS - A_MOMENT, NOW, CLOSE, CLOSE + timedelta(days=11))
    ]
    assert closings == [RESIDENCY, RESIDENCY, SEMINAR, None]


def test_days_left_are_those_after_today_where_the_program_is() -> None:
    early_on_the_last_day = datetime(2022, 10, 21, 4, 0, tzinfo=UTC)
    assert offered(make_program(), early_on_the_last_day).tracks[0].days_left == 0
    assert offered(make_program(), early_on_the_last_day - A_MOMENT).tracks[0].days_left == 1


def test_track_tells_what_happens_to_who_is_not_selected() -> None:
    residency, seminar = offered(make_program(), NOW).tracks
    assert residency.fallback == Fallback(track="Seminar", also_incomplete=False)
    assert (residency.answer_within_days, residency.capacity) == (14, 2)
    assert (seminar.fallback, seminar.answer_within_days) == (None, None)


def test_eligibility_names_the_answers_that_are_accepted() -> None:
    assert offered(WORKSHOPS, NOW).eligibility == (
        WhoMay(
            question="Are you staff, faculty or a trainee at a Harvard-affiliated school or "
            "institution?",
            accepted=(
                "Yes, affiliated with Harvard Medical School",
                "Yes, at another Harvard-affiliated school or institution",
            ),
        ),
    )


def test_attestation_tells_the_statements_about_sessions_in_full() -> None:
    (requirement,) = offered(WORKSHOPS, NOW).tracks[0].requirements
    assert isinstance(requirement, AttestationRequirement)
    assert len(requirement.statements) == 9
    assert requirement.statements[4] == (
        "I am available to attend Session 1, Thursday, March 21, 2024, 1:00 pm to 2:30 pm EDT."
    )


def test_question_of_one_track_names_it() -> None:
    question = {"key": "why", "label": "Why now?", "tracks": [RESIDENCY], "required": True}
    program = make_program(sections=[{"key": "s", "title": "You", "questions": [question]}])
    (found,) = offered(program, NOW).sections[0].questions
    assert (found.label, found.only_for, found.optional) == ("Why now?", ("Residency",), False)


def test_sessions_are_told_as_instants() -> None:
    first = offered(WORKSHOPS, NOW).sessions[0]
    assert (first.starts, first.ends) == (
        datetime(2024, 3, 21, 17, 0, tzinfo=UTC),
        datetime(2024, 3, 21, 18, 30, tzinfo=UTC),
    )


def test_list_begins_with_what_closes_next_and_ends_with_what_closed_first() -> None:
    ports = FakePorts()
    a_day = timedelta(days=1)
    for key, opens, closes in (
        ("closed-long-ago", NOW - 90 * a_day, NOW - 60 * a_day),
        ("closed-lately", NOW - 90 * a_day, NOW - a_day),
        ("open-for-long", NOW - a_day, NOW + 40 * a_day),
        ("open-for-a-week", NOW - a_day, NOW + 7 * a_day),
        ("opens-later", NOW + 9 * a_day, NOW + 20 * a_day),
        ("opens-soon", NOW + 2 * a_day, NOW + 30 * a_day),
    ):
        ports.rounds.given(
            make_program(
                key=key,
                opens=opens.replace(tzinfo=None),
                tracks=(make_track(SEMINAR, closes=closes.replace(tzinfo=None)),),
            )
        )
    assert [program.key for program in programs_offered(ports)] == [
        "open-for-a-week", "open-for-long", "opens-soon", "opens-later", "closed-lately",
        "closed-long-ago",
    ]  # fmt: skip


def test_program_is_told_as_it_was_published_last() -> None:
    ports = FakePorts()
    ports.rounds.given(make_program())
    ports.rounds.given(make_program(name="Fellowship, corrected"))
    assert program_offered(ports, PROGRAM).name == "Fellowship, corrected"


@pytest.mark.parametrize("key", ["nowhere", "", "../etc", "A" * 90])
def test_unknown_program_is_refused(key: str) -> None:
    with pytest.raises(Unknown):
        program_offered(FakePorts(), key)

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from roundtable.domain.application import Application, Decision
from roundtable.domain.due import Due, DueAction
from roundtable.domain.program import Program
from roundtable.domain.schedule import (
    RELOOK_WAITING,
    RELOOK_WORKING,
    all_due,
    correction_end,
    next_due,
    ranked,
)
from roundtable.domain.stages import Stage
from tests.factories import (
    NOW,
    RESIDENCY,
    SEMINAR,
    make_application,
    make_outcome,
    make_program,
    make_track,
)

CLOSE = datetime(2022, 10, 22, 4, tzinfo=UTC)
OPEN_STAGES = sorted(set(Stage) - {Stage.CLOSED})


def no_holidays(year: int) -> frozenset[date]:
    return frozenset()


def dues(application: Application, program: Program | None = None) -> list[tuple[str, datetime]]:
    found = all_due(application, program or make_program(), no_holidays)
    return [(due.action.value, due.at) for due in sorted(found, key=lambda due: due.at)]


def days(count: float) -> timedelta:
    return timedelta(days=count)


@pytest.mark.scenario(4)
def test_all_due_of_a_draft_are_reminders_and_the_last_close() -> None:
    assert dues(make_application()) == [
        ("remind_draft", CLOSE - days(7)),
        ("remind_draft", CLOSE - days(3)),
        ("remind_draft", CLOSE - days(1)),
        ("close_draft", CLOSE + timedelta(minutes=2)),
    ]


def test_all_due_of_a_draft_begun_late_leave_out_what_is_past() -> None:
    draft = make_application(created_at=CLOSE - days(2))
    assert [name for name, _ in dues(draft)] == ["remind_draft", "close_draft"]


@pytest.mark.scenario(8)
def test_all_due_of_corrections_end_after_the_grace_of_uploads() -> None:
    found = dues(make_application(Stage.CORRECTIONS))
    assert [item for item in found if "corrections" in item[0]] == [
        ("remind_corrections", CLOSE - days(7)),
        ("remind_corrections", CLOSE - days(3)),
        ("remind_corrections", CLOSE - days(1)),
        ("end_corrections", CLOSE + timedelta(minutes=30)),
    ]


@pytest.mark.scenario(10)
def test_correction_end_is_the_window_or_a_later_close() -> None:
    application = make_application(Stage.CORRECTIONS)
    program = make_program()
    assert correction_end(application, program) == CLOSE
    assert application.corrections is not None
    later = application.with_(corrections=application.corrections.with_(until=CLOSE + days(4)))
    assert correction_end(later, program) == CLOSE + days(4)
    with pytest.raises(ValueError, match="no corrections"):
        correction_end(make_application(), program)


@pytest.mark.scenario(21)
def test_all_due_of_a_review_are_for_each_silent_reviewer() -> None:
    application = make_application(Stage.REVIEW)
    first, second = application.panel
    application = application.with_(panel=(first.with_(done=True), second))
    found = [item for item in dues(application) if "review" in item[0]]
    assert found == [
        ("remind_reviewers", NOW + days(3)),
        ("replace_reviewers", NOW + days(6)),
        ("escalate_review", NOW + days(8)),
    ]


@pytest.mark.scenario(26)
def test_all_due_of_a_promise_are_two_warnings_and_its_end() -> None:
    promised = make_application(Stage.WITH_STAFF, promise=date(2022, 12, 4))  # a Sunday
    found = [at for name, at in dues(promised) if name == "warn_promise"]
    assert found == [
        datetime(2022, 11, 27, 5, tzinfo=UTC),
        datetime(2022, 11, 30, 5, tzinfo=UTC),
        datetime(2022, 12, 3, 5, tzinfo=UTC),
    ]
    kept = promised.with_(answered_on=NOW)
    assert "warn_promise" not in dict(dues(kept))


def test_all_due_of_an_announcement() -> None:
    outcome = make_outcome(Decision.ACCEPTED)
    application = make_application(Stage.ANNOUNCING, outcomes=(outcome,))
    day = make_program(
        tracks=(make_track(announcement={"on": date(2022, 12, 1)}), make_track(SEMINAR))
    )
    preview = make_program(
        tracks=(
            make_track(announcement={"on": date(2022, 12, 1), "preview": True}),
            make_track(SEMINAR),
        )
    )
    assert dict(dues(application, day))["announce"] == datetime(2022, 12, 1, 5, tzinfo=UTC)
    assert "announce" not in dict(dues(application, preview))
    assert dict(dues(application))["announce"] == application.updated_at


def test_all_due_of_an_announcement_without_a_day_comes_once() -> None:
    def marks(application: Application) -> Iterator[str]:
        every = all_due(application, make_program(), no_holidays)
        return (due.mark for due in every if due.action is DueAction.ANNOUNCE)

    application = make_application(Stage.ANNOUNCING)
    later = application.with_(updated_at=NOW + days(3))
    assert list(marks(application)) == list(marks(later)) == ["announce:at-once"]


@pytest.mark.scenario(27)
def test_all_due_of_an_offer_and_of_the_waitlist() -> None:
    found = dues(make_application(Stage.OFFER))
    answer_by = NOW + days(14)
    assert [item for item in found if "offer" in item[0]] == [
        ("remind_offer", answer_by - days(7)),
        ("remind_offer", answer_by - days(3)),
        ("remind_offer", answer_by - days(1)),
        ("lapse_offer", answer_by),
    ]
    assert dict(dues(make_application(Stage.WAITLIST)))["end_waitlist"] == CLOSE + days(365)


@pytest.mark.parametrize(
    ("stage", "starts", "looks"),
    [
        (Stage.CHECKING, timedelta(minutes=2), RELOOK_WORKING),
        (Stage.REVIEW, None, RELOOK_WAITING),
        (Stage.WITH_STAFF, None, RELOOK_WAITING),
    ],
)
def test_all_due_look_after_the_execution(
    stage: Stage, starts: timedelta | None, looks: timedelta
) -> None:
    found = dict(dues(make_application(stage)))
    assert found.get("confirm_start") == (NOW + starts if starts else None)
    assert found["relook"] == NOW + looks


def test_all_due_of_one_that_needs_help_look_as_seldom_as_others_that_wait() -> None:
    stuck = make_application(Stage.CHECKING, help={"since": NOW, "reason": "It stopped."})
    assert dict(dues(stuck))["relook"] == NOW + RELOOK_WAITING


def test_all_due_of_a_closed_application_look_once_after_its_execution() -> None:
    closed = make_application(Stage.CLOSED)
    due = next_due(closed, make_program(), no_holidays)
    assert due == Due(at=NOW + RELOOK_WORKING, action=DueAction.RELOOK, mark="confirm-end:1")
    assert next_due(closed.with_(done={"confirm-end:1"}), make_program(), no_holidays) is None
    never_submitted = closed.with_(run=0)
    assert next_due(never_submitted, make_program(), no_holidays) is None


@pytest.mark.parametrize("stage", OPEN_STAGES)
def test_next_due_of_every_open_stage_is_something(stage: Stage) -> None:
    application = make_application(stage)
    every = [due.mark for due in all_due(application, make_program(), no_holidays)]
    due = next_due(application, make_program(), no_holidays)
    assert due is not None
    without = application.with_(done=frozenset(every[:-1]))
    last = next_due(without, make_program(), no_holidays)
    assert last is not None
    assert last.mark == every[-1]


def test_next_due_of_a_moved_date_comes_again() -> None:
    draft = make_application(done={"remind-draft:7@2022-10-15T04:00Z"})
    assert next_due(draft, make_program(), no_holidays) == Due(
        at=CLOSE - days(3), action=DueAction.REMIND_DRAFT, mark="remind-draft:3@2022-10-19T04:00Z"
    )
    moved = make_program(
        tracks=(
            make_track(RESIDENCY, closes=date(2022, 10, 28)),
            make_track(SEMINAR, closes=date(2022, 10, 28)),
        )
    )
    assert next_due(draft, moved, no_holidays) == Due(
        at=CLOSE, action=DueAction.REMIND_DRAFT, mark="remind-draft:7@2022-10-22T04:00Z"
    )


def waiting(number: int, score: int | None, received: int) -> Application:
    fields: dict[str, Any] = {"score": score, "received_at": NOW - days(received)}
    return make_application(Stage.WAITLIST, number=number, **fields)


def test_ranked_by_score_then_receipt_then_id() -> None:
    best, early, late = waiting(1, 80, 1), waiting(2, 70, 9), waiting(3, 70, 2)
    same, none = waiting(4, 70, 2), waiting(5, None, 20)
    assert ranked((none, same, late, early, best)) == (best, early, late, same, none)


@given(st.permutations([waiting(n, n % 3 * 10, n % 2) for n in range(1, 7)]))
def test_ranked_does_not_depend_on_the_order_read(applications: list[Application]) -> None:
    expected = ranked(tuple(sorted(applications, key=lambda item: item.id)))
    assert ranked(tuple(applications)) == expected


def test_ranked_leaves_out_who_is_not_waitlisted() -> None:
    assert ranked((make_application(Stage.OFFER), make_application(Stage.REVIEW))) == ()

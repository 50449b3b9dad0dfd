from datetime import UTC, date, datetime, timedelta

import pytest

from roundtable.domain.application import Decision
from roundtable.domain.decisions import (
    announced_at,
    decision_notice,
    falls_back,
    fell_back,
    proposed,
    stage_after_decision,
    stage_after_notice,
    wants_preview,
)
from roundtable.domain.notices import NoticeKind
from roundtable.domain.program import Program
from roundtable.domain.stages import Stage
from tests.factories import (
    NOW,
    RESIDENCY,
    SEMINAR,
    make_application,
    make_outcome,
    make_program,
    make_review,
    make_track,
)

DECLINED = make_outcome(Decision.NOT_SELECTED)
DAY = datetime(2022, 12, 1, 5, tzinfo=UTC)


def announcing(**rule: object) -> Program:
    return make_program(tracks=(make_track(RESIDENCY, announcement=rule), make_track(SEMINAR)))


@pytest.mark.scenario(22)
@pytest.mark.parametrize(
    ("words", "decision"),
    [
        (("approve", "approve"), Decision.ACCEPTED),
        (("decline", "decline"), Decision.NOT_SELECTED),
        (("approve", "decline"), None),
        ((), None),
    ],
)
def test_proposed_by_reviews(words: tuple[str, ...], decision: Decision | None) -> None:
    reviews = tuple(
        make_review(reviewer=f"reviewer-{place}", status="submitted").with_(recommendation=word)
        for place, word in enumerate(words)
    )
    assert proposed(make_track(), reviews) is decision


def test_proposed_by_completeness_and_by_staff() -> None:
    assert proposed(make_track(SEMINAR), ()) is Decision.ACCEPTED
    assert proposed(make_track(decided_by="staff"), ()) is None


@pytest.mark.scenario(24)
def test_falls_back_only_from_a_track_that_did_not_select() -> None:
    application = make_application(Stage.DECIDING)
    track = make_track()
    assert falls_back(application, track, Decision.NOT_SELECTED)
    assert not falls_back(application, track, Decision.WAITLISTED)
    assert not falls_back(application, make_track(SEMINAR), Decision.NOT_SELECTED)
    again = make_application(
        Stage.DECIDING, outcomes=(make_outcome(Decision.NOT_SELECTED, track=SEMINAR),)
    )
    assert not falls_back(again, track, Decision.NOT_SELECTED)


def test_fell_back_knows_the_other_track() -> None:
    assert fell_back(make_application(Stage.CHECKING, track=SEMINAR, outcomes=(DECLINED,)))
    assert not fell_back(make_application(Stage.FALLBACK))


def test_announced_at_the_latest_day_of_its_tracks() -> None:
    application = make_application(
        Stage.NOTIFYING, track=SEMINAR, outcomes=(DECLINED, make_outcome(track=SEMINAR))
    )
    assert announced_at(application, make_program()) is None
    assert announced_at(application, announcing(on=date(2022, 12, 1))) == DAY


@pytest.mark.parametrize(
    ("rule", "now", "stage"),
    [
        ({}, NOW, Stage.NOTIFYING),
        ({"on": date(2022, 12, 1)}, DAY - timedelta(seconds=1), Stage.ANNOUNCING),
        ({"on": date(2022, 12, 1)}, DAY, Stage.NOTIFYING),
        ({"on": date(2022, 12, 1), "preview": True}, DAY, Stage.ANNOUNCING),
        ({"preview": True}, NOW, Stage.ANNOUNCING),
    ],
)
def test_stage_after_decision(rule: dict[str, object], now: datetime, stage: Stage) -> None:
    program = announcing(**rule)
    application = make_application(Stage.NOTIFYING)
    assert stage_after_decision(application, program, Decision.ACCEPTED, now) is stage
    assert wants_preview(application, program) is bool(rule.get("preview"))


def test_stage_after_decision_not_selected_is_the_fallback_and_then_the_end() -> None:
    program = make_program()
    declined = make_application(Stage.FALLBACK)
    assert stage_after_decision(declined, program, Decision.NOT_SELECTED, NOW) is Stage.FALLBACK
    both = (DECLINED, make_outcome(Decision.NOT_SELECTED, track=SEMINAR))
    again = make_application(Stage.CHECKING, track=SEMINAR, outcomes=both)
    assert stage_after_decision(again, program, Decision.NOT_SELECTED, NOW) is Stage.NOTIFYING


@pytest.mark.parametrize(
    ("decision", "track", "stage"),
    [
        (Decision.ACCEPTED, RESIDENCY, Stage.OFFER),
        (Decision.ACCEPTED, SEMINAR, Stage.ENROLLING),
        (Decision.WAITLISTED, RESIDENCY, Stage.WAITLIST),
        (Decision.NOT_SELECTED, RESIDENCY, Stage.CLOSED),
    ],
)
def test_stage_after_notice(decision: Decision, track: str, stage: Stage) -> None:
    outcome = make_outcome(decision, track=track)
    application = make_application(Stage.NOTIFYING, track=track, outcomes=(outcome,))
    assert stage_after_notice(application, make_program()) is stage


@pytest.mark.parametrize(
    ("decision", "kind"),
    [
        (Decision.ACCEPTED, NoticeKind.INVITATION),
        (Decision.WAITLISTED, NoticeKind.WAITLISTED),
        (Decision.NOT_SELECTED, NoticeKind.NOT_SELECTED),
    ],
)
def test_decision_notice(decision: Decision, kind: NoticeKind) -> None:
    application = make_application(Stage.NOTIFYING, outcomes=(make_outcome(decision),))
    assert decision_notice(application) == (kind, f"residency:{decision.value}")


@pytest.mark.scenario(24)
def test_decision_notice_after_a_fallback_is_one_for_both() -> None:
    outcomes = (DECLINED, make_outcome(track=SEMINAR))
    application = make_application(Stage.NOTIFYING, track=SEMINAR, outcomes=outcomes)
    assert decision_notice(application) == (NoticeKind.FALLBACK_OFFER, "seminar:accepted")


def test_decision_notice_of_each_promotion_is_another() -> None:
    def number(at: datetime) -> str:
        outcome = make_outcome(promoted_at=at)
        return decision_notice(make_application(Stage.NOTIFYING, outcomes=(outcome,)))[1]

    assert number(NOW) == "residency:promoted:20221003140000000000"
    assert number(NOW + timedelta(days=1)) != number(NOW)


def test_decision_notice_without_a_decision_is_refused() -> None:
    with pytest.raises(ValueError, match="nothing is decided"):
        decision_notice(make_application(Stage.REVIEW))

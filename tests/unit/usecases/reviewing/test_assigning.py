import pytest

from roundtable.domain.reviews import ReviewStatus
from roundtable.domain.stages import Stage
from roundtable.usecases.conducting.helping import restart
from roundtable.usecases.conducting.reconciling import sweep
from roundtable.usecases.errors import ApplicationMoved, NotNow, Unknown
from roundtable.usecases.reviewing.assigning import (
    NotEnoughReviewers,
    assign_reviewers,
    replace_reviewer,
)
from roundtable.usecases.staff.actions import assign
from tests.factories import make_reviewer
from tests.unit.usecases.rounds import STAFF, WAIT_FOR_STAFF, Round, check_invariants


def in_review(reviewers: int = 3) -> tuple[Round, str]:
    round_ = Round(reviewers=reviewers)
    application = round_.submit()
    round_.settle()
    return round_, application


def panel(round_: Round, application: str) -> list[str]:
    return [seat.reviewer for seat in round_.get(application).panel]


def replace(round_: Round, application: str, reviewer: str, *, keep: bool = False) -> None:
    replace_reviewer(
        round_.ports,
        application,
        reviewer,
        STAFF,
        reason="silent",
        status=ReviewStatus.RELEASED,
        keep_if_nobody=keep,
    )


def test_assign_reviewers_twice_assigns_nobody_twice() -> None:
    round_, application = in_review()
    before = round_.get(application)
    assert assign_reviewers(round_.ports, application) == before
    assert panel(round_, application) == ["reviewer-1", "reviewer-2"]
    asked = [
        message.tags["notice"]
        for message in round_.ports.mailer.sent
        if message.tags["notice"].startswith("review_asked")
    ]
    assert asked == ["review_asked#residency:0:reviewer-1", "review_asked#residency:0:reviewer-2"]


@pytest.mark.scenario(20)
def test_assign_reviewers_with_nobody_free_of_conflict_asks_staff() -> None:
    round_ = Round(reviewers=0)
    round_.ports.rounds.keep_reviewer(make_reviewer(1, organization="Hospital 001"))
    application = round_.submit()
    round_.settle()
    stuck = round_.get(application)
    assert (stuck.stage, stuck.panel) == (Stage.REVIEW, ())
    assert stuck.help is not None
    assert stuck.help.reason == "No reviewer without a conflict is left"
    assert round_.alerts(application) == ["No reviewer without a conflict is left"]
    round_.pass_days(20)
    assert round_.stage(application) is Stage.REVIEW
    assert round_.machine.live(application).state == WAIT_FOR_STAFF
    for number in (2, 3):
        round_.ports.rounds.keep_reviewer(make_reviewer(number))
    restart(round_.ports, application, STAFF)
    round_.settle()
    assert panel(round_, application) == ["reviewer-2", "reviewer-3"]
    round_.review(application)
    assert round_.stage(application) is Stage.OFFER
    check_invariants(round_)


@pytest.mark.scenario(20)
def test_assign_reviewers_by_staff_ends_the_call_for_help() -> None:
    round_, application = in_review(reviewers=1)
    assert round_.get(application).help is not None
    round_.ports.rounds.keep_reviewer(make_reviewer(2))
    assign(round_.ports, round_.get(application).reference, STAFF, reason="Found one.")
    assert round_.get(application).help is None
    round_.review(application)
    assert round_.stage(application) is Stage.OFFER
    assert round_.machine.live(application).state == "Wait for answer"


def test_assign_reviewers_that_finds_nobody_writes_nothing() -> None:
    round_, application = in_review(reviewers=0)
    before = round_.get(application)
    with pytest.raises(NotEnoughReviewers):
        assign_reviewers(round_.ports, application)
    assert round_.get(application) == before


def test_assign_reviewers_to_what_moved_on_is_refused() -> None:
    round_, application = in_review()
    round_.review(application)
    with pytest.raises(ApplicationMoved):
        assign_reviewers(round_.ports, application)


@pytest.mark.scenario(21)
def test_silent_reviewer_is_reminded_replaced_and_escalated() -> None:
    round_, application = in_review()
    round_.give(application, "reviewer-1")
    round_.pass_days(4)
    assert "reviewer_reminded" in round_.kinds(application)
    round_.pass_days(3)
    assert panel(round_, application) == ["reviewer-1", "reviewer-3"]
    assert round_.stage(application) is Stage.REVIEW
    round_.pass_days(16)
    assert "A review is overdue" in round_.alerts(application)
    assert round_.stage(application) is Stage.REVIEW
    check_invariants(round_)


@pytest.mark.scenario(21)
def test_silent_panel_without_others_stays_and_staff_are_told_of_each() -> None:
    round_, application = in_review(reviewers=2)
    round_.pass_days(12)
    assert panel(round_, application) == ["reviewer-1", "reviewer-2"]
    assert round_.alerts(application) == [
        "No reviewer without a conflict is left",
        "No reviewer without a conflict is left",
        "A review is overdue",
        "A review is overdue",
    ]
    round_.review(application)
    assert round_.stage(application) is Stage.OFFER
    check_invariants(round_)


@pytest.mark.scenario(19)
def test_replace_who_recuses_is_never_asked_again() -> None:
    round_, application = in_review()
    round_.give(application, "reviewer-1")
    replace_reviewer(
        round_.ports,
        application,
        "reviewer-1",
        STAFF,
        reason="conflict",
        status=ReviewStatus.RECUSED,
    )
    assert panel(round_, application) == ["reviewer-2", "reviewer-3"]
    replace(round_, application, "reviewer-2")
    assert panel(round_, application) == ["reviewer-3"]
    assert round_.alerts(application) == ["No reviewer without a conflict is left"]
    recused, *_ = round_.ports.applications.reviews(application)
    assert (recused.status, recused.recommendation) == (ReviewStatus.RECUSED, None)


def test_replace_with_nobody_left_keeps_who_was_asked_where_wanted() -> None:
    round_, application = in_review(reviewers=2)
    replace(round_, application, "reviewer-1", keep=True)
    assert panel(round_, application) == ["reviewer-1", "reviewer-2"]
    assert {item.status.value for item in round_.ports.applications.reviews(application)} == {
        "assigned"
    }


def test_replace_a_review_that_is_not_there_is_refused() -> None:
    round_, application = in_review()
    with pytest.raises(Unknown):
        replace(round_, application, "reviewer-3")
    round_.review(application)
    with pytest.raises(NotNow):
        replace(round_, application, "reviewer-1")


def test_panel_with_an_empty_place_is_filled_once_there_is_somebody() -> None:
    round_, application = in_review(reviewers=2)
    replace(round_, application, "reviewer-1")
    assert panel(round_, application) == ["reviewer-2"]
    round_.ports.rounds.keep_reviewer(make_reviewer(3))
    assert sweep(round_.ports, 100) == 1
    round_.settle()
    assert panel(round_, application) == ["reviewer-2", "reviewer-3"]

from decimal import Decimal
from typing import Any

import pytest

from roundtable.domain.reviews import (
    Recommendation,
    Review,
    agreement,
    choose_reviewers,
    counted,
    in_conflict,
    panel_score,
    score,
)
from roundtable.domain.stages import Stage
from tests.factories import (
    NOW,
    PROGRAM,
    RESIDENCY,
    SEMINAR,
    make_application,
    make_review,
    make_reviewer,
    make_track,
)

NOBODY = frozenset[str]()


def given(reviewer: int = 1, word: str = "approve", **changes: Any) -> Review:
    review = make_review(reviewer=f"reviewer-{reviewer}", status="submitted")
    return review.with_(recommendation=word, **changes)


@pytest.mark.scenario(19)
@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({}, ""),
        ({"organization": "Saint Marys"}, "same organization"),
        ({"conflicts": ("St Mary's Hospital",)}, "declared"),
        ({"email": "someone@STMARY.example"}, "same mail domain"),
        ({"email": "someone@gmail.com"}, ""),
    ],
)
def test_in_conflict(changes: dict[str, Any], why: str) -> None:
    assert in_conflict(make_reviewer(**changes), make_application(Stage.REVIEW)) == why


@pytest.mark.scenario(19)
def test_in_conflict_after_recusing_stays() -> None:
    application = make_application(Stage.REVIEW)
    assert in_conflict(make_reviewer(), application, frozenset({"reviewer-1"})) == "recused"


def test_in_conflict_by_the_address_of_a_member() -> None:
    form = make_application().form
    member = form.team[0].with_(email="dr@panel1.example")
    application = make_application(Stage.REVIEW, form=form.with_(team=(member,)))
    assert in_conflict(make_reviewer(), application) == "same mail domain"


def test_choose_reviewers_prefers_who_knows_it_then_the_least_burdened() -> None:
    panel = tuple(make_reviewer(number) for number in (1, 2, 3, 4))
    load = {"reviewer-1": 2, "reviewer-2": 1, "reviewer-3": 1, "reviewer-4": 9}
    chosen = choose_reviewers(
        make_application(Stage.REVIEW), 3, panel, load, NOBODY, ("reviewer-4",)
    )
    assert [item.id for item in chosen] == ["reviewer-4", "reviewer-2", "reviewer-3"]


@pytest.mark.scenario(20)
@pytest.mark.parametrize(
    "changes",
    [
        {"active": False},
        {"programs": ("another",)},
        {"tracks": (SEMINAR,)},
        {"organization": "St. Mary's"},
    ],
)
def test_choose_reviewers_never_takes_who_is_not_able(changes: dict[str, Any]) -> None:
    panel = (make_reviewer(1, **changes),)
    assert choose_reviewers(make_application(Stage.REVIEW), 2, panel, {}, NOBODY) == ()


def test_choose_reviewers_of_the_program_and_track() -> None:
    reviewer = make_reviewer(1, programs=(PROGRAM,), tracks=(RESIDENCY,))
    application = make_application(Stage.REVIEW)
    assert choose_reviewers(application, 2, (reviewer,), {}, NOBODY) == (reviewer,)
    assert choose_reviewers(application, 2, (reviewer,), {}, frozenset({reviewer.id})) == ()


def test_score_weighs_the_criteria_on_a_scale_to_a_hundred() -> None:
    review = given(scores={"commitment": 4, "readiness": 5})
    assert score(review, make_track()) == Decimal("91.7")  # (1 x 3/4 + 2 x 4/4) / 3
    assert score(given(scores={"commitment": 1}), make_track()) == Decimal("0.0")
    assert score(given(scores={}), make_track()) is None


def test_panel_score_is_the_mean_of_those_that_count() -> None:
    high = given(1, scores={"commitment": 5, "readiness": 5})
    low = given(2, scores={"commitment": 1, "readiness": 1})
    recused = given(3, scores={"commitment": 1}).with_(status="recused")
    assert panel_score((high, low, recused), make_track()) == Decimal("50.0")
    assert panel_score((recused,), make_track()) is None


@pytest.mark.scenario(19)
def test_counted_are_submitted_reviews_of_the_track() -> None:
    mine = given()
    others = (
        make_review(reviewer="reviewer-2"),
        given(3).with_(status="recused"),
        given(4, track=SEMINAR),
    )
    assert counted((mine, *others), RESIDENCY) == (mine,)


@pytest.mark.scenario(22)
def test_agreement_is_one_word_or_none() -> None:
    assert agreement((given(1), given(2)), RESIDENCY) is Recommendation.APPROVE
    assert agreement((given(1), given(2, "decline")), RESIDENCY) is None
    assert agreement((), RESIDENCY) is None


@pytest.mark.parametrize(
    ("noted", "begun"),
    [
        ({}, False),
        ({"checklist": ({"requirement": "team-video"},)}, False),
        ({"checklist": ({"requirement": "team-video", "included": ("Names",)},)}, True),
        ({"scores": {"commitment": 1}}, True),
        ({"recommendation": "decline"}, True),
        ({"comment": "Half seen."}, True),
        ({"feedback": "Thank you."}, True),
        ({"returns": ({"requirement": "team-video"},)}, False),
        ({"returns": ({"requirement": "team-video", "reason": "No sound."},)}, True),
    ],
)
def test_a_review_is_begun_once_something_is_noted(noted: dict[str, Any], begun: bool) -> None:
    assert make_review(**noted).begun is begun


@pytest.mark.parametrize(
    ("status", "submitted", "is_given"),
    [
        ("assigned", False, False),
        ("submitted", True, True),
        ("released", True, True),
        ("released", False, False),
        ("recused", True, False),
    ],
)
def test_a_review_is_given_unless_its_reviewer_recused(
    status: str, submitted: bool, is_given: bool
) -> None:
    submitted_at = NOW if submitted else None
    assert make_review(status=status, submitted_at=submitted_at).given is is_given

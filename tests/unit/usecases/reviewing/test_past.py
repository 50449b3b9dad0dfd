from datetime import timedelta
from typing import Any

import pytest

from roundtable.domain.application import Decision
from roundtable.domain.stages import ClosedAs, Stage
from roundtable.usecases.errors import Invalid, NotAllowed, Unknown
from roundtable.usecases.reviewing.access import stepped_back
from roundtable.usecases.reviewing.past import Became, look_back, my_past_reviews
from tests.factories import (
    APPLICATION,
    NOW,
    make_application,
    make_id,
    make_outcome,
    make_review,
    make_reviewer,
)
from tests.fakes import FakePorts
from tests.unit.usecases.round_in_review import make_round

ACCEPTED = (make_outcome(),)


def given(stage: Stage, **overrides: Any) -> FakePorts:
    """Return a round whose application the first reviewer reviewed."""
    ports = make_round()
    ports.applications.given(
        make_application(stage, review_round=1, **overrides),
        reviews=[make_review(status="submitted")],
    )
    return ports


def test_past_reviews_are_the_newest_first_and_paged() -> None:
    ports = make_round()
    for number in (2, 3, 4):
        review = make_review(
            application=make_id(number),
            status="submitted",
            submitted_at=NOW + timedelta(hours=number),
        )
        ports.applications.given(make_application(Stage.DECIDING, number=number), reviews=[review])
    first = my_past_reviews(ports, "reviewer-1", limit=2)
    rest = my_past_reviews(ports, "reviewer-1", limit=2, cursor=first.cursor)
    assert [item.reference for item in (*first.items, *rest.items)] == [
        "FW-TEST-0004",
        "FW-TEST-0003",
        "FW-TEST-0002",
    ]
    assert rest.cursor is None
    with pytest.raises(Invalid):
        my_past_reviews(ports, "reviewer-1", cursor="nonsense")


def test_what_waits_is_not_past() -> None:
    assert my_past_reviews(make_round(), "reviewer-1").items == ()


@pytest.mark.parametrize(
    ("stage", "overrides", "became", "decision"),
    [
        (Stage.DECIDING, {}, Became.OPEN, None),
        (Stage.ANNOUNCING, {}, Became.DECIDED, None),
        (Stage.NOTIFYING, {"answered_on": NOW}, Became.DECIDED, None),
        (Stage.OFFER, {}, Became.TOLD, Decision.ACCEPTED),
        (Stage.WAITLIST, {}, Became.TOLD, Decision.WAITLISTED),
        (Stage.CLOSED, {}, Became.TOLD, Decision.ACCEPTED),
        (
            Stage.CLOSED,
            {"outcomes": (), "closed_as": ClosedAs.WITHDRAWN, "answered_on": None},
            Became.ENDED,
            None,
        ),
        (
            Stage.CLOSED,
            {"outcomes": ACCEPTED, "closed_as": ClosedAs.WITHDRAWN, "answered_on": None},
            Became.ENDED,
            None,
        ),
    ],
)
def test_an_outcome_is_told_to_reviewers_once_the_team_knows_it(
    stage: Stage, overrides: dict[str, Any], became: Became, decision: Decision | None
) -> None:
    ports = given(stage, **overrides)
    (past,) = my_past_reviews(ports, "reviewer-1").items
    assert (past.became, past.decision) == (became, decision)
    assert look_back(ports, APPLICATION, "reviewer-1").past == past


def test_a_promotion_is_told_by_its_own_day() -> None:
    promoted = NOW + timedelta(days=30)
    ports = given(Stage.OFFER, outcomes=(make_outcome(promoted_at=promoted),), answered_on=NOW)
    (past,) = my_past_reviews(ports, "reviewer-1").items
    assert past.told_at == promoted


def test_what_was_returned_is_told_with_its_title() -> None:
    ports = make_round()
    returned = make_review(
        status="released",
        recommendation="return",
        submitted_at=NOW,
        returns=({"requirement": "team-video", "reason": "There is no sound."},),
    )
    ports.applications.given(make_application(Stage.CORRECTIONS), reviews=[returned])
    looked = look_back(ports, APPLICATION, "reviewer-1")
    assert [(item.title, item.reason) for item in looked.returned] == [
        ("Video of the team", "There is no sound.")
    ]
    assert (looked.asked_again, looked.others) == (False, ())


def test_a_review_that_waits_again_is_told() -> None:
    ports = make_round()
    reviews = [
        make_review(status="released", recommendation="return", submitted_at=NOW),
        make_review(round=2, assigned_at=NOW + timedelta(days=2)),
    ]
    ports.applications.given(make_application(Stage.REVIEW, review_round=2), reviews=reviews)
    looked = look_back(ports, APPLICATION, "reviewer-1")
    assert (looked.asked_again, looked.past.given_at) == (True, NOW)


def test_others_reviews_are_told_to_who_gave_one() -> None:
    ports = given(Stage.DECIDING)
    colleague = make_review(reviewer="reviewer-2", status="submitted", comment="I agree.")
    ports.applications.given(ports.applications.get(APPLICATION), reviews=[colleague])
    looked = look_back(ports, APPLICATION, "reviewer-1")
    assert [review.comment for review in looked.others] == ["I agree."]


@pytest.mark.scenario(19)
def test_past_reviews_are_not_there_in_a_conflict() -> None:
    ports = given(Stage.OFFER)
    ports.rounds.keep_reviewer(make_reviewer(1, conflicts=("Saint Mary's",)))
    assert my_past_reviews(ports, "reviewer-1").items == ()
    with pytest.raises(Unknown):
        look_back(ports, APPLICATION, "reviewer-1")


@pytest.mark.scenario(19)
def test_who_stepped_back_is_known_and_nobody_else() -> None:
    ports = make_round()
    ports.applications.given(
        ports.applications.get(APPLICATION), reviews=[make_review(status="recused")]
    )
    assert stepped_back(ports, APPLICATION, "reviewer-1")
    assert not stepped_back(ports, APPLICATION, "reviewer-2")
    assert not stepped_back(ports, "no id", "reviewer-1")


def test_who_is_not_in_the_register_sees_nothing() -> None:
    with pytest.raises(NotAllowed):
        my_past_reviews(make_round(), "newcomer")

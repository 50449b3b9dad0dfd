import pytest

from roundtable.domain.application import Flag
from roundtable.domain.audit import Actor
from roundtable.domain.reviews import ReviewStatus
from roundtable.domain.stages import Stage
from roundtable.usecases.errors import Invalid, NotNow, Unknown
from roundtable.usecases.reviewing.giving import ReturnedDocument
from roundtable.usecases.staff.actions import admit, assign, reassign, return_by_staff
from tests.factories import (
    APPLICATION,
    LETTER,
    NOW,
    TEAM,
    VIDEO,
    make_application,
    make_form,
    make_reviewer,
)
from tests.fakes import FakePorts
from tests.unit.usecases.round_in_review import make_round

STAFF = Actor(kind="staff", id="staff-1")
REASON = "Two people share one post"


def make_incomplete(members: int) -> FakePorts:
    """Return a round in which only a team's size keeps an application from being complete."""
    team = tuple({"name": f"Member {place}", "role": "Nurse"} for place in range(members))
    reason = f"A team should comprise 3 to 7 people; yours has {members}."
    finding = {"requirement": TEAM, "verdict": "fail", "reason": reason}
    application = make_application(
        Stage.CORRECTIONS,
        form=make_form(team=team),
        findings=(finding,),
        corrections={"asked_at": NOW, "until": NOW, "items": (finding,)},
        flags=(Flag(kind="team_size", detail=reason, raised_at=NOW),),
    )
    ports = make_round()
    ports.applications.given(application)
    ports.applications.wait(APPLICATION, "token-1")
    return ports


@pytest.mark.scenario(14)
@pytest.mark.parametrize("members", [2, 8])
def test_a_team_of_unusual_size_is_admitted_with_a_reason_and_goes_on(members: int) -> None:
    ports = make_incomplete(members)
    application = admit(ports, APPLICATION, STAFF, requirement=TEAM, reason=REASON)
    assert (application.stage, application.admitted) == (Stage.CHECKING, (TEAM,))
    assert application.flags == ()
    assert ports.conductor.resumed == ["token-1"]
    event = ports.applications.events(APPLICATION)[0]
    assert (event.kind, event.detail) == (
        "requirement_admitted",
        {"requirement": TEAM, "reason": REASON},
    )


def test_what_else_is_missing_still_has_to_come() -> None:
    ports = make_incomplete(2)
    ports.applications.given(
        ports.applications.get(APPLICATION),
        documents=[
            item.with_(status="removed")
            for item in ports.applications.documents(APPLICATION)
            if item.requirement == VIDEO
        ],
    )
    application = admit(ports, APPLICATION, STAFF, requirement=TEAM, reason=REASON)
    assert application.stage is Stage.CORRECTIONS
    assert application.corrections is not None
    assert [item.requirement for item in application.corrections.items] == [VIDEO]


def test_admitting_twice_changes_nothing() -> None:
    ports = make_incomplete(2)
    first = admit(ports, APPLICATION, STAFF, requirement=TEAM, reason=REASON)
    assert admit(ports, APPLICATION, STAFF, requirement=TEAM, reason=REASON) == first


def test_a_requirement_that_nobody_has_is_refused() -> None:
    with pytest.raises(Invalid, match="Choose one of: letter-of-commitment"):
        admit(make_round(), APPLICATION, STAFF, requirement="essay", reason=REASON)


def test_nothing_is_admitted_after_a_decision() -> None:
    ports = make_round()
    ports.applications.given(make_application(Stage.OFFER))
    with pytest.raises(NotNow):
        admit(ports, APPLICATION, STAFF, requirement=TEAM, reason=REASON)


def test_staff_return_a_document_with_a_reason() -> None:
    ports = make_round()
    ports.applications.wait(APPLICATION, "token-1")
    returns = (ReturnedDocument(requirement=LETTER, reason="It is dated 2021."),)
    application = return_by_staff(ports, APPLICATION, STAFF, returns=returns)
    assert application.stage is Stage.CORRECTIONS
    assert ports.conductor.diverted == ["token-1"]
    assert {review.status for review in ports.applications.reviews(APPLICATION)} == {
        ReviewStatus.RELEASED
    }


def test_what_is_decided_is_not_returned() -> None:
    ports = make_round(Stage.WITH_STAFF)
    returns = (ReturnedDocument(requirement=LETTER, reason="It is dated 2021."),)
    with pytest.raises(NotNow):
        return_by_staff(ports, APPLICATION, STAFF, returns=returns)


def test_a_return_names_what_is_returned() -> None:
    with pytest.raises(Invalid):
        return_by_staff(make_round(), APPLICATION, STAFF, returns=())


def test_a_reviewer_is_replaced_by_another_without_a_conflict() -> None:
    ports = make_round()
    application = reassign(ports, APPLICATION, STAFF, reviewer="reviewer-1", reason="On leave")
    assert [seat.reviewer for seat in application.panel] == ["reviewer-2", "reviewer-3"]


def test_who_does_not_review_cannot_be_replaced() -> None:
    with pytest.raises(Unknown):
        reassign(make_round(), APPLICATION, STAFF, reviewer="reviewer-9", reason="On leave")


@pytest.mark.scenario(20)
def test_an_empty_place_is_filled_once_there_is_a_reviewer() -> None:
    ports = make_round()
    ports.rounds.keep_reviewer(make_reviewer(3, active=False))
    reassign(ports, APPLICATION, STAFF, reviewer="reviewer-1", reason="On leave")
    with pytest.raises(NotNow, match="Add a reviewer"):
        assign(ports, APPLICATION, STAFF, reason="Again")
    ports.rounds.keep_reviewer(make_reviewer(4))
    application = assign(ports, APPLICATION, STAFF, reason="A reviewer joined")
    assert [seat.reviewer for seat in application.panel] == ["reviewer-2", "reviewer-4"]
    asked = [
        event
        for event in ports.applications.events(APPLICATION)
        if event.kind == "reviewers_requested"
    ]
    assert [(str(event.actor), event.detail["reason"]) for event in asked] == [
        ("staff:staff-1", "Again"),
        ("staff:staff-1", "A reviewer joined"),
    ]

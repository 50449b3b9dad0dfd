import pytest

from roundtable.domain.audit import Actor
from roundtable.domain.reviews import ReviewStatus
from roundtable.usecases.errors import Invalid, NotNow, Unknown
from roundtable.usecases.staff.reviewers import (
    NewReviewer,
    ReviewerPatch,
    add_reviewer,
    change_reviewer,
    register,
)
from tests.factories import APPLICATION, PROGRAM
from tests.unit.usecases.round_in_review import make_round

STAFF = Actor(kind="staff", id="staff-1")


def make_new(**overrides: object) -> NewReviewer:
    new = {"name": "Dana Elm", "email": "dana@panel9.example", "programs": [PROGRAM]}
    return NewReviewer.model_validate(new | overrides)


def test_a_new_reviewer_is_invited_and_in_the_register() -> None:
    ports = make_round()
    row = add_reviewer(ports, make_new())
    assert ports.directory.groups["reviewers"] == {row.reviewer.id}
    assert ports.rounds.reviewer(row.reviewer.id).name == "Dana Elm"


def test_the_same_address_is_added_once() -> None:
    ports = make_round()
    add_reviewer(ports, make_new())
    with pytest.raises(NotNow, match="Change that entry"):
        add_reviewer(ports, make_new(email="DANA@panel9.example"))


def test_programs_and_tracks_must_exist() -> None:
    ports = make_round()
    with pytest.raises(Invalid) as refusal:
        add_reviewer(ports, make_new(programs=["another"], tracks=["attic"]))
    assert [item.path for item in refusal.value.problems] == ["/programs/0", "/tracks/0"]
    assert ports.directory.groups["reviewers"] == set()


def test_the_register_tells_everybodys_load() -> None:
    assert [(row.reviewer.id, row.open_reviews) for row in register(make_round())] == [
        ("reviewer-1", 1),
        ("reviewer-2", 1),
        ("reviewer-3", 0),
    ]


def test_what_is_left_out_of_a_change_stays() -> None:
    ports = make_round()
    row = change_reviewer(ports, "reviewer-1", ReviewerPatch(lead=True), STAFF)
    assert (row.reviewer.lead, row.reviewer.name, row.open_reviews) == (True, "Reviewer 1", 1)


def test_reviews_of_who_is_no_longer_active_go_to_others() -> None:
    ports = make_round()
    row = change_reviewer(ports, "reviewer-1", ReviewerPatch(active=False), STAFF)
    assert row.open_reviews == 0
    assert {item.reviewer: item.status for item in ports.applications.reviews(APPLICATION)} == {
        "reviewer-1": ReviewStatus.RELEASED,
        "reviewer-2": ReviewStatus.ASSIGNED,
        "reviewer-3": ReviewStatus.ASSIGNED,
    }


@pytest.mark.parametrize("reviewer", ["reviewer-9", "x" * 4000])
def test_an_unknown_reviewer_is_unknown(reviewer: str) -> None:
    with pytest.raises(Unknown):
        change_reviewer(make_round(), reviewer, ReviewerPatch(lead=True), STAFF)

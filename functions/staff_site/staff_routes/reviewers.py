"""The register of reviewers."""

from aws_lambda_powertools.event_handler.api_gateway import Router

from roundtable.domain.model import Record
from roundtable.usecases.staff.reviewers import (
    NewReviewer,
    ReviewerPatch,
    ReviewerRow,
    add_reviewer,
    change_reviewer,
    register,
)
from roundtable.web.api import event_of, ports_of
from roundtable.web.callers import caller_of

router = Router()
TAGS = ["Staff: reviewers"]


class Register(Record):
    """All reviewers, by name."""

    items: tuple[ReviewerRow, ...]


@router.get("/api/staff/reviewers", summary="Reviewers and their load", tags=TAGS)
def list_reviewers() -> Register:
    """Return all reviewers with how many open reviews each has."""
    return Register(items=register(ports_of(router)))


@router.post("/api/staff/reviewers", summary="Add a reviewer", tags=TAGS, status_code=201)
def add(reviewer: NewReviewer) -> ReviewerRow:
    """Invite a person to sign in and put them into the register."""
    return add_reviewer(ports_of(router), reviewer)


@router.patch(  # pyright: ignore[reportUnknownMemberType] (untyped middlewares upstream)
    "/api/staff/reviewers/<reviewer>", summary="Change a reviewer", tags=TAGS
)
def change(reviewer: str, patch: ReviewerPatch) -> ReviewerRow:
    """Change an entry. Open reviews of who is no longer active go to others."""
    actor = caller_of(event_of(router)).as_staff
    return change_reviewer(ports_of(router), reviewer, patch, actor)

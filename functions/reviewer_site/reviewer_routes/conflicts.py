"""Conflicts of interest that the reviewer who calls tells."""

from aws_lambda_powertools.event_handler.api_gateway import Router

from roundtable.domain.model import Record, ShortText
from roundtable.usecases.reviewing.conflicts import (
    Conflicts,
    declare_conflict,
    my_conflicts,
    recuse,
)
from roundtable.web.api import event_of, ports_of
from roundtable.web.callers import caller_of

router = Router()
TAGS = ["Reviewers"]


class Recusal(Record):
    """Why a reviewer steps back from an application."""

    reason: ShortText
    declare: bool = False
    """Keep its organization as a conflict for the future, too."""


class Recused(Record):
    """The application is the caller's no more."""

    application: str


class DeclaredConflict(Record):
    """An organization that the reviewer must not review."""

    organization: ShortText


@router.post(
    "/api/reviewer/applications/<application>/recusal",
    summary="Step back from an application",
    tags=TAGS,
)
def step_back(application: str, recusal: Recusal) -> Recused:
    """End the caller's part in an application; another reviewer is asked instead."""
    reviewer = caller_of(event_of(router)).subject
    recuse(ports_of(router), application, reviewer, reason=recusal.reason, declare=recusal.declare)
    return Recused(application=application)


@router.get("/api/reviewer/conflicts", summary="My conflicts of interest", tags=TAGS)
def conflicts() -> Conflicts:
    """Return the organizations that the caller declared."""
    return my_conflicts(ports_of(router), caller_of(event_of(router)).subject)


@router.post("/api/reviewer/conflicts", summary="Declare a conflict of interest", tags=TAGS)
def declare(conflict: DeclaredConflict) -> Conflicts:
    """Keep an organization as a conflict; open reviews of it go to others at once."""
    reviewer = caller_of(event_of(router)).subject
    return declare_conflict(ports_of(router), reviewer, conflict.organization)

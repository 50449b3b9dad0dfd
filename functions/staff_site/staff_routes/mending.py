"""Checks and reviews in a person's hands: admit, return, reassign."""

from aws_lambda_powertools.event_handler.api_gateway import Router
from pydantic import Field

from roundtable.domain.model import Key, Record
from roundtable.usecases.reviewing.giving import ReturnedDocument
from roundtable.usecases.staff.actions import admit, assign, reassign, return_by_staff
from roundtable.web.api import event_of, ports_of
from roundtable.web.callers import caller_of
from staff_routes.bodies import BecauseOf, Changed, changed

router = Router()
TAGS = ["Staff: applications"]


class Admission(BecauseOf):
    """A requirement to let pass as it is."""

    requirement: Key


class Return(Record):
    """What the applicant is to mend; the reasons are written to the applicant."""

    returns: tuple[ReturnedDocument, ...]
    version: int | None = Field(default=None, ge=1)


@router.post(
    "/api/staff/applications/<application>/admissions", summary="Admit a requirement", tags=TAGS
)
def let_pass(application: str, admission: Admission) -> Changed:
    """Let a requirement pass as it is, such as a team of two."""
    after = admit(
        ports_of(router),
        application,
        caller_of(event_of(router)).as_staff,
        requirement=admission.requirement,
        reason=admission.reason,
        version=admission.version,
    )
    return changed(after)


@router.post(
    "/api/staff/applications/<application>/return", summary="Return to the applicant", tags=TAGS
)
def send_back(application: str, returned: Return) -> Changed:
    """Return documents to be mended, with a reason for each."""
    after = return_by_staff(
        ports_of(router),
        application,
        caller_of(event_of(router)).as_staff,
        returns=returned.returns,
        version=returned.version,
    )
    return changed(after)


@router.post(
    "/api/staff/applications/<application>/reviewers/<reviewer>/replacement",
    summary="Replace a reviewer",
    tags=TAGS,
)
def replace(application: str, reviewer: str, because: BecauseOf) -> Changed:
    """Take a review back and ask another reviewer without a conflict."""
    after = reassign(
        ports_of(router),
        application,
        caller_of(event_of(router)).as_staff,
        reviewer=reviewer,
        reason=because.reason,
        version=because.version,
    )
    return changed(after)


@router.post(
    "/api/staff/applications/<application>/assignment", summary="Fill the panel", tags=TAGS
)
def fill_panel(application: str, because: BecauseOf) -> Changed:
    """Fill the empty places of a panel, once there are reviewers again."""
    after = assign(
        ports_of(router),
        application,
        caller_of(event_of(router)).as_staff,
        reason=because.reason,
        version=because.version,
    )
    return changed(after)

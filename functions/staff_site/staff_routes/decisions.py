"""Decisions in a person's hands: decide, transfer, announce."""

from aws_lambda_powertools.event_handler.api_gateway import Router
from pydantic import Field

from roundtable.domain.application import Decision
from roundtable.domain.model import Key, LongText, Record
from roundtable.usecases.applying.switching import transfer
from roundtable.usecases.deciding.decisions import decide_by_staff
from roundtable.usecases.deciding.telling import announce
from roundtable.usecases.staff.lookups import find_application
from roundtable.web.api import event_of, ports_of
from roundtable.web.callers import caller_of
from staff_routes.bodies import BecauseOf, Changed, changed

router = Router()
TAGS = ["Staff: decisions"]


class DecisionTaken(Record):
    """What is decided, with words for the applicant."""

    decision: Decision
    feedback: LongText = ""
    """Left out, the reviewers' words are taken."""
    version: int | None = Field(default=None, ge=1)


class Transfer(BecauseOf):
    """To which track."""

    track: Key


@router.post("/api/staff/applications/<application>/decision", summary="Decide", tags=TAGS)
def decide(application: str, taken: DecisionTaken) -> Changed:
    """Decide about the present track. The decision and its seat are one; the first one stands."""
    ports = ports_of(router)
    found = find_application(ports, application, version=taken.version)
    after = decide_by_staff(
        ports,
        found.id,
        caller_of(event_of(router)).as_staff,
        decision=taken.decision,
        feedback=taken.feedback,
    )
    return changed(after)


@router.post(
    "/api/staff/applications/<application>/transfer", summary="Move to another track", tags=TAGS
)
def move(application: str, target: Transfer) -> Changed:
    """Move an application to another track, also after its close; the receipt time stays."""
    ports = ports_of(router)
    found = find_application(ports, application, version=target.version)
    actor = caller_of(event_of(router)).as_staff
    return changed(transfer(ports, found.id, actor, track=target.track, reason=target.reason))


@router.post(
    "/api/staff/applications/<application>/announcement", summary="Announce now", tags=TAGS
)
def tell(application: str) -> Changed:
    """Let the notice of a decision that waits for its announcement go out now."""
    ports = ports_of(router)
    found = find_application(ports, application)
    return changed(announce(ports, found.id, caller_of(event_of(router)).as_staff))

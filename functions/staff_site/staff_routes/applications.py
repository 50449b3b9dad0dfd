"""One application: its story, more time for it, and a way on when it is stuck."""

from aws_lambda_powertools.event_handler.api_gateway import Router

from roundtable.domain.model import Instant
from roundtable.usecases.applying.leaving import withdraw
from roundtable.usecases.conducting.helping import restart
from roundtable.usecases.staff.extensions import extend
from roundtable.usecases.staff.lookups import find_application
from roundtable.usecases.staff.story import Story, story
from roundtable.web.api import event_of, ports_of
from roundtable.web.callers import caller_of
from staff_routes.bodies import BecauseOf, Changed, changed

router = Router()
TAGS = ["Staff: applications"]


class ExtensionGiven(BecauseOf):
    """Until when one application may be worked on."""

    until: Instant
    """The first instant that is too late."""


@router.get("/api/staff/applications/<application>", summary="One application", tags=TAGS)
def read(application: str) -> Story:
    """Return everything about an application, by its id or reference number.

    Restricted answers are told to the group `identity` alone.
    """
    caller = caller_of(event_of(router))
    return story(ports_of(router), application, identity=caller.sees_identity)


@router.post(
    "/api/staff/applications/<application>/extension", summary="Grant an extension", tags=TAGS
)
def grant(application: str, extension: ExtensionGiven) -> Changed:
    """Give one application more time, and open it again if it was closed by its deadline."""
    after = extend(
        ports_of(router),
        application,
        caller_of(event_of(router)).as_staff,
        until=extension.until,
        reason=extension.reason,
        version=extension.version,
    )
    return changed(after)


@router.post(
    "/api/staff/applications/<application>/restart", summary="Restart what is stuck", tags=TAGS
)
def go_on(application: str) -> Changed:
    """Let a stuck application go on from its stage; a lost execution is replaced."""
    ports = ports_of(router)
    found = find_application(ports, application)
    return changed(restart(ports, found.id, caller_of(event_of(router)).as_staff))


@router.post("/api/staff/applications/<application>/withdrawal", summary="Withdraw", tags=TAGS)
def take_back(application: str, because: BecauseOf) -> Changed:
    """Withdraw an application for its team; a seat it holds goes to the next."""
    ports = ports_of(router)
    found = find_application(ports, application, version=because.version)
    actor = caller_of(event_of(router)).as_staff
    return changed(withdraw(ports, found.id, actor, reason=because.reason))

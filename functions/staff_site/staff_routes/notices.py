"""The outbox: look, hold, release, make anew."""

from aws_lambda_powertools.event_handler.api_gateway import Router

from roundtable.domain.model import Record
from roundtable.domain.notices import NoticeStatus
from roundtable.usecases.staff.notices import Preview, hold, outbox, preview, regenerate, release
from roundtable.usecases.staff.story import NoticeRow
from roundtable.web.api import event_of, ports_of
from roundtable.web.callers import caller_of
from staff_routes.bodies import Because, Cursor, Limit

router = Router()
TAGS = ["Staff: notices"]
NOTICE = "/api/staff/applications/<application>/notices/<kind>/<number>"


class NoticeList(Record):
    """A page of the outbox, oldest first."""

    items: tuple[NoticeRow, ...]
    cursor: str | None


@router.get("/api/staff/programs/<program>/notices", summary="The outbox", tags=TAGS)
def list_notices(
    program: str, status: NoticeStatus, limit: Limit = 50, cursor: Cursor = None
) -> NoticeList:
    """Return a program's notices that are held, queued, on their way or undelivered."""
    page = outbox(ports_of(router), program, status, limit=limit, cursor=cursor)
    return NoticeList(items=page.items, cursor=page.cursor)


@router.get(NOTICE, summary="Preview a notice", tags=TAGS)
def read(application: str, kind: str, number: str) -> Preview:
    """Return a notice in the words it would have now."""
    return preview(ports_of(router), application, f"{kind}#{number}")


@router.post(f"{NOTICE}/hold", summary="Hold a notice", tags=TAGS)
def keep(application: str, kind: str, number: str, because: Because) -> NoticeRow:
    """Keep a waiting notice from being sent until somebody releases it."""
    actor = caller_of(event_of(router)).as_staff
    return hold(ports_of(router), application, f"{kind}#{number}", actor, reason=because.reason)


@router.post(f"{NOTICE}/release", summary="Release a notice", tags=TAGS)
def let_go(application: str, kind: str, number: str, because: Because) -> NoticeRow:
    """Let a held notice be sent; that of a decision, at its announcement."""
    actor = caller_of(event_of(router)).as_staff
    return release(ports_of(router), application, f"{kind}#{number}", actor, reason=because.reason)


@router.post(f"{NOTICE}/regeneration", summary="Make a notice anew", tags=TAGS)
def make_anew(application: str, kind: str, number: str, because: Because) -> Preview:
    """Make a waiting notice anew with the program's present words; sent ones stay."""
    actor = caller_of(event_of(router)).as_staff
    return regenerate(
        ports_of(router), application, f"{kind}#{number}", actor, reason=because.reason
    )

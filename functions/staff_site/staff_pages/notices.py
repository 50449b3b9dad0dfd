"""The outbox, and one notice of it."""

from aws_lambda_powertools.event_handler import Response
from aws_lambda_powertools.event_handler.api_gateway import Router

from roundtable.domain.notices import NoticeStatus
from roundtable.usecases.staff.notices import LISTED, outbox, outbox_counts, references_of
from roundtable.web.pages.members import STAFF, member, members_form
from roundtable.web.pages.staff.addresses import action_named
from roundtable.web.pages.staff.frame import at_program
from roundtable.web.pages.staff.notice_actions import (
    NoticeAction,
    about_notice,
    do_about_notice,
    notice_action_page,
)
from roundtable.web.pages.staff.notices_pages import notice_page, outbox_page

router = Router()
NOTICE = "/staff/applications/<application>/notices/<kind>/<number>"


@router.get("/staff/programs/<program>/notices", include_in_schema=False, enable_validation=False)
def read_outbox(program: str) -> Response[str]:
    """Show a list of the outbox; what did not arrive, unless another is asked for."""
    at = at_program(router, program)
    query = router.current_event.query_string_parameters
    asked = query.get("status", "")
    status = NoticeStatus(asked) if asked in LISTED else NoticeStatus.UNDELIVERED
    cursor = query.get("cursor") or None
    ports = at.present.ports
    rows = outbox(ports, program, status, cursor=cursor)
    counts = outbox_counts(ports, program)
    references = references_of(ports, [row.application for row in rows.items])
    return outbox_page(at, status, rows, counts, references, begun=cursor is not None)


@router.get(NOTICE, include_in_schema=False, enable_validation=False)
def read_notice(application: str, kind: str, number: str) -> Response[str]:
    """Show a notice in the words it would have now."""
    present = member(router, STAFF)
    done = router.current_event.query_string_parameters.get("done", "")
    return notice_page(present, about_notice(present, application, kind, number), done=done)


@router.get(f"{NOTICE}/<action>", include_in_schema=False, enable_validation=False)
def read_notice_action(application: str, kind: str, number: str, action: str) -> Response[str]:
    """Show what follows from an action, with its form. Nothing is done."""
    present = member(router, STAFF)
    about = about_notice(present, application, kind, number)
    return notice_action_page(present, about, action_named(action, NoticeAction))


@router.post(f"{NOTICE}/<action>", include_in_schema=False, enable_validation=False)
def take_notice_action(application: str, kind: str, number: str, action: str) -> Response[str]:
    """Do it, and show the notice."""
    present, form = members_form(router, STAFF)
    about = about_notice(present, application, kind, number)
    return do_about_notice(present, about, action_named(action, NoticeAction), form)

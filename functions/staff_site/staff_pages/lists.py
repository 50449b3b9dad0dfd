"""Lists: applications by filters and by name, what is due, what is stuck."""

from aws_lambda_powertools.event_handler import Response
from aws_lambda_powertools.event_handler.api_gateway import Router

from roundtable.usecases.staff.finding import find, search
from roundtable.usecases.staff.now import DueUntil, due_rows
from roundtable.usecases.staff.overview import in_need
from roundtable.web.pages.staff.filters import chosen, cursor_in, wanted_in
from roundtable.web.pages.staff.frame import at_program
from roundtable.web.pages.staff.lists_pages import (
    applications_page,
    attention_page,
    due_page,
    search_page,
)

router = Router()


@router.get(
    "/staff/programs/<program>/applications", include_in_schema=False, enable_validation=False
)
def get_applications(program: str) -> Response[str]:
    """Show applications by filters, or those found by a name."""
    at = at_program(router, program)
    query = router.current_event.query_string_parameters
    name = query.get("q", "").strip()
    if name:
        return search_page(at, name, search(at.present.ports, program, name))
    wanted, cursor = wanted_in(query, at.program), cursor_in(query)
    rows = find(at.present.ports, program, wanted, cursor=cursor)
    return applications_page(at, wanted, rows, first=cursor is None)


@router.get("/staff/programs/<program>/due", include_in_schema=False, enable_validation=False)
def get_due(program: str) -> Response[str]:
    """Show what is due."""
    at = at_program(router, program)
    query = router.current_event.query_string_parameters
    until, cursor = chosen(DueUntil, query.get("until")) or DueUntil.WEEK, cursor_in(query)
    rows = due_rows(at.present.ports, program, until, cursor=cursor)
    return due_page(at, until, rows, first=cursor is None)


@router.get("/staff/programs/<program>/attention", include_in_schema=False, enable_validation=False)
def get_attention(program: str) -> Response[str]:
    """Show what is stuck."""
    at = at_program(router, program)
    cursor = cursor_in(router.current_event.query_string_parameters)
    rows = in_need(at.present.ports, program, cursor=cursor)
    return attention_page(at, rows, first=cursor is None)

"""The page of what waits for the reviewer who looks."""

from aws_lambda_powertools.event_handler import Response
from aws_lambda_powertools.event_handler.api_gateway import Router

from roundtable.usecases.reviewing.queue import my_queue_rows
from roundtable.web.pages.members import REVIEWERS, member
from roundtable.web.pages.reviewer import addresses
from roundtable.web.pages.reviewer.queue_pages import queue_page

router = Router()
PAGE = 25


@router.get(addresses.HOME, include_in_schema=False, enable_validation=False)
def get_queue() -> Response[str]:
    """Show the open reviews, the earliest due first."""
    present = member(router, REVIEWERS)
    query = router.current_event.query_string_parameters
    cursor = query.get(addresses.AFTER)
    rows = my_queue_rows(present.ports, present.caller.subject, limit=PAGE, cursor=cursor)
    return queue_page(present, rows, done=query.get(addresses.DONE, ""), later=cursor is not None)

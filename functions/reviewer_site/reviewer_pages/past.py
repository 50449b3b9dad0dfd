"""The pages of what happened to what the reviewer who looks reviewed."""

from aws_lambda_powertools.event_handler import Response
from aws_lambda_powertools.event_handler.api_gateway import Router

from roundtable.usecases.errors import Unknown
from roundtable.usecases.reviewing.past import look_back, my_past_reviews
from roundtable.web.pages.members import REVIEWERS, member
from roundtable.web.pages.reviewer import addresses
from roundtable.web.pages.reviewer.past_pages import outcome_page, past_page
from roundtable.web.pages.reviewer.review_pages import not_yours_page

router = Router()
PAGE = 25


@router.get(addresses.PAST, include_in_schema=False, enable_validation=False)
def get_past() -> Response[str]:
    """Show the reviews that were given, the newest first."""
    present = member(router, REVIEWERS)
    cursor = router.current_event.query_string_parameters.get(addresses.AFTER)
    reviews = my_past_reviews(present.ports, present.caller.subject, limit=PAGE, cursor=cursor)
    return past_page(present, reviews, later=cursor is not None)


@router.get(f"{addresses.PAST}/<application>", include_in_schema=False, enable_validation=False)
def get_outcome(application: str) -> Response[str]:
    """Show what became of one application, and what its reviewers said."""
    present = member(router, REVIEWERS)
    try:
        looked = look_back(present.ports, application, present.caller.subject)
    except Unknown:
        return not_yours_page(present, application)
    done = router.current_event.query_string_parameters.get(addresses.DONE, "")
    return outcome_page(present, looked, done=done)

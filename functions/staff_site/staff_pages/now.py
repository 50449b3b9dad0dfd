"""The programs, and where one stands now."""

from aws_lambda_powertools.event_handler import Response
from aws_lambda_powertools.event_handler.api_gateway import Router

from roundtable.usecases.staff.now import now
from roundtable.usecases.staff.overview import programs
from roundtable.web.pages.members import STAFF, member
from roundtable.web.pages.page import see_other
from roundtable.web.pages.staff.frame import at_program
from roundtable.web.pages.staff.now_page import now_page, programs_page

router = Router()


@router.get("/staff", include_in_schema=False, enable_validation=False)
def get_programs() -> Response[str]:
    """Show the programs; where there is only one, go on to it."""
    present = member(router, STAFF)
    published = programs(present.ports)
    if len(published) == 1:
        return see_other(f"/staff/programs/{published[0].program}")
    return programs_page(present, published)


@router.get("/staff/programs/<program>", include_in_schema=False, enable_validation=False)
def get_now(program: str) -> Response[str]:
    """Show where a program stands."""
    at = at_program(router, program)
    return now_page(at, now(at.present.ports, program))

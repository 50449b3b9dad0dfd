"""What is offered, as pages. Public."""

from aws_lambda_powertools.event_handler import Response
from aws_lambda_powertools.event_handler.api_gateway import Router

from roundtable.usecases.applying.offering import program_offered, programs_offered
from roundtable.web.api import ports_of
from roundtable.web.pages.program_pages import list_page, program_page

router = Router()


@router.get("/", include_in_schema=False, enable_validation=False)
def get_programs() -> Response[str]:
    """Show every published program with its next date."""
    return list_page(programs_offered(ports_of(router)))


@router.get("/programs/<program>", include_in_schema=False, enable_validation=False)
def get_program(program: str) -> Response[str]:
    """Show who should apply to a program, what they need, and until when."""
    return program_page(program_offered(ports_of(router), program))

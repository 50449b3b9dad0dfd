"""The applications of somebody signed in, as pages."""

from aws_lambda_powertools.event_handler import Response
from aws_lambda_powertools.event_handler.api_gateway import Router

from roundtable.usecases.applying.entering import Beginning, my_list
from roundtable.web.pages.applicant.entering.list_page import applications_page, begun
from roundtable.web.pages.applicant.visitors import visitor, visitors_form
from roundtable.web.pages.texts import language

router = Router()


@router.get("/programs/<program>/applications", include_in_schema=False, enable_validation=False)
def get_applications(program: str) -> Response[str]:
    """Show somebody what they have begun and sent."""
    present = visitor(router, program)
    return applications_page(present, my_list(present.ports, present.session))


@router.post("/programs/<program>/applications", include_in_schema=False, enable_validation=False)
def post_applications(program: str) -> Response[str]:
    """Begin an application, or go on with the draft that is open."""
    present, _ = visitors_form(router, program)
    return begun(present, Beginning(language=language()))

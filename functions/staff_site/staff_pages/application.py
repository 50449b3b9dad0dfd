"""The page of one application, and the way to its documents."""

from http import HTTPStatus

from aws_lambda_powertools.event_handler import Response
from aws_lambda_powertools.event_handler.api_gateway import Router

from roundtable.usecases.staff.desk import desk, document_address
from roundtable.web.pages.headers import page_headers
from roundtable.web.pages.members import STAFF, member
from roundtable.web.pages.page import HTML
from roundtable.web.pages.staff.application_page import application_page

router = Router()
APPLICATION = "/staff/applications/<application>"


@router.get(APPLICATION, include_in_schema=False, enable_validation=False)
def read_application(application: str) -> Response[str]:
    """Show the whole story; restricted answers to the group `identity` alone."""
    present = member(router, STAFF)
    found = desk(present.ports, application, identity=present.caller.sees_identity)
    done = router.current_event.query_string_parameters.get("done", "")
    return application_page(present, found, done=done)


@router.get(
    f"{APPLICATION}/documents/<requirement>/<number>",
    include_in_schema=False,
    enable_validation=False,
)
def read_document(application: str, requirement: str, number: str) -> Response[str]:
    """Lead to a document; its address lasts for minutes, this one as long as the page."""
    present = member(router, STAFF)
    wanted = int(number) if number.isascii() and number.isdigit() and len(number) < 5 else 0  # noqa: PLR2004 (no version is beyond)
    address = document_address(present.ports, application, requirement, wanted)
    headers = {**page_headers(), "Location": address}
    return Response(HTTPStatus.SEE_OTHER, content_type=HTML, body="", headers=headers)

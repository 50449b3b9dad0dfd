"""Where an application stands, as a page, and the messages about it to read again."""

from aws_lambda_powertools.event_handler import Response
from aws_lambda_powertools.event_handler.api_gateway import Router

from roundtable.usecases.following.correspondence import message_sent
from roundtable.usecases.following.followed import follow
from roundtable.usecases.following.view import State
from roundtable.usecases.step import program_of
from roundtable.web.api import event_of
from roundtable.web.pages.applicant.following.status_page import message_page, status_page
from roundtable.web.pages.applicant.visitors import application_path, visitor
from roundtable.web.pages.page import see_other

router = Router()
APPLICATION = "/programs/<program>/applications/<reference>"


@router.get(f"{APPLICATION}/status", include_in_schema=False, enable_validation=False)
def get_status(program: str, reference: str) -> Response[str]:
    """Show where an application stands; a draft is gone on with instead."""
    present = visitor(router, program)
    application = present.application(reference)
    followed = follow(present.ports, application)
    if followed.status.state is State.DRAFT:
        return see_other(application_path(application))
    return status_page(present, application, followed, event_of(router))


@router.get(
    f"{APPLICATION}/messages/<kind>/<number>", include_in_schema=False, enable_validation=False
)
def get_message(program: str, reference: str, kind: str, number: str) -> Response[str]:
    """Show a message as it was sent."""
    present = visitor(router, program)
    application = present.application(reference)
    message = message_sent(present.ports, application, kind, number)
    return message_page(present, program_of(present.ports, application), application, message)

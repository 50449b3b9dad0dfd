"""What staff do to one application: a page for each action, and its form."""

from aws_lambda_powertools.event_handler import Response
from aws_lambda_powertools.event_handler.api_gateway import Router

from roundtable.usecases.staff.desk import subject
from roundtable.usecases.staff.possible import StaffAction
from roundtable.web.pages.members import STAFF, member, members_form
from roundtable.web.pages.staff.actions_pages import action_page, carry_out
from roundtable.web.pages.staff.addresses import action_named

router = Router()
ACTION = "/staff/applications/<application>/<action>"


@router.get(ACTION, include_in_schema=False, enable_validation=False)
def read_action(application: str, action: str) -> Response[str]:
    """Show what follows from an action, with its form. Nothing is done."""
    present = member(router, STAFF)
    wanted = action_named(action, StaffAction)
    return action_page(present, subject(present.ports, application), wanted)


@router.post(ACTION, include_in_schema=False, enable_validation=False)
def take_action(application: str, action: str) -> Response[str]:
    """Do it, and go back to the application."""
    present, form = members_form(router, STAFF)
    return carry_out(present, application, action_named(action, StaffAction), form)

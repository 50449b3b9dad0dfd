"""The last look, the submission, and the receipt."""

from aws_lambda_powertools.event_handler import Response
from aws_lambda_powertools.event_handler.api_gateway import Router

from roundtable.usecases.applying.sign_in import applicant
from roundtable.usecases.applying.submission import submit
from roundtable.usecases.applying.task_list import task_list
from roundtable.usecases.errors import Invalid, NotNow
from roundtable.usecases.following.standing import Standing
from roundtable.web.pages.applicant.filling_in.checking_answers import check_page, refused_status
from roundtable.web.pages.applicant.filling_in.dates_file import dates_file
from roundtable.web.pages.applicant.filling_in.receipt import received_page
from roundtable.web.pages.applicant.visitors import (
    application_path,
    visitor,
    visitors_form,
)
from roundtable.web.pages.page import see_other

router = Router()
_APPLICATION = "/programs/<program>/applications/<reference>"


@router.get(f"{_APPLICATION}/check", include_in_schema=False, enable_validation=False)
def get_check(program: str, reference: str) -> Response[str]:
    """Show everything that was filled in, and what is in the way of submitting it."""
    present = visitor(router, program)
    view = Standing(present.ports, present.application(reference))
    return check_page(present, view, task_list(view))


@router.post(f"{_APPLICATION}/submit", include_in_schema=False, enable_validation=False)
def post_submit(program: str, reference: str) -> Response[str]:
    """Receive the application, once however often the button is pressed."""
    present, form = visitors_form(router, program)
    application = present.application(reference)
    key = f"page/{application.id}/{form.one('revision')[:20]}"
    try:
        submit(present.ports, application.id, applicant(application), idempotency_key=key)
    except (Invalid, NotNow):
        view = Standing(present.ports, present.application(reference))
        tasks = task_list(view)
        return check_page(present, view, tasks, status=refused_status(tasks), refused=True)
    return see_other(f"{application_path(application)}/received")


@router.get(f"{_APPLICATION}/received", include_in_schema=False, enable_validation=False)
def get_received(program: str, reference: str) -> Response[str]:
    """Show the receipt; of a draft, what is still to be done."""
    present = visitor(router, program)
    view = Standing(present.ports, present.application(reference))
    if not view.application.submitted:
        return see_other(application_path(view.application))
    return received_page(present, view)


@router.get(f"{_APPLICATION}/dates.ics", include_in_schema=False, enable_validation=False)
def get_dates(program: str, reference: str) -> Response[str]:
    """Give the dates of an application as a calendar file."""
    present = visitor(router, program)
    return dates_file(Standing(present.ports, present.application(reference)))

"""The pages of the form: the list of what is to be done, each page, and saving by itself."""

from aws_lambda_powertools.event_handler import Response
from aws_lambda_powertools.event_handler.api_gateway import Router

from roundtable.usecases.applying.form_pages import open_pages
from roundtable.usecases.applying.task_list import task_list
from roundtable.usecases.following.standing import Standing
from roundtable.web.pages.applicant.filling_in.form_page import form_page
from roundtable.web.pages.applicant.filling_in.going_on import after_saving, saved_by_itself
from roundtable.web.pages.applicant.filling_in.saving import page_at, shown
from roundtable.web.pages.applicant.filling_in.task_list import task_list_page
from roundtable.web.pages.applicant.visitors import application_path, visitor, visitors_form
from roundtable.web.pages.page import see_other

router = Router()
_LIST = "/programs/<program>/applications/<reference>"


@router.get(_LIST, include_in_schema=False, enable_validation=False)
def get_task_list(program: str, reference: str) -> Response[str]:
    """Show what is to be done; of a received application where it stands, or what to mend."""
    present = visitor(router, program)
    view = Standing(present.ports, present.application(reference))
    if view.application.submitted and not open_pages(view):
        return see_other(f"{application_path(view.application)}/status")
    return task_list_page(present, view, task_list(view))


@router.get(f"{_LIST}/eligibility", include_in_schema=False, enable_validation=False)
@router.get(f"{_LIST}/tracks", include_in_schema=False, enable_validation=False)
@router.get(f"{_LIST}/contact", include_in_schema=False, enable_validation=False)
@router.get(f"{_LIST}/organization", include_in_schema=False, enable_validation=False)
@router.get(f"{_LIST}/team", include_in_schema=False, enable_validation=False)
@router.get(f"{_LIST}/answers/<key>", include_in_schema=False, enable_validation=False)
@router.get(f"{_LIST}/commitments/<key>", include_in_schema=False, enable_validation=False)
def get_form_page(program: str, reference: str, key: str = "") -> Response[str]:
    """Show a page of the form as it was saved."""
    present = visitor(router, program)
    view = Standing(present.ports, present.application(reference))
    page = page_at(view, _page_path(key))
    return form_page(present, view, page, shown(view, page))


@router.post(f"{_LIST}/eligibility", include_in_schema=False, enable_validation=False)
@router.post(f"{_LIST}/tracks", include_in_schema=False, enable_validation=False)
@router.post(f"{_LIST}/contact", include_in_schema=False, enable_validation=False)
@router.post(f"{_LIST}/organization", include_in_schema=False, enable_validation=False)
@router.post(f"{_LIST}/team", include_in_schema=False, enable_validation=False)
@router.post(f"{_LIST}/answers/<key>", include_in_schema=False, enable_validation=False)
@router.post(f"{_LIST}/commitments/<key>", include_in_schema=False, enable_validation=False)
def post_form_page(program: str, reference: str, key: str = "") -> Response[str]:
    """Save a page of the form, and go on."""
    present, form = visitors_form(router, program)
    view = Standing(present.ports, present.application(reference))
    return after_saving(present, view, page_at(view, _page_path(key)), form)


@router.post(f"{_LIST}/autosave", include_in_schema=False, enable_validation=False)
def post_autosave(program: str, reference: str) -> Response[str]:
    """Save what is typed so far; the script says when."""
    present, form = visitors_form(router, program)
    view = Standing(present.ports, present.application(reference))
    return saved_by_itself(present, view, page_at(view, form.one("page")), form)


def _page_path(key: str) -> str:
    """Return the page's own path below the application's."""
    kind = "commitments" if "/commitments/" in router.current_event.path else "answers"
    return f"{kind}/{key}" if key else router.current_event.path.rpartition("/")[2]

"""Where to go once a page of the form was sent: on, back to the list, or once more to the page."""

import json
from http import HTTPStatus

from aws_lambda_powertools.event_handler import Response

from roundtable.usecases.applying.form_pages import FormPage
from roundtable.usecases.applying.task_list import task_list
from roundtable.usecases.errors import NotNow
from roundtable.usecases.following.standing import Standing
from roundtable.web.pages.applicant.filling_in.form_page import form_page
from roundtable.web.pages.applicant.filling_in.saving import save_typed, wrong
from roundtable.web.pages.applicant.visitors import Visitor, application_path
from roundtable.web.pages.headers import page_headers
from roundtable.web.pages.page import see_other
from roundtable.web.pages.posted import Posted


def after_saving(visitor: Visitor, view: Standing, page: FormPage, form: Posted) -> Response[str]:
    """Save a page and go on to the next task.

    The page comes again where something on it could not be saved or is not right, where it was
    changed meanwhile, and where a row of the team was added or removed.
    """
    application, now = save_typed(visitor, view, page, form)
    view = Standing(visitor.ports, application)
    if now.refused or now.newest is not None:
        return form_page(visitor, view, page, now, status=HTTPStatus.CONFLICT)
    if form.one("add") or form.one("remove"):
        now.problems = []
        return form_page(visitor, view, page, now)
    base = application_path(application)
    if not now.problems:
        if form.one("later") or application.submitted:
            # The list leads on to the status where nothing is left to be mended.
            return see_other(base)
        now.problems = wrong(view, page)
    if now.problems:
        return form_page(visitor, view, page, now, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    return see_other(f"{base}/{task_list(view).after(page.path)}")


def saved_by_itself(
    visitor: Visitor, view: Standing, page: FormPage, form: Posted
) -> Response[str]:
    """Save what is typed while it is typed, and tell the page's script what became of it.

    Raises NotNow where nothing can be saved any more.
    """
    _application, now = save_typed(visitor, view, page, form)
    if now.refused:
        raise NotNow("closed", now.refused)
    outcome = "changed" if now.newest is not None else "partly" if now.problems else "saved"
    told = {"outcome": outcome}
    if now.saved:
        told["revision"] = now.revision
    return Response(HTTPStatus.OK, "application/json", json.dumps(told), dict(page_headers()))

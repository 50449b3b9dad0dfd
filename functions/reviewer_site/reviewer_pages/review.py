"""The page of one application before its reviewer: reading, noting, giving the review."""

from http import HTTPStatus

from aws_lambda_powertools.event_handler import Response
from aws_lambda_powertools.event_handler.api_gateway import Router

from roundtable.usecases.errors import Invalid, NotNow, Stale, Unknown
from roundtable.usecases.reviewing.desk import Desk, desk, document_address
from roundtable.usecases.reviewing.giving import give_review, keep_notes
from roundtable.usecases.reviewing.past import look_back
from roundtable.web.pages.headers import page_headers
from roundtable.web.pages.members import REVIEWERS, Member, member, members_form
from roundtable.web.pages.page import HTML, see_other
from roundtable.web.pages.posted import Posted
from roundtable.web.pages.reviewer import addresses
from roundtable.web.pages.reviewer.past_pages import outcome_page
from roundtable.web.pages.reviewer.review_form import (
    noted,
    notes_in,
    review_in,
    seen_in,
    typed_words,
)
from roundtable.web.pages.reviewer.review_pages import desk_page, not_yours_page

router = Router()
REVIEW = f"{addresses.HOME}/applications/<application>"


@router.get(REVIEW, include_in_schema=False, enable_validation=False)
def get_review(application: str) -> Response[str]:
    """Show an application with its documents, checks and rubric, or why it is not to be read."""
    present = member(router, REVIEWERS)
    done = router.current_event.query_string_parameters.get(addresses.DONE, "")
    try:
        read = desk(present.ports, application, present.caller.subject)
    except Unknown:
        return not_yours_page(present, application)
    except NotNow:
        looked = look_back(present.ports, application, present.caller.subject)
        return outcome_page(present, looked, done=done)
    return desk_page(present, read, noted(read), done=done)


@router.post(REVIEW, include_in_schema=False, enable_validation=False)
def post_review(application: str) -> Response[str]:
    """Keep a draft, or give the review; where that fails, the page again with what was typed."""
    present, form = members_form(router, REVIEWERS)
    reviewer = present.caller.subject
    try:
        read = desk(present.ports, application, reviewer, seen=seen_in(form))
        return _sent(present, read, form)
    except Unknown:
        return not_yours_page(present, application)
    except NotNow:
        looked = look_back(present.ports, application, reviewer)
        if looked.past.given_at is not None:
            return _done(application, "given")
        return outcome_page(present, looked, status=HTTPStatus.CONFLICT, typed=typed_words(form))


@router.post(f"{REVIEW}/notes", include_in_schema=False, enable_validation=False)
def post_notes(application: str) -> Response[str]:
    """Keep a draft while it is written; the answer is empty."""
    present, form = members_form(router, REVIEWERS)
    read = desk(present.ports, application, present.caller.subject)
    keep_notes(present.ports, application, present.caller.subject, notes_in(read, form))
    return Response(HTTPStatus.NO_CONTENT, content_type=HTML, body="", headers=page_headers())


@router.get(
    f"{REVIEW}/documents/<requirement>/<number>", include_in_schema=False, enable_validation=False
)
def get_document(application: str, requirement: str, number: str) -> Response[str]:
    """Lead to a document; its address lasts for minutes, this one as long as the review."""
    present = member(router, REVIEWERS)
    which = addresses.number_in(number) or 0
    reviewer = present.caller.subject
    address = document_address(present.ports, application, reviewer, requirement, which)
    headers = {**page_headers(), "Location": address}
    return Response(HTTPStatus.SEE_OTHER, content_type=HTML, body="", headers=headers)


def _sent(present: Member, read: Desk, form: Posted) -> Response[str]:
    """Do what a form asks for; a second click on the same button finds it done."""
    application, reviewer = read.review.application, present.caller.subject
    if read.state == "given":
        return _done(application, "given")
    if read.state == "waiting":
        typed = typed_words(form)
        return desk_page(present, read, form, status=HTTPStatus.CONFLICT, typed=typed)
    try:
        if form.one("do") == "give":
            give_review(present.ports, application, reviewer, review_in(read, form))
            done = "given"
        else:
            keep_notes(present.ports, application, reviewer, notes_in(read, form))
            done = "saved"
    except Invalid as refused:
        return desk_page(
            present,
            read,
            form,
            problems=refused.problems,
            status=HTTPStatus.UNPROCESSABLE_ENTITY,
        )
    except Stale:
        return desk_page(present, read, form, status=HTTPStatus.CONFLICT)
    if done == "saved" and read.changes:
        return desk_page(present, read, form, status=HTTPStatus.CONFLICT)
    return _done(application, done)


def _done(application: str, what: str) -> Response[str]:
    return see_other(f"{addresses.review_path(application)}?{addresses.DONE}={what}")

"""What a person reads where an address leads nowhere, or where something went wrong."""

from http import HTTPStatus

from aws_lambda_powertools.event_handler import Response

from roundtable.domain.model import Record
from roundtable.web.pages import texts
from roundtable.web.pages.language_routes import visitors_language
from roundtable.web.pages.layout import Layout
from roundtable.web.pages.page import page
from roundtable.web.pages.texts import gettext as _
from roundtable.web.problems import Problem
from roundtable.web.reading import Event

_OCCURRENCE = "urn:roundtable:occurrence:"


class Told(Record):
    """What happened, and what to do now."""

    title: str
    text: str
    refusal: str = ""
    """The reason that a use case gave, in English."""


def error_page(problem: Problem, event: Event) -> Response[str]:
    """Return the page for a request that failed, in its visitor's language."""
    with texts.speaking(visitors_language(event)):
        told = _told(problem)
        return page(
            "error.html",
            Layout(title=told.title),
            status=problem.status,
            told=told,
            occurrence=(problem.instance or "").removeprefix(_OCCURRENCE),
        )


def _told(problem: Problem) -> Told:
    return (
        _by_code().get(problem.code)
        or _by_status().get(HTTPStatus(problem.status))
        or Told(
            title=_("This was not possible"),
            text=_("We could not do what was asked, and nothing was changed."),
            refusal=problem.detail,
        )
    )


def _by_code() -> dict[str, Told]:
    """Return what is told of the reasons that have words of their own."""
    return {
        "unknown-program": Told(
            title=_("We do not have this program"),
            text=_(
                "There is no program at this address. It may have ended, or a part of the "
                "address may be missing. You find all programs on our start page."
            ),
        ),
        "wrong-group": Told(
            title=_("This page is not for your sign-in"),
            text=_(
                "You are signed in, but not as somebody who may see or do this. Nothing was "
                "changed. If you think that you should be, ask who invited you."
            ),
        ),
        "form-from-elsewhere": Told(
            title=_("This did not come from our pages"),
            text=_(
                "Your browser does not say that this was sent from a page of ours, so nothing was "
                "changed. Open the page here, and send it from there. An extension of your "
                "browser that hides where you come from may be in the way."
            ),
        ),
        "sent-before": Told(
            title=_("Please send it once more"),
            text=_(
                "This page was open since before you signed in, so nothing was changed. Go back, "
                "load the page again, and send it from there."
            ),
        ),
    }


def _by_status() -> dict[HTTPStatus, Told]:
    """Return what is told where only the kind of refusal counts."""
    later = Told(
        title=_("Please try again later"),
        text=_("We are busy at this moment. Nothing was changed. Try again in a while."),
    )
    return {
        HTTPStatus.UNAUTHORIZED: Told(
            title=_("Please sign in"),
            text=_(
                "You are not signed in, or not any more: we sign you out after 12 hours. Nothing "
                "was changed. Sign in, then open this page again."
            ),
        ),
        HTTPStatus.NOT_FOUND: Told(
            title=_("Page not found"),
            text=_(
                "There is nothing at this address. If you typed it, check that it is right; if "
                "you copied it, check that it is whole."
            ),
        ),
        HTTPStatus.PRECONDITION_FAILED: Told(
            title=_("This was changed meanwhile"),
            text=_(
                "Somebody changed this after you opened the page, perhaps you in another tab. "
                "Nothing was overwritten. Load the page again to see what it says now."
            ),
        ),
        HTTPStatus.REQUEST_ENTITY_TOO_LARGE: Told(
            title=_("This is too long"),
            text=_(
                "What was sent is longer than any form of ours needs, so nothing was changed. Go "
                "back, shorten it, and send it again."
            ),
        ),
        HTTPStatus.SERVICE_UNAVAILABLE: later,
        HTTPStatus.TOO_MANY_REQUESTS: later,
        HTTPStatus.INTERNAL_SERVER_ERROR: Told(
            title=_("Something went wrong here"),
            text=_(
                "This is our mistake, not yours. Please try again in a few minutes. If it happens "
                "again, tell us this number:"
            ),
        ),
    }

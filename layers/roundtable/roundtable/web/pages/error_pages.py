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
    if problem.code == "unknown-program":
        return Told(
            title=_("We do not have this program"),
            text=_(
                "There is no program at this address. It may have ended, or a part of the "
                "address may be missing. You find all programs on our start page."
            ),
        )
    match problem.status:
        case HTTPStatus.NOT_FOUND:
            return Told(
                title=_("Page not found"),
                text=_(
                    "There is nothing at this address. If you typed it, check that it is right; "
                    "if you copied it, check that it is whole."
                ),
            )
        case HTTPStatus.SERVICE_UNAVAILABLE | HTTPStatus.TOO_MANY_REQUESTS:
            return Told(
                title=_("Please try again later"),
                text=_("We are busy at this moment. Nothing was changed. Try again in a while."),
            )
        case HTTPStatus.INTERNAL_SERVER_ERROR:
            return Told(
                title=_("Something went wrong here"),
                text=_(
                    "This is our mistake, not yours. Please try again in a few minutes. If it "
                    "happens again, tell us this number:"
                ),
            )
        case _:
            return Told(
                title=_("This was not possible"),
                text=_("We could not do what was asked, and nothing was changed."),
                refusal=problem.detail,
            )

"""What applicants meet where a request could not be done: the way in, and nothing is lost."""

import re
from http import HTTPStatus
from typing import cast

from aws_lambda_powertools.event_handler import Response

from roundtable.domain.program import Program
from roundtable.ports import NotFound, Ports, Unavailable
from roundtable.usecases.applying.entering import entrance
from roundtable.usecases.applying.sign_in import who
from roundtable.usecases.errors import Refused, Unknown
from roundtable.web.api import ErrorPage
from roundtable.web.pages import texts
from roundtable.web.pages.applicant import addresses
from roundtable.web.pages.applicant.entering.arriving import another_address, is_theirs
from roundtable.web.pages.applicant.entering.entering import OnTheWay, sign_in_page
from roundtable.web.pages.applicant.frame import applicants_layout
from roundtable.web.pages.applicant.visitors import Visitor
from roundtable.web.pages.cookies import SESSION
from roundtable.web.pages.error_pages import error_page
from roundtable.web.pages.guards import token_for_forms
from roundtable.web.pages.language_routes import visitors_language
from roundtable.web.pages.layout import Layout
from roundtable.web.pages.page import see_other
from roundtable.web.pages.sending_again import Kept, kept_form, send_again_page
from roundtable.web.pages.texts import gettext as _
from roundtable.web.problems import Problem, problem_for
from roundtable.web.reading import Event, cookies

_PROGRAM = re.compile(r"/programs/([a-z][a-z0-9-]{0,62})/.+")
_SENT_BEFORE = "sent-before"


def applicants_error_page(ports: Ports) -> ErrorPage:
    """Return what answers a request of an applicant that failed.

    Who is not signed in is led to where they sign in, and from there on. What was sent at such a
    moment, or at a busy one, goes with them and is sent again. All else is told with a page.
    """

    def answer(problem: Problem, event: Event) -> Response[str]:
        try:
            with texts.speaking(visitors_language(event)):
                led = _led(ports, problem, event)
        except Unknown as unknown:
            return error_page(problem_for(unknown)[0], event)
        except (Refused, NotFound, Unavailable):
            led = None
        return led or error_page(problem, event)

    return answer


def _led(ports: Ports, problem: Problem, event: Event) -> Response[str] | None:
    """Return the page that leads on; None where there is nothing but to tell what happened."""
    found = _PROGRAM.fullmatch(str(event.get("rawPath", "")))
    if not found:
        return None
    key, kept = found.group(1), kept_form(event, site_url=ports.site_url)
    match problem.status:
        case HTTPStatus.SERVICE_UNAVAILABLE if kept:
            return _try_again(kept, event)
        case HTTPStatus.UNAUTHORIZED if kept:
            program = entrance(ports, key).program
            return sign_in_page(program, OnTheWay(kept=kept), status=HTTPStatus.UNAUTHORIZED)
        case HTTPStatus.UNAUTHORIZED if _method(event) == "GET":
            program = entrance(ports, key).program
            wanted = addresses.led_on_to(_address(event), program.key)
            return see_other(addresses.sign_in_path(program.key, wanted))
        case HTTPStatus.CONFLICT if kept and problem.code == _SENT_BEFORE:
            return _sent_before(ports, entrance(ports, key).program, kept, event)
        case _:
            return None


def _sent_before(ports: Ports, program: Program, kept: Kept, event: Event) -> Response[str]:
    token = cookies(event).get(SESSION, "")
    present = Visitor(ports, who(ports, token), token)
    if not is_theirs(present, kept.path):
        return sign_in_page(program, OnTheWay(kept=kept), refusal=another_address())
    return send_again_page(
        applicants_layout(present, program, _("Please send it once more"), kept.path),
        kept,
        explanation=_(
            "This page was open since before you signed in, so nothing was changed yet. What you "
            "wrote is kept: press the button to send it."
        ),
    )


def _try_again(kept: Kept, event: Event) -> Response[str]:
    """Return the page for a busy moment; it asks nothing of what may be busy."""
    token = cookies(event).get(SESSION, "")
    layout = Layout(title=_("Please try again"), csrf=token_for_forms(token) if token else "")
    return send_again_page(
        layout,
        kept,
        explanation=_(
            "We are busy at this moment, and nothing was changed. What you wrote is kept: wait a "
            "few seconds, then press the button."
        ),
        status=HTTPStatus.SERVICE_UNAVAILABLE,
    )


def _method(event: Event) -> str:
    context = cast("dict[str, dict[str, str]]", event.get("requestContext") or {})
    return context.get("http", {}).get("method", "")


def _address(event: Event) -> str:
    """Return the path that was asked for, with what stood after its question mark."""
    query = str(event.get("rawQueryString") or "")
    return f"{event.get('rawPath', '')}{'?' if query else ''}{query}"

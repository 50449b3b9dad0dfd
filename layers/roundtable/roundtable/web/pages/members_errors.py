"""What reviewers and staff read where a page cannot be shown: signed out, not theirs, or failed."""

from http import HTTPStatus
from urllib.parse import urlencode

from aws_lambda_powertools.event_handler import Response

from roundtable.ports import Ports
from roundtable.usecases.applying.sign_in import NotSignedIn
from roundtable.usecases.members import member_of
from roundtable.web.pages import texts
from roundtable.web.pages.cookies import MEMBER
from roundtable.web.pages.error_pages import error_page
from roundtable.web.pages.language_routes import visitors_language
from roundtable.web.pages.layout import Layout
from roundtable.web.pages.members import HOMES, Member, members_headers, plain_layout
from roundtable.web.pages.page import is_own_path, page, see_other
from roundtable.web.pages.sending_again import Kept, kept_form, send_again_page
from roundtable.web.pages.texts import gettext as _
from roundtable.web.problems import Problem
from roundtable.web.reading import Event, cookies

NEXT = "next"
"""The query's name for the page to go to once signed in."""


def members_error_page(ports: Ports, site: str, problem: Problem, event: Event) -> Response[str]:
    """Return what a person gets for a request of REVIEWERS' or STAFF's pages that failed."""
    if problem.code not in {"not-signed-in", "sent-before", "wrong-group"}:
        return error_page(problem, event)
    with texts.speaking(visitors_language(event)):
        present = _present(ports, event)
        if present is None:
            return _sign_in_first(ports, site, event)
        if problem.code == "wrong-group":
            return _not_theirs(present, site)
        kept = kept_form(event, site_url=ports.site_url)
        if kept is None:
            return see_other(HOMES[site])
        return _send_again(present, site, kept)


def sign_in_path(site: str, next_path: str = "") -> str:
    """Return where to sign in to a site, and to come back to a page of it."""
    path = f"{HOMES[site]}/sign-in"
    return f"{path}?{urlencode({NEXT: next_path})}" if next_path else path


def is_page_of(site: str, path: str) -> bool:
    """Return whether a path is one of a site's own pages."""
    return is_own_path(path) and f"{path.partition('?')[0]}/".startswith(f"{HOMES[site]}/")


def _present(ports: Ports, event: Event) -> Member | None:
    token = cookies(event).get(MEMBER, "")
    try:
        return Member(ports, member_of(ports, token), token)
    except NotSignedIn:
        return None


def _sign_in_first(ports: Ports, site: str, event: Event) -> Response[str]:
    kept = kept_form(event, site_url=ports.site_url)
    if kept is None:
        query = str(event.get("rawQueryString") or "")
        asked = f"{event.get('rawPath', '')}{f'?{query}' if query else ''}"
        return see_other(sign_in_path(site, asked if is_page_of(site, asked) else ""))
    return send_again_page(
        Layout(title=_("You were signed out"), home=HOMES[site], path=HOMES[site]),
        kept,
        explanation=_(
            "You were signed out before this could be saved. Nothing was changed yet, and what "
            "you wrote is kept on this page."
        ),
        status=HTTPStatus.UNAUTHORIZED,
        sign_in=sign_in_path(site),
    )


def _send_again(present: Member, site: str, kept: Kept) -> Response[str]:
    answer = send_again_page(
        plain_layout(present, site, _("Please send this again")),
        kept,
        explanation=_(
            "You signed in again after this page was opened, so we ask once more: press the "
            "button to save what you wrote as %(email)s."
        )
        % {"email": present.session.email},
    )
    answer.headers.update(members_headers(present.ports))
    return answer


def _not_theirs(present: Member, site: str) -> Response[str]:
    title = _("This part of the site is not open to you")
    return page(
        "members/not_theirs.html",
        plain_layout(present, site, title),
        status=HTTPStatus.FORBIDDEN,
        headers=members_headers(present.ports),
        email=present.session.email,
        others=[
            (group, home)
            for group, home in HOMES.items()
            if group in present.session.groups and group != site
        ],
        site=site,
    )

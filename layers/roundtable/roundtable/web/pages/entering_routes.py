"""Signing in at the user pool's page and out again: the same for reviewers and for staff."""

import base64
import binascii
from collections.abc import Sequence
from http import HTTPStatus

from aws_lambda_powertools.event_handler import Response
from aws_lambda_powertools.event_handler.api_gateway import Router
from aws_lambda_powertools.shared.cookies import Cookie

from roundtable.usecases.applying.sign_in import NotSignedIn
from roundtable.usecases.hosted_sign_in import Attempt, SignInFailed, begin_sign_in, finish_sign_in
from roundtable.usecases.members import SESSION_LASTS, end_session, member_of
from roundtable.web.api import event_of, ports_of
from roundtable.web.pages.cookies import MEMBER, cookie, forgotten
from roundtable.web.pages.guards import form_from_us, form_of_session
from roundtable.web.pages.headers import page_headers
from roundtable.web.pages.layout import Layout
from roundtable.web.pages.members import HOMES
from roundtable.web.pages.members_errors import NEXT, is_page_of, sign_in_path
from roundtable.web.pages.page import HTML, SEE_OTHER, page, see_other
from roundtable.web.pages.texts import gettext as _
from roundtable.web.reading import cookies

SIGNING_IN = "__Host-signing-in"
"""What this browser alone knows of its attempt to sign in."""
ATTEMPT_SECONDS = 600
_LONGEST_PATH = 1_000
"""Of the page to go to; a cookie holds four times as much."""


def entering_routes(site: str) -> Router:
    """Return the routes by which people enter and leave a site, REVIEWERS' or STAFF's."""
    router = Router()
    home = HOMES[site]

    def back_to(path: str) -> str:
        return f"{ports_of(router).site_url}{home}/{path}"

    @router.get(f"{home}/sign-in", include_in_schema=False, enable_validation=False)
    def get_sign_in() -> Response[str]:
        asked = router.current_event.query_string_parameters.get(NEXT, "")
        is_ours = len(asked) <= _LONGEST_PATH and is_page_of(site, asked)
        attempt, address = begin_sign_in(ports_of(router), back_to=back_to("signed-in"))
        kept = _as_cookie(attempt, asked if is_ours else home)
        return _sent_to(address, [cookie(SIGNING_IN, kept, seconds=ATTEMPT_SECONDS)])

    @router.get(f"{home}/signed-in", include_in_schema=False, enable_validation=False)
    def get_signed_in() -> Response[str]:
        given = cookies(event_of(router))
        query = router.current_event.query_string_parameters
        attempt, asked = _from_cookie(given.get(SIGNING_IN, ""))
        following = asked if is_page_of(site, asked) else home
        before = given.get(MEMBER, "")
        try:
            token = finish_sign_in(
                ports_of(router),
                attempt,
                state=query.get("state", ""),
                code=query.get("code", ""),
                back_to=back_to("signed-in"),
                before=before,
            )
        except (SignInFailed, NotSignedIn):
            return _still_in(before, following) or _failed(following)
        seconds = int(SESSION_LASTS.total_seconds())
        return see_other(
            following, cookies=[cookie(MEMBER, token, seconds=seconds), forgotten(SIGNING_IN)]
        )

    @router.post(f"{home}/sign-out", include_in_schema=False, enable_validation=False)
    def post_sign_out() -> Response[str]:
        token = cookies(event_of(router)).get(MEMBER, "")
        try:
            member_of(ports_of(router), token)
        except NotSignedIn:
            form_from_us(router)
        else:
            form_of_session(router, token)
            end_session(ports_of(router), token)
        address = ports_of(router).hosted_sign_in.sign_out_address(back_to=back_to("signed-out"))
        return _sent_to(address, [forgotten(MEMBER)])

    @router.get(f"{home}/signed-out", include_in_schema=False, enable_validation=False)
    def get_signed_out() -> Response[str]:
        layout = Layout(title=_("You are signed out"), home=home, path=f"{home}/signed-out")
        return page("members/signed_out.html", layout, sign_in=sign_in_path(site))

    def _still_in(token: str, following: str) -> Response[str] | None:
        """Send somebody on who came back a second time, as browsers do with the back button."""
        try:
            member_of(ports_of(router), token)
        except NotSignedIn:
            return None
        return see_other(following)

    def _failed(following: str) -> Response[str]:
        return page(
            "members/sign_in_failed.html",
            Layout(title=_("Please sign in again"), home=home, path=home),
            status=HTTPStatus.BAD_REQUEST,
            sign_in=sign_in_path(site, following),
        )

    return router


def _sent_to(address: str, kept: Sequence[Cookie]) -> Response[str]:
    """Send the browser to the hosted page."""
    return Response(
        status_code=SEE_OTHER,
        content_type=HTML,
        body="",
        headers={**page_headers(), "Location": address},
        cookies=list(kept),
    )


def _as_cookie(attempt: Attempt, following: str) -> str:
    path = base64.urlsafe_b64encode(following.encode()).decode()
    return ".".join((attempt.state, attempt.verifier, path))


def _from_cookie(value: str) -> tuple[Attempt, str]:
    """Return the attempt and the page to go to; both are empty where there is none."""
    state, _dot, rest = value.partition(".")
    verifier, _dot, path = rest.partition(".")
    try:
        following = base64.urlsafe_b64decode(path).decode()
    except (binascii.Error, ValueError):
        following = ""
    return Attempt(state=state, verifier=verifier), following

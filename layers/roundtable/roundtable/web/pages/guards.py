"""Forms of our own pages: read, and refused where another site's page sent them."""

import secrets
from collections.abc import Mapping
from typing import cast

from aws_lambda_powertools.event_handler.api_gateway import Router

from roundtable.usecases.errors import NotAllowed, Refused
from roundtable.web.api import event_of, ports_of
from roundtable.web.pages import csrf
from roundtable.web.pages.posted import Posted, posted


class SentBefore(Refused):
    """A form of ours that another session was shown, such as before signing in again.

    Nobody else can have sent it, but the person who did may be another one by now: they are
    asked to send it once more.
    """

    def __init__(self, form: Posted) -> None:
        super().__init__("sent-before", "This page was opened before you signed in again.")
        self.form = form


def form_from_us(router: Router) -> Posted:
    """Return the form of the request in hand; raises NotAllowed where it came from elsewhere."""
    headers = cast("Mapping[str, str]", event_of(router).get("headers") or {})
    if not csrf.comes_from_us(headers, origin=ports_of(router).site_url):
        raise NotAllowed(
            "form-from-elsewhere",
            "This form was not sent from a page of ours, so nothing was changed. Open the page "
            "here and send it again.",
        )
    return posted(router.current_event.json_body if router.current_event.body else None)


def form_of_session(router: Router, token: str) -> Posted:
    """Return the form of somebody signed in; raises NotAllowed or SentBefore."""
    form = form_from_us(router)
    if not csrf.is_csrf_token(form.one(csrf.FIELD), token):
        raise SentBefore(form)
    return form


def token_for_forms(token: str) -> str:
    """Return what the forms of one page carry for this session; fresh for each page."""
    return csrf.csrf_token(token, secrets.token_bytes(csrf.SALT_BYTES))

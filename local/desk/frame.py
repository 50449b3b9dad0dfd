"""What every page of this machine has around its content."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import cast

from aws_lambda_powertools.event_handler import Response
from aws_lambda_powertools.event_handler.api_gateway import Router
from jinja2 import ChoiceLoader, FileSystemLoader

from local.desk.desk import Desk
from roundtable.usecases.errors import NotAllowed
from roundtable.web.api import ports_of
from roundtable.web.pages.environment import environment
from roundtable.web.pages.fields import SummaryError
from roundtable.web.pages.guards import form_from_us, form_of_session, token_for_forms
from roundtable.web.pages.headers import page_headers
from roundtable.web.pages.layout import Banner, Layout, Link
from roundtable.web.pages.page import page
from roundtable.web.pages.posted import Posted

_PAGES = (("Mail", "/"), ("Time", "/time"))


def add_templates() -> None:
    """Let the pages' templates be found; they are no part of the layer."""
    made = environment()
    own = FileSystemLoader(Path(__file__).parent / "templates")
    made.loader = ChoiceLoader([own, made.loader] if made.loader else [own])


def desk_of(router: Router) -> Desk:
    """Return what the pages are about; it is handed on in the place of the ports."""
    return cast("Desk", ports_of(router))


def form_of(router: Router) -> Posted:
    """Return a form that was sent from these pages; raises NotAllowed or SentBefore."""
    form_from_us(router)
    return form_of_session(router, desk_of(router).secret)


def desk_page(
    router: Router,
    template: str,
    title: str,
    path: str,
    *,
    status: int = 200,
    errors: Sequence[SummaryError] = (),
    **facts: object,
) -> Response[str]:
    """Return a page of this machine."""
    desk = desk_of(router)
    layout = Layout(
        title=title,
        program="on this machine",
        home="/",
        path=path,
        navigation=tuple(Link(text=text, href=href, current=href == path) for text, href in _PAGES),
        banner=Banner(text=said, success=True) if (said := desk.last_word()) else None,
        errors=tuple(errors),
        csrf=token_for_forms(desk.secret),
        wide=True,
    )
    headers = page_headers()
    # The mails' own pages, in a frame that may do nothing.
    headers["Content-Security-Policy"] += "; frame-src 'self'"
    return page(template, layout, status=status, headers=headers, cookies=(), **facts)


def known_host(host: str, desk: Desk) -> None:
    """Raise NotAllowed for a request by another name than the pages' own.

    A site elsewhere could let its name stand for this machine, and read the mail through it.
    """
    if f"http://{host}" != desk.site_url:
        raise NotAllowed("other-host", f"These pages are at {desk.site_url}.")

"""Forms that arrived when nobody was signed in any more: kept, and sent again after signing in.

Nothing is stored for it. What was sent goes back to the browser as hidden fields of the next page,
and with that page's button to where it was meant to go.
"""

import json
from collections.abc import Mapping, Sequence
from typing import cast

from aws_lambda_powertools.event_handler import Response
from aws_lambda_powertools.shared.cookies import Cookie
from pydantic import ValidationError

from roundtable.domain.model import Record
from roundtable.web.pages import csrf
from roundtable.web.pages.layout import Layout
from roundtable.web.pages.page import is_own_path, page
from roundtable.web.pages.posted import Posted, posted
from roundtable.web.reading import Event

FIELD = "kept"
"""Name of the hidden field that carries a kept form through the pages of signing in."""
_CONFLICT = 409


class Kept(Record):
    """A form that is still to be sent, and where to."""

    path: str
    fields: dict[str, tuple[str, ...]]


def kept_form(event: Event, *, site_url: str) -> Kept | None:
    """Return what a POST sent; None for anything else, and for what came from elsewhere.

    Only our own pages may have their forms sent again: another site could otherwise have somebody
    send with a press of a button what they never wrote.
    """
    headers = cast("Mapping[str, str]", event.get("headers") or {})
    method = str(event.get("requestContext", {}).get("http", {}).get("method", ""))
    path = str(event.get("rawPath", ""))
    if method != "POST" or not is_own_path(path):
        return None
    if not csrf.comes_from_us(headers, origin=site_url):
        return None
    try:
        form = posted(json.loads(event["body"]) if event.get("body") else None)
    except ValueError:
        # A request that was refused before it was read, such as one that is too long.
        return None
    return Kept(path=path, fields=_without_token(form))


def as_field(kept: Kept | None) -> str:
    """Return a kept form as the value of one hidden field; empty for none."""
    return kept.model_dump_json() if kept else ""


def from_field(form: Posted, *, below: str) -> Kept | None:
    """Return the kept form that a form carries, None where it carries none for a path below."""
    try:
        kept = Kept.model_validate_json(form.one(FIELD))
    except ValidationError:
        return None
    return kept if is_own_path(kept.path) and kept.path.startswith(below) else None


def send_again_page(
    layout: Layout,
    kept: Kept,
    *,
    explanation: str,
    status: int = _CONFLICT,
    sign_in: str = "",
    cookies: Sequence[Cookie] = (),
) -> Response[str]:
    """Return the page whose one button sends a kept form to where it was meant to go.

    The layout's title says what happened, its `csrf` is the token of the present session.
    `sign_in` is the address of a page to sign in, which opens in a tab of its own: for those who
    are not signed in, and who press the button afterwards. Their form is then shown once more,
    with a token.
    """
    return page(
        "sending_again.html",
        layout,
        status=status,
        cookies=cookies,
        kept=kept,
        explanation=explanation,
        sign_in=sign_in,
    )


def _without_token(form: Posted) -> dict[str, tuple[str, ...]]:
    return {name: values for name, values in form.fields.items() if name != csrf.FIELD}

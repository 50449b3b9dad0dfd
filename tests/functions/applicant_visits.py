"""Somebody at the applicants' pages: with cookies, and with the forms that the pages show them."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qsl, urlencode

from tests.functions.applicant_world import ADA, TOKENS, Answered, World, request
from tests.functions.public_pages import texts
from tests.unit.web.pages.markup import Markup, parsed

Fields = Mapping[str, str | Sequence[str]]
FORM = "application/x-www-form-urlencoded"
HOSPITAL: dict[str, Any] = {
    "key": "hospital",
    "question": "Are you a hospital?",
    "options": [{"value": "yes", "label": "Yes"}, {"value": "no", "label": "No"}],
    "accepts": ["yes"],
    "refusal": "This program is for hospitals.",
}
"""A rule that decides who may apply."""


@dataclass
class Form:
    """A form of a page: where it goes, and what it sends if nobody touches it."""

    action: str
    fields: dict[str, list[str]]


@dataclass
class Shown:
    """A page, or where the browser was sent instead."""

    answered: Answered

    @property
    def cookies(self) -> list[str]:
        return self.answered.cookies

    @property
    def status(self) -> int:
        return self.answered.status

    @property
    def location(self) -> str:
        return self.answered.headers["Location"]

    @property
    def markup(self) -> Markup:
        return parsed(self.answered.body)

    @property
    def heading(self) -> str:
        (heading,) = texts(self.markup, "h1")
        return heading

    @property
    def text(self) -> str:
        return " ".join(self.markup.one("main").text.split())

    @property
    def errors(self) -> list[str]:
        """What the error summary says, without its heading."""
        found = [e for e in self.markup.elements if _has(e.attributes, "govuk-error-summary__list")]
        return [" ".join(e.text.split()) for e in found]

    def forms(self) -> list[Form]:
        """Return the forms of the page's content, in their order."""
        found: list[Form] = []
        inside = False
        for element in self.markup.elements:
            given = element.attributes
            inside = (inside or element.tag == "main") and element.tag != "footer"
            if inside and element.tag == "form":
                found.append(Form(given["action"] or "", {}))
            elif inside and found and element.tag == "input" and _is_sent(given):
                found[-1].fields.setdefault(given["name"] or "", []).append(given["value"] or "")
        return found


@dataclass
class Visit:
    """A browser at the site; it keeps cookies as browsers do."""

    world: World
    cookies: dict[str, str] = field(default_factory=dict[str, str])
    headers: dict[str, str] = field(default_factory=dict[str, str])

    def get(self, address: str) -> Shown:
        path, _, query = address.partition("?")
        event = request("GET", path, email=None)
        event["rawQueryString"] = query
        event["queryStringParameters"] = dict(parse_qsl(query))
        return self.send(event)

    def post(self, path: str, fields: Fields | None = None, **headers: str) -> Shown:
        """Send a form of ours as a browser does; names of headers with `_`."""
        sent = {"sec_fetch_site": "same-origin", "origin": self.world.ports.site_url} | headers
        body = urlencode(fields or {}, doseq=True)
        return self.send(request("POST", path, email=None, raw=body, content_type=FORM, **sent))

    def press(self, shown: Shown, number: int = 0, **typed: str) -> Shown:
        """Send a form of a page, with what was typed; `code` stands for the field `/code`."""
        form = shown.forms()[number]
        return self.post(form.action, {**form.fields, **{f"/{k}": v for k, v in typed.items()}})

    def send(self, event: dict[str, Any]) -> Shown:
        """Send a request with the cookies, and keep those that come back."""
        given = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        event["headers"] |= {**self.headers, **({"cookie": given} if given else {})}
        answered = self.world.play(event)
        for line in answered.cookies:
            name, _, value = line.partition(";")[0].partition("=")
            self.cookies[name] = value
            if not value:
                del self.cookies[name]
        return Shown(answered)

    def code(self) -> str:
        """Return the code that was mailed last."""
        found = re.search(r"\b\d{8}\b", self.world.ports.mailer.sent[-1].text)
        assert found
        return found.group()


def ada(world: World) -> Visit:
    """Return Ada, signed in for the fellowship."""
    return Visit(world, {"__Host-session": TOKENS[ADA]})


def _has(attributes: dict[str, str | None], name: str) -> bool:
    return name in (attributes.get("class") or "").split()


def _is_sent(attributes: dict[str, str | None]) -> bool:
    if attributes.get("type") in {"radio", "checkbox"} and "checked" not in attributes:
        return False
    return bool(attributes.get("name")) and "value" in attributes

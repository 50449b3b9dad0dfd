"""Every page of the three sites, with whatever somebody may send it: none of it breaks a page.

Not every text comes to every place: they take turns, so that each site meets all of them.
"""

import base64
import gzip
import json
from collections.abc import Callable, Mapping
from itertools import count
from typing import Any
from urllib.parse import urlencode, urlsplit

import pytest

from roundtable.runtime import composition
from roundtable.web.pages.cookies import LANGUAGE, MEMBER, SESSION
from roundtable.web.pages.csrf import FIELD
from roundtable.web.pages.guards import token_for_forms
from tests.functions.hostile_visits import WORLDS, Fields, Form, Visited, forms_of
from tests.functions.member_pages import page_event
from tests.functions.members import Event

SCRIPT = "<script>alert(1)</script>"
IMAGE = "\"'><img src=x onerror=alert(1)>"
TEXTS = (
    SCRIPT,
    IMAGE,
    "{{7*7}}",
    "\r\nX-Evil: 1",
    "\x00",
    "//evil.example",
    "/\\evil.example",
    "..",
    "-1",
    "²",
    "٣",
    "9" * 5_000,
    "0001-01-01T00:00",
    "9999-12-31",
    "2022-13-45",
    "NaN",
    "1e999",
    "__proto__",
    "[]",
    "a.b.c",
    "draft.",
    "W1tbW1tb",
    "\N{RIGHT-TO-LEFT OVERRIDE}x",
    "İ@İ.example",
    "x" * 5_000,
)
QUERY = (
    *("next", "done", "cursor", "after", "status", "stage", "track", "decision", "q", "until"),
    *("a", "moved", "state", "code", "removed", "again", "signed-out"),
)
COOKIES = (
    SESSION,
    MEMBER,
    LANGUAGE,
    "__Host-signing-in",
    "__Host-address",
    "__Host-told",
    "__Host-eligibility",
)
HEADERS = {
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "strict-transport-security": "max-age=63072000; includeSubDomains",
}
BODIES: dict[str, str | None] = {
    "": "application/x-www-form-urlencoded",
    "%ff=%fe&=&&&": "application/x-www-form-urlencoded",
    "a" * 250_000: "application/x-www-form-urlencoded",
    "&".join("/a=1" for _ in range(3_000)): "application/x-www-form-urlencoded",
    "/a" * 20_000 + "=1": "application/x-www-form-urlencoded",
    "not json": "application/json",
    "[1]": "application/json",
    "[" * 50_000: "application/json",
    '{"/reason": {"a": [1, null]}, "version": 7, "csrf": ["x", {}]}': "application/json",
    "<xml/>": "application/xml",
    "a=1": None,
}


@pytest.fixture(params=WORLDS, ids=lambda make: make.__name__)
def make(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Callable[[], Visited]:
    """Make a site anew, as a form may have changed the one before."""

    def made() -> Visited:
        visited: Visited = request.param()
        monkeypatch.setattr(composition, "ports", lambda: visited.ports)
        return visited

    return made


class Turns:
    """Texts that take turns."""

    def __init__(self) -> None:
        self._number = count()

    def next(self) -> str:
        return TEXTS[next(self._number) % len(TEXTS)]

    def some(self, number: int) -> list[str]:
        return [self.next() for _ in range(number)]


def answered(visited: Visited, event: Event) -> str:
    """Return what a site answers, once it is sure that nobody has to fear it."""
    answer = visited.send(event)
    headers = {name.lower(): str(value) for name, value in answer["headers"].items()}
    what = (event["requestContext"]["http"], event["rawQueryString"][:200], event["body"])
    assert answer["statusCode"] < 500, what
    assert {name: headers[name] for name in HEADERS} == HEADERS, what
    assert "frame-ancestors 'none'" in headers["content-security-policy"], what
    assert headers["referrer-policy"] in {"same-origin", "no-referrer"}
    lines: list[str] = answer.get("cookies", [])
    assert not any("\r" in text or "\n" in text for text in (*headers.values(), *lines)), what
    for line in lines:
        assert line.startswith("__Host-")
        assert {"Secure", "HttpOnly", "SameSite=Lax", "Path=/"} <= set(line.split("; ")), line
    where = headers.get("location", "")
    assert not where.startswith(("//", "/\\")), what
    assert "evil" not in urlsplit(where).netloc, what
    text = _text(answer)
    assert "Traceback" not in text
    if "html" in headers.get("content-type", ""):
        assert SCRIPT not in text, what
        assert "<img src=x" not in text, what
    return text


def _text(answer: Mapping[str, Any]) -> str:
    body = answer["body"] or ""
    if not answer.get("isBase64Encoded"):
        return body
    content = base64.b64decode(body)
    if answer["headers"].get("Content-Encoding") == "gzip":
        content = gzip.decompress(content)
    return content.decode(errors="replace")


def get(path: str, query: list[tuple[str, str]] | None = None) -> Event:
    return page_event("GET", path, query=urlencode(query or []))


def post(visited: Visited, path: str, fields: Fields) -> Event:
    """Return a form of ours, with the session's token."""
    form = {**fields, FIELD: [token_for_forms(next(iter(visited.cookies.values())))]}
    return sent(visited, path, urlencode(form, doseq=True), "application/x-www-form-urlencoded")


def sent(visited: Visited, path: str, body: str, kind: str | None) -> Event:
    event = page_event("POST", path, form={})
    event["body"] = base64.b64encode(body.encode()).decode()
    event["headers"] |= {"sec-fetch-site": "same-origin", "origin": visited.ports.site_url}
    if kind is None:
        del event["headers"]["content-type"]
    else:
        event["headers"]["content-type"] = kind
    return event


def test_places_of_addresses(make: Callable[[], Visited]) -> None:
    visited, turns = make(), Turns()
    for method in ("GET", "POST"):
        for route in visited.routes(method):
            for text in (SCRIPT, *turns.some(3)):
                for path in visited.spoiled(route, text):
                    event = get(path) if method == "GET" else post(visited, path, {})
                    answered(visited, event)


def test_queries(make: Callable[[], Visited]) -> None:
    visited, turns = make(), Turns()
    for route in visited.routes("GET"):
        path = visited.paths(route)[0]
        for text in (SCRIPT, *turns.some(2)):
            answered(visited, get(path, [(name, text) for name in QUERY]))
        answered(visited, get(path, [(name, turns.next()) for name in QUERY] * 2))


def test_cookies(make: Callable[[], Visited]) -> None:
    visited, turns = make(), Turns()
    signed_in = [f"{name}={value}" for name, value in visited.cookies.items()]
    for route in visited.routes("GET"):
        for also in ([], signed_in):
            event = get(visited.paths(route)[0])
            odd = [f"{name}={turns.next()}" for name in COOKIES]
            event["headers"] |= {
                "cookie": "; ".join([*odd, *also]),
                "accept-language": turns.next(),
            }
            answered(visited, event)


def test_fields(make: Callable[[], Visited]) -> None:
    turns, found = Turns(), _forms(make())
    names = sorted({name for form in found for name in form.fields} - {FIELD})
    for form in found:
        visited = make()
        for text in (SCRIPT, turns.next()):
            fields = {name: [text[:900]] * 2 for name in names}
            answered(visited, _filled_in(visited, form, fields))
        for name in form.fields:
            fields = {**form.fields, name: [turns.next()]}
            answered(visited, _filled_in(visited, form, fields))
        answered(visited, _filled_in(visited, form, form.fields))


def _filled_in(visited: Visited, form: Form, fields: Fields) -> Event:
    if form.method == "GET":
        return get(form.action, [(name, text) for name in fields for text in fields[name]])
    return post(visited, form.action, fields)


def _forms(visited: Visited) -> list[Form]:
    """Return each form of a site's pages, and an empty one for each other address that takes one.

    What a form asks for with a GET is a page with forms, too.
    """
    pages = [get(path) for route in visited.routes("GET") for path in visited.paths(route)]
    found = {(form.method, form.action): form for page in pages for form in _on(visited, page)}
    asked = [_filled_in(visited, it, it.fields) for it in found.values() if it.method == "GET"]
    found |= {(form.method, form.action): form for page in asked for form in _on(visited, page)}
    for path in (path for route in visited.routes("POST") for path in visited.paths(route)):
        found.setdefault(("POST", path), Form("POST", path, {}))
    return [form for form in found.values() if not form.action.endswith("/sign-out")]


def _on(visited: Visited, page: Event) -> list[Form]:
    return forms_of(answered(visited, page))


def test_bodies(make: Callable[[], Visited]) -> None:
    visited = make()
    token = token_for_forms(next(iter(visited.cookies.values())))
    for route in visited.routes("POST"):
        path = visited.paths(route)[0]
        for body, kind in BODIES.items():
            answered(visited, sent(visited, path, body, kind))
        of_session = json.dumps({FIELD: token, "revision": [], "version": {}, "/a": [None, "x"]})
        answered(visited, sent(visited, path, of_session, "application/json"))

"""Visits to the pages of reviewers and staff, as their sites answer them."""

import base64
import gzip
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any, Literal, cast
from urllib.parse import parse_qsl, urlencode

import pytest
from aws_lambda_powertools.utilities.typing import LambdaContext

from local.openapi import load_site
from roundtable.ports import MemberSession
from roundtable.runtime import composition
from roundtable.usecases.members import token_hash
from roundtable.web.pages.cookies import MEMBER
from roundtable.web.pages.csrf import FIELD
from roundtable.web.pages.guards import token_for_forms
from tests.fakes import FakePorts
from tests.functions.members import Context, Event

Group = Literal["reviewers", "staff"]
SITES: dict[Group, str] = {"reviewers": "reviewer_site", "staff": "staff_site"}


@dataclass
class Shown:
    """What a site answered to a browser."""

    status: int
    headers: dict[str, str]
    cookies: list[str]
    body: str

    @property
    def location(self) -> str:
        """Where the browser is sent."""
        return self.headers["Location"]


@dataclass
class Browser:
    """Somebody at the pages of a site, with the cookies it was given."""

    monkeypatch: pytest.MonkeyPatch
    ports: FakePorts
    site: Group
    cookies: dict[str, str] = field(default_factory=dict[str, str])

    @property
    def csrf(self) -> str:
        """A token for the forms of the present session."""
        return token_for_forms(self.cookies[MEMBER])

    def get(self, address: str) -> Shown:
        """Open a page; the address may have a query."""
        path, _, query = address.partition("?")
        return self.send(page_event("GET", path, query=query))

    def post(
        self, path: str, form: dict[str, str] | None = None, *, token: bool = True, **headers: str
    ) -> Shown:
        """Send a form of ours, with the session's token unless told otherwise."""
        fields = {FIELD: self.csrf} if token and MEMBER in self.cookies else {}
        sent = {"sec-fetch-site": "same-origin", "origin": self.ports.site_url} | headers
        return self.send(page_event("POST", path, form={**fields, **(form or {})}, **sent))

    def send(self, event: Event) -> Shown:
        """Send a request with the cookies, and keep those that come back."""
        given = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        event["headers"] |= {"cookie": given} if given else {}
        self.monkeypatch.setattr(composition, "ports", lambda: self.ports)
        handler = load_site(SITES[self.site]).handler
        answer = handler(event, cast(LambdaContext, Context()))
        lines = cast("list[str]", answer.get("cookies", []))
        for line in lines:
            name, _, value = line.partition(";")[0].partition("=")
            self.cookies[name] = value
            if not value:
                del self.cookies[name]
        return Shown(answer["statusCode"], answer["headers"], lines, _text(answer))


def signed_in_member(
    ports: FakePorts, *groups: Group, subject: str = "robin", email: str = ""
) -> str:
    """Let somebody be signed in for 8 hours; return the cookie's value.

    The user pool goes on knowing them, also when their groups are asked for again.
    """
    email = email or f"{subject}@roundtable.example"
    ports.directory.subjects[email] = subject
    for group in groups:
        ports.directory.groups[group].add(subject)
    now = ports.clock.now()
    session = MemberSession(
        subject=subject,
        email=email,
        groups=frozenset(groups),
        checked_at=now,
        expires_at=now + timedelta(hours=8),
    )
    token = f"token-of-{subject}"
    ports.sign_ins.keep_member(token_hash(token), session)
    return token


def browser_of(
    monkeypatch: pytest.MonkeyPatch, ports: FakePorts, site: Group, *, subject: str = "robin"
) -> Browser:
    """Return somebody who is signed in at a site of theirs."""
    return Browser(
        monkeypatch, ports, site, {MEMBER: signed_in_member(ports, site, subject=subject)}
    )


def page_event(
    method: str, path: str, *, query: str = "", form: dict[str, str] | None = None, **headers: str
) -> Event:
    """Return a browser's request as payload version 2 has it; names of headers with `_`."""
    sent = {name.replace("_", "-"): value for name, value in headers.items()}
    body = None
    if form is not None:
        sent["content-type"] = "application/x-www-form-urlencoded"
        body = base64.b64encode(urlencode(form).encode()).decode()
    return {
        "version": "2.0",
        "routeKey": "$default",
        "rawPath": path,
        "rawQueryString": query,
        "headers": sent,
        "requestContext": {
            "stage": "$default",
            "requestId": "id",
            "http": {"method": method, "path": path, "sourceIp": "192.0.2.10"},
        },
        "queryStringParameters": dict(parse_qsl(query)),
        "body": body,
        "isBase64Encoded": body is not None,
    }


def _text(answer: dict[str, Any]) -> str:
    body = str(answer.get("body") or "")
    if not answer.get("isBase64Encoded"):
        return body
    content = base64.b64decode(body)
    if answer["headers"].get("Content-Encoding") == "gzip":
        content = gzip.decompress(content)
    return content.decode()

"""Two applicants, Ada and Mallory, a program in its open round, and calls of the site."""

import base64
import gzip
import hashlib
import hmac
import json
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any

from local.openapi import load_site
from roundtable.domain.application import Application
from roundtable.ports import Session, SignInCode
from tests.factories import NOW, PROGRAM, make_application, make_program
from tests.fakes import FakePorts
from tests.functions.members import Context

SITE = load_site("applicant_site")
"""Loaded here, as the tracer opens a socket when it is imported, and a test may open none."""
EVENTS = Path(__file__).resolve().parents[2] / "events" / "applicant_site"
ADA, MALLORY = "ada@stmary.example", "mallory@elsewhere.example"
TOKENS = {ADA: "token-of-ada", MALLORY: "token-of-mallory"}
FORM_KEY = "key-of-the-form"
CODE = "12345678"


def sha256(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


@dataclass
class Answered:
    """What the site answered: a page or a file as text, all else as what its JSON says."""

    status: int
    headers: dict[str, str]
    body: Any
    cookies: list[str] = field(default_factory=list[str])

    @property
    def code(self) -> str:
        return self.body["code"]

    @property
    def pointers(self) -> list[str]:
        return [error.get("pointer", error.get("parameter")) for error in self.body["errors"]]


@dataclass
class World:
    """Fakes with a published program and two signed-in applicants."""

    ports: FakePorts = field(default_factory=FakePorts)

    def __post_init__(self) -> None:
        self.ports.rounds.given(make_program())
        self.ports.rounds.keep_form_key(PROGRAM, sha256(FORM_KEY), "website")
        for email, token in TOKENS.items():
            self.ports.sign_ins.keep_session(
                sha256(token),
                Session(program=PROGRAM, email=email, expires_at=NOW + timedelta(days=400)),
            )
        code_hash = hmac.new(f"{PROGRAM}/{ADA}".encode(), CODE.encode(), hashlib.sha256)
        self.ports.sign_ins.keep_code(
            PROGRAM,
            ADA,
            SignInCode(
                code_hash=code_hash.hexdigest(),
                expires_at=NOW + timedelta(minutes=10),
                attempts_left=5,
            ),
        )

    def given(self, *args: Any, **overrides: Any) -> Application:
        """Store an application of Ada's as it is."""
        return self.ports.applications.given(make_application(*args, **overrides))

    def play(self, event: dict[str, Any]) -> Answered:
        """Send a whole event to the handler."""
        result = SITE.handler(event, Context())
        cookies = result.get("cookies", [])
        return Answered(result["statusCode"], result["headers"], _read(result), cookies)

    def call(
        self,
        method: str,
        path: str,
        body: Any = None,
        *,
        email: str | None = ADA,
        raw: str | None = None,
        **headers: str,
    ) -> Answered:
        """Send a request; header names are given with underscores."""
        event = request(method, path, body, email=email, raw=raw, **headers)
        return self.play(event)


def _read(result: dict[str, Any]) -> Any:
    text = result["body"]
    if result["headers"].get("Content-Encoding") == "gzip":
        text = gzip.decompress(base64.b64decode(text)).decode()
    kind = result["headers"].get("Content-Type", "")
    return json.loads(text) if text and "json" in kind else text or None


def request(
    method: str,
    path: str,
    body: Any = None,
    *,
    email: str | None = ADA,
    raw: str | None = None,
    **headers: str,
) -> dict[str, Any]:
    """Return an event of the HTTP API, payload version 2."""
    sent = {name.replace("_", "-"): value for name, value in headers.items()}
    if email is not None:
        sent["authorization"] = f"Bearer {TOKENS[email]}"
    text = raw if raw is not None else None if body is None else json.dumps(body)
    if text is not None:
        sent.setdefault("content-type", "application/json")
    return {
        "version": "2.0",
        "rawPath": path,
        "rawQueryString": "",
        "headers": sent,
        "requestContext": {
            "http": {"method": method, "path": path, "sourceIp": "192.0.2.10"},
            "stage": "$default",
        },
        "body": text,
        "isBase64Encoded": False,
    }


def read_event(name: str) -> dict[str, Any]:
    """Return one of the events kept for `sam local invoke`."""
    return json.loads((EVENTS / f"{name}.json").read_text())

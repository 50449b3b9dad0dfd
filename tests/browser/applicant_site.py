"""An applicant who is signed in at the site of `program_site`, with an application of theirs."""

import hashlib
from datetime import timedelta
from typing import Any

from playwright.sync_api import BrowserContext

from roundtable.domain.application import Application, Form
from roundtable.ports import Session
from tests.browser.program_site import EQUITY, OPEN
from tests.factories import make_application
from tests.fakes import FakePorts

ADA = "ada@stmary.example"
TOKEN = "token-of-ada"
ACTION, NETWORK = "action-community", "learning-network"


def signed_in(
    context: BrowserContext, origin: str, ports: FakePorts, program: str = EQUITY
) -> None:
    """Let a browser hold the session of Ada."""
    ports.sign_ins.keep_session(
        hashlib.sha256(TOKEN.encode()).hexdigest(),
        Session(program=program, email=ADA, expires_at=OPEN + timedelta(days=4000)),
    )
    context.add_cookies(
        [
            {
                "name": "__Host-session",
                "value": TOKEN,
                "url": origin.replace("http:", "https:"),
                "secure": True,
                "httpOnly": True,
                "sameSite": "Lax",
            }
        ]
    )


def draft(ports: FakePorts, number: int, program: str = EQUITY, **overrides: Any) -> Application:
    """Store a draft of Ada's; an empty one unless a form is given."""
    track = NETWORK if program == EQUITY else "workshop-series"
    given: dict[str, Any] = {
        "number": number,
        "reference": f"PE-TEST-{number:04}",
        "program": program,
        "owner": ADA,
        "track": track,
        "form": Form(),
        "created_at": OPEN - timedelta(days=2),
        "updated_at": OPEN,
    }
    return ports.applications.given(make_application(**(given | overrides)))


def path_of(application: Application) -> str:
    """Return the path of the application's own page."""
    return f"/programs/{application.program}/applications/{application.reference}"

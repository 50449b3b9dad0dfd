"""An applicant who is signed in at the site of `program_site`, with an application of theirs."""

import hashlib
from datetime import timedelta
from typing import Any

from playwright.sync_api import BrowserContext

from roundtable.domain.application import Application, Form
from roundtable.domain.program import Question
from roundtable.ports import Session
from tests.browser.program_site import EQUITY, OPEN, PROGRAMS
from tests.factories import make_application, make_form
from tests.fakes import FakePorts

ADA = "ada@stmary.example"
TOKEN = "token-of-ada"
ACTION, NETWORK = "action-community", "learning-network"
_EQUITY = next(program for program in PROGRAMS if program.key == EQUITY)


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


def whole_form(**overrides: Any) -> dict[str, Any]:
    """Return a form that answers everything that either track asks."""
    questions = [question for section in _EQUITY.sections for question in section.questions]
    first = {"type": _EQUITY.organization_types, "size": _EQUITY.organization_sizes}
    organization = {name: options[0].value for name, options in first.items()}
    return make_form(
        tracks=(ACTION, NETWORK),
        organization={
            "name": "St. Mary's Hospital",
            "region": _EQUITY.regions[0].value,
            **organization,
        },
        eligibility={rule.key: rule.accepts[0] for rule in _EQUITY.eligibility},
        answers={question.key: _answer(question) for question in questions},
        **overrides,
    )


def _answer(question: Question) -> Any:
    match question.kind:
        case "yes_no":
            return True
        case "choice":
            return question.options[0].value
        case "choices":
            return (question.options[0].value,)
        case _:
            return "We have begun."

"""A site for the tests alone: one page with everything that pages are made of."""

from datetime import date, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from aws_lambda_powertools.event_handler import Response
from aws_lambda_powertools.event_handler.api_gateway import Router
from jinja2 import ChoiceLoader, FileSystemLoader

from roundtable.domain.requirements import FieldProblem
from roundtable.web.api import answer, make_site
from roundtable.web.pages import asset_routes, cookies, csrf, language_routes
from roundtable.web.pages.environment import environment
from roundtable.web.pages.fields import Field, Option, summary, with_errors
from roundtable.web.pages.layout import Banner, Layout, Link, Organizer
from roundtable.web.pages.page import page, see_other
from roundtable.web.pages.posted import posted
from roundtable.web.reading import cookies as cookies_of
from tests.fakes import FakePorts
from tests.functions.members import Context

NEW_YORK = ZoneInfo("America/New_York")
SESSION = "a-session-of-the-tests-that-is-long-enough"
SALT = b"0123456789abcdef"

environment().loader = ChoiceLoader(
    [
        FileSystemLoader(Path(__file__).parent / "templates"),
        environment().loader or FileSystemLoader([]),
    ]
)

FIELDS = (
    Field(
        name="/organization/name",
        label="What is your organization called?",
        hint="As it appears on letters, such as St. Mary Medical Center.",
        autocomplete="organization",
    ),
    Field(name="/contact/email", label="E-mail address", kind="email", autocomplete="email",
          values=("ada@stmary.example",), width="20"),
    Field(
        name="/answers/why-now",
        label="Why is now the right time for your team?",
        hint="Tell us what has changed, and what you have tried already.",
        kind="long",
        max_words=150,
        values=("Since spring our executive team reviews equity measures each month.",),
    ),
    Field(
        name="/answers/affiliate",
        label="Are you an affiliate of a health system?",
        kind="one",
        options=(Option(value="yes", label="Yes"), Option(value="no", label="No")),
        values=("no",),
    ),
    Field(
        name="/tracks",
        label="Which tracks do you apply for?",
        hint="Choose all that your team would take part in.",
        kind="some",
        options=(
            Option(value="action-community", label="Action Community",
                   hint="Ten teams, coached for ten months. Needs letters and a video."),
            Option(value="learning-network", label="Learning Network",
                   hint="Forty teams, with open sessions each month."),
            Option(value="pilot", label="Pilot group", hint="Closed since September.",
                   disabled=True),
        ),
        values=("learning-network",),
    ),
    Field(
        name="/organization/region",
        label="Region",
        kind="list",
        options=tuple(Option(value=v, label=v.title()) for v in ("north", "south", "west")),
        optional=True,
    ),
    Field(
        name="/documents/letter",
        label="Letter of your executive sponsor",
        hint="PDF, Word or a photograph, at most 10 MB, signed.",
        kind="file",
        accept=".pdf,.docx,image/*",
    ),
    Field(name="/code", label="The code from our e-mail", kind="code", width="10"),
)  # fmt: skip
PROBLEMS = (
    FieldProblem(path="/organization/name", reason="Enter the name of your organization."),
    FieldProblem(path="/answers/why-now", reason="Shorten this to 150 words; it has 163."),
    FieldProblem(path="/answers/affiliate", reason="Say whether you are an affiliate."),
    FieldProblem(path="/tracks/0", reason="Choose at least one track."),
    FieldProblem(path="/organization/region", reason="Choose a region."),
    FieldProblem(
        path="/documents/letter",
        reason="This letter is not signed yet. Sign it and upload it again.",
    ),
    FieldProblem(path="/code", reason="This code is not the one that we sent. Ask for a new one."),
)

router = Router()


@router.get("/", include_in_schema=False, enable_validation=False)
def get_sink() -> Response[str]:
    return _sink(FIELDS, Layout(title="Tell us about your team", **_frame()))


@router.get("/errors", include_in_schema=False, enable_validation=False)
def get_errors() -> Response[str]:
    wrong = with_errors(FIELDS, PROBLEMS)
    return _sink(wrong, Layout(title="Tell us about your team", errors=summary(wrong), **_frame()))


@router.get("/disabled", include_in_schema=False, enable_validation=False)
def get_disabled() -> Response[str]:
    fields = tuple(field.model_copy(update={"disabled": True}) for field in FIELDS)
    note = Banner(text="The round has closed. You can read what you sent.")
    return _sink(fields, Layout(title="What you sent", banner=note, **_frame()))


@router.get("/done", include_in_schema=False, enable_validation=False)
def get_done() -> Response[str]:
    note = Banner(text="Your answers are saved.", success=True)
    return _sink(FIELDS[:1], Layout(title="Saved", banner=note, **_frame()))


@router.post("/send", include_in_schema=False, enable_validation=False)
def post_send() -> Response[str]:
    headers = {name: str(value) for name, value in router.current_event.headers.items()}
    form = posted(router.current_event.json_body)
    origin = f"http://{headers['host']}"
    session = cookies_of(router.current_event.raw_event).get(cookies.SESSION, "")
    ours = csrf.comes_from_us(headers, origin=origin)
    token = csrf.is_csrf_token(form.one(csrf.FIELD), session)
    RECEIVED.append({"ours": ours, "token": token, "headers": headers, "form": form})
    return see_other("/done")


RECEIVED: list[dict[str, Any]] = []
"""What forms sent: the form, the headers, and what the guards said of them."""
ASKED: list[str] = []
"""The paths of all requests."""


def _frame() -> dict[str, Any]:
    return {
        "program": "Pursuing Equity 2023\N{EN DASH}24",
        "organizer": Organizer(name="Institute for Better Rounds", email="rounds@ihi.example"),
        "back": "/",
        "csrf": csrf.csrf_token(SESSION, SALT),
        "signed_in_as": "ada@stmary.example",
        "sign_out": "/sign-out",
        "navigation": (
            Link(text="Your application", href="/", current=True),
            Link(text="Messages", href="/messages"),
        ),
    }


def _sink(fields: tuple[Field, ...], layout: Layout) -> Response[str]:
    return page(
        "kitchen_sink.html",
        layout,
        cookies=[cookies.cookie(cookies.SESSION, SESSION, seconds=3600)],
        fields=fields,
        closes=datetime(2022, 10, 22, 4, 0, tzinfo=ZoneInfo("UTC")),
        zone=NEW_YORK,
        first_session=date(2023, 1, 18),
    )


app = make_site("Kitchen sink", router, asset_routes.router, language_routes.router)
app.use([language_routes.in_the_visitors_language])  # pyright: ignore[reportUnknownMemberType]


def handle(event: dict[str, Any]) -> dict[str, Any]:
    """Answer a request of the HTTP API."""
    ASKED.append(event["rawPath"])
    return answer(app, event, Context(), FakePorts())  # pyright: ignore[reportArgumentType]

"""A program that asks for everything, and Ada at the pages of its form."""

from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import urlencode

from roundtable.domain.application import Application, Form
from roundtable.web.pages import csrf
from tests.factories import APPLICATION, RESIDENCY, make_program
from tests.functions.applicant_world import ADA, TOKENS, Answered, World
from tests.functions.public_pages import marked
from tests.unit.web.pages.markup import Markup, parsed

HOSPITAL: dict[str, Any] = {
    "key": "hospital",
    "question": "Do you work in a hospital?",
    "options": [{"value": "yes", "label": "Yes"}, {"value": "no", "label": "No"}],
    "accepts": ["yes"],
    "refusal": "This fellowship is for hospitals.",
}
SECTIONS: list[dict[str, Any]] = [
    {
        "key": "work",
        "title": "Your work",
        "help": "Lists are welcome.",
        "questions": [
            {"key": "why", "label": "Why now?", "kind": "paragraph", "required": True,
             "max_words": 5},
            {"key": "leader", "label": "Who leads?", "kind": "text", "required": True,
             "tracks": [RESIDENCY]},
            {"key": "part", "label": "Which part?", "kind": "choice",
             "options": [{"value": "one", "label": "The first"},
                         {"value": "two", "label": "The second"}]},
            {"key": "days", "label": "Which days?", "kind": "choices",
             "options": [{"value": "mon", "label": "Monday"},
                         {"value": "tue", "label": "Tuesday"}]},
            {"key": "before", "label": "Were you here before?", "kind": "yes_no"},
        ],
    },
    {
        "key": "identity",
        "title": "Identity",
        "questions": [
            {"key": "pronouns", "label": "Pronouns", "kind": "paragraph", "restricted": True}
        ],
    },
]  # fmt: skip
LISTS: dict[str, Any] = {
    "organization_types": [{"value": "hospital", "label": "Hospital"},
                           {"value": "clinic", "label": "Clinic"}],
    "organization_sizes": [{"value": "small", "label": "Small"}],
    "regions": [{"value": "north", "label": "North"}],
}  # fmt: skip
EVERY_PAGE = [
    "", "/eligibility", "/tracks", "/contact", "/organization", "/team", "/answers/work",
    "/answers/identity", "/commitments/commitments", "/check",
]  # fmt: skip
LIST = "/programs/fellowship/applications/FW-TEST-0001"
COOKIE = f"__Host-session={TOKENS[ADA]}"
FORM_TOKEN = csrf.csrf_token(TOKENS[ADA], bytes(csrf.SALT_BYTES))
FROM_US = {"origin": "https://apply.example.org", "sec_fetch_site": "same-origin"}
Fields = Mapping[str, str | Sequence[str]]


def asks_for_everything(world: World) -> None:
    """Publish the program with a question of every kind."""
    world.ports.rounds.given(make_program(eligibility=[HOSPITAL], sections=SECTIONS, **LISTS))


def everything_asked(world: World) -> None:
    """Publish that program, with an empty draft of Ada's."""
    asks_for_everything(world)
    world.given(form=Form())


def page(world: World, path: str = "", *, cookie: str = COOKIE) -> Answered:
    """Open a page of Ada's application."""
    return world.call("GET", f"{LIST}{path}", email=None, cookie=cookie)


def markup(world: World, path: str = "") -> Markup:
    """Return what a page of Ada's application says."""
    answered = page(world, path)
    assert answered.status == 200, answered.body
    return parsed(answered.body)


def send(world: World, path: str, fields: Fields, **headers: str) -> Answered:
    """Send a form of a page as a browser does."""
    given = {"csrf": FORM_TOKEN, **fields}
    sent = {"cookie": COOKIE, **FROM_US, **headers}
    return world.call(
        "POST",
        f"{LIST}{path}",
        email=None,
        raw=urlencode(given, doseq=True),
        content_type="application/x-www-form-urlencoded",
        **sent,
    )


def fill(world: World, path: str, fields: Fields) -> Answered:
    """Open a page, fill in some fields and send all of them."""
    return send(world, path, {**fields_of(markup(world, path)), **fields})


def fields_of(shown: Markup) -> dict[str, Sequence[str]]:
    """Return what a page's form would send as it stands; radios and lists are left to the test."""
    found: dict[str, list[str]] = {}
    for element in shown.elements:
        given = element.attributes
        name, kind = given.get("name") or "", given.get("type")
        if not name or name in {"csrf", "language", "back"} or kind == "submit":
            continue
        if element.tag == "textarea":
            found.setdefault(name, []).append(element.text)
        elif element.tag == "input" and (kind not in {"radio", "checkbox"} or "checked" in given):
            found.setdefault(name, []).append(given.get("value") or "")
    return dict(found)


def value_of(shown: Markup, name: str) -> str:
    """Return what stands in a field."""
    (value,) = fields_of(shown)[name]
    return value


def saved(world: World) -> Form:
    """Return the form as it is kept."""
    return stored(world).form


def stored(world: World) -> Application:
    """Return the application as it is kept."""
    return world.ports.applications.get(APPLICATION)


def tasks(world: World) -> dict[str, str]:
    """Return the names of the tasks with how far they are."""
    shown = markup(world)
    links = [e for e in shown.all("a") if "govuk-task-list__link" in (e.attributes["class"] or "")]
    states = marked(shown, "govuk-task-list__status")
    return dict(zip((" ".join(link.text.split()) for link in links), states, strict=True))

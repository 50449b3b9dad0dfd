"""Reading staff's pages, and filling in their forms."""

import pytest

from roundtable.domain.audit import Actor
from roundtable.ports import ExecutionStatus
from tests.factories import APPLICATION
from tests.fakes import FakePorts
from tests.functions.member_pages import Browser, Shown, browser_of
from tests.functions.staff_world import PAGE
from tests.unit.web.pages.markup import Markup, parsed

ROBIN = Actor(kind="staff", id="robin")


def at_desk(monkeypatch: pytest.MonkeyPatch, ports: FakePorts) -> Browser:
    ports.conductor.statuses[APPLICATION, 1] = ExecutionStatus.RUNNING
    return browser_of(monkeypatch, ports, "staff")


def words_of(shown: Shown) -> str:
    return " ".join(parsed(shown.body).one("main").text.split())


def stand(shown: Shown) -> dict[str, str]:
    """Return the hidden fields with which a form says what its reader had read."""
    hidden = [e for e in parsed(shown.body).all("input") if e.attributes.get("type") == "hidden"]
    found = {str(e.attributes["name"]): str(e.attributes["value"]) for e in hidden}
    return {name: found[name] for name in ("version", "seen")}


def do(staff: Browser, action: str, path: str = PAGE, **fields: str) -> Shown:
    """Fill in the form of an action and send it; a name's `_` begins a pointer."""
    opened = staff.get(f"{path}/{action}")
    assert opened.status == 200, opened.body
    named = {f"/{name}": value for name, value in fields.items()}
    return staff.post(f"{path}/{action}", {**stand(opened), **named})


def kinds(ports: FakePorts) -> list[str]:
    return [event.kind for event in ports.applications.events(APPLICATION)]


def links(markup: Markup, within: str) -> list[str]:
    return [
        " ".join(e.text.split())
        for e in markup.all("a")
        if str(e.attributes.get("href", "")).startswith(within)
    ]

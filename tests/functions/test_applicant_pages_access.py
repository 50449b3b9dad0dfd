"""Every page of an applicant by everybody who is not meant to see it."""

import pytest

from roundtable.runtime import composition
from roundtable.web.pages.cookies import SESSION
from roundtable.web.pages.guards import token_for_forms
from tests.factories import APPLICATION
from tests.functions.applicant_visits import Shown, Visit
from tests.functions.applicant_world import MALLORY, TOKENS, World
from tests.functions.hostile_visits import Visited, filling_in

LIST = "/programs/<program>/applications"
EVERYBODYS = {"/language", *(f"/programs/<program>/{name}" for name in (
    "start", "sign-in", "sign-in/code", "sign-out"))}  # fmt: skip


def private(method: str, *, one: bool = False) -> list[str]:
    """Return the addresses of what is somebody's own, or of one application."""
    visited = filling_in()
    start = f"{LIST}/<reference>" if one else LIST
    routes = [route for route in visited.routes(method) if route.startswith(start)]
    return [visited.paths(route)[0] for route in routes]


@pytest.fixture
def visited(monkeypatch: pytest.MonkeyPatch) -> Visited:
    made = filling_in()
    monkeypatch.setattr(composition, "ports", lambda: made.ports)
    return made


def visit(visited: Visited, token: str = "") -> Visit:
    return Visit(World(visited.ports), {SESSION: token} if token else {})


def sent(visited: Visited, path: str, *, by: str, **changed: str) -> Shown:
    """Send a form with the token of who is signed in."""
    form = {"csrf": changed.pop("csrf", token_for_forms(by))}
    return visit(visited, by).post(path, form, **changed)


def assert_unchanged(visited: Visited) -> None:
    before = filling_in().ports.applications
    after = visited.ports.applications
    assert after.get(APPLICATION) == before.get(APPLICATION)
    assert after.documents(APPLICATION) == before.documents(APPLICATION)
    assert after.events(APPLICATION) == before.events(APPLICATION)


def test_all_that_changes_is_somebodys_own_or_leads_to_it() -> None:
    routes = set(filling_in().routes("POST"))
    assert {route for route in routes if not route.startswith(LIST)} == EVERYBODYS
    assert len(private("POST")) > 15


@pytest.mark.parametrize("path", private("GET"))
def test_nobody_is_led_to_sign_in(visited: Visited, path: str) -> None:
    shown = visit(visited).get(path)
    assert shown.status == 303
    assert shown.location.startswith("/programs/fellowship/sign-in?next=")
    assert visit(visited, "made-up").get(path).status == 303


@pytest.mark.parametrize("path", private("POST"))
def test_nobody_changes_anything(visited: Visited, path: str) -> None:
    assert visit(visited).post(path, {}).status == 401
    assert visit(visited, "made-up").post(path, {}).status == 401
    assert_unchanged(visited)


@pytest.mark.parametrize("path", private("GET", one=True))
def test_anothers_application_is_not_there(visited: Visited, path: str) -> None:
    assert visit(visited, TOKENS[MALLORY]).get(path).status == 404


@pytest.mark.parametrize("path", private("POST", one=True))
def test_anothers_application_cannot_be_changed(visited: Visited, path: str) -> None:
    assert sent(visited, path, by=TOKENS[MALLORY]).status == 404
    assert_unchanged(visited)


@pytest.mark.parametrize("path", private("POST"))
def test_forms_from_elsewhere_are_refused(visited: Visited, path: str) -> None:
    ada = visited.cookies[SESSION]
    assert sent(visited, path, by=ada, origin="https://evil.example").status == 403
    assert sent(visited, path, by=ada, sec_fetch_site="cross-site").status == 403
    assert sent(visited, path, by=ada, csrf="").status == 409
    assert sent(visited, path, by=ada, csrf=token_for_forms(TOKENS[MALLORY])).status == 409
    assert_unchanged(visited)

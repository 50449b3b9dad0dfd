"""Reading the pages that anybody may read."""

from pathlib import Path

from roundtable.domain.program import Program
from roundtable.programs.loading import load_programs
from tests.functions.applicant_world import Answered, World
from tests.unit.web.pages.markup import Element, Markup, parsed

PROGRAMS = {item.key: item for item in load_programs(Path(__file__).parents[2] / "programs")}
EQUITY, WORKSHOPS = PROGRAMS["pursuing-equity-2023"], PROGRAMS["antiracism-workshops-2024"]


def get(world: World, path: str, **headers: str) -> Answered:
    return world.call("GET", path, email=None, **headers)


def page_of(world: World, program: Program, **headers: str) -> Markup:
    world.ports.rounds.given(program)
    answered = get(world, f"/programs/{program.key}", **headers)
    assert answered.status == 200, answered.body
    return parsed(answered.body)


def words(element: Element) -> str:
    return " ".join(element.text.split())


def texts(markup: Markup, tag: str) -> list[str]:
    return [words(element) for element in markup.all(tag)]


def marked(markup: Markup, name: str) -> list[str]:
    """Return the texts of all elements with a class."""
    found = [e for e in markup.elements if name in (e.attributes.get("class") or "").split()]
    return [words(element) for element in found]


def assert_calm(markup: Markup) -> None:
    """Assert that nothing of a page is code, and that it is fetched from us alone."""
    assert all(e.attributes.get("src") and not e.text for e in markup.all("script"))
    assert markup.all("style") == markup.all("img") == markup.all("iframe") == []
    names = {name for element in markup.elements for name in element.attributes}
    assert not [name for name in names if name == "style" or name.startswith("on")]
    fetched = [e.attributes.get("src") or "" for e in markup.elements if "src" in e.attributes]
    fetched += [e.attributes["href"] or "" for e in markup.all("link")]
    assert all(address.startswith("/static/") for address in fetched)
    ids = [e.attributes["id"] for e in markup.elements if "id" in e.attributes]
    assert len(ids) == len(set(ids))

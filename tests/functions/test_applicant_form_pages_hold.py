"""Nothing that anybody types breaks a page of the form, or becomes anything but text."""

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from roundtable.domain.application import Form
from roundtable.runtime import composition
from roundtable.web.pages.applicant.filling_in.members_typed import rows_of, texts_of_rows
from tests.factories import RESIDENCY, SEMINAR
from tests.functions.applicant_world import World
from tests.functions.form_pages import EVERY_PAGE, asks_for_everything, fields_of, markup, send
from tests.functions.public_pages import assert_calm
from tests.unit.web.pages.markup import parsed

HOSTILE = [
    "<script>alert(1)</script>",
    "{{7*7}}",
    "\u202egnp.exe",
    '" autofocus onfocus="alert(1)',
    "</textarea><img src=x onerror=alert(1)>",
    "x" * 5_000,
    "\x00\x1b[31m",
]
NAMES = [
    "/tracks", "/contact/name", "/contact/email", "/second_contact/email", "/organization/name",
    "/organization/type", "/organization/website", "/team/0/name", "/team/0/role", "/team/1/email",
    "/team/49/lens", "/team/999/name", "/team/x/name", "/team", "/answers/why", "/answers/leader",
    "/answers/days", "/answers/before", "/attestations/commitments", "/eligibility/hospital",
    "/contact", "/~0~1", "rows", "remove", "add", "later", "revision", "page",
]  # fmt: skip
texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=40) | st.sampled_from(HOSTILE)
fields = st.dictionaries(st.sampled_from(NAMES), st.lists(texts, min_size=1, max_size=3))


@pytest.fixture
def world(monkeypatch: pytest.MonkeyPatch) -> World:
    world = World()
    asks_for_everything(world)
    monkeypatch.setattr(composition, "ports", lambda: world.ports)
    return world


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(path=st.sampled_from([*EVERY_PAGE[1:-1], "/autosave", "/submit"]), typed=fields)
def test_whatever_is_sent_is_answered(world: World, path: str, typed: dict[str, Any]) -> None:
    world.given(form=Form.model_validate({"tracks": [RESIDENCY, SEMINAR]}))
    answered = send(world, path, typed)
    assert answered.status in {200, 303, 404, 409, 422}
    if answered.status in {409, 422}:
        assert_calm(parsed(answered.body))


@pytest.mark.parametrize("text", HOSTILE)
@pytest.mark.parametrize("path", ["/contact", "/organization", "/team", "/answers/work"])
def test_hostile_text_stays_text(world: World, path: str, text: str) -> None:
    world.given(form=Form.model_validate({"tracks": [RESIDENCY, SEMINAR]}))
    shown = fields_of(markup(world, path))
    answered = send(world, path, {name: text if name.startswith("/") else value
                                  for name, value in shown.items()})  # fmt: skip
    assert answered.status in {303, 422}
    for page in (path, "/check", ""):
        assert_calm(markup(world, page))
    if answered.status == 422:
        assert_calm(parsed(answered.body))


@given(st.lists(st.dictionaries(st.sampled_from(["name", "role", "email", "lens"]),
                                st.text(min_size=1, max_size=5)), max_size=20))  # fmt: skip
def test_rows_of_a_team_are_read_as_they_were_written(rows: list[dict[str, str]]) -> None:
    assert rows_of(texts_of_rows(rows), len(rows)) == rows

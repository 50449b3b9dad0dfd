"""Pages hold: against hostile texts, on slow lines, and where something fails."""

import gzip
import re
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from roundtable.domain.program import Program
from roundtable.ports import Unavailable
from roundtable.runtime import composition
from roundtable.web.pages import assets
from tests.factories import make_program, make_track
from tests.functions.applicant_world import SITE, World, request
from tests.functions.members import Context
from tests.functions.public_pages import EQUITY, assert_calm, get, page_of, texts, words
from tests.unit.web.pages.markup import parsed

HOSTILE = "\"><script>alert(1)</script>{{ 7*7 }}{% raw %}<img src=x onerror=alert(1)>'&amp;"
QUIET = settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


@pytest.fixture
def world(monkeypatch: pytest.MonkeyPatch) -> World:
    world = World()
    monkeypatch.setattr(composition, "ports", lambda: world.ports)
    return world


def hostile_program(text: str) -> Program:
    """Return a program that says one thing wherever it may say anything."""
    session: dict[str, Any] = {
        "title": text, "location": text,
        "starts": "2023-01-10T09:00", "ends": "2023-01-10T10:00",
    }  # fmt: skip
    option = [{"value": "a", "label": text}, {"value": "b", "label": text}]
    requirements: list[dict[str, Any]] = [
        {"kind": "letter", "key": "l", "title": text, "help": text, "signed_by": ["ceo"]},
        {"kind": "video", "key": "v", "title": text, "help": text, "min_length": "1 min",
         "max_length": "90 s", "hosts": [text], "must_include": [text], "choose_from": [text],
         "choose_at_most": 1},
        {"kind": "attestation", "key": "a", "title": text, "help": text, "statements": [text]},
        {"kind": "team", "key": "t", "title": text, "help": text, "min_members": 1,
         "max_members": 1},
    ]  # fmt: skip
    return make_program(
        name=text,
        summary=text,
        organizer={"name": text, "email": "ask@office.example", "website": "https://o.example"},
        sessions=[session],
        calls=[session],
        eligibility=[
            {"key": "e", "question": text, "options": option, "accepts": ["a"], "refusal": text}
        ],
        sections=[{"key": "s", "title": text, "help": text, "questions": [
            {"key": "q", "label": text, "help": text, "kind": "choices", "options": option,
             "tracks": ["residency"]},
        ]}],
        tracks=[
            make_track("residency", name=text, summary=text, who_should_apply=[text],
                       requirements=requirements),
            make_track("seminar", name=text, requirements=requirements),
        ],
    )  # fmt: skip


@QUIET
@given(text=st.just(HOSTILE) | st.text(min_size=1, max_size=60).filter(lambda t: t.strip()))
@pytest.mark.parametrize("language", ["en", "es"])
def test_texts_of_a_program_are_never_markup(world: World, language: str, text: str) -> None:
    plain = page_of(world, hostile_program("Plain"), accept_language=language)
    markup = page_of(world, hostile_program(text), accept_language=language)
    assert [e.tag for e in markup.elements] == [e.tag for e in plain.elements]
    assert_calm(markup)
    assert get(world, "/", accept_language=language).status == 200


@pytest.mark.parametrize("path", ["/", f"/programs/{EQUITY.key}"])
def test_first_page_is_light(world: World, path: str) -> None:
    world.ports.rounds.given(EQUITY)
    result = SITE.handler(request("GET", path, email=None), Context())
    sent = [len(gzip.compress(result["body"].encode(), 9))]
    for address in re.findall(r'(?:src|href)="(/static/[^"]+)"', result["body"]):
        found = assets.find(address.removeprefix(assets.PREFIX))
        assert found
        sent.append(len(assets.compressed(found.name)))
    assert len(sent) == 5
    assert sum(sent) < 60_000


def test_page_that_fails_says_whose_mistake_it_is_and_nothing_else(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken() -> None:
        raise RuntimeError("ada@stmary.example")

    monkeypatch.setattr(world.ports.rounds, "programs", broken)
    answered = get(world, "/")
    assert (answered.status, answered.headers["Content-Type"]) == (500, "text/html; charset=utf-8")
    assert answered.headers["Cache-Control"] == "no-store"
    text = words(parsed(answered.body).one("main"))
    assert text == (
        "Something went wrong here This is our mistake, not yours. Please try again in a few "
        f"minutes. If it happens again, tell us this number: {Context.aws_request_id} "
        "Go to the start page"
    )
    assert world.call("GET", "/api/programs").body["code"] == "unforeseen"


def test_page_that_cannot_be_made_now_says_when_to_come_back(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    def busy() -> None:
        raise Unavailable("throttled")

    monkeypatch.setattr(world.ports.rounds, "programs", busy)
    answered = get(world, "/")
    assert (answered.status, answered.headers["Retry-After"]) == (503, "2")
    assert texts(parsed(answered.body), "h1") == ["Please try again later"]


def test_request_that_cannot_be_read_is_told_with_a_page(world: World) -> None:
    answered = world.call(
        "POST", "/language", email=None, raw="x", content_type="text/plain", accept_language="es"
    )
    markup = parsed(answered.body)
    assert (answered.status, texts(markup, "h1")) == (415, ["No fue posible"])
    english = next(e for e in markup.all("p") if e.attributes.get("lang") == "en")
    assert english.text == "Send application/json or application/x-www-form-urlencoded."
    assert answered.headers["X-Frame-Options"] == "DENY"

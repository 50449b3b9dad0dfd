"""Who may touch what, and that nothing anybody sends breaks the site."""

import json
import re
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from roundtable.domain.stages import Stage
from roundtable.ports import Session
from roundtable.runtime import composition
from tests.factories import APPLICATION, LETTER, NOW, VIDEO, make_form, make_program
from tests.functions.applicant_world import ADA, FORM_KEY, MALLORY, World, sha256

READ = f"/api/applications/{APPLICATION}"
FORM: dict[str, Any] = json.loads(json.dumps(make_form()))
MINE = "/api/programs/fellowship/my-applications"
UPLOAD = {"requirement": LETTER, "file_name": "a.pdf", "content_type": "application/pdf", "size": 1}
PRIVATE: list[tuple[str, str, Any]] = [
    ("GET", READ, None),
    ("PUT", READ, {"form": {}, "revision": 0}),
    ("GET", f"{READ}/status", None),
    ("POST", f"{READ}/submit", None),
    ("POST", f"{READ}/uploads", UPLOAD),
    ("POST", f"{READ}/links", {"requirement": VIDEO, "url": "https://vimeo.com/1"}),
    ("DELETE", f"{READ}/documents/{LETTER}/1", None),
    ("POST", f"{READ}/track", {"track": "seminar"}),
    ("POST", f"{READ}/withdraw", None),
    ("POST", f"{READ}/offer", {"answer": True}),
]


@pytest.fixture
def world(monkeypatch: pytest.MonkeyPatch) -> World:
    world = World()
    monkeypatch.setattr(composition, "ports", lambda: world.ports)
    return world


@pytest.mark.parametrize("stage", list(Stage))
@pytest.mark.parametrize(("method", "path", "body"), PRIVATE)
def test_anothers_application_looks_like_none(
    world: World, method: str, path: str, body: Any, stage: Stage
) -> None:
    world.given(stage)
    before = world.ports.applications.get(APPLICATION)
    answered = world.call(method, path, body, email=MALLORY, idempotency_key="k")
    missing = world.call(
        method, path.replace(APPLICATION, "7" * 26), body, email=MALLORY, idempotency_key="k"
    )
    assert answered.status == missing.status == 404
    assert answered.body == missing.body
    assert world.ports.applications.get(APPLICATION) == before


@pytest.mark.parametrize(("method", "path", "body"), [*PRIVATE, ("GET", MINE, None)])
def test_nobody_touches_anything_without_signing_in(
    world: World, method: str, path: str, body: Any
) -> None:
    world.given()
    for headers in ({}, {"authorization": "Bearer nonsense"}, {"cookie": "session=token-of-ada"}):
        answered = world.call(method, path, body, email=None, idempotency_key="k", **headers)
        assert answered.status == 401
        assert answered.headers["WWW-Authenticate"] == "Bearer"


def test_session_of_one_program_is_none_of_another(world: World) -> None:
    world.given()
    world.ports.rounds.given(make_program(key="other"))
    session = Session(program="other", email=ADA, expires_at=NOW.replace(year=2030))
    world.ports.sign_ins.keep_session(sha256("elsewhere"), session)
    bearer = "Bearer elsewhere"
    assert world.call("GET", READ, email=None, authorization=bearer).status == 404
    assert world.call("GET", MINE, email=None, authorization=bearer).status == 404


def test_list_holds_ones_own_only(world: World) -> None:
    world.given()
    assert len(world.call("GET", MINE).body["applications"]) == 1
    assert world.call("GET", MINE, email=MALLORY).body["applications"] == []


def test_known_and_unknown_addresses_get_the_same_answer(world: World) -> None:
    world.given()
    asked = [
        world.call("POST", "/api/programs/fellowship/sign-in", {"email": email}, email=None)
        for email in (ADA, "nobody@nowhere.example")
    ]
    assert asked[0].body == asked[1].body
    assert len(world.ports.mailer.sent) == 2


ANY_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=40),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=12), inner,
                                                                max_size=4),
    max_leaves=12,
)  # fmt: skip
NAMES = st.sampled_from([
    "form", "revision", "tracks", "contact", "email", "name", "team", "answers", "eligibility",
    "attestations", "organization", "requirement", "file_name", "content_type", "size", "url",
    "replaces", "stated_seconds", "track", "answer", "code", "documents",
])  # fmt: skip
BODIES = st.dictionaries(NAMES, ANY_JSON, max_size=6)
POSTS = [
    *[(method, path) for method, path, body in PRIVATE if body is not None],
    ("POST", MINE),
    ("POST", "/api/programs/fellowship/applications"),
    ("POST", "/api/programs/fellowship/sign-in"),
    ("POST", "/api/programs/fellowship/sign-in/confirm"),
]
QUIET = settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


@QUIET
@given(target=st.sampled_from(POSTS), body=BODIES, mend=st.booleans())
def test_hostile_json_is_refused_not_stumbled_over(
    world: World, target: tuple[str, str], body: dict[str, Any], mend: bool
) -> None:
    world.given(form=make_form())
    method, path = target
    if mend:
        # Close enough to the real thing to reach beyond the first check.
        body = {"form": FORM | body, "revision": 0} if path == READ else FORM | body
    answered = world.call(method, path, body, x_form_key=FORM_KEY, idempotency_key="k")
    assert answered.status < 500


@QUIET
@given(target=st.sampled_from(POSTS), raw=st.text(max_size=80), encoded=st.booleans())
def test_hostile_text_is_refused_not_stumbled_over(
    world: World, target: tuple[str, str], raw: str, encoded: bool
) -> None:
    method, path = target
    kind = "application/x-www-form-urlencoded" if encoded else "application/json"
    answered = world.call(method, path, raw=raw, x_form_key=FORM_KEY, content_type=kind)
    assert answered.status < 500


@QUIET
@given(part=st.text(max_size=60), method=st.sampled_from(["GET", "PUT", "POST", "DELETE"]))
def test_hostile_path_is_refused_not_stumbled_over(world: World, part: str, method: str) -> None:
    for path in (
        f"/api/applications/{part}",
        f"{READ}/documents/{part}/1",
        f"/api/programs/{part}",
        f"/programs/{part}",
        f"/static/{part}",
        f"/{part}",
    ):
        assert world.call(method, path).status < 500


@pytest.mark.parametrize("path", ["/", "/programs/fellowship"])
def test_public_page_is_the_same_for_everybody_and_sets_nothing(world: World, path: str) -> None:
    world.given()
    pages = [
        world.call("GET", path, email=email, cookie="__Host-session=token") for email in (None, ADA)
    ]
    assert pages[0] == pages[1]
    assert (pages[0].status, "Set-Cookie" in pages[0].headers) == (200, False)
    assert ADA not in pages[0].body


@QUIET
@given(back=st.text(max_size=60), language=st.text(max_size=8) | st.just("es"))
def test_choice_of_a_language_leads_to_a_page_of_ours(
    world: World, back: str, language: str
) -> None:
    body = {"back": back, "language": language}
    answered = world.call("POST", "/language", body, email=None)
    assert answered.status == 303
    assert re.fullmatch(r"/(?![/\\])[ -~]*", answered.headers["Location"])


@QUIET
@given(part=st.text(max_size=60))
def test_only_the_api_answers_with_problem_documents(world: World, part: str) -> None:
    for path, kind in (
        (f"/api/{part}", "application/problem+json"),
        (f"/nothing/{part}", "text/html; charset=utf-8"),
    ):
        answered = world.call("GET", path, email=None)
        assert (answered.status, answered.headers["Content-Type"]) == (404, kind)

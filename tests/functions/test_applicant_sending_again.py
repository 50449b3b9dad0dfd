"""A session that ends in the middle, or begins anew, loses nothing of what somebody wrote."""

import json

import pytest

from roundtable.ports import Unavailable
from roundtable.runtime import composition
from tests.functions.applicant_visits import Visit, ada
from tests.functions.applicant_world import ADA, MALLORY, TOKENS, World
from tests.functions.public_pages import assert_calm

HOME = "/programs/fellowship"
MINE, SIGN_IN = f"{HOME}/applications", f"{HOME}/sign-in"
HOSTILE = '"><script>alert(1)</script>{{7*7}}\u202e' + "x" * 5_000
WROTE = {
    "/contact/email": "ada@stmary.example",
    "/answers/why-now": f"First\r\n\r\nSecond & third {HOSTILE}",
    "/tracks": ["residency", "seminar"],
    "/email": "another@field.example",
    "next": "elsewhere",
}


@pytest.fixture
def world(monkeypatch: pytest.MonkeyPatch) -> World:
    world = World()
    monkeypatch.setattr(composition, "ports", lambda: world.ports)
    return world


def test_what_was_written_goes_through_signing_in(world: World) -> None:
    visit = Visit(world)
    out = visit.post(MINE, {**WROTE, "csrf": "of-a-session-that-ended"})
    assert (out.status, out.heading) == (401, "Sign in to send what you wrote")
    assert_calm(out.markup)

    wrong = visit.press(out, email="ada")
    assert wrong.status == 422
    code = visit.press(wrong, email=ADA)
    assert (code.status, code.heading) == (200, "Type the code from your e-mail")
    refused = visit.press(code, code="1")
    other = visit.post(refused.forms()[1].action, {**refused.forms()[1].fields, "other": "yes"})
    code = visit.press(visit.press(other, email=ADA), 1)
    back = visit.press(code, code=visit.code())
    assert (back.status, back.heading) == (200, "You are signed in again")
    assert_calm(back.markup)
    assert ADA in back.answered.body

    (form,) = back.forms()
    assert form.action == MINE
    assert form.fields.pop("csrf") != ["of-a-session-that-ended"]
    assert form.fields == {
        name: [value] if isinstance(value, str) else value for name, value in WROTE.items()
    }
    assert visit.press(back).location.startswith(f"{MINE}/FW-")
    assert len(world.ports.applications.of_owner("fellowship", ADA)) == 1


def test_what_is_too_long_to_be_read_is_told(world: World) -> None:
    shown = ada(world).post(MINE, {"/answers/why-now": "x" * 250_000})
    assert (shown.status, shown.heading) == (413, "This is too long")
    assert_calm(shown.markup)


def test_what_one_wrote_is_not_handed_to_another(world: World) -> None:
    contact = f"{MINE}/{world.given().reference}/contact"
    visit = Visit(world)
    code = visit.press(visit.post(contact, WROTE), email=MALLORY)
    shown = visit.press(code, code=visit.code())
    assert (shown.status, shown.heading) == (422, "Sign in to send what you wrote")
    reason = (
        "This application was begun with another address. Type that one, to send what you wrote."
    )
    assert shown.errors == [reason]
    assert "__Host-session" not in visit.cookies
    back = visit.press(visit.press(shown, email=ADA), code=visit.code())
    assert back.forms()[0].action == contact

    mallory = Visit(world, {"__Host-session": TOKENS[MALLORY]})
    assert mallory.post(contact, WROTE).errors == [reason]
    assert ada(world).post(contact, WROTE).heading == "Please send it once more"


def test_language_cannot_be_chosen_where_something_is_kept(world: World) -> None:
    visit = Visit(world)
    out = visit.post(MINE, WROTE)
    code = visit.press(out, email=ADA)
    for shown in (out, code, visit.press(code, code=visit.code())):
        assert "/language" not in {e.attributes["action"] for e in shown.markup.all("form")}


def test_form_of_a_former_session_is_sent_with_one_press(world: World) -> None:
    visit = ada(world)
    shown = visit.post(MINE, {**WROTE, "csrf": "of-another-session"})
    assert (shown.status, shown.heading) == (409, "Please send it once more")
    assert world.ports.applications.of_owner("fellowship", ADA) == ()
    assert_calm(shown.markup)
    (form,) = shown.forms()
    assert form.fields["/answers/why-now"] == [WROTE["/answers/why-now"]]
    assert visit.press(shown).status == 303


def test_form_without_a_token_is_not_taken_but_kept(world: World) -> None:
    visit = ada(world)
    assert visit.post(MINE, {}).status == 409
    assert world.ports.applications.of_owner("fellowship", ADA) == ()


@pytest.mark.parametrize("who", ["nobody", "ada"])
@pytest.mark.parametrize(
    "headers", [{"origin": "https://evil.example"}, {"sec_fetch_site": "cross-site"}]
)
def test_what_another_site_sent_is_never_kept(
    world: World, who: str, headers: dict[str, str]
) -> None:
    visit = ada(world) if who == "ada" else Visit(world)
    shown = visit.post(MINE, WROTE, **headers)
    assert shown.status == (403 if who == "ada" else 401)
    assert shown.forms() == []
    assert "why-now" not in shown.answered.body


@pytest.mark.parametrize(
    "kept",
    [
        "{}", "[]", "x", '{"path": "https://evil.example", "fields": {}}',
        '{"path": "//evil.example", "fields": {}}', '{"path": "/programs/other/x", "fields": {}}',
        '{"path": "/programs/fellowship/", "fields": {"a": "b"}}', "{" * 5_000,
    ],
)  # fmt: skip
def test_what_is_no_kept_form_of_this_program_is_left_behind(world: World, kept: str) -> None:
    visit = Visit(world)
    sent = visit.post(SIGN_IN, {"/email": ADA, "kept": kept})
    assert sent.status == 303
    again = {"/email": ADA, "/code": visit.code(), "kept": kept}
    assert visit.post(f"{SIGN_IN}/code", again).location == MINE


def test_kept_form_is_sent_only_below_its_program(world: World) -> None:
    visit = Visit(world)
    kept = json.dumps({"path": MINE, "fields": {"a": ["b"]}})
    assert visit.post(SIGN_IN, {"/email": ADA, "kept": kept}).status == 200


def test_pages_of_somebody_lead_to_signing_in(world: World) -> None:
    reference = world.given().reference
    shown = Visit(world).get(f"{MINE}/{reference}")
    assert (shown.status, shown.answered.headers["Cache-Control"]) == (303, "no-store")
    assert shown.location == f"{SIGN_IN}?next=%2Fprograms%2Ffellowship%2Fapplications%2F{reference}"


def test_page_of_an_unknown_program_is_not_found(world: World) -> None:
    visit = Visit(world)
    for shown in (
        visit.get("/programs/nowhere/applications"),
        visit.post("/programs/nowhere/applications", WROTE),
    ):
        assert (shown.status, shown.heading) == (404, "We do not have this program")


def test_page_that_fails_while_it_leads_on_still_says_what_happened(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    def busy(*_: object) -> None:
        raise Unavailable("throttled")

    monkeypatch.setattr(world.ports.rounds, "newest", busy)
    shown = Visit(world).post(MINE, WROTE)
    assert (shown.status, shown.heading) == (401, "Please sign in")


def test_busy_moment_loses_nothing(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    visit = ada(world)

    def busy(*_: object) -> None:
        raise Unavailable("throttled")

    with monkeypatch.context() as patch:
        patch.setattr(world.ports.applications, "of_owner", busy)
        patch.setattr(world.ports.rounds, "newest", busy)
        patch.setattr(world.ports.sign_ins, "session", busy)
        shown = visit.post(MINE, WROTE)
        assert (shown.status, shown.heading) == (503, "Please try again")
        assert visit.get(MINE).status == 503
    assert visit.press(shown).status == 303

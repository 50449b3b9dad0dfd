"""How applicants sign in and out, as the site answers their browsers."""

from datetime import UTC, datetime, timedelta

import pytest

from roundtable.domain.stages import Stage
from roundtable.runtime import composition
from tests.factories import APPLICATION, make_id
from tests.functions.applicant_visits import Shown, Visit, ada
from tests.functions.applicant_world import ADA, CODE, MALLORY, World
from tests.functions.public_pages import assert_calm, marked

HOME = "/programs/fellowship"
SIGN_IN, MINE = f"{HOME}/sign-in", f"{HOME}/applications"
CLOSE = datetime(2022, 10, 22, 4, tzinfo=UTC)
"""The instant from which no track of the program takes applications."""
HOSTILE = '"><script>alert(1)</script>{{7*7}}\u202e'


@pytest.fixture
def world(monkeypatch: pytest.MonkeyPatch) -> World:
    world = World()
    monkeypatch.setattr(composition, "ports", lambda: world.ports)
    return world


@pytest.fixture
def visit(world: World) -> Visit:
    return Visit(world)


def ask(visit: Visit, address: str = SIGN_IN, email: str = ADA) -> Shown:
    """Ask for a code; return the page to type it."""
    sent = visit.press(visit.get(address), email=email)
    assert sent.status == 303
    return visit.get(sent.location)


# --- the address --------------------------------------------------------------------------------


def test_page_asks_for_an_address_and_says_how_it_goes_on(visit: Visit) -> None:
    shown = visit.get(SIGN_IN)
    (field,) = [e for e in shown.markup.all("input") if e.attributes.get("name") == "/email"]
    assert (shown.status, shown.heading) == (200, "Sign in")
    assert (field.attributes["type"], field.attributes["autocomplete"]) == ("email", "email")
    assert shown.answered.headers["Cache-Control"] == "no-store"
    assert_calm(shown.markup)


def test_answer_is_the_same_for_known_and_unknown_addresses(world: World) -> None:
    world.given()
    answers = [
        Visit(world).post(SIGN_IN, {"/email": email}) for email in (ADA, "nobody@nowhere.example")
    ]
    assert [answer.status for answer in answers] == [303, 303]
    assert answers[0].answered.headers == answers[1].answered.headers
    assert len(world.ports.mailer.sent) == 2


def test_address_is_never_in_an_address(visit: Visit) -> None:
    sent = visit.post(SIGN_IN, {"/email": ADA, "next": f"{HOME}/start"})
    assert sent.location == f"{SIGN_IN}/code?next=%2Fprograms%2Ffellowship%2Fstart"
    (cookie,) = sent.cookies
    assert {"Max-Age=600", "HttpOnly", "Secure", "SameSite=Lax"} <= set(cookie.split("; "))


@pytest.mark.parametrize(
    ("email", "reason"),
    [
        ("", "Type your e-mail address."),
        ("ada", "Type an e-mail address such as name@example.org."),
        (HOSTILE, "Type an e-mail address such as name@example.org."),
        ("a" * 5_000 + "@example.org", "Type an e-mail address such as name@example.org."),
    ],
)
def test_address_that_is_none_is_told(visit: Visit, email: str, reason: str) -> None:
    shown = visit.press(visit.get(SIGN_IN), email=email)
    assert (shown.status, shown.errors) == (422, [reason])
    assert shown.markup.one("title").text.startswith("Error: Sign in")
    assert_calm(shown.markup)
    assert visit.world.ports.mailer.sent == []


def test_address_that_no_mail_reaches_is_told(visit: Visit) -> None:
    visit.world.ports.mailer.failures.append(ValueError())
    shown = visit.press(visit.get(SIGN_IN), email=ADA)
    assert shown.status == 422
    assert shown.errors == ["We cannot send mail to this address. Check it, or use another one."]


def test_too_many_codes_are_told_in_words(visit: Visit) -> None:
    for _ in range(5):
        visit.post(SIGN_IN, {"/email": ADA})
    shown = visit.post(SIGN_IN, {"/email": ADA})
    assert (shown.status, shown.heading) == (429, "Sign in")
    assert shown.errors == ["There were too many attempts. Please wait 15 minutes, then try again."]


def test_code_is_written_in_the_language_of_the_page(visit: Visit) -> None:
    visit.headers = {"accept-language": "es"}
    ask(visit)
    assert "código" in visit.world.ports.mailer.sent[-1].text


def test_unknown_program_has_no_sign_in(visit: Visit) -> None:
    for path in ("/programs/nowhere/sign-in", "/programs/nowhere/sign-in/code"):
        assert visit.get(path).status == 404
    assert visit.post("/programs/nowhere/sign-in", {"/email": ADA}).status == 404


# --- the code -----------------------------------------------------------------------------------


def test_page_of_the_code_says_where_it_went_and_what_its_limits_are(visit: Visit) -> None:
    shown = ask(visit)
    (field,) = [e for e in shown.markup.all("input") if e.attributes.get("name") == "/code"]
    assert (field.attributes["inputmode"], field.attributes["autocomplete"]) == (
        "numeric",
        "one-time-code",
    )
    assert (
        f"We sent a code of 8 digits to {ADA}. It is valid for 10 minutes and can be used once."
    ) in shown.text
    assert ("You can try a code 5 times, and ask for 5 codes within 15 minutes.") in shown.text
    assert_calm(shown.markup)


def test_looking_at_the_page_spends_no_code(visit: Visit) -> None:
    shown = ask(visit)
    for _ in range(20):
        visit.get(f"{SIGN_IN}/code")
        visit.get(f"{SIGN_IN}/code?code={visit.code()}")
    assert visit.press(shown, code=visit.code()).status == 303


def test_code_opens_a_session_of_twelve_hours(visit: Visit) -> None:
    shown = visit.press(ask(visit), code=f" {visit.code()[:4]} {visit.code()[4:]} ")
    assert (shown.status, shown.location) == (303, MINE)
    session, address, eligibility = shown.cookies
    assert session.startswith("__Host-session=")
    assert {"Max-Age=43200", "HttpOnly", "Secure", "SameSite=Lax"} <= set(session.split("; "))
    assert address.startswith("__Host-address=;")
    assert eligibility.startswith("__Host-eligibility=;")
    assert visit.get(MINE).status == 200


def test_each_sign_in_has_a_new_token_and_ends_the_former_session(world: World) -> None:
    visit = ada(world)
    former = visit.cookies["__Host-session"]
    visit.post(SIGN_IN, {"/email": ADA})
    visit.post(f"{SIGN_IN}/code", {"/email": ADA, "/code": visit.code()})
    assert visit.cookies["__Host-session"] != former
    assert visit.get(MINE).status == 200
    assert ada(world).get(MINE).status == 303


@pytest.mark.parametrize(
    ("code", "reason"),
    [
        ("", "Type the code from your e-mail."),
        (
            HOSTILE,
            "This code is not right, was used before, or is older than 10 minutes. "
            "Type the newest one, or ask for a new one below.",
        ),
    ],
)
def test_code_that_is_refused_is_told(visit: Visit, code: str, reason: str) -> None:
    shown = visit.press(ask(visit), code=code)
    assert (shown.status, shown.errors) == (422, [reason])
    assert shown.markup.one("title").text.startswith("Error: Type the code")
    assert visit.press(shown, code=visit.code()).status == 303


def test_code_works_once_and_for_ten_minutes(visit: Visit) -> None:
    shown = ask(visit)
    visit.world.ports.clock.advance(minutes=10)
    assert visit.press(shown, code=visit.code()).status == 422
    shown = ask(visit)
    assert visit.press(shown, code=visit.code()).status == 303
    assert visit.press(shown, code=visit.code()).status == 422


def test_code_can_be_tried_five_times(visit: Visit) -> None:
    shown = ask(visit)
    for _ in range(5):
        assert visit.press(shown, code="00000000").status == 422
    assert visit.press(shown, code=visit.code()).status == 422


def test_too_many_tries_are_told_in_words(visit: Visit) -> None:
    shown = ask(visit)
    answers = [visit.press(shown, code="00000000").status for _ in range(16)]
    assert answers == [*[422] * 15, 429]


def test_new_code_takes_the_place_of_the_former(visit: Visit) -> None:
    shown = ask(visit, f"{SIGN_IN}?next={MINE}")
    former = visit.code()
    sent = visit.press(shown, 1)
    again = visit.get(sent.location)
    assert marked(again.markup, "govuk-notification-banner__heading") == [
        "We sent you a new code. Older codes do not work any more."
    ]
    assert visit.press(again, code=former).status == 422
    assert visit.press(again, code=visit.code()).location == MINE


def test_another_address_can_be_used(visit: Visit) -> None:
    shown = ask(visit)
    form = shown.forms()[1]
    other = visit.post(form.action, {**form.fields, "other": "yes"})
    assert (other.status, other.heading, other.errors) == (200, "Sign in", [])
    assert len(visit.world.ports.mailer.sent) == 1


def test_page_of_the_code_without_an_address_begins_anew(visit: Visit) -> None:
    shown = visit.get(f"{SIGN_IN}/code?next={MINE}")
    assert shown.location == f"{SIGN_IN}?next=%2Fprograms%2Ffellowship%2Fapplications"
    visit.cookies["__Host-address"] = "\N{LATIN SMALL LETTER E WITH ACUTE}"
    assert visit.get(f"{SIGN_IN}/code").location == SIGN_IN


def test_address_of_a_cookie_is_never_markup(visit: Visit) -> None:
    visit.cookies["__Host-address"] = "Ij48c2NyaXB0PmFsZXJ0KDEpPC9zY3JpcHQ-e3s3Kjd9fQ=="
    shown = visit.get(f"{SIGN_IN}/code")
    assert '"><script>alert(1)</script>{{7*7}}' in shown.text
    assert_calm(shown.markup)


# --- where one goes from there ------------------------------------------------------------------


@pytest.mark.parametrize(
    "following",
    [
        "https://evil.example", "//evil.example", "/\\evil.example", "/", "/programs",
        "/programs/fellowship", "/programs/another/applications", f"{HOME}/\n", "javascript:1",
    ],
)  # fmt: skip
def test_nobody_is_led_to_another_place(visit: Visit, following: str) -> None:
    shown = ask(visit)
    form = shown.forms()[0]
    sent = visit.post(form.action, {**form.fields, "/code": visit.code(), "next": following})
    assert sent.location == MINE
    assert visit.get(f"{SIGN_IN}?next={following.strip()}").location == MINE


def test_who_was_on_the_way_somewhere_gets_there(visit: Visit) -> None:
    shown = visit.get(f"{MINE}/FW-1/status?from=mail")
    assert shown.location == (
        f"{SIGN_IN}?next=%2Fprograms%2Ffellowship%2Fapplications%2FFW-1%2Fstatus%3Ffrom%3Dmail"
    )
    sent = visit.press(ask(visit, shown.location), code=visit.code())
    assert sent.location == f"{MINE}/FW-1/status?from=mail"


def test_who_has_one_application_goes_to_it(world: World) -> None:
    reference = world.given(Stage.REVIEW).reference
    visit = Visit(world)
    assert visit.press(ask(visit), code=visit.code()).location == f"{MINE}/{reference}"
    assert visit.get(SIGN_IN).location == f"{MINE}/{reference}"


def test_who_has_several_goes_to_the_list(world: World) -> None:
    world.given(Stage.REVIEW)
    world.given(id=make_id(2), reference="FW-2222-2222")
    visit = Visit(world)
    assert visit.press(ask(visit), code=visit.code()).location == MINE


def test_who_wants_to_start_has_a_draft_at_once(world: World) -> None:
    visit = Visit(world)
    shown = visit.get(f"{HOME}/start")
    sent = visit.press(ask(visit, shown.location), code=visit.code())
    (application,) = world.ports.applications.of_owner("fellowship", ADA)
    assert sent.location == f"{MINE}/{application.reference}"
    assert application.stage is Stage.DRAFT


def test_who_wants_to_start_and_has_one_goes_to_it(world: World) -> None:
    reference = world.given(Stage.REVIEW).reference
    visit = Visit(world)
    sent = visit.press(ask(visit, f"{SIGN_IN}?next={HOME}/start"), code=visit.code())
    assert sent.location == f"{MINE}/{reference}"
    assert len(world.ports.applications.of_owner("fellowship", ADA)) == 1


def test_code_is_not_spent_in_vain_where_nothing_can_be_begun(world: World) -> None:
    visit = Visit(world)
    world.ports.clock.set(CLOSE - timedelta(minutes=5))
    shown = ask(visit, f"{SIGN_IN}?next={HOME}/start")
    world.ports.clock.set(CLOSE)
    assert visit.press(shown, code=visit.code()).location == MINE
    assert "Applications are not taken any more." in visit.get(MINE).text


# --- signing out --------------------------------------------------------------------------------


def test_signing_out_ends_the_session_and_says_so(world: World) -> None:
    visit = ada(world)
    sent = visit.post(f"{HOME}/sign-out", {})
    assert sent.location == f"{SIGN_IN}?signed-out=yes"
    assert "__Host-session" not in visit.cookies
    shown = visit.get(sent.location)
    assert marked(shown.markup, "govuk-notification-banner__heading") == ["You are signed out."]
    assert ada(world).get(MINE).status == 303
    assert visit.post(f"{HOME}/sign-out", {}).status == 303


@pytest.mark.parametrize("path", [SIGN_IN, f"{SIGN_IN}/code", f"{HOME}/sign-out", f"{HOME}/start"])
def test_form_from_another_site_is_refused(world: World, path: str) -> None:
    visit = ada(world)
    for headers in ({"origin": "https://evil.example"}, {"sec_fetch_site": "cross-site"}):
        shown = visit.post(path, {"/email": ADA, "/code": CODE}, **headers)
        assert (shown.status, shown.heading) == (403, "This did not come from our pages")
    assert world.ports.mailer.sent == []
    assert ada(world).get(MINE).status == 200


def test_session_of_another_program_is_none(world: World) -> None:
    visit = ada(world)
    other = World().ports.rounds.newest("fellowship")[1].with_(key="another")
    world.ports.rounds.given(other)
    assert visit.get("/programs/another/sign-in").status == 200
    assert visit.get("/programs/another/applications").status == 303


def test_another_applicant_sees_nothing_of_it(world: World) -> None:
    world.given()
    mallory = Visit(world, {"__Host-session": "token-of-mallory"})
    assert APPLICATION not in mallory.get(MINE).answered.body
    assert MALLORY in mallory.get(MINE).text

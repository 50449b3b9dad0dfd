"""What applicants meet before the form, and the list of what they have begun."""

from datetime import UTC, datetime

import pytest

from roundtable.domain.program import Program
from roundtable.domain.stages import Stage
from roundtable.runtime import composition
from tests.factories import make_form, make_id, make_program
from tests.functions.applicant_visits import HOSPITAL, Visit, ada
from tests.functions.applicant_world import ADA, World
from tests.functions.public_pages import assert_calm, marked, texts

HOME = "/programs/fellowship"
START, MINE = f"{HOME}/start", f"{HOME}/applications"
CLOSE = datetime(2022, 10, 22, 4, tzinfo=UTC)
"""The instant from which no track of the program takes applications."""
HOSTILE = '"><script>alert(1)</script>{{7*7}}\u202e'
FUNDED = {**HOSPITAL, "key": "funded", "question": "Are you funded?", "refusal": "It is needed."}


@pytest.fixture
def world(monkeypatch: pytest.MonkeyPatch) -> World:
    world = World()
    monkeypatch.setattr(composition, "ports", lambda: world.ports)
    world.ports.rounds.given(make_program(eligibility=(HOSPITAL,)))
    return world


def asking(world: World, *rules: object, **overrides: object) -> Program:
    """Have the program ask other questions before its form."""
    program = make_program(eligibility=rules, **overrides)
    world.ports.rounds.given(program)
    return program


# --- the questions before the form --------------------------------------------------------------


def test_questions_are_those_of_the_program(world: World) -> None:
    asking(world, HOSPITAL, FUNDED)
    shown = Visit(world).get(START)
    assert (shown.status, shown.heading) == (200, "Before you start")
    assert texts(shown.markup, "legend") == ["Are you a hospital?", "Are you funded?"]
    assert [e.attributes["value"] for e in shown.markup.all("input")][:4] == [
        "yes", "no", "yes", "no",
    ]  # fmt: skip
    assert_calm(shown.markup)


def test_program_without_a_question_goes_straight_on(world: World) -> None:
    asking(world)
    shown = Visit(world).get(START)
    assert shown.location == f"{HOME}/sign-in?next=%2Fprograms%2Ffellowship%2Fstart"
    assert ada(world).get(START).location == MINE


def test_question_without_an_answer_is_named(world: World) -> None:
    asking(world, HOSPITAL, FUNDED)
    visit = Visit(world)
    shown = visit.post(START, {"/eligibility/hospital": "yes", "/eligibility/funded": HOSTILE})
    assert (shown.status, shown.errors) == (422, ["Choose one of the answers."])
    chosen = [e.attributes for e in shown.markup.all("input") if "checked" in e.attributes]
    assert [(a["name"], a["value"]) for a in chosen] == [("/eligibility/hospital", "yes")]
    (link,) = [e for e in shown.markup.all("a") if e.text == "Choose one of the answers."]
    assert link.attributes["href"] == "#field-eligibility_funded"
    assert shown.markup.one("title").text.startswith("Error: Before you start")
    assert visit.cookies == {}


def test_who_cannot_apply_hears_why_and_whom_to_ask_and_nothing_is_kept(world: World) -> None:
    visit = Visit(world)
    shown = visit.post(START, {"/eligibility/hospital": "no"})
    assert (shown.status, shown.heading) == (200, "You cannot apply to this program")
    assert "This program is for hospitals." in shown.text
    assert texts(shown.markup, "dd") == ["Are you a hospital?", "No"]
    assert "mailto:office@fellowship.example" in {
        e.attributes["href"] for e in shown.markup.all("a")
    }
    assert (visit.cookies, shown.cookies) == ({}, [])
    assert_calm(shown.markup)


def test_program_that_says_hostile_things_stays_text(world: World) -> None:
    options = [{"value": "yes", "label": HOSTILE}, {"value": "no", "label": HOSTILE}]
    asking(world, HOSPITAL | {"question": HOSTILE, "refusal": HOSTILE, "options": options})
    visit = Visit(world)
    for shown in (
        visit.get(START),
        visit.post(START, {}),
        visit.post(START, {"/eligibility/hospital": "no"}),
    ):
        assert HOSTILE in shown.text
        assert_calm(shown.markup)


def test_answers_go_with_the_visitor_to_the_draft(world: World) -> None:
    visit = Visit(world)
    sent = visit.post(START, {"/eligibility/hospital": "yes"})
    assert sent.location == f"{HOME}/sign-in?next=%2Fprograms%2Ffellowship%2Fstart"
    assert visit.cookies == {"__Host-eligibility": "fellowship~hospital=yes"}
    (cookie,) = sent.cookies
    assert {"Max-Age=3600", "HttpOnly", "Secure"} <= set(cookie.split("; "))
    assert "checked" in {
        name for e in visit.get(START).markup.all("input") for name in e.attributes
    }

    code = visit.get(visit.press(visit.get(sent.location), email=ADA).location)
    visit.press(code, code=visit.code())
    (application,) = world.ports.applications.of_owner("fellowship", ADA)
    assert application.form.eligibility == {"hospital": "yes"}
    assert "__Host-eligibility" not in visit.cookies


@pytest.mark.parametrize(
    "carried",
    [
        "another~hospital=yes", "fellowship~hospital=maybe", "fellowship~other=yes",
        "fellowship~hospital=no", "fellowship", "", "fellowship~hospital", "~~=~", "<script>",
    ],
)  # fmt: skip
def test_answers_that_are_not_of_this_program_are_left_behind(world: World, carried: str) -> None:
    visit = Visit(world, {"__Host-eligibility": carried})
    sent = visit.post(f"{HOME}/sign-in", {"/email": ADA, "next": START})
    visit.press(visit.get(sent.location), code=visit.code())
    (application,) = world.ports.applications.of_owner("fellowship", ADA)
    assert application.form.eligibility == {}


def test_who_is_signed_in_begins_at_once(world: World) -> None:
    visit = ada(world)
    shown = visit.get(START)
    form = shown.forms()[0]
    sent = visit.post(START, {**form.fields, "/eligibility/hospital": "yes"})
    (application,) = world.ports.applications.of_owner("fellowship", ADA)
    assert sent.location == f"{MINE}/{application.reference}"
    assert application.form.eligibility == {"hospital": "yes"}
    assert visit.post(START, {"/eligibility/hospital": "yes"}).status == 409
    assert visit.post(START, form.fields).status == 422
    again = visit.post(START, {**form.fields, "/eligibility/hospital": "yes"})
    assert again.location == sent.location


@pytest.mark.parametrize(
    ("now", "heading"),
    [
        (datetime(2022, 9, 1, tzinfo=UTC), "Applications are not open yet"),
        (CLOSE, "This round is closed"),
    ],
)
def test_nobody_starts_before_the_opening_or_after_the_close(
    world: World, now: datetime, heading: str
) -> None:
    visit = Visit(world)
    world.ports.clock.set(now)
    assert visit.get(START).heading == heading
    assert visit.post(START, {"/eligibility/hospital": "yes"}).heading == heading
    assert_calm(visit.get(START).markup)


def test_unknown_program_has_no_start(world: World) -> None:
    assert Visit(world).get("/programs/nowhere/start").status == 404
    assert Visit(world).post("/programs/nowhere/start").status == 404


# --- what somebody has begun --------------------------------------------------------------------


def test_list_of_none_says_under_which_address(world: World) -> None:
    shown = ada(world).get(MINE)
    assert (shown.status, shown.heading) == (200, "Your applications")
    assert "There is no application under your address yet." in shown.text
    assert f"You are signed in as {ADA}." in shown.text
    assert_calm(shown.markup)


def test_list_says_where_each_application_stands_and_what_comes_next(world: World) -> None:
    world.given(Stage.REVIEW)
    world.given(id=make_id(2), reference="FW-2222-2222", form={})
    shown = ada(world).get(MINE)
    assert sorted(texts(shown.markup, "h2")) == ["St. Mary's Hospital", "Your new application"]
    assert sorted(marked(shown.markup, "govuk-tag")) == ["In review", "Not submitted yet"]
    assert sorted(texts(shown.markup, "dd")) == sorted(
        [
            "Reviewers read it. You need to do nothing now.",
            "Residency",
            world.ports.applications.get(make_id(1)).reference,
            "Fill it in and submit it. By Friday, October 21, 2022, 11:59 PM EDT",
            "FW-2222-2222",
        ]
    )
    assert f"{MINE}/FW-2222-2222" in {e.attributes.get("href") for e in shown.markup.all("a")}


@pytest.mark.parametrize("stage", list(Stage))
def test_list_has_words_for_every_state(world: World, stage: Stage) -> None:
    world.given(stage)
    for language in ("en", "es"):
        visit = ada(world)
        visit.headers = {"accept-language": language}
        shown = visit.get(MINE)
        assert len(marked(shown.markup, "govuk-tag")) == 1
        assert_calm(shown.markup)


def test_hostile_name_stays_text(world: World) -> None:
    world.given(form=make_form(organization={"name": HOSTILE}))
    shown = ada(world).get(MINE)
    assert texts(shown.markup, "h2") == [HOSTILE]
    assert_calm(shown.markup)


def test_another_application_is_begun_where_all_were_submitted(world: World) -> None:
    asking(world)
    world.given(Stage.REVIEW)
    visit = ada(world)
    sent = visit.press(visit.get(MINE))
    newest = world.ports.applications.of_owner("fellowship", ADA)[0]
    assert (sent.status, sent.location) == (303, f"{MINE}/{newest.reference}")
    assert visit.get(MINE).forms() == []


def test_double_click_begins_one(world: World) -> None:
    asking(world)
    visit = ada(world)
    form = visit.get(MINE).forms()[0]
    first, second = (visit.post(form.action, form.fields) for _ in range(2))
    assert first.location == second.location
    assert len(world.ports.applications.of_owner("fellowship", ADA)) == 1


def test_questions_come_before_another_application(world: World) -> None:
    shown = ada(world).get(MINE)
    assert shown.forms() == []
    assert START in {e.attributes.get("href") for e in shown.markup.all("a")}


def test_draft_is_in_the_language_of_the_page(world: World) -> None:
    asking(world)
    visit = ada(world)
    visit.headers = {"accept-language": "es"}
    visit.press(visit.get(MINE))
    assert world.ports.applications.of_owner("fellowship", ADA)[0].language == "es"


@pytest.mark.parametrize(
    ("now", "reason"),
    [
        (datetime(2022, 9, 1, tzinfo=UTC), "Applications are not open yet, so nothing was begun."),
        (CLOSE, "Applications are not taken any more, so nothing was begun."),
    ],
)
def test_beginning_at_another_time_is_refused_in_words(
    world: World, now: datetime, reason: str
) -> None:
    asking(world)
    visit = ada(world)
    form = visit.get(MINE).forms()[0]
    world.ports.clock.set(now)
    shown = visit.post(form.action, form.fields)
    assert (shown.status, shown.errors) == (409, [reason])
    assert shown.forms() == []


def test_address_begins_only_so_many(world: World) -> None:
    asking(world)
    visit = ada(world)
    form = visit.get(MINE).forms()[0]
    for number in range(20):
        world.given(Stage.CLOSED, id=make_id(number), reference=f"FW-{number:04}-0000")
    asking(world, HOSPITAL)
    for shown in (
        visit.post(form.action, form.fields),
        visit.post(START, {**form.fields, "/eligibility/hospital": "yes"}),
    ):
        assert shown.errors == ["You have begun as many applications as one address can."]
        assert shown.forms() == []

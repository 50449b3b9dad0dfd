"""The list of tasks and each page of the form: what is shown, and what is saved."""

from datetime import UTC, datetime, timedelta

import pytest

from roundtable.domain.application import Form, Organization
from roundtable.domain.documents import Document
from roundtable.domain.stages import Stage
from roundtable.ports import Session
from roundtable.runtime import composition
from tests.factories import (
    ATTESTATION,
    LETTER,
    RESIDENCY,
    SEMINAR,
    make_application,
    make_document,
    make_form,
)
from tests.functions.applicant_world import ADA, World, sha256
from tests.functions.form_pages import (
    EVERY_PAGE,
    LIST,
    everything_asked,
    fill,
    markup,
    page,
    saved,
    send,
    tasks,
    value_of,
)
from tests.functions.public_pages import PROGRAMS, assert_calm, marked, texts
from tests.unit.web.pages.markup import parsed

CLOSED = datetime(2022, 10, 22, 4, 0, tzinfo=UTC)


@pytest.fixture
def world(monkeypatch: pytest.MonkeyPatch) -> World:
    world = World()
    monkeypatch.setattr(composition, "ports", lambda: world.ports)
    return world


# --- the list of tasks ----------------------------------------------------------------------------


def test_list_of_an_empty_draft_names_what_is_to_be_done(world: World) -> None:
    everything_asked(world)
    assert tasks(world) == {
        "Who can take part": "Not started",
        "How you would like to take part": "Not started",
        "Contacts": "Not started",
        "Your organization": "Not started",
        "Team members": "Not started",
        "Your work": "Not started",
        "Identity": "Optional",
        "Check your answers and submit": "Not ready yet",
    }
    assert texts(markup(world), "h2") == ["Prepare", "About you", "Answers", "Check and submit"]


def test_list_asks_what_the_chosen_track_asks(world: World) -> None:
    everything_asked(world)
    world.given(form=Form.model_validate({"tracks": [RESIDENCY]}))
    assert tasks(world) | {"x": "y"} == {
        "Who can take part": "Not started",
        "How you would like to take part": "Done",
        "Contacts": "Not started",
        "Your organization": "Not started",
        "Team members": "Not started",
        "Your work": "Not started",
        "Identity": "Optional",
        "Letter of commitment": "Not started",
        "Video of the team": "Not started",
        "Commitments": "Not started",
        "Check your answers and submit": "Not ready yet",
        "x": "y",
    }
    assert "18 days left" in marked(markup(world), "rt-closings__left")


def test_list_of_a_complete_form_is_ready(world: World) -> None:
    world.given()
    assert tasks(world) == {
        "How you would like to take part": "Done",
        "Contacts": "Done",
        "Your organization": "Done",
        "Team members": "Done",
        "Letter of commitment": "Not started",
        "Video of the team": "Not started",
        "Commitments": "Done",
        "Check your answers and submit": "Not started",
    }


@pytest.mark.parametrize(
    ("document", "state"),
    [
        (make_document(), "Received"),
        (make_document(rejected="It is not signed."), "To be mended"),
    ],
)
def test_list_says_how_a_document_stands(world: World, document: Document, state: str) -> None:
    world.ports.applications.given(make_application(), documents=[document])
    assert tasks(world)["Letter of commitment"] == state


@pytest.mark.scenario(14)
@pytest.mark.parametrize(
    ("people", "hint"),
    [(2, "Missing: 1 person"), (8, "1 person too many"), (9, "2 people too many")],
)
def test_list_flags_a_team_of_unusual_size(world: World, people: int, hint: str) -> None:
    team = [{"name": f"Person {number}", "role": "Nurse"} for number in range(people)]
    world.given(form=make_form(team=team))
    assert tasks(world)["Team members"] == "In progress"
    assert hint in marked(markup(world), "govuk-task-list__hint")


def test_list_says_what_an_organization_lacks(world: World) -> None:
    everything_asked(world)
    world.given(form=make_form())
    hints = marked(markup(world), "govuk-task-list__hint")
    assert "Missing: type, size, region" in hints


@pytest.mark.scenario(1)
def test_draft_after_the_close_is_kept_and_readable(world: World) -> None:
    everything_asked(world)
    world.given(form=make_form(answers={"pronouns": "they"}))
    world.ports.clock.set(CLOSED)
    assert marked(markup(world), "govuk-inset-text") == [
        "This application was not submitted by the deadline. It is kept, and you can still read "
        "everything."
    ]
    for path in ("/contact", "/team", "/answers/identity", "/check"):
        shown = markup(world, path)
        assert "Save and continue" not in texts(shown, "button")
    assert "they" in marked(markup(world, "/answers/identity"), "rt-answers__line")


@pytest.mark.parametrize("stage", sorted(set(Stage) - {Stage.DRAFT}))
def test_received_application_leads_to_its_status(world: World, stage: Stage) -> None:
    world.given(stage)
    answered = page(world)
    assert (answered.status, answered.headers["Location"]) == (303, f"{LIST}/status")


# --- each page ------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", EVERY_PAGE)
def test_page_is_calm_and_personal(world: World, path: str) -> None:
    everything_asked(world)
    world.given(form=make_form())
    answered = page(world, path)
    assert_calm(parsed(answered.body))
    assert answered.headers["Cache-Control"] == "no-store"
    assert "connect-src 'self';" in answered.headers["Content-Security-Policy"]


def test_every_page_leads_to_the_next(world: World) -> None:
    everything_asked(world)
    sent = {
        "/eligibility": {"/eligibility/hospital": "yes"},
        "/tracks": {"/tracks": [RESIDENCY, SEMINAR]},
        "/contact": {"/contact/name": "Ada Brook", "/second_contact/name": "Ben Ash",
                     "/second_contact/email": "ben@stmary.example"},
        "/organization": {"/organization/name": "St. Mary's", "/organization/type": "hospital",
                          "/organization/size": "small", "/organization/region": "north"},
        "/team": {f"/team/{n}/{key}": f"{key} {n}" for n in range(3) for key in ("name", "role")},
        "/answers/work": {"/answers/why": "Because", "/answers/leader": "Cleo",
                          "/answers/part": "two", "/answers/days": ["mon", "tue"],
                          "/answers/before": "no"},
        "/answers/identity": {"/answers/pronouns": "they"},
    }  # fmt: skip
    gone: list[str] = []
    for path, fields in sent.items():
        answered = fill(world, path, fields)
        assert answered.status == 303, (path, answered.body)
        gone.append(answered.headers["Location"].removeprefix(LIST))
    assert gone == [*list(sent)[1:], f"/documents/{LETTER}"]
    fields = {f"/attestations/{ATTESTATION}": "We take part in every meeting."}
    answered = fill(world, f"/commitments/{ATTESTATION}", fields)
    assert answered.headers["Location"] == f"{LIST}/check"
    assert saved(world) == Form.model_validate(
        {
            "tracks": [RESIDENCY, SEMINAR],
            "contact": {"name": "Ada Brook", "email": "ada@stmary.example"},
            "second_contact": {"name": "Ben Ash", "email": "ben@stmary.example"},
            "organization": {
                "name": "St. Mary's", "type": "hospital", "size": "small", "region": "north"
            },
            "team": [{"name": f"name {n}", "role": f"role {n}"} for n in range(3)],
            "eligibility": {"hospital": "yes"},
            "answers": {
                "why": "Because", "leader": "Cleo", "part": "two", "days": ["mon", "tue"],
                "before": False, "pronouns": "they",
            },
            "attestations": {ATTESTATION: ["We take part in every meeting."]},
        }
    )  # fmt: skip


def test_later_leads_to_the_list(world: World) -> None:
    everything_asked(world)
    answered = fill(world, "/contact", {"later": "yes"})
    assert (answered.status, answered.headers["Location"]) == (303, LIST)
    assert saved(world) == Form()


def test_address_that_signed_in_is_offered_as_contact(world: World) -> None:
    everything_asked(world)
    assert value_of(markup(world, "/contact"), "/contact/email") == "ada@stmary.example"


def test_question_of_a_track_is_asked_for_it_alone(world: World) -> None:
    everything_asked(world)
    world.given(form=Form.model_validate({"tracks": [RESIDENCY, SEMINAR]}))
    assert "Who leads?" in texts(markup(world, "/answers/work"), "label")
    world.given(form=Form.model_validate({"tracks": [SEMINAR]}))
    assert "Who leads?" not in texts(markup(world, "/answers/work"), "label")


def test_answer_of_a_track_not_chosen_any_more_is_kept(world: World) -> None:
    everything_asked(world)
    world.given(form=Form.model_validate({"tracks": [SEMINAR], "answers": {"leader": "Cleo"}}))
    assert fill(world, "/answers/work", {"/answers/why": "Because"}).status == 303
    assert saved(world).answers == {"why": "Because", "leader": "Cleo"}


def test_emptied_fields_are_taken_away(world: World) -> None:
    everything_asked(world)
    world.given(form=make_form(answers={"why": "Because", "days": ["mon"], "before": True}))
    revision = value_of(markup(world, "/answers/work"), "revision")
    assert send(world, "/answers/work", {"revision": revision}).status == 303
    assert saved(world).answers == {}
    assert fill(world, "/organization", {"/organization/city": ""}).status == 303
    assert saved(world).organization == Organization(name="St. Mary's Hospital")


def test_line_ends_are_those_of_a_text(world: World) -> None:
    everything_asked(world)
    assert fill(world, "/answers/work", {"/answers/why": " One\r\ntwo "}).status == 303
    assert saved(world).answers == {"why": "One\ntwo"}


def test_unknown_choices_are_nobodys(world: World) -> None:
    everything_asked(world)
    sent = {"/tracks": ["nowhere", SEMINAR]}
    assert fill(world, "/tracks", sent).status == 303
    sent = {"/answers/part": "three", "/answers/days": ["sun", "tue"], "/answers/before": "maybe",
            "/answers/secret": "x"}  # fmt: skip
    assert fill(world, "/answers/work", sent).status == 303
    assert saved(world).tracks == (SEMINAR,)
    assert saved(world).answers == {"days": ("tue",)}


def test_statement_in_other_words_is_not_affirmed(world: World) -> None:
    world.given(form=make_form(attestations={}))
    sent = {f"/attestations/{ATTESTATION}": "We take part in one meeting."}
    assert fill(world, f"/commitments/{ATTESTATION}", sent).status == 303
    assert saved(world).attestations == {}


@pytest.mark.parametrize("key", PROGRAMS)
def test_every_page_of_every_program_file_opens(world: World, key: str) -> None:
    program = PROGRAMS[key]
    world.ports.rounds.given(program)
    world.ports.clock.set(program.opens_at + timedelta(days=1))
    session = Session(program=key, email=ADA, expires_at=program.opens_at + timedelta(days=99))
    world.ports.sign_ins.keep_session(sha256("there"), session)
    tracks = [track.key for track in program.tracks]
    world.given(program=key, track=tracks[0], form=Form.model_validate({"tracks": tracks}))
    base = f"/programs/{key}/applications/FW-TEST-0001"
    shown = world.call("GET", base, email=None, cookie="__Host-session=there")
    links = [link.attributes["href"] or "" for link in parsed(shown.body).all("a")]
    paths = [path for path in links if path.startswith(f"{base}/") and "/documents/" not in path]
    assert len(paths) >= 6
    for path in paths:
        answered = world.call("GET", path, email=None, cookie="__Host-session=there")
        assert answered.status == 200
        assert_calm(parsed(answered.body))

"""The last look, the submission and the receipt."""

from datetime import UTC, date, datetime

import pytest

from roundtable.domain.application import Form
from roundtable.domain.stages import Stage
from roundtable.runtime import composition
from tests.factories import (
    LETTER,
    RESIDENCY,
    SEMINAR,
    make_application,
    make_document,
    make_form,
    make_program,
    make_track,
)
from tests.functions.applicant_world import World
from tests.functions.form_pages import (
    LIST,
    everything_asked,
    fields_of,
    markup,
    page,
    saved,
    send,
    stored,
)
from tests.functions.public_pages import assert_calm, marked, texts
from tests.unit.web.pages.markup import parsed

HALF_CLOSED = datetime(2022, 10, 22, 4, 0, tzinfo=UTC)
WHOLE = {
    "eligibility": {"hospital": "yes"},
    "organization": {
        "name": "St. Mary's Hospital",
        "type": "hospital",
        "size": "small",
        "region": "north",
    },
    "answers": {"why": "Because", "leader": "Cleo", "pronouns": "they"},
}


@pytest.fixture
def world(monkeypatch: pytest.MonkeyPatch) -> World:
    world = World()
    monkeypatch.setattr(composition, "ports", lambda: world.ports)
    return world


def _links(world: World, path: str, text: str) -> list[str | None]:
    return [link.attributes["href"] for link in markup(world, path).all("a") if text in link.text]


# --- the last look -----------------------------------------------------------------------------


def test_last_look_links_what_is_missing_to_its_field(world: World) -> None:
    everything_asked(world)
    world.given(
        form=Form.model_validate({"tracks": [RESIDENCY], "answers": {"why": "1 2 3 4 5 6"}})
    )
    shown = markup(world, "/check")
    assert _links(world, "/check", "Who can take part: ") == [
        f"{LIST}/eligibility#field-eligibility_hospital"
    ]
    assert _links(world, "/check", "Contacts: ") == [f"{LIST}/contact#field-contact_name"]
    assert _links(world, "/check", "Your work: 1 answer is missing") == [
        f"{LIST}/answers/work#field-answers_leader"
    ]
    assert _links(world, "/check", "Use at most 5 words") == [
        f"{LIST}/answers/work#field-answers_why"
    ]
    assert "Submit application" not in texts(shown, "button")


def test_last_look_hides_restricted_answers(world: World) -> None:
    everything_asked(world)
    world.given(form=make_form(**WHOLE))
    answered = page(world, "/check")
    assert "they" not in answered.body.split()
    assert "Given. Only its own page shows it." in texts(parsed(answered.body), "span")
    assert "Because" in marked(parsed(answered.body), "rt-answers__line")


def test_last_look_names_documents(world: World) -> None:
    world.ports.applications.given(make_application(), documents=[make_document()])
    assert "letter.pdf" in marked(markup(world, "/check"), "rt-answers__line")


def test_last_look_says_what_can_follow(world: World) -> None:
    world.given()
    shown = markup(world, "/check")
    assert "Submit application" in texts(shown, "button")
    assert _links(world, "/check", "Letter of commitment: Not started") == [
        f"{LIST}/documents/{LETTER}"
    ]
    assert_calm(shown)


def test_what_was_sent_can_be_read_afterwards(world: World) -> None:
    world.given(Stage.REVIEW)
    shown = markup(world, "/check")
    assert texts(shown, "h1") == ["Your answers"]
    assert "Submit application" not in texts(shown, "button")
    # The round is still open: a document may be replaced.
    assert [link for link in texts(shown, "a") if link.startswith("Change")] == [
        "Change Letter of commitment",
        "Change Video of the team",
    ]


# --- submitting ---------------------------------------------------------------------------------


@pytest.mark.scenario(15)
def test_button_pressed_twice_gives_one_application(world: World) -> None:
    world.given()
    fields = fields_of(markup(world, "/check"))
    for _ in range(2):
        answered = send(world, "/submit", fields)
        assert (answered.status, answered.headers["Location"]) == (303, f"{LIST}/received")
    kinds = [event.kind for event in world.ports.applications.events(stored(world).id)]
    assert kinds.count("application_submitted") == 1
    assert stored(world).stage is Stage.CHECKING


def test_incomplete_form_is_refused_with_what_to_do(world: World) -> None:
    everything_asked(world)
    answered = send(world, "/submit", {"revision": "0"})
    shown = parsed(answered.body)
    assert answered.status == 422
    assert texts(shown, "title")[0].startswith("Error: ")
    assert f"{LIST}/tracks#field-tracks" in [link.attributes["href"] for link in shown.all("a")]
    assert saved(world) == Form()


@pytest.mark.scenario(1)
def test_closed_track_is_refused_and_the_other_one_offered(world: World) -> None:
    seminar = make_track(SEMINAR, closes=date(2022, 11, 1))
    world.ports.rounds.given(make_program(tracks=(make_track(RESIDENCY), seminar)))
    world.given(form=make_form(tracks=(RESIDENCY,)))
    fields = fields_of(markup(world, "/check"))
    world.ports.clock.set(HALF_CLOSED)
    answered = send(world, "/submit", fields)
    assert answered.status == 409
    assert "What you chose is closed, so we could not receive your application" in answered.body
    assert "This is still open: Seminar." in answered.body
    assert stored(world).stage is Stage.DRAFT


def test_withdrawn_draft_is_not_received(world: World) -> None:
    world.given(Stage.CLOSED, received_at=None, closed_as="withdrawn", outcomes=(), offer=None)
    assert send(world, "/submit", {"revision": "0"}).status == 409


def test_submission_needs_the_token_and_its_own_session(world: World) -> None:
    world.given()
    assert send(world, "/submit", {"revision": "0", "csrf": "x"}).status != 303
    other = send(world, "/submit", {"revision": "0"}, cookie="__Host-session=token-of-mallory")
    assert other.status in {403, 404, 409, 422}
    assert send(world, "/submit", {"revision": "0"}, origin="https://evil.example").status == 403
    assert stored(world).stage is Stage.DRAFT


# --- the receipt --------------------------------------------------------------------------------


def test_receipt_says_what_was_received_and_what_is_missing(world: World) -> None:
    world.given()
    send(world, "/submit", {"revision": "0"})
    shown = markup(world, "/received")
    assert marked(shown, "govuk-panel__title") == ["We have received your application"]
    assert marked(shown, "rt-reference") == ["FW-TEST-0001"]
    assert marked(shown, "rt-needs__title") == ["Letter of commitment", "Video of the team"]
    moments = [element.attributes["datetime"] for element in shown.all("time")]
    assert moments == [
        "2022-10-03T10:00:00-04:00",
        "2022-12-05",
        "2022-10-21T23:59:00-04:00",
        "2022-12-05",
    ]
    assert_calm(shown)


def test_draft_has_no_receipt(world: World) -> None:
    world.given()
    answered = page(world, "/received")
    assert (answered.status, answered.headers["Location"]) == (303, LIST)


# --- the dates ----------------------------------------------------------------------------------


def _lines(world: World, name: str) -> list[str]:
    answered = page(world, "/dates.ics")
    assert answered.status == 200
    assert answered.headers["Content-Type"] == "text/calendar; method=PUBLISH; charset=utf-8"
    assert answered.headers["Content-Disposition"] == 'attachment; filename="fellowship-dates.ics"'
    lines = answered.body.replace("\r\n ", "").split("\r\n")
    return [line.partition(":")[2] for line in lines if line.startswith(name)]


def test_dates_of_a_draft_are_its_closing_dates(world: World) -> None:
    world.given(form=make_form(tracks=(SEMINAR,)))
    assert _lines(world, "SUMMARY") == ["Fellowship 2022: Last moment to submit: Seminar"]
    assert _lines(world, "DTEND") == ["20221022T000000"]


def test_dates_of_a_received_application_are_promise_sessions_and_what_is_missing(
    world: World,
) -> None:
    meeting = {"title": "Kick-off", "starts": "2023-01-10T09:00", "ends": "2023-01-10T10:00"}
    world.ports.rounds.given(make_program(sessions=[meeting]))
    world.given()
    send(world, "/submit", {"revision": "0"})
    assert _lines(world, "SUMMARY") == [
        "Fellowship 2022: Kick-off",
        "Fellowship 2022: Last moment for what is missing",
        "Fellowship 2022: You hear from us by the end of this day",
    ]

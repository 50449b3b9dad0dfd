"""Saving a page of the form: what is not right is told, and nothing typed is lost."""

from datetime import UTC, datetime

import pytest

from roundtable.domain.application import Contact, Form, Member, Organization
from roundtable.runtime import composition
from tests.factories import (
    make_form,
)
from tests.functions.applicant_world import World
from tests.functions.form_pages import (
    everything_asked,
    fields_of,
    fill,
    markup,
    saved,
    send,
    stored,
    value_of,
)
from tests.functions.public_pages import marked, texts
from tests.unit.web.pages.markup import parsed

CLOSED = datetime(2022, 10, 22, 4, 0, tzinfo=UTC)


@pytest.fixture
def world(monkeypatch: pytest.MonkeyPatch) -> World:
    world = World()
    monkeypatch.setattr(composition, "ports", lambda: world.ports)
    return world


# --- what is not right is told, and everything else is kept ---------------------------------------


def test_broken_address_keeps_the_other_contact_and_what_was_typed(world: World) -> None:
    everything_asked(world)
    answered = fill(
        world,
        "/contact",
        {"/contact/name": "Ada", "/contact/email": "ada@@x",
         "/second_contact/name": "Ben", "/second_contact/email": "ben@stmary.example"},
    )  # fmt: skip
    shown = parsed(answered.body)
    assert answered.status == 422
    assert texts(shown, "title")[0].startswith("Error: Contacts")
    (line,) = marked(shown, "govuk-error-summary__list")
    assert line == "Enter an e-mail address that is whole, such as name@example.org"
    assert "#field-contact_email" in [link.attributes["href"] for link in shown.all("a")]
    assert value_of(shown, "/contact/email") == "ada@@x"
    assert value_of(shown, "/contact/name") == "Ada"
    assert saved(world).second_contact == Contact(name="Ben", email="ben@stmary.example")
    assert saved(world).contact is None


def test_page_that_came_with_an_error_can_be_sent_again(world: World) -> None:
    everything_asked(world)
    sent = {"/contact/name": "Ada", "/contact/email": "ada@@x", "/second_contact/name": "Ben",
            "/second_contact/email": "ben@stmary.example"}  # fmt: skip
    shown = parsed(fill(world, "/contact", sent).body)
    again = send(world, "/contact", {**fields_of(shown), "/contact/email": "ada@x.example"})
    assert again.status == 303
    assert saved(world).contact == Contact(name="Ada", email="ada@x.example")


def test_name_too_long_keeps_the_rest_of_an_organization(world: World) -> None:
    everything_asked(world)
    world.given(form=make_form())
    sent = {"/organization/name": "x" * 201, "/organization/city": "Boston"}
    answered = fill(world, "/organization", sent)
    assert answered.status == 422
    assert marked(parsed(answered.body), "govuk-error-message") == [
        "Error: Use at most 200 characters"
    ]
    assert saved(world).organization == Organization(name="St. Mary's Hospital", city="Boston")


def test_organization_without_a_name_waits_for_it(world: World) -> None:
    everything_asked(world)
    answered = fill(world, "/organization", {"/organization/city": "Boston"})
    assert answered.status == 422
    assert value_of(parsed(answered.body), "/organization/city") == "Boston"
    assert saved(world).organization is None


def test_too_many_words_are_kept_and_told(world: World) -> None:
    everything_asked(world)
    answered = fill(world, "/answers/work", {"/answers/why": "one two three four five six"})
    assert answered.status == 422
    told = "Use at most 5 words; you have 6 words"
    assert marked(parsed(answered.body), "govuk-error-message") == [f"Error: {told}"]
    assert saved(world).answers == {"why": "one two three four five six"}
    assert marked(markup(world, "/answers/work"), "govuk-error-message") == [f"Error: {told}"]
    answered = fill(world, "/answers/work", {"later": "yes"})
    assert answered.status == 303


def test_answer_longer_than_anything_is_not_lost(world: World) -> None:
    everything_asked(world)
    sent = {"/answers/why": "x" * 20_001, "/answers/part": "two"}
    answered = fill(world, "/answers/work", sent)
    assert answered.status == 422
    assert value_of(parsed(answered.body), "/answers/why").strip() == "x" * 20_001
    assert saved(world).answers == {"part": "two"}


def test_form_that_gets_too_large_is_refused_with_its_text(world: World) -> None:
    everything_asked(world)
    world.given(form=make_form(answers={f"old-{n}": "x" * 19_900 for n in range(10)}))
    answered = fill(world, "/answers/work", {"/answers/why": "y" * 2_000})
    assert answered.status == 409
    assert "y" * 2_000 in answered.body
    assert "why" not in saved(world).answers


def test_answer_that_is_not_accepted_is_kept_with_the_programs_words(world: World) -> None:
    everything_asked(world)
    answered = fill(world, "/eligibility", {"/eligibility/hospital": "no"})
    assert answered.status == 422
    assert marked(parsed(answered.body), "govuk-error-message") == [
        "Error: This fellowship is for hospitals."
    ]
    assert saved(world).eligibility == {"hospital": "no"}


@pytest.mark.scenario(1)
def test_page_sent_after_the_close_shows_what_was_typed(world: World) -> None:
    everything_asked(world)
    shown = fields_of(markup(world, "/answers/work"))
    world.ports.clock.set(CLOSED)
    answered = send(world, "/answers/work", {**shown, "/answers/why": "Too late"})
    assert answered.status == 409
    assert "Too late" in answered.body
    assert (
        "The time for changes is over"
        in marked(parsed(answered.body), "govuk-error-summary__list")[0]
    )
    assert saved(world) == Form()


# --- the team -------------------------------------------------------------------------------------


def test_team_begins_with_as_many_rows_as_it_should_have(world: World) -> None:
    world.given(form=make_form(team=()))
    assert texts(markup(world, "/team"), "legend") == [
        "Team member 1", "Team member 2", "Team member 3",
    ]  # fmt: skip


def test_row_is_added_and_what_was_typed_stays(world: World) -> None:
    world.given(form=make_form(team=()))
    answered = fill(world, "/team", {"/team/0/name": "Ada", "/team/2/name": "Cleo",
                                     "/team/2/role": "Nurse", "add": "yes"})  # fmt: skip
    shown = parsed(answered.body)
    assert answered.status == 200
    assert len(texts(shown, "legend")) == 4
    assert value_of(shown, "/team/0/name") == "Ada"
    assert value_of(shown, "/team/2/role") == "Nurse"
    assert saved(world).team == (Member(name="Cleo", role="Nurse"),)
    again = send(world, "/team", {**fields_of(shown), "/team/0/role": "Physician"})
    assert again.status == 303
    assert [member.name for member in saved(world).team] == ["Ada", "Cleo"]


def test_row_is_removed(world: World) -> None:
    world.given()
    answered = fill(world, "/team", {"remove": "1"})
    shown = parsed(answered.body)
    assert answered.status == 200
    assert value_of(shown, "/team/1/name") == "Cleo Dale"
    assert [member.name for member in saved(world).team] == ["Ada Brook", "Cleo Dale"]


def test_nobody_is_lost_by_a_row_that_is_not_complete(world: World) -> None:
    world.given()
    answered = fill(world, "/team", {"/team/1/role": ""})
    assert answered.status == 422
    assert marked(parsed(answered.body), "govuk-error-message") == ["Error: Enter a role"]
    assert len(saved(world).team) == 3


def test_broken_address_of_a_member_keeps_the_member(world: World) -> None:
    everything_asked(world)
    people = [{"name": "Ada", "role": "Nurse", "email": "ada@stmary.example"}]
    world.given(form=make_form(team=people))
    answered = fill(world, "/team", {"/team/0/email": "ada@", "/team/0/lens": "Equity"})
    assert answered.status == 422
    assert saved(world).team == (
        Member(name="Ada", role="Nurse", email="ada@stmary.example", lens="Equity"),
    )


@pytest.mark.scenario(14)
@pytest.mark.parametrize("people", [2, 8])
def test_team_of_unusual_size_is_flagged_and_saved(world: World, people: int) -> None:
    world.given(form=make_form(team=()))
    sent = {f"/team/{n}/{key}": key for n in range(people) for key in ("name", "role")}
    answered = fill(world, "/team", sent)
    assert answered.status == 303
    assert len(saved(world).team) == people
    assert marked(markup(world, "/team"), "govuk-inset-text") == [
        f"Your team has {people} people so far. It should be 3 to 7 people."
    ]


def test_team_has_at_most_fifty_rows(world: World) -> None:
    world.given(form=make_form(team=()))
    sent = {f"/team/{n}/{key}": key for n in range(60) for key in ("name", "role")}
    answered = fill(world, "/team", {**sent, "rows": "60", "add": "yes"})
    assert len(texts(parsed(answered.body), "legend")) == 50
    assert "Add another person" not in texts(parsed(answered.body), "button")
    assert len(saved(world).team) == 50


# --- two tabs -------------------------------------------------------------------------------------


def test_two_tabs_on_two_pages_do_not_disagree(world: World) -> None:
    everything_asked(world)
    contact, work = (fields_of(markup(world, path)) for path in ("/contact", "/answers/work"))
    assert send(world, "/contact", {**contact, "/contact/name": "Ada"}).status == 303
    assert send(world, "/answers/work", {**work, "/answers/why": "Because"}).status == 303
    assert saved(world).contact is not None
    assert saved(world).answers == {"why": "Because"}


def test_two_tabs_on_one_page_show_both(world: World) -> None:
    everything_asked(world)
    first = fields_of(markup(world, "/answers/work"))
    assert send(world, "/answers/work", {**first, "/answers/why": "Here"}).status == 303
    answered = send(world, "/answers/work", {**first, "/answers/why": "There"})
    shown = parsed(answered.body)
    assert answered.status == 409
    assert value_of(shown, "/answers/why").strip() == "There"
    assert marked(shown, "rt-answers__line") == ["Here"]
    assert saved(world).answers == {"why": "Here"}
    assert "Save what is typed here" in texts(shown, "button")

    assert send(world, "/answers/work", fields_of(shown)).status == 303
    assert saved(world).answers == {"why": "There"}


def test_same_text_in_two_tabs_is_no_disagreement(world: World) -> None:
    everything_asked(world)
    first = fields_of(markup(world, "/contact"))
    for _ in range(2):
        assert send(world, "/contact", {**first, "/contact/name": "Ada"}).status == 303
    assert stored(world).form_revision == 1


def test_two_tabs_with_another_team_name_the_rows(world: World) -> None:
    world.given()
    first = fields_of(markup(world, "/team"))
    assert send(world, "/team", {**first, "remove": "2"}).status == 200
    answered = send(world, "/team", {**first, "/team/0/role": "Surgeon"})
    assert answered.status == 409
    assert texts(parsed(answered.body), "dt") == [
        "Team member 1: Role",
        "Team member 3: Name",
        "Team member 3: Role",
    ]


# --- saving by itself -----------------------------------------------------------------------------


def _autosave(world: World, path: str, fields: dict[str, str]) -> dict[str, str]:
    answered = send(world, "/autosave", {**fields_of(markup(world, path)), **fields})
    assert answered.status == 200, answered.body
    assert answered.headers["Cache-Control"] == "no-store"
    return answered.body


def test_page_saved_by_itself_can_be_sent_with_the_revision_answered(world: World) -> None:
    everything_asked(world)
    first = fields_of(markup(world, "/answers/work"))
    told = _autosave(world, "/answers/work", {"/answers/why": "Half"})
    assert told["outcome"] == "saved"
    assert saved(world).answers == {"why": "Half"}
    sent = {**first, "revision": told["revision"], "/answers/why": "Half and more"}
    assert send(world, "/answers/work", sent).status == 303


def test_page_saved_by_itself_in_part_says_so(world: World) -> None:
    everything_asked(world)
    told = _autosave(world, "/contact", {"/contact/name": "Ada", "/contact/email": "a"})
    assert told["outcome"] == "partly"


def test_page_changed_elsewhere_is_not_saved_by_itself(world: World) -> None:
    everything_asked(world)
    told = _autosave(world, "/answers/work", {"revision": "old", "/answers/why": "Half"})
    assert told == {"outcome": "changed"}
    assert saved(world) == Form()


def test_nothing_is_saved_by_itself_after_the_close(world: World) -> None:
    everything_asked(world)
    fields = fields_of(markup(world, "/answers/work"))
    world.ports.clock.set(CLOSED)
    assert send(world, "/autosave", {**fields, "/answers/why": "x"}).status == 409


def test_saving_by_itself_needs_a_page_of_the_form(world: World) -> None:
    everything_asked(world)
    assert send(world, "/autosave", {"page": "nowhere", "revision": "x"}).status == 404

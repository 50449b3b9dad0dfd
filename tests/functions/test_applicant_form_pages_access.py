"""Who may touch the pages of a form, and what of them can still change."""

from datetime import UTC, datetime

import pytest

from roundtable.domain.application import Contact, Form
from roundtable.domain.stages import Stage
from roundtable.runtime import composition
from tests.factories import (
    ATTESTATION,
    LETTER,
    TEAM,
    make_form,
)
from tests.functions.applicant_world import World
from tests.functions.form_pages import (
    COOKIE,
    EVERY_PAGE,
    FORM_TOKEN,
    LIST,
    everything_asked,
    fields_of,
    fill,
    markup,
    page,
    saved,
    send,
    tasks,
)
from tests.functions.public_pages import texts

CLOSED = datetime(2022, 10, 22, 4, 0, tzinfo=UTC)


@pytest.fixture
def world(monkeypatch: pytest.MonkeyPatch) -> World:
    world = World()
    monkeypatch.setattr(composition, "ports", lambda: world.ports)
    return world


# --- mending what was returned --------------------------------------------------------------------


def _returned(world: World, *keys: str) -> None:
    finding = {"verdict": "fail", "reason": "Please mend this.", "documents": ()}
    items = [{"requirement": key, **finding} for key in keys]
    world.given(
        Stage.CORRECTIONS,
        form=make_form(team=(), attestations={}),
        findings=items,
        corrections={
            "asked_at": datetime(2022, 10, 3, tzinfo=UTC),
            "until": datetime(2022, 10, 30, tzinfo=UTC),
            "items": items,
        },
    )


def test_only_what_was_returned_can_be_mended(world: World) -> None:
    _returned(world, ATTESTATION)
    assert list(tasks(world)) == ["Commitments"]
    assert "Save and continue" in texts(markup(world, f"/commitments/{ATTESTATION}"), "button")
    for path in ("/team", "/contact", "/tracks"):
        assert "Save and continue" not in texts(markup(world, path), "button")


def test_returned_document_stands_beside_what_is_mended_here(world: World) -> None:
    _returned(world, ATTESTATION, LETTER)
    assert list(tasks(world)) == ["Letter of commitment", "Commitments"]
    assert "Please mend by" in texts(markup(world), "dt")


def test_last_mended_page_leads_to_the_status(world: World) -> None:
    _returned(world, ATTESTATION, TEAM)
    sent = {f"/attestations/{ATTESTATION}": "We take part in every meeting."}
    answered = fill(world, f"/commitments/{ATTESTATION}", sent)
    assert answered.headers["Location"] == LIST
    people = {f"/team/{n}/{key}": key for n in range(3) for key in ("name", "role")}
    assert fill(world, "/team", people).headers["Location"] == LIST
    assert len(saved(world).team) == 3


def test_what_was_not_returned_cannot_be_sent(world: World) -> None:
    _returned(world, ATTESTATION)
    answered = send(world, "/contact", {"revision": "x", "/contact/name": "Mallory",
                                        "/contact/email": "m@x.example"})  # fmt: skip
    assert answered.status == 409
    assert saved(world).contact == Contact(name="Ada Brook", email="ada@stmary.example")


# --- who may --------------------------------------------------------------------------------------


def test_token_is_needed(world: World) -> None:
    everything_asked(world)
    fields = fields_of(markup(world, "/contact")) | {"/contact/name": "Mallory"}
    for token in ("", "nonsense", FORM_TOKEN[:-4]):
        assert send(world, "/contact", {**fields, "csrf": token}).status in {303, 403, 409, 422}
        assert saved(world) == Form()


def test_form_of_another_site_is_refused(world: World) -> None:
    everything_asked(world)
    fields = fields_of(markup(world, "/contact")) | {"/contact/name": "Mallory"}
    answered = send(world, "/contact", fields, origin="https://evil.example")
    assert answered.status == 403
    assert saved(world) == Form()


@pytest.mark.parametrize("path", [*EVERY_PAGE, "/received", "/dates.ics"])
def test_anothers_application_is_not_there(world: World, path: str) -> None:
    everything_asked(world)
    assert page(world, path, cookie="__Host-session=token-of-mallory").status == 404


@pytest.mark.parametrize("path", [*EVERY_PAGE, "/received", "/dates.ics"])
def test_page_needs_a_session(world: World, path: str) -> None:
    everything_asked(world)
    answered = page(world, path, cookie="")
    assert answered.status in {303, 401}
    assert COOKIE not in str(answered.headers)

"""Uploads at the applicants' pages, with a script and without one."""

from datetime import timedelta
from typing import Any

import pytest

from roundtable.domain.documents import Document, ScanStatus
from roundtable.domain.stages import Stage
from roundtable.runtime import composition
from roundtable.usecases.applying.arrivals import receive_upload
from tests.factories import (
    APPLICATION,
    NOW,
    make_application,
    make_document,
    make_letter_evidence,
)
from tests.functions.applicant_visits import Shown, Visit
from tests.functions.applicant_world import World
from tests.functions.document_visits import (
    CLOSE,
    LETTERS,
    PDF,
    answered,
    checked,
    given,
    kept,
    token,
)
from tests.functions.public_pages import assert_calm, texts


@pytest.fixture
def world(monkeypatch: pytest.MonkeyPatch) -> World:
    world = World()
    monkeypatch.setattr(composition, "ports", lambda: world.ports)
    return world


# --- with a script -----------------------------------------------------------------------------


def test_slot_is_for_the_file_that_was_chosen(world: World) -> None:
    visit = given(world)
    shown = visit.post(f"{LETTERS}/slot", {**token(visit.get(LETTERS)), **PDF})
    assert shown.status == 201
    assert answered(shown) == {
        "number": 1,
        "url": "https://uploads.example.org/",
        "fields": world.ports.documents.forms[0].fields,
    }
    assert world.ports.documents.forms[0].fields["Content-Type"] == "application/pdf"
    assert world.ports.documents.forms[0].max_bytes == 20_000_000


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"/content_type": "text/html"}, "We cannot take this kind of file."),
        ({"/content_type": ""}, "We cannot take this kind of file."),
        ({"/size": "0"}, "This file is empty."),
        ({"/size": "many"}, "This file is empty."),
        ({"/size": "20000001"}, "This file is too large: it may have up to 20 MB."),
        ({"/replaces": "7"}, "There is no such document to replace."),
    ],
)
def test_unfit_file_gets_no_slot(world: World, changes: dict[str, str], words: str) -> None:
    visit = given(world)
    shown = visit.post(f"{LETTERS}/slot", {**token(visit.get(LETTERS)), **PDF, **changes})
    assert shown.status == 422
    assert words in answered(shown)["problem"]
    assert kept(world) == {}


def test_long_name_keeps_its_end(world: World) -> None:
    visit = given(world)
    name = {"/file_name": "x" * 5_000 + ".pdf"}
    visit.post(f"{LETTERS}/slot", {**token(visit.get(LETTERS)), **PDF, **name})
    (document,) = world.ports.applications.documents(APPLICATION)
    assert document.file_name == "x" * 196 + ".pdf"


def test_progress_is_told_from_the_slot_to_the_check(world: World) -> None:
    visit = given(world)
    visit.post(f"{LETTERS}/slot", {**token(visit.get(LETTERS)), **PDF})
    (document,) = world.ports.applications.documents(APPLICATION)

    def progress() -> tuple[str, bool]:
        told = answered(visit.get(f"{LETTERS}/1/progress"))
        return told["progress"], told["settled"]

    assert progress() == ("awaited", False)
    stored = world.ports.documents.put(document.object_key, b"%PDF-1.7")
    assert progress() == ("arriving", False)
    assert "letter.pdf" in texts(visit.get(LETTERS).markup, "h3")
    world.ports.malware_scanner.otherwise = ScanStatus.PENDING
    receive_upload(world.ports, stored)
    assert progress() == ("searched", False)
    received = world.ports.applications.documents(APPLICATION)[0]
    world.ports.applications.given(
        make_application(),
        documents=[received.with_(scan="clean", status="checked", evidence=make_letter_evidence())],
    )
    assert progress() == ("done", True)


def test_progress_of_nothing_is_not_found(world: World) -> None:
    visit = given(world, make_document())
    for number in ("2", "01", "-1", "x", "\N{SUPERSCRIPT ONE}"):
        assert visit.get(f"{LETTERS}/{number}/progress").status == 404


def test_what_arrived_is_said_first(world: World) -> None:
    visit = given(world, checked(number=3))
    assert "“letter.pdf” is here." in visit.get(f"{LETTERS}?done=3").text
    for other in ("4", "x", "%3Cscript%3E"):
        assert "is here" not in visit.get(f"{LETTERS}?done={other}").text


# --- without a script --------------------------------------------------------------------------


def begun(world: World, *documents: Document, **changes: Any) -> tuple[Visit, Shown]:
    """Press the button of a letter's page; give the visitor and the page with the form."""
    visit = given(world, *documents, **changes)
    sent = visit.post(f"{LETTERS}/upload", token(visit.get(LETTERS)))
    assert sent.status == 303
    return visit, visit.get(sent.location)


def test_plain_form_is_bound_to_the_bucket_and_leads_back(world: World) -> None:
    _, shown = begun(world)
    (form,) = shown.forms()
    (document,) = world.ports.applications.documents(APPLICATION)
    assert shown.heading == "Choose your file"
    assert form.action == "https://uploads.example.org/"
    assert form.fields == {
        "key": [document.object_key],
        "Content-Type": ["application/octet-stream"],
        "success_action_redirect": [f"https://apply.example.org{LETTERS}/1"],
    }
    (field,) = [e for e in shown.markup.all("input") if e.attributes["type"] == "file"]
    assert field.attributes["name"] == "file"
    assert (field.attributes["accept"] or "").startswith(".pdf,.docx,")
    assert world.ports.documents.forms[0].max_bytes == 20_000_000
    assert_calm(shown.markup)


def test_plain_form_is_given_again_without_a_change(world: World) -> None:
    visit, _ = begun(world)
    before = (
        world.ports.applications.documents(APPLICATION),
        world.ports.applications.events(APPLICATION),
    )
    visit.get(f"{LETTERS}/1")
    after = (
        world.ports.applications.documents(APPLICATION),
        world.ports.applications.events(APPLICATION),
    )
    assert before == after
    assert len(world.ports.documents.forms) == 2


def test_form_that_is_over_is_offered_anew(world: World) -> None:
    visit, _ = begun(world)
    world.ports.clock.set(NOW + timedelta(minutes=10))
    shown = visit.get(f"{LETTERS}/1")
    assert shown.heading == "This upload is over"
    again = visit.press(shown)
    assert again.location == f"{LETTERS}/2"


def test_bucket_leads_back_to_the_file_that_is_here(world: World) -> None:
    visit, _ = begun(world)
    (document,) = world.ports.applications.documents(APPLICATION)
    stored = world.ports.documents.put(document.object_key, b"%PDF-1.7")
    shown = visit.get(f"{LETTERS}/1?bucket=b&key={document.object_key}&etag=%22x%22")
    assert shown.heading == "Your file is here"
    assert "Look again" in texts(shown.markup, "a")
    receive_upload(world.ports, stored)
    assert "We are reading it." in visit.get(f"{LETTERS}/1").text
    assert kept(world) == {1: "received"}


def test_looked_into_file_leads_to_the_requirement(world: World) -> None:
    shown = given(world, checked()).get(f"{LETTERS}/1")
    assert (shown.status, shown.location) == (303, f"{LETTERS}?done=1")


def test_slot_of_a_script_has_no_plain_form(world: World) -> None:
    visit = given(world)
    visit.post(f"{LETTERS}/slot", {**token(visit.get(LETTERS)), **PDF})
    assert visit.get(f"{LETTERS}/1").status == 404


def test_form_begun_in_time_is_given_in_the_grace_after_the_close(world: World) -> None:
    world.ports.clock.set(CLOSE - timedelta(minutes=1))
    visit, _ = begun(world)
    world.ports.clock.set(CLOSE + timedelta(minutes=5))
    assert visit.get(f"{LETTERS}/1").heading == "Choose your file"
    world.ports.clock.set(CLOSE + timedelta(minutes=9))
    over = visit.get(f"{LETTERS}/1")
    assert over.heading == "This upload is over"
    assert over.forms() == []


# --- replacing and removing --------------------------------------------------------------------


def test_new_file_may_take_the_place_of_one_of_several(world: World) -> None:
    visit = given(world, checked(number=1), checked(number=2, sha256="2" * 64))
    shown = visit.get(LETTERS)
    form = next(form for form in shown.forms() if form.action == f"{LETTERS}/upload")
    assert form.fields["/replaces"] == ["1"]
    visit.post(f"{LETTERS}/upload", {**token(shown), "/replaces": "2"})
    assert world.ports.applications.documents(APPLICATION)[-1].replaces == 2


def test_further_letter_is_offered_while_there_is_room(world: World) -> None:
    visit = given(world, checked())
    shown = visit.get(LETTERS)
    assert "It is a further one" in texts(shown.markup, "label")
    visit.post(f"{LETTERS}/upload", {**token(shown), "/replaces": "more"})
    assert world.ports.applications.documents(APPLICATION)[-1].replaces is None


def test_full_requirement_asks_which_is_replaced(world: World) -> None:
    visit = given(world, checked(number=1), checked(number=2, sha256="2" * 64))
    shown = visit.post(f"{LETTERS}/upload", token(visit.get(LETTERS)))
    assert shown.status == 422
    assert shown.errors == ["Say which of the documents the new one takes the place of."]


def test_removed_letter_is_said_to_be_removed(world: World) -> None:
    visit = given(world, checked())
    removed = visit.press(visit.get(LETTERS))
    assert removed.location == f"{LETTERS}?removed=1"
    assert kept(world) == {1: "removed"}
    shown = visit.get(removed.location)
    assert "“letter.pdf” was removed." in shown.text
    assert visit.post(f"{LETTERS}/1/remove", token(shown)).status == 404


def test_letter_that_reviewers_read_is_not_removed(world: World) -> None:
    visit = given(world, checked(), stage=Stage.REVIEW)
    shown = visit.get(LETTERS)
    assert all(not form.action.endswith("/remove") for form in shown.forms())
    refused = visit.post(f"{LETTERS}/1/remove", token(shown))
    assert refused.status == 409
    assert "Upload a new version in its place." in refused.text

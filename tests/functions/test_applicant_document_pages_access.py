"""When documents may change at the applicants' pages, and whose they are."""

from datetime import timedelta

import pytest

from roundtable.domain.application import Corrections, Finding
from roundtable.domain.documents import DocumentStatus
from roundtable.domain.evidence import Verdict
from roundtable.domain.stages import Stage
from roundtable.runtime import composition
from tests.factories import (
    LETTER,
    make_application,
    make_document,
)
from tests.functions.applicant_visits import Visit
from tests.functions.applicant_world import MALLORY, TOKENS, World, read_event
from tests.functions.document_visits import (
    CLOSE,
    LETTERS,
    PDF,
    VIDEOS,
    checked,
    given,
    kept,
    linked,
    token,
)
from tests.functions.public_pages import texts


@pytest.fixture
def world(monkeypatch: pytest.MonkeyPatch) -> World:
    world = World()
    monkeypatch.setattr(composition, "ports", lambda: world.ports)
    return world


# --- when it may change, and whose it is -------------------------------------------------------


def test_closed_round_says_calmly_that_nothing_changes(world: World) -> None:
    visit = given(world, checked())
    before = visit.get(LETTERS)
    world.ports.clock.set(CLOSE)
    shown = visit.get(LETTERS)
    assert shown.status == 200
    assert "The time for changes is over." in shown.text or "cannot change any more" in shown.text
    assert shown.forms() == []
    refused = visit.post(f"{LETTERS}/upload", token(before))
    assert refused.status == 409
    assert refused.errors == []


def test_returned_letter_is_mended_after_the_close(world: World) -> None:
    finding = Finding(
        requirement=LETTER, verdict=Verdict.FAIL, reason="Not signed.", documents=(1,)
    )
    until = CLOSE + timedelta(days=10)
    world.ports.clock.set(CLOSE + timedelta(days=1))
    visit = given(
        world,
        checked(rejected="Not signed."),
        linked(),
        stage=Stage.CORRECTIONS,
        corrections=Corrections(asked_at=CLOSE, until=until, items=(finding,)),
    )
    shown = visit.get(LETTERS)
    assert "Upload a new file" in texts(shown.markup, "h2")
    assert visit.post(f"{LETTERS}/upload", token(shown)).location == f"{LETTERS}/2"
    video = visit.get(VIDEOS)
    assert "Only what was returned to you can change now" in video.text
    assert visit.post(f"{VIDEOS}/upload", token(shown)).status == 409


@pytest.mark.parametrize("path", [LETTERS, f"{LETTERS}/1", f"{LETTERS}/1/progress"])
def test_anothers_documents_are_not_found(world: World, path: str) -> None:
    given(world, checked())
    mallory = Visit(world, {"__Host-session": TOKENS[MALLORY]})
    assert mallory.get(path).status == 404
    assert Visit(world).get(path).status != 200


@pytest.mark.parametrize("end", ["link", "upload", "slot", "1/remove"])
def test_nobody_changes_anothers_documents(world: World, end: str) -> None:
    visit = given(world, checked())
    form = {**token(visit.get(LETTERS)), **PDF, "/url": "https://vimeo.com/76543210"}
    path = f"{LETTERS}/{end}"
    assert visit.post(path, form, origin="https://evil.example").status == 403
    assert visit.post(path, {**form, "csrf": "x"}).status not in {200, 201, 303}
    mallory = Visit(world, {"__Host-session": TOKENS[MALLORY]})
    own = world.ports.applications.given(make_application(number=2, owner=MALLORY))
    theirs = mallory.get(LETTERS.replace("FW-TEST-0001", own.reference))
    assert mallory.post(path, {**form, **token(theirs)}).status == 404
    assert Visit(world).post(path, form).status not in {200, 201, 303}
    assert kept(world) == {1: "checked"}


def test_button_pressed_twice_does_no_harm(world: World) -> None:
    visit = given(world)
    form = token(visit.get(LETTERS))
    first, second = (visit.post(f"{LETTERS}/upload", form) for _ in range(2))
    assert (first.location, second.location) == (f"{LETTERS}/1", f"{LETTERS}/2")
    for shown in (first, second):
        assert visit.get(shown.location).heading == "Choose your file"
    assert kept(world) == {1: DocumentStatus.EXPECTED.value, 2: DocumentStatus.EXPECTED.value}


@pytest.mark.parametrize(
    "name",
    [
        "pages_documents", "pages_document_link", "pages_document_upload", "pages_document_slot",
        "pages_document_version", "pages_document_progress", "pages_document_remove",
    ],
)  # fmt: skip
def test_events_are_personal(world: World, name: str) -> None:
    given(world, make_document())
    assert world.play(read_event(name)).headers["Cache-Control"] == "no-store"

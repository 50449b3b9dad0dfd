"""Letters and videos at the applicants' pages: what is asked, what is there, links."""

import json
from typing import Any

import pytest

from roundtable.domain.program import Role
from roundtable.runtime import composition
from tests.factories import (
    APPLICATION,
    TEAM,
    VIDEO,
    make_document,
    make_letter_evidence,
    make_video_evidence,
    role_found,
)
from tests.functions.applicant_world import World
from tests.functions.document_visits import (
    HOME,
    HOSTILE,
    LETTERS,
    OVER,
    VIDEOS,
    checked,
    given,
    kept,
    linked,
)
from tests.functions.public_pages import assert_calm, marked, texts


@pytest.fixture
def world(monkeypatch: pytest.MonkeyPatch) -> World:
    world = World()
    monkeypatch.setattr(composition, "ports", lambda: world.ports)
    return world


# --- what is asked -----------------------------------------------------------------------------


def test_letter_page_says_what_is_asked(world: World) -> None:
    shown = given(world).get(LETTERS)
    assert shown.status == 200
    assert shown.heading == "Letter of commitment"
    assert "Signed by: CEO and Board Chair" in shown.text
    assert "PDF, Word, JPEG, PNG, TIFF or HEIC, up to 20 MB and 20 pages" in shown.text
    assert "You can change this until Friday, October 21, 2022, 11:59 PM EDT" in shown.text
    assert texts(shown.markup, "h2") == ["Upload your letter"]


def test_video_page_takes_links_and_files(world: World) -> None:
    shown = given(world).get(VIDEOS)
    assert "5 to 15 minutes long" in shown.text
    assert "As a link: Vimeo, YouTube, Loom" in shown.text
    assert "MP4, MOV or WebM, up to 2 GB" in shown.text
    assert texts(shown.markup, "h2") == ["Give a link", "Or upload the video as a file"]


@pytest.mark.parametrize("path", [LETTERS, VIDEOS])
def test_page_may_send_files_to_the_bucket_and_nowhere_else(world: World, path: str) -> None:
    shown = given(world).get(path)
    policy = shown.answered.headers["Content-Security-Policy"]
    assert "connect-src 'self' https://uploads.example.org;" in policy
    assert "form-action 'self' https://uploads.example.org;" in policy
    assert shown.answered.headers["Cache-Control"] == "no-store"
    assert_calm(shown.markup)


def test_script_gets_its_limits_and_words_from_the_page(world: World) -> None:
    form = next(
        e for e in given(world).get(LETTERS).markup.all("form") if "data-uploads" in e.attributes
    )
    assert form.attributes["data-most-bytes"] == "20000000"
    assert form.attributes["data-places"] == "2"
    types = json.loads(form.attributes["data-types"] or "")
    assert types["pdf"] == "application/pdf"
    assert types["heic"] == "image/heic"
    assert "mp4" not in types
    words = json.loads(form.attributes["data-words"] or "")
    assert words["too_many"] == "Choose at most 2 files at once."
    assert words["broken"] == "The connection broke. Nothing is lost: try again."


@pytest.mark.parametrize("requirement", [TEAM, "nothing", "%3Cscript%3E"])
def test_requirement_without_documents_is_not_found(world: World, requirement: str) -> None:
    assert given(world).get(f"{HOME}/documents/{requirement}").status == 404


# --- what is there -----------------------------------------------------------------------------


def test_letter_that_passed_is_complete_with_each_signature(world: World) -> None:
    shown = given(world, checked(file_name="Our letter.pdf")).get(LETTERS)
    assert "Our letter.pdf" in texts(shown.markup, "h3")
    assert marked(shown.markup, "govuk-tag") == [
        "Checked", "Complete", "Signature found", "Signature found",
    ]  # fmt: skip
    assert "Received Monday, October 3, 2022, 10:00 AM EDT" in shown.text
    assert "CEO Signature found Jane Doe" in shown.text


def test_letter_without_a_signature_says_whose_is_missing(world: World) -> None:
    found = make_letter_evidence(roles=(role_found(Role.CEO),))
    shown = given(world, checked(evidence=found)).get(LETTERS)
    assert "Please upload the letter signed by your Board Chair" in shown.text
    assert marked(shown.markup, "govuk-tag") == [
        "Checked", "Please look at this", "Signature found", "Not found",
    ]  # fmt: skip


def test_letter_for_a_person_says_that_there_is_nothing_to_do(world: World) -> None:
    found = make_letter_evidence(roles=(role_found(Role.CEO), role_found(Role.BOARD_CHAIR, None)))
    shown = given(world, checked(evidence=found)).get(LETTERS)
    assert "You do not need to do anything." in shown.text
    assert "Title found, signature not sure" in marked(shown.markup, "govuk-tag")


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"scan": "pending"}, "We are checking it for viruses."),
        ({}, "Your letter is here. We are reading it."),
    ],
)
def test_letter_on_its_way_says_so_and_judges_nothing(
    world: World, changes: dict[str, Any], words: str
) -> None:
    shown = given(world, make_document(**changes)).get(LETTERS)
    assert words in shown.text
    assert marked(shown.markup, "govuk-tag") == ["Being checked"]
    (card,) = shown.markup.all("article")
    assert card.attributes["data-progress"] == f"{LETTERS}/1/progress"
    assert "Look again" in texts(shown.markup, "a")


def test_returned_letter_says_why(world: World) -> None:
    shown = given(world, checked(rejected="The second page is missing.")).get(LETTERS)
    assert "A person looked at it and asks you for another one." in shown.text
    assert "The second page is missing." in shown.text
    assert "A new file takes the place of the one that is here." in shown.text


@pytest.mark.parametrize(
    ("scan", "words"),
    [
        ("infected", "Please make it anew on a computer that has been checked"),
        ("unsupported", "Please save it without a password, as a plain PDF"),
    ],
)
def test_file_that_nobody_may_open_says_what_to_do(world: World, scan: str, words: str) -> None:
    letter = checked(
        scan=scan, evidence=make_letter_evidence(readable=False, problem="x", tool="quarantine")
    )
    shown = given(world, letter).get(LETTERS)
    assert words in shown.text
    assert "Cannot be used" in marked(shown.markup, "govuk-tag")


def test_failed_search_is_ours_to_look_after(world: World) -> None:
    letter = checked(scan="failed", evidence=make_letter_evidence(unsure="x", tool="quarantine"))
    shown = given(world, letter).get(LETTERS)
    assert "there is nothing for you to do" in shown.text


def test_checks_speak_english_and_are_marked_so(world: World) -> None:
    visit = given(world, checked(evidence=make_letter_evidence(roles=())))
    visit.cookies["__Host-language"] = "es"
    shown = visit.get(LETTERS)
    english = [e.text for e in shown.markup.all("p") if e.attributes.get("lang") == "en"]
    assert any("We could not find the signature" in text for text in english)


def test_linked_video_says_what_was_found(world: World) -> None:
    shown = given(world, linked()).get(VIDEOS)
    assert "Found atVimeo" in shown.text
    assert "Length10:00 (minutes and seconds)" in shown.text
    form = next(form for form in shown.forms() if form.action == f"{VIDEOS}/link")
    assert form.fields["/url"] == ["https://vimeo.com/1234567"]
    assert form.fields["/length"] == ["10:00"]


def test_stated_length_is_said_to_be_the_applicants(world: World) -> None:
    found = make_video_evidence(host="Vimeo", seconds=400, stated=True)
    shown = given(world, linked(evidence=found)).get(VIDEOS)
    assert "6:40, as you said; a person will confirm it" in shown.text


def test_earlier_versions_are_listed(world: World) -> None:
    documents = [
        checked(number=1, status="superseded", file_name="old.pdf"),
        checked(number=2, status="removed", file_name="wrong.pdf"),
        checked(number=3, status="refused", file_name="late.pdf"),
        make_document(number=4, status="expected", file_name="never.pdf", received_at=None),
        checked(number=5),
    ]
    shown = given(world, *documents).get(LETTERS)
    assert "3 earlier versions" in shown.text
    assert [t for t in marked(shown.markup, "govuk-tag") if t in OVER] == [*OVER]
    assert "never.pdf" not in shown.text


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_names_are_only_text(world: World, text: str) -> None:
    shown = given(world, checked(file_name=text[:2_000], rejected=text)).get(LETTERS)
    assert text[:2_000] in texts(shown.markup, "h3")
    assert_calm(shown.markup)


# --- links -------------------------------------------------------------------------------------


def test_link_is_kept_in_one_spelling(world: World) -> None:
    visit = given(world)
    sent = visit.press(
        visit.get(VIDEOS), url="https://player.vimeo.com/video/76543210?share=copy", length="9:30"
    )
    assert sent.location == f"{VIDEOS}?done=1"
    (document,) = world.ports.applications.documents(APPLICATION)
    assert (document.file_name, document.stated_seconds) == ("https://vimeo.com/76543210", 570)
    shown = visit.get(sent.location)
    assert "We have the link to your video." in shown.text
    assert "We are looking at it." in shown.text


@pytest.mark.parametrize(
    ("url", "length", "reason"),
    [
        ("", "", "Please give the link to your video."),
        ("https://elsewhere.example/v", "", "We cannot take videos from elsewhere.example."),
        ("http://vimeo.com/76543210", "", "The link must begin with https://."),
        ("https://vimeo.com/" + "7" * 5_000, "", "This link is too long."),
        ("https://vimeo.com/76543210", "long", "Write the length as minutes and seconds"),
        ("https://vimeo.com/76543210", "9:75", "Write the length as minutes and seconds"),
    ],
)
def test_link_that_is_refused_says_why(world: World, url: str, length: str, reason: str) -> None:
    visit = given(world)
    shown = visit.press(visit.get(VIDEOS), url=url, length=length)
    assert shown.status == 422
    assert texts(shown.markup, "title")[0].startswith("Error: ")
    (error,) = shown.errors
    assert reason in error
    assert kept(world, VIDEO) == {}


@pytest.mark.parametrize("given_length", ["9:30", "9.30", "9 min 30 s", "09:30", " 9:30 "])
def test_length_is_understood_as_people_write_it(world: World, given_length: str) -> None:
    visit = given(world)
    visit.press(visit.get(VIDEOS), url="https://vimeo.com/76543210", length=given_length)
    assert world.ports.applications.documents(APPLICATION)[0].stated_seconds == 570


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_link_comes_back_as_text(world: World, text: str) -> None:
    visit = given(world)
    shown = visit.press(visit.get(VIDEOS), url=text)
    assert shown.status == 422
    assert shown.forms()[0].fields["/url"] == [text]
    assert_calm(shown.markup)

"""The review of one application on the reviewers' pages."""

import json
from datetime import timedelta

import pytest

from roundtable.domain.documents import bindings
from roundtable.domain.program import VideoRequirement
from roundtable.domain.reviews import Review
from roundtable.domain.stages import Stage
from roundtable.usecases.reviewing.giving import ReviewGiven, give_review
from tests.factories import APPLICATION, NOW, make_form, make_letter_evidence
from tests.fakes import FakePorts
from tests.functions.member_pages import Browser, Shown, browser_of
from tests.functions.public_pages import marked, texts, words
from tests.functions.reviewing_world import (
    LETTER,
    REVIEW,
    SCORES,
    TRACK,
    VIDEO,
    WHOLE,
    equity_application,
    equity_letter,
    equity_round,
)
from tests.unit.web.pages.markup import Markup, parsed

HOSTILE = "<script>alert(1)</script>{{7*7}}\N{RIGHT-TO-LEFT OVERRIDE}" + "x" * 5_000


@pytest.fixture
def ports() -> FakePorts:
    return equity_round()


@pytest.fixture
def robin(monkeypatch: pytest.MonkeyPatch, ports: FakePorts) -> Browser:
    """Let the first reviewer be at the pages."""
    return browser_of(monkeypatch, ports, "reviewers", subject="reviewer-1")


def sent(robin: Browser, button: str, form: dict[str, str] | None = None) -> Shown:
    """Open the page, fill in the form and press a button."""
    seen = value_of(parsed(robin.get(REVIEW).body), "seen")
    return robin.post(REVIEW, {"seen": seen, "do": button, **(form or {})})


def value_of(markup: Markup, name: str) -> str:
    (element,) = [e for e in markup.elements if e.attributes.get("name") == name]
    return element.attributes["value"] or ""


def chosen(markup: Markup) -> set[tuple[str | None, str | None]]:
    return {
        (e.attributes["name"], e.attributes["value"])
        for e in markup.all("input")
        if "checked" in e.attributes
    }


def written(markup: Markup) -> dict[str, str]:
    return {e.attributes["name"] or "": e.text for e in markup.all("textarea") if e.text}


def mine(ports: FakePorts) -> Review:
    reviews = ports.applications.reviews(APPLICATION)
    return next(review for review in reviews if review.reviewer == "reviewer-1")


def colleague_gives(ports: FakePorts) -> None:
    give_review(ports, APPLICATION, "reviewer-2", colleagues(ports))


def colleagues(ports: FakePorts) -> ReviewGiven:
    seen = bindings(ports.applications.documents(APPLICATION))
    return ReviewGiven.model_validate(
        {"scores": SCORES, "recommendation": "decline", "comment": "Not yet.", "seen": seen}
    )


# --- reading -----------------------------------------------------------------------------------


def test_page_says_what_a_reviewer_may_know(robin: Browser) -> None:
    shown = robin.get(REVIEW)
    markup = parsed(shown.body)
    assert texts(markup, "h1") == ["Review of St. Mary's Hospital"]
    assert texts(markup, "h2") == [
        "Checks", "Organization and team", "Answers", "Letter of commitment", "Your review",
    ]  # fmt: skip
    assert "Our equity council began its work in spring." in texts(markup, "p")
    assert "she, they" not in shown.body
    assert "stmary.example" not in shown.body
    assert marked(markup, "rt-task__due") == [
        "8 days left Due Tuesday, October 11, 2022, 10:00 AM EDT"
    ]


def test_finds_are_told_in_words_and_marked_in_the_page_images(robin: Browser) -> None:
    markup = parsed(robin.get(REVIEW).body)
    assert [words(e) for e in markup.all("li") if "marked" in e.text] == [
        "1 CEO: Jane Doe. The signature is typed. Chief Executive Officer Page 1, marked 1.",
        "2 Board Chair: Sam Roe. No signature was recognized. Board Chair Page 2, marked 2.",
    ]
    assert [e.attributes["alt"] for e in markup.all("img")] == [
        "Page 1 of letter.pdf",
        "Page 2 of letter.pdf",
    ]
    first, second = markup.all("rect")
    assert (first.attributes["x"], first.attributes["y"]) == ("10.80%", "58.80%")
    assert (second.attributes["width"], second.attributes["height"]) == ("30.40%", "5.40%")
    assert texts(markup, "text") == ["1", "2"]


def test_video_is_watched_in_a_tab_of_its_own_beside_its_checklist(robin: Browser) -> None:
    markup = parsed(robin.get(REVIEW).body)
    (link,) = [e for e in markup.all("a") if "Watch" in e.text]
    assert link.attributes["href"] == "https://vimeo.com/1234567"
    assert (link.attributes["target"], link.attributes["rel"]) == ("_blank", "noopener noreferrer")
    ticks = [e for e in markup.all("input") if e.attributes.get("type") == "checkbox"]
    assert [e.attributes["name"] for e in ticks] == [
        *["/checklist/0/included"] * 5, *["/checklist/0/chosen"] * 5,
    ]  # fmt: skip
    assert markup.all("iframe") == markup.all("video") == []


def test_file_is_downloaded_from_a_fresh_address(robin: Browser) -> None:
    shown = robin.get(f"{REVIEW}/documents/{LETTER}/1")
    assert (shown.status, shown.body) == (303, "")
    assert shown.location.startswith("https://downloads.example.org/documents/")
    for path in (f"{LETTER}/2", f"{LETTER}/{'9' * 5_000}", "nothing/1", f"{LETTER}/one"):
        assert robin.get(f"{REVIEW}/documents/{path}").status == 404


@pytest.mark.parametrize(
    ("scan", "why"),
    [
        ("pending", "This file is still searched for malware. Come back in a few minutes."),
        ("infected", "Malware was found in this file. Nobody can open it."),
        ("unsupported", "This file could not be searched for malware, so it is kept closed."),
        ("failed", "The search of this file for malware failed, so it is kept closed."),
    ],
)
def test_file_in_quarantine_is_not_opened(
    robin: Browser, ports: FakePorts, scan: str, why: str
) -> None:
    letter = equity_letter(scan=scan)
    ports.applications.given(equity_application(), documents=[letter])
    markup = parsed(robin.get(REVIEW).body)
    assert marked(markup, "rt-letter__line") == [why]
    assert markup.all("img") == markup.all("rect") == []
    assert robin.get(f"{REVIEW}/documents/{LETTER}/1").status == 404


def test_hostile_text_of_an_applicant_stays_text(robin: Browser, ports: FakePorts) -> None:
    organization = {"name": HOSTILE[:200], "website": "javascript:alert(1)"}
    form = make_form(organization=organization, answers={"why-now": HOSTILE})
    letter = equity_letter(
        file_name=HOSTILE[:255],
        evidence=make_letter_evidence(
            previews=1, organization_line=HOSTILE[:300], remarks=(HOSTILE[:300],)
        ),
    )
    ports.applications.given(equity_application(form=form), documents=[letter])
    for path in (REVIEW, "/reviewer", f"{REVIEW}/recusal", f"/reviewer/past/{APPLICATION}"):
        shown = robin.get(path)
        markup = parsed(shown.body)
        assert shown.status == 200
        assert all(e.attributes.get("src") and not e.text for e in markup.all("script"))
        assert "{{7*7}}" in shown.body
        assert not [e for e in markup.all("a") if "javascript" in (e.attributes["href"] or "")]


@pytest.mark.parametrize(
    ("later", "told"),
    [
        (timedelta(days=7), "1 day left"),
        (timedelta(days=8, hours=-1), "Due today"),
        (timedelta(days=8), "Due today"),
        (timedelta(days=9), "1 day late"),
        (timedelta(days=10), "2 days late"),
    ],
)
def test_time_left_is_told_in_words(
    monkeypatch: pytest.MonkeyPatch, ports: FakePorts, later: timedelta, told: str
) -> None:
    ports.clock.set(NOW + later)
    robin = browser_of(monkeypatch, ports, "reviewers", subject="reviewer-1")
    for path in (REVIEW, "/reviewer"):
        assert marked(parsed(robin.get(path).body), "govuk-tag")[0] == told


# --- saying ------------------------------------------------------------------------------------


def test_draft_is_saved_and_found_again(robin: Browser, ports: FakePorts) -> None:
    video = TRACK.requirement(VIDEO)
    assert isinstance(video, VideoRequirement)
    tick = video.must_include[0]
    form = {
        "/scores/radical-hope": "5",
        "/recommendation": "return",
        "/returns/0/reason": "The letter names\r\nanother program.",
        "/comment": "Half of the video seen.",
        "/checklist/0/included": tick,
    }
    shown = sent(robin, "save", form)
    assert (shown.status, shown.location) == (303, f"{REVIEW}?done=saved")
    review = mine(ports)
    assert (review.status.value, review.scores) == ("assigned", {"radical-hope": 5})
    assert review.returns[0].reason == "The letter names\nanother program."
    markup = parsed(robin.get(shown.location).body)
    assert marked(markup, "govuk-notification-banner__heading") == ["Your draft is saved."]
    assert chosen(markup) == {
        ("/scores/radical-hope", "5"), ("/recommendation", "return"),
        ("/checklist/0/included", tick),
    }  # fmt: skip
    assert {name: text.split() for name, text in written(markup).items()} == {
        "/returns/0/reason": ["The", "letter", "names", "another", "program."],
        "/comment": ["Half", "of", "the", "video", "seen."],
    }


def test_draft_is_kept_while_it_is_written(robin: Browser, ports: FakePorts) -> None:
    shown = robin.post(f"{REVIEW}/notes", {"/comment": "Still watching."})
    assert (shown.status, shown.body) == (204, "")
    assert mine(ports).comment == "Still watching."
    written_once = len(ports.applications.commits)
    robin.post(f"{REVIEW}/notes", {"/comment": "Still watching."})
    assert len(ports.applications.commits) == written_once


def test_review_is_given_once_and_shows_what_others_said(robin: Browser, ports: FakePorts) -> None:
    colleague_gives(ports)
    assert "Not yet." not in robin.get(REVIEW).body
    seen = value_of(parsed(robin.get(REVIEW).body), "seen")
    form = {**WHOLE, "seen": seen, "do": "give"}
    first, second = (robin.post(REVIEW, form) for _ in range(2))
    assert (first.status, first.location) == (303, f"{REVIEW}?done=given")
    assert (second.status, second.location) == (303, f"{REVIEW}?done=given")
    assert len(ports.applications.events(APPLICATION)) == 2
    markup = parsed(robin.get(first.location).body)
    assert marked(markup, "govuk-notification-banner__heading") == ["Thank you. Your review is in."]
    assert marked(markup, "rt-said__words") == ["A team that is ready.", "Not yet."]
    assert markup.all("textarea") == []


def test_review_without_others_says_so(robin: Browser) -> None:
    shown = sent(robin, "give", WHOLE)
    assert "No other review is in yet." in robin.get(shown.location).body


def test_what_is_missing_is_told_at_its_field_and_nothing_is_lost(
    robin: Browser, ports: FakePorts
) -> None:
    form = {"/scores/radical-hope": "5", "/recommendation": "approve", "/comment": "Nearly."}
    shown = sent(robin, "give", form)
    markup = parsed(shown.body)
    assert shown.status == 422
    assert markup.one("title").text.startswith("Error: ")
    links = [e for e in markup.all("a") if (e.attributes["href"] or "").startswith("#field-")]
    assert [words(e) for e in links] == [
        f"Choose a score for “{criterion.title}”." for criterion in TRACK.rubric[1:]
    ]
    ids = {e.attributes.get("id") for e in markup.elements}
    assert {(e.attributes["href"] or "")[1:] for e in links} <= ids
    assert chosen(markup) == {("/scores/radical-hope", "5"), ("/recommendation", "approve")}
    assert written(markup)["/comment"].strip() == "Nearly."
    assert mine(ports).comment == ""


def test_review_without_a_recommendation_asks_for_one(robin: Browser) -> None:
    shown = sent(robin, "give", {**WHOLE, "/recommendation": ""})
    links = [e for e in parsed(shown.body).all("a") if "#field-" in str(e.attributes)]
    assert [(e.attributes["href"], words(e)) for e in links] == [
        ("#field-recommendation", "Choose what you recommend.")
    ]


def test_words_that_are_too_many_are_told_and_kept(robin: Browser) -> None:
    shown = sent(robin, "save", {"/comment": "y" * 20_001})
    markup = parsed(shown.body)
    assert shown.status == 422
    assert "Use at most 20000 characters." in shown.body
    assert len(written(markup)["/comment"].strip()) == 20_001


def test_returning_asks_what_is_to_be_mended(robin: Browser) -> None:
    shown = sent(robin, "give", {"/recommendation": "return"})
    links = [e for e in parsed(shown.body).all("a") if "#field-returns" in str(e.attributes)]
    assert [(e.attributes["href"], words(e)) for e in links] == [
        ("#field-returns_0_reason", "Write what is to be mended, in at least one of these.")
    ]


def test_returning_one_of_two_letters_asks_for_the_reason_there(
    robin: Browser, ports: FakePorts
) -> None:
    second = equity_letter(number=2, sha256="3" * 64, file_name="chair.pdf")
    ports.applications.given(equity_application(), documents=[second])
    form = {"/recommendation": "return", "/returns/0/documents": "2"}
    shown = sent(robin, "give", form)
    assert "#field-returns_0_reason" in shown.body
    shown = sent(robin, "give", form | {"/returns/0/reason": "Of last year."})
    assert shown.status == 303
    letters = [d for d in ports.applications.documents(APPLICATION) if d.requirement == LETTER]
    assert [document.rejected for document in letters] == ["", "Of last year."]


def test_returned_application_is_told_with_its_reasons(robin: Browser, ports: FakePorts) -> None:
    form = {"/recommendation": "return", "/returns/1/reason": "There is no sound."}
    shown = sent(robin, "give", form)
    assert ports.applications.get(APPLICATION).stage is Stage.CORRECTIONS
    markup = parsed(robin.get(shown.location).body)
    assert marked(markup, "govuk-notification-banner__heading") == [
        "Thank you. The application goes back to its team, with your reasons."
    ]
    assert marked(markup, "govuk-inset-text") == [
        "You returned this application to its team. You are asked again once it is mended."
    ]
    assert marked(markup, "rt-said__words") == ["There is no sound."]
    again = robin.post(REVIEW, form | {"do": "give"})
    assert (again.status, again.location) == (303, f"{REVIEW}?done=given")


def test_reasons_to_return_do_not_stand_in_the_way_of_approving(robin: Browser) -> None:
    assert sent(robin, "give", {**WHOLE, "/returns/0/reason": "Never mind."}).status == 303


# --- what happens meanwhile --------------------------------------------------------------------


@pytest.mark.parametrize("button", ["give", "save"])
def test_changed_documents_are_told_and_nothing_is_lost(
    robin: Browser, ports: FakePorts, button: str
) -> None:
    seen = value_of(parsed(robin.get(REVIEW).body), "seen")
    newer = equity_letter(number=2, sha256="3" * 64, file_name="signed.pdf")
    ports.applications.given(equity_application(), documents=[newer])
    shown = robin.post(REVIEW, {**WHOLE, "seen": seen, "do": button})
    markup = parsed(shown.body)
    assert shown.status == 409
    assert "Letter of commitment: document 2 is new." in texts(markup, "li")
    assert written(markup)["/comment"].strip() == "A team that is ready."
    assert mine(ports).status.value == "assigned"
    again = value_of(markup, "seen")
    assert robin.post(REVIEW, {**WHOLE, "seen": again, "do": "give"}).status == 303


@pytest.mark.parametrize("seen", ["", "nonsense", json.dumps([{"requirement": "x"}])])
def test_review_that_does_not_say_what_it_saw_is_not_taken(robin: Browser, seen: str) -> None:
    assert robin.post(REVIEW, {**WHOLE, "seen": seen, "do": "give"}).status == 409


def test_words_that_come_too_late_can_be_copied(robin: Browser, ports: FakePorts) -> None:
    ports.applications.given(equity_application(Stage.OFFER, review_round=1))
    shown = robin.post(REVIEW, {**WHOLE, "do": "give"})
    markup = parsed(shown.body)
    assert shown.status == 409
    assert "What you had typed" in texts(markup, "h2")
    assert marked(markup, "rt-said__words") == ["A team that is ready."]
    assert marked(markup, "govuk-inset-text") == [
        "This application was decided before your review came in, so nothing is left to do."
    ]


def test_application_with_its_team_waits(robin: Browser, ports: FakePorts) -> None:
    ports.applications.given(equity_application(Stage.CORRECTIONS, review_round=1))
    markup = parsed(robin.get(REVIEW).body)
    assert marked(markup, "govuk-notification-banner__heading")[0].startswith(
        "This application is not in review at the moment."
    )
    shown = robin.post(REVIEW, {**WHOLE, "do": "save"})
    assert (shown.status, "A team that is ready." in shown.body) == (409, True)


def test_review_that_was_taken_back_says_why(robin: Browser, ports: FakePorts) -> None:
    released = mine(ports).with_(status="released", closed_reason="no answer")
    ports.applications.given(equity_application(), reviews=[released])
    markup = parsed(robin.get(REVIEW).body)
    assert marked(markup, "govuk-inset-text") == [
        "You are not asked to review this application any more, so nothing is left to do. no answer"
    ]
    assert markup.all("textarea") == []


def test_form_of_an_earlier_session_is_sent_once_more(robin: Browser) -> None:
    shown = robin.post(REVIEW, {**WHOLE, "csrf": "of another session"}, token=False)
    assert shown.status == 409
    assert value_of(parsed(shown.body), "/comment") == "A team that is ready."

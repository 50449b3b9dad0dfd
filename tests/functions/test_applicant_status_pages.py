"""What an applicant's pages say of where an application stands, and what they do about it."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from roundtable.domain.application import Decision
from roundtable.domain.decisions import decision_notice
from roundtable.domain.notices import NoticeStatus, SentWords
from roundtable.domain.quarantine import INFECTED
from roundtable.domain.stages import ClosedAs, Stage
from roundtable.ports import Changes
from roundtable.runtime import composition
from tests.factories import (
    APPLICATION,
    ATTESTATION,
    LETTER,
    NOW,
    RESIDENCY,
    SEMINAR,
    make_document,
    make_event,
    make_form,
    make_letter_evidence,
    make_notice,
    make_outcome,
    make_program,
)
from tests.functions.applicant_visits import Shown, Visit, ada
from tests.functions.applicant_world import MALLORY, TOKENS, World
from tests.functions.public_pages import assert_calm, marked, texts

BASE = "/programs/fellowship/applications/FW-TEST-0001"
STATUS = f"{BASE}/status"
HOSTILE = [
    "<script>alert(1)</script>",
    "{{7*7}}{% raw %}",
    "\u202egro.elpmaxe",
    '"><img src=x onerror=alert(1)>',
    "x" * 5_000,
]
MOVES = ("withdraw", "track", "offer")


@pytest.fixture
def world(monkeypatch: pytest.MonkeyPatch) -> World:
    world = World()
    monkeypatch.setattr(composition, "ports", lambda: world.ports)
    return world


def given(world: World, stage: Stage, events: tuple[Any, ...] = (), **overrides: Any) -> Visit:
    """Store an application of Ada's with its audit trail; gives her browser."""
    application = world.given(stage, **overrides)
    if events:
        after = application.with_(version=2, audit_length=len(events), audit_head=events[-1].hash)
        world.ports.applications.commit(Changes(application=after, events=events))
    return ada(world)


def closed(world: World, closed_as: ClosedAs, **overrides: Any) -> Visit:
    undecided: dict[str, Any] = {"outcomes": (), "offer": None, "answered_on": None}
    return given(world, Stage.CLOSED, closed_as=closed_as, **(undecided | overrides))


def fell_back(**overrides: Any) -> dict[str, Any]:
    not_selected = make_outcome(Decision.NOT_SELECTED, feedback="Your aims are clear.")
    outcomes = (not_selected, make_outcome(track=SEMINAR))
    return {"track": SEMINAR, "outcomes": outcomes} | overrides


def stage_of(world: World) -> Stage:
    return world.ports.applications.get(APPLICATION).stage


def standing(shown: Shown) -> tuple[str, str]:
    """Return the tag of the state and the sentence about it."""
    (sentence,) = marked(shown.markup, "rt-standing__sentence")
    (tag,) = marked(shown.markup, "rt-standing__tag")
    return tag, sentence


# --- where it stands -----------------------------------------------------------------------------

LAPSED: dict[str, Any] = {
    "closed_as": ClosedAs.LAPSED,
    "offer": {"track": RESIDENCY, "made_at": NOW, "answer_by": NOW, "answer": "lapsed"},
}
DECLINED: dict[str, Any] = {
    "closed_as": ClosedAs.DECLINED,
    "offer": {"track": RESIDENCY, "made_at": NOW, "answer_by": NOW, "answer": "no"},
}
IN_EACH_STATE: dict[str, tuple[Callable[[World], Visit], str, str]] = {
    "checking": (
        lambda world: given(
            world, Stage.CHECKING, form=make_form(tracks=(SEMINAR,)), track=SEMINAR
        ),
        "Received",
        "We have your application and are checking what you sent.",
    ),
    "checking, something missing": (
        lambda world: given(world, Stage.CHECKING),
        "Received",
        "We have your application. Something is still missing.",
    ),
    "incomplete": (
        lambda world: given(world, Stage.CORRECTIONS),
        "Something is missing",
        "Your application is waiting for something from you.",
    ),
    "in review": (
        lambda world: given(world, Stage.REVIEW),
        "In review",
        "Your application is complete, and we are reviewing it.",
    ),
    "decided, not told": (
        lambda world: given(world, Stage.ANNOUNCING),
        "In review",
        "Your application is complete, and we are reviewing it.",
    ),
    "fallen back, not told": (
        lambda world: given(world, Stage.ANNOUNCING, **fell_back()),
        "In review",
        "Your application is complete, and we are reviewing it.",
    ),
    "without reviews": (
        lambda world: given(world, Stage.DECIDING, track=SEMINAR),
        "In review",
        "Your application is complete. You will hear from us.",
    ),
    "waitlisted": (
        lambda world: given(world, Stage.WAITLIST),
        "On the waitlist",
        "Your team is on the waitlist for Residency.",
    ),
    "offered": (
        lambda world: given(world, Stage.OFFER),
        "A place is offered to you",
        "We invite your team to take part in Residency.",
    ),
    "offered after falling back": (
        lambda world: given(world, Stage.OFFER, **fell_back()),
        "A place is offered to you",
        "We invite your team to take part in Seminar.",
    ),
    "accepted": (
        lambda world: given(world, Stage.ENROLLING),
        "Accepted",
        "Your team has a place in Residency.",
    ),
    "enrolled": (
        lambda world: given(world, Stage.CLOSED),
        "You take part",
        "Your team takes part in Residency.",
    ),
    "not selected": (
        lambda world: closed(
            world,
            ClosedAs.NOT_SELECTED,
            outcomes=(make_outcome(Decision.NOT_SELECTED),),
            answered_on=NOW,
        ),
        "Not selected",
        "We are not able to offer your team a place.",
    ),
    "waitlist ended": (
        lambda world: closed(
            world,
            ClosedAs.NOT_SELECTED,
            outcomes=(make_outcome(Decision.WAITLISTED),),
            answered_on=NOW,
        ),
        "Not selected",
        "The waitlist has ended, and no place became free for your team.",
    ),
    "declined": (
        lambda world: given(world, Stage.CLOSED, **DECLINED),
        "You declined",
        "You told us that your team does not take the place in Residency.",
    ),
    "lapsed": (
        lambda world: given(world, Stage.CLOSED, **LAPSED),
        "The offer has ended",
        "Your invitation to Residency has ended: we did not hear from you in time.",
    ),
    "withdrawn": (
        lambda world: closed(world, ClosedAs.WITHDRAWN),
        "Withdrawn",
        "This application is withdrawn.",
    ),
    "closed incomplete": (
        lambda world: closed(world, ClosedAs.INCOMPLETE),
        "Closed, as something was missing",
        "This application is closed: something was still missing when the time for it ended.",
    ),
    "not submitted": (
        lambda world: closed(world, ClosedAs.NOT_SUBMITTED, received_at=None, promise=None, run=0),
        "Not submitted in time",
        "This application was not submitted in time, so we cannot consider it.",
    ),
}


@pytest.mark.parametrize("state", IN_EACH_STATE)
def test_status_says_in_a_sentence_where_the_application_stands(world: World, state: str) -> None:
    store, tag, sentence = IN_EACH_STATE[state]
    shown = store(world).get(STATUS)
    assert shown.status == 200, shown.answered.body
    assert shown.heading == "Your application"
    assert standing(shown) == (tag, sentence)
    assert "FW-TEST-0001" in shown.text
    assert "St. Mary's Hospital" in shown.text
    assert_calm(shown.markup)


def test_draft_is_gone_on_with(world: World) -> None:
    shown = given(world, Stage.DRAFT).get(STATUS)
    assert (shown.status, shown.location) == (303, BASE)


def test_draft_after_the_last_close_says_that_it_was_not_submitted(world: World) -> None:
    visit = given(world, Stage.DRAFT)
    world.ports.clock.set(datetime(2022, 10, 22, 4, tzinfo=UTC))
    shown = visit.get(STATUS)
    assert standing(shown)[0] == "Not submitted in time"
    assert "Read your draft" in texts(shown.markup, "a")


def test_course_names_dates_and_the_promise(world: World) -> None:
    shown = given(
        world,
        Stage.REVIEW,
        (
            make_event(kind="application_submitted", at=NOW - timedelta(days=1)),
            make_event(kind="requirement_checked", sequence=2, at=NOW - timedelta(hours=23)),
        ),
    ).get(STATUS)
    assert marked(shown.markup, "rt-phase") == [
        "Received Done: Sunday, October 2, 2022, 10:00 AM EDT",
        "Checks Done: Sunday, October 2, 2022, 11:00 AM EDT",
        "Review Now",
        "Decision Still to come You hear from us by Monday, December 5, 2022.",
    ]


def test_course_of_what_was_withdrawn_ends_there(world: World) -> None:
    shown = closed(world, ClosedAs.WITHDRAWN).get(STATUS)
    assert marked(shown.markup, "rt-phase") == [
        "Received Done: Sunday, October 2, 2022, 10:00 AM EDT",
        "Withdrawn",
    ]
    assert "You hear from us" not in shown.text


def test_what_is_missing_leads_to_where_it_is_mended(world: World) -> None:
    item = {"requirement": ATTESTATION, "verdict": "fail", "reason": "Please affirm."}
    letter = {"requirement": LETTER, "verdict": "fail", "reason": "Nobody signed."}
    corrections = {"asked_at": NOW, "until": NOW + timedelta(days=7), "items": (letter, item)}
    shown = given(world, Stage.CORRECTIONS, corrections=corrections).get(STATUS)
    assert "You can bring it until Friday, October 21, 2022, 11:59 PM EDT." in shown.text
    hrefs = {e.attributes["href"] for e in shown.markup.all("a")}
    assert {f"{BASE}/documents/{LETTER}", f"{BASE}/commitments/{ATTESTATION}"} <= hrefs


def test_what_is_missing_after_the_time_for_it_leads_nowhere(world: World) -> None:
    visit = given(world, Stage.CORRECTIONS)
    world.ports.clock.set(datetime(2022, 11, 20, tzinfo=UTC))
    shown = visit.get(STATUS)
    assert "The letter is not signed by the Board Chair." in shown.text
    assert not [e for e in shown.markup.all("a") if "documents" in str(e.attributes["href"])]


def test_decision_explains_the_fallback_and_shows_the_feedback(world: World) -> None:
    shown = given(world, Stage.OFFER, **fell_back()).get(STATUS)
    assert marked(shown.markup, "rt-decision") == [
        "Residency: Not selected As the program says, we then considered your application for "
        "another track by itself. Feedback Your aims are clear.",
        "Seminar: Invited to take part",
    ]
    assert "Answer by Monday, October 17, 2022, 10:00 AM EDT." in shown.text


@pytest.mark.parametrize("stage", [Stage.ANNOUNCING, Stage.NOTIFYING, Stage.FALLBACK])
def test_nothing_of_a_decision_is_said_before_it_was_told(world: World, stage: Stage) -> None:
    visit = given(world, stage, **fell_back())
    kind, number = decision_notice(world.ports.applications.get(APPLICATION))
    words = SentWords(
        to="ada@stmary.example", language="en", subject="Our decision", text="Not selected."
    )
    waiting = [
        make_notice(kind=kind, number=f"{number}:{status}", status=status, words=words)
        for status in NoticeStatus
    ]
    world.ports.applications.given(world.ports.applications.get(APPLICATION), notices=waiting)
    shown = visit.get(STATUS)
    for word in ("Seminar", "selected", "Your aims are clear", "Our decision"):
        assert word not in shown.text
    assert visit.get(f"{BASE}/messages/{kind}/{number}:held").status == 404
    for path in ("track", "offer"):
        assert visit.get(f"{BASE}/{path}").location == STATUS
    told = visit.post(f"{BASE}/track", _csrf(visit) | {"/track": SEMINAR})
    assert "Nothing was changed" in visit.get(told.location).text


def test_documents_stand_with_what_they_were_sent_for(world: World) -> None:
    visit = given(world, Stage.CHECKING)
    versions = [
        make_document(status="superseded"),
        make_document(
            number=2,
            replaces=1,
            scan="infected",
            file_name=HOSTILE[0],
            evidence=make_letter_evidence(readable=False, problem=INFECTED),
        ),
        make_document(number=3, status="expected", received_at=None),
    ]
    application = world.ports.applications.get(APPLICATION)
    world.ports.applications.given(application, documents=versions)
    shown = visit.get(STATUS)
    assert marked(shown.markup, "rt-versions__name") == [HOSTILE[0], "letter.pdf"]
    assert "recognized as infected with a virus" in shown.text


def test_extension_is_told(world: World) -> None:
    until = datetime(2022, 11, 5, 4, tzinfo=UTC)
    extension = {"until": until, "reason": "A flood.", "granted_by": "staff:1"}
    shown = given(world, Stage.CORRECTIONS, extension=extension).get(STATUS)
    assert "until Friday, November 4, 2022, 11:59 PM EDT" in texts(shown.markup, "dd")
    assert "A flood." not in shown.text


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_stays_text(world: World, text: str) -> None:
    name = text[:200]
    outcome = make_outcome(Decision.NOT_SELECTED, feedback=text)
    visit = closed(
        world,
        ClosedAs.NOT_SELECTED,
        outcomes=(outcome,),
        form=make_form(organization={"name": name}),
        answered_on=NOW,
    )
    words = SentWords(to="ada@stmary.example", language="en", subject=text, text=text)
    notice = make_notice(status="sent", sent_at=NOW, words=words)
    world.ports.applications.given(world.ports.applications.get(APPLICATION), notices=[notice])
    for path in (STATUS, f"{BASE}/messages/receipt/1"):
        shown = visit.get(path)
        assert text in shown.markup.one("main").text
        assert_calm(shown.markup)
    assert name in visit.get(STATUS).text


def test_status_speaks_the_visitors_language(world: World) -> None:
    visit = given(world, Stage.CORRECTIONS)
    visit.headers["accept-language"] = "es"
    shown = visit.get(STATUS)
    assert shown.markup.one("html").attributes["lang"] == "es"
    assert "viernes, 21 de octubre de 2022, 23:59 EDT" in shown.text
    english = [e for e in shown.markup.all("p") if e.attributes.get("lang") == "en"]
    assert "The letter is not signed by the Board Chair." in {e.text for e in english}


# --- messages ------------------------------------------------------------------------------------


def _message(**overrides: Any) -> Any:
    words = SentWords(
        to="ada@stmary.example",
        language="en",
        subject="We received it",
        text="Dear Ada,\n\nThank you.\n",
    )
    return make_notice(**({"status": "sent", "sent_at": NOW, "words": words} | overrides))


def test_messages_are_those_that_left_for_the_applicant(world: World) -> None:
    visit = given(world, Stage.REVIEW)
    before = {"sent_at": NOW - timedelta(days=1)}
    to_ben = SentWords(
        to="ben@stmary.example", language="en", subject="We received it", text="Dear Ben."
    )
    notices = [
        _message(),
        _message(number="2", status="delivered", to="second_contact", **before, words=to_ben),
        _message(number="3", kind="reminder", status="undelivered", **before, words=None),
        _message(number="4", status="undelivered", sent_at=None),
        _message(number="5", status="queued", sent_at=None),
        _message(number="6", status="held", sent_at=None),
        _message(number="7", status="cancelled", sent_at=None),
        _message(number="8", kind="review_asked", to="reviewer", reviewer="r"),
        _message(number="9", kind="staff_alert", to="staff"),
    ]
    world.ports.applications.given(world.ports.applications.get(APPLICATION), notices=notices)
    shown = visit.get(STATUS)
    (listed,) = [e for e in shown.markup.all("ul") if e.attributes.get("class") == "rt-messages"]
    assert " ".join(listed.text.split()) == (
        "We received it Monday, October 3, 2022, 10:00 AM EDT to ada@stmary.example "
        "We received it Sunday, October 2, 2022, 10:00 AM EDT to ben@stmary.example "
        "A reminder Sunday, October 2, 2022, 10:00 AM EDT "
        "Could not be delivered to ada@stmary.example."
    )
    for kind, number in [("receipt", "4"), ("receipt", "6"), ("review_asked", "8"),
                         ("staff_alert", "9"), ("reminder", "3"), ("receipt", "none"),
                         ("<script>", "1")]:  # fmt: skip
        assert visit.get(f"{BASE}/messages/{kind}/{number}").status == 404


def test_message_is_read_again_as_it_was_sent(world: World) -> None:
    visit = given(world, Stage.REVIEW)
    words = SentWords(
        to="ada@stmary.example", language="es", subject="Recibida", text="Hola, Ada:\n\nGracias.\n"
    )
    notice = _message(words=words, status="undelivered")
    world.ports.applications.given(world.ports.applications.get(APPLICATION), notices=[notice])
    shown = visit.get(f"{BASE}/messages/receipt/1")
    assert shown.heading == "Recibida"
    assert shown.markup.one("h1").attributes["lang"] == "es"
    assert "could not be delivered to ada@stmary.example" in shown.text
    assert "Hola, Ada:\n\nGracias." in shown.markup.one("main").text


# --- leaving, changing the track, answering ------------------------------------------------------


def _csrf(visit: Visit, path: str = f"{BASE}/withdraw") -> dict[str, str]:
    shown = visit.get(path)
    if shown.status == 303:
        shown = visit.get(f"{BASE}/withdraw")
    return {"csrf": shown.forms()[0].fields["csrf"][0]}


def test_withdrawing_asks_first_and_says_what_was_done_once(world: World) -> None:
    visit = given(world, Stage.REVIEW)
    asked = visit.get(f"{BASE}/withdraw")
    assert stage_of(world) is Stage.REVIEW
    assert "Your application is not considered any further." in asked.text
    assert "You cannot take this back." in asked.text
    done = visit.press(asked)
    assert (done.status, done.location, stage_of(world)) == (303, STATUS, Stage.CLOSED)
    assert "Your application is withdrawn." in marked(
        visit.get(STATUS).markup, "govuk-notification-banner__heading"
    )
    assert not marked(visit.get(STATUS).markup, "govuk-notification-banner")
    again = visit.press(asked)
    assert again.location == STATUS
    assert visit.get(f"{BASE}/withdraw").location == STATUS


@pytest.mark.parametrize(
    ("stage", "sentence"),
    [
        (Stage.DRAFT, "You can no longer fill in or submit this draft."),
        (Stage.WAITLIST, "Your team gives up its place on the waitlist."),
        (Stage.OFFER, "The place of your team goes to another team."),
        (Stage.ENROLLING, "The place of your team goes to another team."),
        (Stage.CLOSED, "The place of your team goes to another team."),
    ],
)
def test_withdrawing_says_what_is_given_up(world: World, stage: Stage, sentence: str) -> None:
    assert sentence in given(world, stage).get(f"{BASE}/withdraw").text


def test_changing_the_track_says_what_it_brings(world: World) -> None:
    visit = given(world, Stage.REVIEW, track=SEMINAR)
    asked = visit.get(f"{BASE}/track")
    assert "Your application FW-TEST-0001 is considered for this track now: Seminar." in asked.text
    assert "Letter of commitment Video of the team Team" in asked.text
    assert "You can bring it until Friday, October 21, 2022, 11:59 PM EDT." in asked.text
    assert "You would hear from us by Monday, December 5, 2022." in asked.text
    nothing = visit.press(asked)
    assert (nothing.status, nothing.errors) == (422, ["Choose a track"])
    unknown = visit.press(asked, track="nowhere")
    assert unknown.errors == ["Your application cannot change to this track here."]
    done = visit.press(asked, track=RESIDENCY)
    assert (done.status, done.location) == (303, STATUS)
    assert world.ports.applications.get(APPLICATION).track == RESIDENCY
    twice = visit.press(asked, track=RESIDENCY)
    shown = visit.get(twice.location)
    assert "Your application is now considered for Residency." in shown.text


def test_track_that_asks_for_more_answers_is_no_choice(world: World) -> None:
    question = {"key": "why", "label": "Why now?", "required": True, "tracks": (RESIDENCY,)}
    sections = ({"key": "more", "title": "More", "questions": (question,)},)
    world.ports.rounds.given(make_program(sections=sections))
    form = make_form(tracks=(SEMINAR,))
    visit = given(world, Stage.REVIEW, track=SEMINAR, form=form, program_version=2)
    asked = visit.get(f"{BASE}/track")
    assert asked.forms() == []
    assert "Why now?" in asked.text
    refused = visit.post(f"{BASE}/track", _csrf(visit) | {"/track": RESIDENCY})
    assert refused.status == 422
    assert refused.errors == ["Your application cannot change to this track here."]
    assert world.ports.applications.get(APPLICATION).track == SEMINAR


@pytest.mark.parametrize(
    ("answer", "stage", "sentence"),
    [
        ("yes", Stage.ENROLLING, "Thank you. We have noted that your team takes the place."),
        ("no", Stage.RELEASING, "We have noted that your team does not take the place."),
    ],
)
def test_answer_is_taken_once(world: World, answer: str, stage: Stage, sentence: str) -> None:
    visit = given(world, Stage.OFFER)
    asked = visit.get(f"{BASE}/offer")
    assert "Please answer by Monday, October 17, 2022, 10:00 AM EDT." in asked.text
    nothing = visit.press(asked)
    assert (nothing.status, nothing.errors) == (422, ["Choose yes or no"])
    done = visit.press(asked, answer=answer)
    assert (done.location, stage_of(world)) == (STATUS, stage)
    assert sentence in visit.get(STATUS).text
    visit.press(asked, answer=answer)
    assert sentence in visit.get(STATUS).text
    visit.press(asked, answer="yes" if answer == "no" else "no")
    assert "This is how it stands now." in visit.get(STATUS).text
    assert stage_of(world) is stage
    assert visit.get(f"{BASE}/offer").location == STATUS


def test_late_yes_joins_the_waitlist_and_is_told_so_before(world: World) -> None:
    visit = given(world, Stage.CLOSED, **LAPSED)
    asked = visit.get(f"{BASE}/offer")
    assert asked.heading == "Join the waitlist"
    assert "A yes now is no place yet: your team joins the end of the waitlist." in asked.text
    csrf = asked.forms()[0].fields["csrf"][0]
    done = visit.post(f"{BASE}/offer", {"csrf": csrf, "/answer": "yes"})
    assert (done.location, stage_of(world)) == (STATUS, Stage.WAITLIST)
    assert "Your team has joined the waitlist." in visit.get(STATUS).text


def test_yes_in_the_moment_the_time_ends_is_told_how_it_stands(world: World) -> None:
    visit = given(world, Stage.OFFER)
    asked = visit.get(f"{BASE}/offer")
    world.ports.clock.advance(days=15)
    assert visit.get(f"{BASE}/offer").heading == "Join the waitlist"
    visit.press(asked, answer="yes")
    assert standing(visit.get(STATUS))[0] == "The offer has ended"


def test_banner_says_nothing_that_does_not_fit(world: World) -> None:
    visit = given(world, Stage.REVIEW)
    for told in ("withdrawn.FW-TEST-0001", "withdrawn.FW-TEST-0002", "hacked.FW-TEST-0001", "x"):
        visit.cookies["__Host-told"] = told
        assert not marked(visit.get(STATUS).markup, "govuk-notification-banner")


# --- who may ------------------------------------------------------------------------------------

PATHS = [STATUS, *(f"{BASE}/{move}" for move in MOVES), f"{BASE}/messages/receipt/1"]


@pytest.mark.parametrize("path", PATHS)
def test_nobody_sees_anything_without_signing_in(world: World, path: str) -> None:
    given(world, Stage.OFFER)
    shown = Visit(world).get(path)
    assert shown.status == 303
    assert shown.location.startswith("/programs/fellowship/sign-in?next=")


@pytest.mark.parametrize("path", PATHS)
def test_anothers_application_looks_like_none(world: World, path: str) -> None:
    given(world, Stage.OFFER)
    mallory = Visit(world, {"__Host-session": TOKENS[MALLORY]})
    theirs, none = mallory.get(path), mallory.get(path.replace("0001", "9999"))
    assert theirs.status == none.status == 404
    assert theirs.answered.body == none.answered.body


@pytest.mark.parametrize("move", MOVES)
def test_form_of_another_site_changes_nothing(world: World, move: str) -> None:
    visit = given(world, Stage.OFFER)
    fields = _csrf(visit) | {"/answer": "yes", "/track": SEMINAR}
    for headers in ({"sec_fetch_site": "cross-site"}, {"origin": "https://evil.example"}):
        assert visit.post(f"{BASE}/{move}", fields, **headers).status == 403
    assert visit.post(f"{BASE}/{move}", fields | {"csrf": "x"}).status in {409, 422}
    mallory = Visit(world, {"__Host-session": TOKENS[MALLORY]})
    assert mallory.post(f"{BASE}/{move}", fields).status in {404, 409, 422}
    assert stage_of(world) is Stage.OFFER


def test_pages_are_kept_by_nobody(world: World) -> None:
    headers = given(world, Stage.OFFER).get(STATUS).answered.headers
    assert headers["Cache-Control"] == "no-store"

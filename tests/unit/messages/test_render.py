"""Whatever people typed, a notice stays what it is: one subject, a text, and sound HTML."""

import re
import unicodedata
from datetime import timedelta
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from roundtable.domain.application import Decision
from roundtable.domain.notices import NoticeKind
from roundtable.domain.stages import Stage
from roundtable.messages.facts import (
    DecisionFacts,
    MovedFacts,
    OfferFacts,
    ReceiptFacts,
    ReminderFacts,
    StaffAlertFacts,
    WithdrawnFacts,
    facts_for,
)
from roundtable.messages.subjects import SUBJECTS
from tests.factories import (
    NOW,
    RESIDENCY,
    SEMINAR,
    make_application,
    make_form,
    make_outcome,
    make_program,
)
from tests.unit.messages.samples import CLOSE, ITEMS, SAMPLES, SESSIONS, fell_back, show

VOID = {"meta", "br"}
ALLOWED = {
    "a", "body", "br", "h1", "h2", "head", "html", "li", "meta", "p", "strong", "table", "td",
    "th", "title", "tr", "ul",
}  # fmt: skip


class Outline(HTMLParser):
    """Notes every element, and whether each is closed in its turn."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.addresses: list[str] = []
        self.open: list[str] = []
        self.sound = True
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.addresses += [value or "" for name, value in attrs if name in {"href", "src"}]
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        self.sound = self.sound and bool(self.open) and self.open.pop() == tag


def test_every_kind_has_facts_a_subject_and_a_sample() -> None:
    assert set(facts_for) == set(SUBJECTS) == set(SAMPLES) == set(NoticeKind)


@pytest.mark.parametrize("kind", list(NoticeKind))
def test_html_of_each_kind_is_sound_and_loads_nothing(kind: NoticeKind) -> None:
    shown = show(kind, program=make_program(sessions=SESSIONS))
    outline = Outline(shown.html)

    assert outline.sound
    assert not outline.open
    assert outline.tags <= ALLOWED
    assert '<html lang="en">' in shown.html
    assert shown.html.count("<h1") == 1


@pytest.mark.parametrize("kind", list(NoticeKind))
def test_html_says_what_the_text_says(kind: NoticeKind) -> None:
    shown = show(kind, program=make_program(sessions=SESSIONS))
    plain = re.sub(r"[()]", "", _plain(shown.html))

    body, _, _ = shown.text.partition("\n--\n")
    for row in body.splitlines():
        # Labels stand in cells and titles in list items: what is told must be there, however.
        label, mark, value = re.sub(r"[()]|^\* ", "", row).partition(": ")
        for part in (label, value) if mark else (label.rstrip(":"),):
            assert " ".join(part.split()) in plain


HOSTILE = st.one_of(
    st.text(min_size=1, max_size=60),
    st.sampled_from(
        [
            "<script>alert(1)</script>",
            "Ada\r\nBcc: all@example.org",
            '"><img src=x onerror=alert(1)>',
            "{{ 7 * 7 }}{% raw %}",
            "</td></table><h1>Pay now</h1>",
            "\u202egro.elpmaxe\u2028x",
            "https://evil.example/ or www.evil.example",
        ]
    ),
).filter(lambda text: bool(text.strip()))


@given(text=HOSTILE)
def test_hostile_words_are_escaped_and_kept_in_their_line(text: str) -> None:
    name = {"name": text, "email": "ada@stmary.example"}
    try:
        form = make_form(contact=name, organization={"name": text})
        outcome = make_outcome(Decision.NOT_SELECTED, feedback=text)
        application = make_application(Stage.CLOSED, form=form, outcomes=(outcome,))
        program = make_program(
            name=text, organizer={"name": text, "email": "office@fellowship.example"}
        )
    except ValidationError:
        return  # never stored, so never rendered
    shown = show(NoticeKind.NOT_SELECTED, application=application, program=program)
    outline = Outline(shown.html)

    assert outline.sound
    assert outline.tags <= ALLOWED
    assert all(
        address.startswith(("https://apply.example.org/", "mailto:office@fellowship.example"))
        for address in outline.addresses
    )
    assert not set(map(unicodedata.category, shown.subject)) & {"Cc", "Zl", "Zp"}
    assert "49" not in shown.subject or "49" in text
    one_line = shown.text.replace("\n", "")
    assert not set(map(unicodedata.category, one_line)) & {"Cc", "Zl", "Zp"}


@pytest.mark.parametrize("name", ["www.evil.example", "Win at https://evil.example", "a@b.example"])
def test_name_like_a_link_is_left_out(name: str) -> None:
    form = make_form(contact={"name": name, "email": "ada@stmary.example"})
    shown = show(NoticeKind.RECEIPT, application=make_application(Stage.CHECKING, form=form))

    assert shown.text.startswith("Hello,\n")
    assert name not in shown.text + shown.html


def test_reviewers_and_staff_read_no_names() -> None:
    for kind in (NoticeKind.REVIEW_ASKED, NoticeKind.REVIEW_REMINDER, NoticeKind.STAFF_ALERT):
        shown = show(kind)
        for name in ("Ada", "St. Mary", "stmary"):
            assert name not in shown.subject + shown.text + shown.html


def test_second_contact_is_greeted_by_name() -> None:
    shown = show(NoticeKind.NOT_SELECTED, to="second_contact")

    assert shown.text.startswith("Dear Ben Ash,\n")
    assert "you are named as the second contact of this application" in shown.text


def test_program_words_replace_subject_opening_and_closing_but_not_the_facts() -> None:
    program = make_program(
        notices={
            "invitation": {
                "subject": "Welcome to {{ program }}",
                "opening": "We read every word.\n\nYou <moved> us.",
                "closing": "With hope.",
            }
        }
    )
    shown = show(NoticeKind.INVITATION, program=program)

    assert shown.subject == "Welcome to {{ program }}"
    assert "We read every word.\n\nYou <moved> us.\n\nReference number: FW-TEST-0001" in shown.text
    assert "Congratulations" not in shown.text
    assert "Please answer by: Monday, October 17, 2022, 11:59 PM EDT" in shown.text
    assert "With hope.\n\nFellowship Office" in shown.text
    assert "You &lt;moved&gt; us." in shown.html


def test_facts_of_another_kind_are_refused() -> None:
    with pytest.raises(ValidationError):
        show(NoticeKind.CORRECTIONS, facts=OfferFacts())


def test_missing_documents_without_a_date_are_refused() -> None:
    with pytest.raises(ValidationError, match="say until when"):
        ReceiptFacts(missing=ITEMS)


@pytest.mark.parametrize(
    ("kind", "facts", "sentence"),
    [
        (NoticeKind.RECEIPT, ReceiptFacts(), "was not received yet"),
        (NoticeKind.INVITATION, DecisionFacts(track=RESIDENCY), "nothing is decided"),
        (NoticeKind.LAPSED, OfferFacts(), "has no offer"),
    ],
)
def test_application_without_what_is_told_is_refused(
    kind: NoticeKind, facts: ReceiptFacts, sentence: str
) -> None:
    with pytest.raises(ValueError, match=sentence):
        show(kind, application=make_application(), facts=facts)


def test_offer_already_made_gives_the_date_to_answer_by() -> None:
    shown = show(NoticeKind.INVITATION, application=make_application(Stage.OFFER))

    assert "Please answer by: Monday, October 17, 2022, 10:00 AM EDT" in shown.text


def test_promoted_application_is_told_that_a_place_became_free() -> None:
    outcome = make_outcome(promoted_at=NOW)
    application = make_application(Stage.NOTIFYING, outcomes=(outcome,))
    shown = show(NoticeKind.INVITATION, application=application)

    assert "A place has become free, and it is yours" in shown.text


@pytest.mark.parametrize("kind", [NoticeKind.WAITLISTED, NoticeKind.NOT_SELECTED])
def test_decision_after_a_fallback_tells_both_tracks_and_the_feedback(kind: NoticeKind) -> None:
    application = fell_back(Decision(kind.value))
    shown = show(kind, application=application, facts=DecisionFacts(track=SEMINAR))

    assert "Decision for Residency: Not selected\nDecision for Seminar: " in shown.text
    assert "Feedback on your application to Residency:\n\nYour aims are clear." in shown.text


@pytest.mark.parametrize(
    ("before", "words"),
    [
        (timedelta(days=7), "7 days left"),
        (timedelta(days=1), "1 day left"),
        (timedelta(minutes=1), "today is the last day"),
        (-timedelta(hours=1), "today is the last day"),
    ],
)
def test_days_left_are_counted_when_it_is_rendered(before: timedelta, words: str) -> None:
    shown = show(NoticeKind.REMINDER, now=CLOSE - before - timedelta(minutes=1))

    assert shown.subject == f"Fellowship 2022: {words} for your application (FW-TEST-0001)"
    assert f"11:59 PM EDT ({words})." in shown.text


def test_reminder_of_corrections_lists_them() -> None:
    shown = show(
        NoticeKind.REMINDER,
        application=make_application(Stage.CORRECTIONS),
        facts=ReminderFacts(about="corrections", until=CLOSE, items=ITEMS),
    )

    assert "Your application still needs something from you." in shown.text
    assert "* Letter of commitment\n  The letter is not signed by the Board Chair." in shown.text


def test_moved_on_request_asks_back() -> None:
    facts = MovedFacts(from_track=RESIDENCY, to_track=SEMINAR, because="request")
    shown = show(NoticeKind.MOVED, facts=facts)

    assert "As you asked, your application is now considered for Seminar" in shown.text
    assert "If you did not ask for this, reply to this message." in shown.text


def test_place_given_back_is_told_apart_from_an_application_withdrawn() -> None:
    shown = show(NoticeKind.WITHDRAWN, facts=WithdrawnFacts(what="place"))
    by_staff = show(NoticeKind.WITHDRAWN, facts=WithdrawnFacts(asked_by="staff"))

    assert shown.subject == "Fellowship 2022: your place is given back (FW-TEST-0001)"
    assert "Its place goes to another team." in shown.text
    assert "withdrawn by the program's staff" in by_staff.text


@pytest.mark.parametrize("address", ["javascript:alert(1)", "data:text/html,x", "//evil", "x y"])
def test_staff_alert_links_only_to_pages(address: str) -> None:
    if address == "//evil":
        facts = StaffAlertFacts.model_validate(
            {"reason": "Look", "links": [{"label": "Page", "address": address}]}
        )
        shown = show(NoticeKind.STAFF_ALERT, facts=facts)
        assert "Page: https://apply.example.org//evil" in shown.text
        return
    with pytest.raises(ValidationError):
        StaffAlertFacts.model_validate(
            {"reason": "Look", "links": [{"label": "Page", "address": address}]}
        )


class _Words(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_data(self, data: str) -> None:
        self.found.append(data)


def _plain(html: str) -> str:
    parser = _Words()
    parser.feed(html)
    return " ".join(" ".join(parser.found).split())

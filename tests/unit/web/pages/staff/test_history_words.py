"""What the audit keeps, told by staff's pages."""

import re
from pathlib import Path
from typing import Any

import pytest

import roundtable.usecases
from roundtable.usecases.staff.story import HistoryEvent
from roundtable.web.pages.staff import history_words
from roundtable.web.pages.staff.history_words import MILESTONES, HistoryWords, reason
from tests.factories import LETTER, NOW, RESIDENCY, SEMINAR, make_program

ROOT = Path(str(roundtable.usecases.__path__[0]))
KINDS = {
    kind
    for path in ROOT.rglob("*.py")
    for kind in re.findall(r"\.record\(\s*\"([a-z_]+)\"", path.read_text("utf-8"))
}
WORDS = HistoryWords(make_program(), {"reviewer-1": "Ana"}, "staff:robin")


def event(kind: str, actor: str = "system:decide", **detail: Any) -> HistoryEvent:
    return HistoryEvent(sequence=1, at=NOW, actor=actor, kind=kind, detail=detail)


def test_every_kind_of_the_audit_has_its_words() -> None:
    assert len(KINDS) > 40
    assert KINDS <= history_words.TOLD
    assert MILESTONES <= KINDS


@pytest.mark.parametrize(
    ("kind", "detail", "words"),
    [
        ("decision_made", {"track": RESIDENCY, "decision": "accepted"},
         "Decided for Residency: Accepted"),
        ("decision_made", {"track": RESIDENCY, "decision": "waitlisted", "proposal": "1"},
         "Decided for Residency together with others: Waitlisted"),
        ("decision_corrected", {"track": RESIDENCY, "left": "accepted", "decision": "waitlisted"},
         "Decision for Residency corrected: from “Accepted” to “Waitlisted”"),
        ("track_switched", {"left": RESIDENCY, "track": SEMINAR},
         "Moved from Residency to Seminar"),
        ("requirement_checked", {"requirement": LETTER, "verdict": "look"},
         "Letter of commitment: checked, a person must look"),
        ("document_scanned", {"requirement": LETTER, "status": "failed"},
         "Letter of commitment: the search for malware did not end"),
        ("application_returned", {"requirements": [LETTER, "gone"]},
         "Returned to the team: Letter of commitment, gone"),
        ("reviewer_assigned", {"reviewer": "reviewer-1"}, "Assigned to Ana"),
        ("reviewer_assigned", {"reviewer": "0123456789"}, "Assigned to Reviewer 01234567"),
        ("review_completed", {"recommendation": "None"}, "Review given"),
        ("offer_answered", {"answer": "no"}, "The team said no to the offer"),
        ("something_new", {}, "Something new"),
    ],
)  # fmt: skip
def test_change_is_told(kind: str, detail: dict[str, Any], words: str) -> None:
    assert WORDS.what(event(kind, **detail)) == words


@pytest.mark.parametrize(
    ("actor", "words"),
    [
        ("staff:robin", "You"),
        ("staff:0123456789", "Staff (01234567)"),
        ("applicant:abc", "The team"),
        ("reviewer:reviewer-1", "Ana"),
        ("form:key", "Web form"),
        ("system:clock", "Roundtable"),
    ],
)
def test_who_made_a_change_is_told(actor: str, words: str) -> None:
    assert WORDS.who(actor) == words


def test_reason_is_told_where_one_was_given() -> None:
    assert reason(event("restarted", reason="Back")) == "Back"
    assert reason(event("restarted")) == ""


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_no_kind_needs_more_than_the_audit_may_have(kind: str) -> None:
    """An old entry may lack what later ones keep; the page is shown nevertheless."""
    detail = {"decision": "accepted", "left": "accepted"}
    assert WORDS.what(event(kind, **detail))

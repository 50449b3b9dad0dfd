"""One notice of each kind, about applications of the program that all tests share."""

import textwrap
from datetime import UTC, datetime
from typing import Any, NamedTuple

from roundtable.domain.application import Application, Decision
from roundtable.domain.notices import Notice, NoticeKind
from roundtable.domain.program import Program
from roundtable.domain.stages import Stage
from roundtable.messages.facts import (
    ClosedIncompleteFacts,
    CorrectionsFacts,
    DecisionFacts,
    EnrolledFacts,
    Facts,
    Item,
    Link,
    MovedFacts,
    NotSubmittedFacts,
    OfferFacts,
    ReceiptFacts,
    ReminderFacts,
    ReviewFacts,
    StaffAlertFacts,
    WithdrawnFacts,
)
from roundtable.messages.render import RenderedNotice, render
from tests.factories import NOW, RESIDENCY, SEMINAR, make_application, make_outcome, make_program

SITE = "https://apply.example.org"
CLOSE = datetime(2022, 10, 22, 4, 0, tzinfo=UTC)
"""Midnight in New York, after October 21."""

ITEMS = (
    Item(
        title="Letter of commitment",
        reason="The letter is not signed by the Board Chair.\n\nPlease sign it.",
    ),
)
FEEDBACK = "Your aims are clear.\n\nTell us more about\nhow you use data."
SESSIONS: tuple[dict[str, Any], ...] = (
    {
        "title": "Kick-off",
        "starts": "2023-01-10T13:00",
        "ends": "2023-01-10T14:30",
        "location": "Online",
    },
    {"title": "Measuring", "starts": "2023-04-11T12:00", "ends": "2023-04-11T13:30"},
)


class Sample(NamedTuple):
    """What is rendered."""

    application: Application
    facts: Facts


def not_selected(**overrides: Any) -> Application:
    """Return an application that the first track did not select."""
    outcome = make_outcome(Decision.NOT_SELECTED, feedback=FEEDBACK)
    return make_application(Stage.CLOSED, outcomes=(outcome,), **overrides)


def fell_back(decision: Decision = Decision.ACCEPTED) -> Application:
    """Return an application that the first track did not select, decided for the second."""
    outcomes = (
        make_outcome(Decision.NOT_SELECTED, feedback=FEEDBACK),
        make_outcome(decision, track=SEMINAR),
    )
    return make_application(Stage.NOTIFYING, track=SEMINAR, outcomes=outcomes)


SAMPLES: dict[NoticeKind, Sample] = {
    NoticeKind.RECEIPT: Sample(
        make_application(Stage.CHECKING), ReceiptFacts(missing=ITEMS, until=CLOSE)
    ),
    NoticeKind.CORRECTIONS: Sample(
        make_application(Stage.CORRECTIONS), CorrectionsFacts(until=CLOSE, items=ITEMS)
    ),
    NoticeKind.REMINDER: Sample(make_application(), ReminderFacts(about="draft", until=CLOSE)),
    NoticeKind.NOT_SUBMITTED: Sample(make_application(), NotSubmittedFacts(deadline=CLOSE)),
    NoticeKind.CLOSED_INCOMPLETE: Sample(
        make_application(Stage.CLOSED), ClosedIncompleteFacts(deadline=CLOSE, items=ITEMS)
    ),
    NoticeKind.MOVED: Sample(
        make_application(Stage.CHECKING, track=SEMINAR),
        MovedFacts(from_track=RESIDENCY, to_track=SEMINAR, because="incomplete"),
    ),
    NoticeKind.REVIEW_ASKED: Sample(
        make_application(Stage.REVIEW), ReviewFacts(track=RESIDENCY, due_at=CLOSE)
    ),
    NoticeKind.REVIEW_REMINDER: Sample(
        make_application(Stage.REVIEW), ReviewFacts(track=RESIDENCY, due_at=CLOSE)
    ),
    NoticeKind.INVITATION: Sample(
        make_application(Stage.NOTIFYING), DecisionFacts(track=RESIDENCY)
    ),
    NoticeKind.FALLBACK_OFFER: Sample(fell_back(), DecisionFacts(track=SEMINAR)),
    NoticeKind.WAITLISTED: Sample(make_application(Stage.WAITLIST), DecisionFacts(track=RESIDENCY)),
    NoticeKind.NOT_SELECTED: Sample(not_selected(), DecisionFacts(track=RESIDENCY)),
    NoticeKind.OFFER_REMINDER: Sample(make_application(Stage.OFFER), OfferFacts()),
    NoticeKind.LAPSED: Sample(make_application(Stage.OFFER), OfferFacts()),
    NoticeKind.WITHDRAWN: Sample(make_application(Stage.CLOSED), WithdrawnFacts()),
    NoticeKind.ENROLLED: Sample(make_application(Stage.ENROLLING), EnrolledFacts(track=RESIDENCY)),
    NoticeKind.STAFF_ALERT: Sample(
        make_application(Stage.REVIEW),
        StaffAlertFacts(
            reason="Every reviewer has a conflict",
            detail="Assign somebody, or add a reviewer.",
            links=(Link(label="Reviewers", address="/staff/reviewers"),),
        ),
    ),
}

_TO = {
    NoticeKind.REVIEW_ASKED: "reviewer",
    NoticeKind.REVIEW_REMINDER: "reviewer",
    NoticeKind.STAFF_ALERT: "staff",
}


def show(
    kind: NoticeKind,
    *,
    application: Application | None = None,
    facts: Facts | None = None,
    program: Program | None = None,
    now: datetime = NOW,
    **notice: Any,
) -> RenderedNotice:
    """Render the sample of a kind, or a variation of it."""
    sample = SAMPLES[kind]
    about = application or sample.application
    row = Notice.model_validate(
        {
            "application": about.id,
            "program": about.program,
            "kind": kind,
            "to": _TO.get(kind, "applicant"),
            "facts": (facts or sample.facts).model_dump(mode="json"),
            "created_at": NOW,
        }
        | notice
    )
    return render(row, about, program or make_program(), site_url=SITE, now=now)


def words(shown: RenderedNotice) -> str:
    """Return subject and text to compare, in short lines and without the footer of all."""
    text, _, _ = shown.text.partition("\n--\n")
    rows = [f"Subject: {shown.subject}", "", *text.splitlines()]
    return "\n".join(part for row in rows for part in (textwrap.wrap(row, 96) or [""]))

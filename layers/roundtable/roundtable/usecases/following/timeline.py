"""The dated course of an application, in words for its applicant."""

from collections.abc import Iterable
from typing import Literal

from roundtable.domain.application import Application
from roundtable.domain.audit import AuditEvent
from roundtable.domain.model import Record
from roundtable.domain.program import Program, Track
from roundtable.usecases.following.moments import Moment, moment
from roundtable.usecases.following.view import State

PhaseKey = Literal["received", "checks", "review", "decision"]
PhaseState = Literal["done", "current", "upcoming", "skipped"]

_PHASES: tuple[tuple[PhaseKey, str], ...] = (
    ("received", "Received"),
    ("checks", "Checks"),
    ("review", "Review"),
    ("decision", "Decision"),
)

_SAID = {
    "application_started": "Draft begun",
    "application_submitted": "Application received",
    "corrections_asked": "Corrections asked",
    "corrections_made": "Corrections received",
    "document_received": "Document received",
    "document_removed": "Document removed",
    "upload_refused": "Document refused: it came too late",
    "form_mended": "Form mended",
    "track_switched": "Track changed",
    "extension_granted": "Extension granted",
    "offer_answered": "Offer answered",
    "offer_lapsed": "Offer lapsed",
    "late_yes_waitlisted": "Waiting list joined",
    "team_enrolled": "Team enrolled",
    "application_withdrawn": "Application withdrawn",
    "closed_incomplete": "Closed as incomplete",
    "draft_not_submitted": "Not submitted by the deadline",
    "decision_told": "Decision sent",
}
"""The changes that an applicant is shown. A decision shows when its notice went out."""


class Phase(Record):
    """One of the four phases of an application."""

    key: PhaseKey
    title: str
    state: PhaseState
    at: Moment | None
    """When it was done."""


class Happening(Record):
    """One thing that happened, and when."""

    kind: str
    title: str
    at: Moment


def happenings(program: Program, events: Iterable[AuditEvent]) -> tuple[Happening, ...]:
    """Return what happened, in order, as far as it is the applicant's to know."""
    return tuple(
        Happening(kind=event.kind, title=words, at=moment(program, event.at))
        for event in events
        if (words := _SAID.get(event.kind)) is not None
    )


def phases(
    application: Application,
    program: Program,
    track: Track,
    events: Iterable[AuditEvent],
    *,
    state: State,
    told: bool,
) -> tuple[Phase, ...]:
    """Return the four phases: received, checks, review, decision, each done, current or not yet.

    A track without reviews skips the review. Checks for a fallback track are not dated before
    the first decision was `told`: they would tell it.
    """
    first_decision = min((item.decided_at for item in application.outcomes), default=None)
    checks = [
        event.at
        for event in events
        if event.kind == "requirement_checked"
        and (told or first_decision is None or event.at <= first_decision)
    ]
    decided_at = application.answered_on if told else None
    ends = (application.received_at, max(checks, default=None), decided_at, decided_at)
    reached = len(_PHASES) if told else _reached(state, submitted=application.submitted)
    shown: list[Phase] = []
    for number, ((key, title), end) in enumerate(zip(_PHASES, ends, strict=True)):
        if key == "review" and not track.review.needed:
            standing: PhaseState = "skipped"
        elif number < reached:
            standing = "done"
        else:
            standing = "current" if number == reached else "upcoming"
        at = moment(program, end) if end is not None and standing == "done" else None
        shown.append(Phase(key=key, title=title, state=standing, at=at))
    return tuple(shown)


def _reached(state: State, *, submitted: bool) -> int:
    """Return how many phases are done."""
    if not submitted:
        return 0
    if state in {State.CHECKING, State.INCOMPLETE, State.CLOSED_INCOMPLETE}:
        return 1
    return 2

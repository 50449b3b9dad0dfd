"""Decisions about several applications at once: one person proposes, another one confirms."""

from enum import StrEnum

from pydantic import Field

from roundtable.domain.application import Application, Decision
from roundtable.domain.model import Instant, Key, Record, ShortText

MOST_AT_ONCE = 50
"""Applications in one proposal: as many as a person can look through, and as are decided in one
request."""


class ProposedApplication(Record):
    """One application of a proposal, and what it was when it was proposed."""

    application: str
    reference: str
    review_round: int
    form_revision: int

    def is_still(self, application: Application, track: str) -> bool:
        """Return whether what the decision is about did not change since the proposal."""
        return (application.track, application.review_round, application.form_revision) == (
            track,
            self.review_round,
            self.form_revision,
        )


class ProposalStatus(StrEnum):
    """Where a proposal stands."""

    OPEN = "open"
    CONFIRMED = "confirmed"
    DROPPED = "dropped"


class DecisionResult(StrEnum):
    """What became of one application when its proposal was confirmed."""

    DECIDED = "decided"
    FULL = "full"
    """No seat was left for it; it waits for a decision as before."""
    CHANGED = "changed"
    """It is not what it was when it was proposed; it waits for a decision as before."""
    DECIDED_BEFORE = "decided_before"
    """Somebody else had decided about it."""
    MOVED = "moved"
    """It does not wait for a decision any more: withdrawn, or sent elsewhere."""
    BUSY = "busy"
    """Others changed it again and again meanwhile; it waits for a decision as before."""


class ProposalResult(Record):
    """What became of one application."""

    application: str
    result: DecisionResult


class Proposal(Record):
    """One decision about several applications of a track, in the order they are decided in."""

    id: str
    program: Key
    track: Key
    decision: Decision
    applications: tuple[ProposedApplication, ...] = Field(min_length=1, max_length=MOST_AT_ONCE)
    reason: ShortText
    proposed_by: str
    """Who proposed it, as the audit names people."""
    proposed_at: Instant
    status: ProposalStatus = ProposalStatus.OPEN
    closed_by: str = ""
    """Who confirmed or dropped it."""
    closed_at: Instant | None = None
    results: tuple[ProposalResult, ...] = ()
    """By application; empty while they are being decided."""
    version: int = 1

    def result_of(self, application: str) -> DecisionResult | None:
        """Return what became of an application, once it is known."""
        return next((item.result for item in self.results if item.application == application), None)

"""Events for others: each change of an application, as a versioned schema without personal data."""

from typing import Literal

from pydantic import Field, JsonValue

from roundtable.domain.audit import AuditEvent
from roundtable.domain.model import Instant, Key, Record

DETAIL_TYPES = {
    "application_started": "ApplicationStarted",
    "application_submitted": "ApplicationSubmitted",
    "execution_wanted": "ExecutionWanted",
    "application_withdrawn": "ApplicationWithdrawn",
    "document_received": "DocumentReceived",
    "requirement_checked": "RequirementChecked",
    "corrections_asked": "CorrectionsAsked",
    "corrections_made": "CorrectionsMade",
    "closed_incomplete": "ClosedIncomplete",
    "draft_not_submitted": "DraftNotSubmitted",
    "reviewer_assigned": "ReviewerAssigned",
    "review_completed": "ReviewCompleted",
    "staff_asked_to_decide": "StaffAskedToDecide",
    "decision_made": "DecisionMade",
    "decision_corrected": "DecisionCorrected",
    "decision_told": "DecisionTold",
    "moved_to_fallback": "MovedToFallback",
    "track_switched": "TrackSwitched",
    "seat_offered": "SeatOffered",
    "seat_released": "SeatReleased",
    "offer_answered": "OfferAnswered",
    "offer_lapsed": "OfferLapsed",
    "team_enrolled": "TeamEnrolled",
    "help_asked": "HelpAsked",
    "notice_undelivered": "NoticeUndelivered",
}
"""The names under which changes are published; other audit events stay inside."""


class PublishedEvent(Record):
    """What a subscriber receives. Fields are only ever added within a schema version."""

    schema_version: Literal[1] = 1
    application: str
    program: Key
    sequence: int = Field(ge=1)
    """Orders the events of one application; with it, a repeated delivery is recognised."""
    at: Instant
    actor_kind: str
    detail: dict[str, JsonValue]


class QueuedNotice(Record):
    """A notice that is ready to leave: what has `send_queued_notices` send it."""

    schema_version: Literal[1] = 1
    application: str
    program: Key
    notice: str
    """The notice's key (`kind#number`)."""


NOTICE_QUEUED = "NoticeQueued"


def published(event: AuditEvent, program: str) -> tuple[str, PublishedEvent] | None:
    """Return an audit event as others see it, with its name; None for what stays inside."""
    name = DETAIL_TYPES.get(event.kind)
    if name is None:
        return None
    detail = {key: value for key, value in event.detail.items() if key != "reason"}
    return name, PublishedEvent(
        application=event.application,
        program=program,
        sequence=event.sequence,
        at=event.at,
        actor_kind=event.actor.kind,
        detail=detail,
    )

"""Notices: one message of one kind to one application, sent once."""

import hashlib
from enum import StrEnum
from typing import Literal

from pydantic import Field, JsonValue

from roundtable.domain.due import Due
from roundtable.domain.model import Instant, Key, LongText, Record


class NoticeKind(StrEnum):
    """Every message that Roundtable sends about an application."""

    RECEIPT = "receipt"
    CORRECTIONS = "corrections"
    REMINDER = "reminder"
    NOT_SUBMITTED = "not_submitted"
    CLOSED_INCOMPLETE = "closed_incomplete"
    MOVED = "moved"
    """Moved to another track without a decision (incomplete at the close, or on request)."""
    REVIEW_ASKED = "review_asked"
    REVIEW_REMINDER = "review_reminder"
    INVITATION = "invitation"
    FALLBACK_OFFER = "fallback_offer"
    """Not selected with feedback, and invited to the fallback track: one notice."""
    WAITLISTED = "waitlisted"
    NOT_SELECTED = "not_selected"
    OFFER_REMINDER = "offer_reminder"
    LAPSED = "lapsed"
    WITHDRAWN = "withdrawn"
    ENROLLED = "enrolled"
    STAFF_ALERT = "staff_alert"


DECISION_NOTICES = frozenset(
    {
        NoticeKind.INVITATION,
        NoticeKind.FALLBACK_OFFER,
        NoticeKind.WAITLISTED,
        NoticeKind.NOT_SELECTED,
    }
)


LONGEST_NUMBER = 80


def fitting(number: str) -> str:
    """Return a notice's number cut to its longest; a digest keeps two long ones apart."""
    if len(number) <= LONGEST_NUMBER:
        return number
    digest = hashlib.sha256(number.encode()).hexdigest()[:16]
    return f"{number[: LONGEST_NUMBER - len(digest) - 1]}:{digest}"


class NoticeStatus(StrEnum):
    """Where a notice stands in the outbox."""

    HELD = "held"
    """Waits for its announcement or for a person's release."""
    QUEUED = "queued"
    SENDING = "sending"
    SENT = "sent"
    DELIVERED = "delivered"
    UNDELIVERED = "undelivered"
    CANCELLED = "cancelled"


class SentWords(Record):
    """What a notice said when it left, and to whom, whatever happened to its application since."""

    to: str
    """The address it was sent to."""
    language: str
    subject: str
    text: str


class Notice(Record):
    """One row of the outbox. (application, kind, number) is unique: that is what `sent once` means.

    `number` tells apart notices of the same kind about different things (the second reminder,
    the second return for corrections); it is derived from the thing, so a retry meets its own row.
    """

    application: str
    program: Key
    kind: NoticeKind
    number: str = Field(default="1", pattern=r"^[a-z0-9:_-]{1,80}$")
    to: Literal["applicant", "second_contact", "reviewer", "staff"] = "applicant"
    reviewer: str = ""
    """Whose, for notices to a reviewer."""
    status: NoticeStatus = NoticeStatus.QUEUED
    facts: dict[str, JsonValue] = Field(default_factory=dict)
    """What the template needs beside the application: dates, findings, feedback."""
    created_at: Instant
    template: int = 1
    """Grows when staff regenerate a waiting notice."""
    held_by: str = ""
    sending_since: Instant | None = None
    sent_at: Instant | None = None
    words: SentWords | None = None
    """None until it was sent."""
    message_id: str = ""
    problem: LongText = ""
    attempts: int = 0
    due: Due | None = None
    version: int = 0

    @property
    def key(self) -> str:
        """The notice's name within its application."""
        return f"{self.kind}#{self.number}"

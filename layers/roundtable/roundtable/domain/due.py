"""What is due and when: one sparse index entry for an application or a notice."""

from enum import StrEnum

from roundtable.domain.model import Instant, Record


class DueAction(StrEnum):
    """What the clock does when the time has come."""

    REMIND_DRAFT = "remind_draft"
    CLOSE_DRAFT = "close_draft"
    CONFIRM_START = "confirm_start"
    REMIND_CORRECTIONS = "remind_corrections"
    END_CORRECTIONS = "end_corrections"
    REMIND_REVIEWERS = "remind_reviewers"
    REPLACE_REVIEWERS = "replace_reviewers"
    ESCALATE_REVIEW = "escalate_review"
    WARN_PROMISE = "warn_promise"
    ANNOUNCE = "announce"
    REMIND_OFFER = "remind_offer"
    LAPSE_OFFER = "lapse_offer"
    END_WAITLIST = "end_waitlist"
    RELOOK = "relook"
    """Look whether its execution is alive and whether a seat became free."""
    CONFIRM_NOTICE = "confirm_notice"


class Due(Record):
    """The next thing to do. `mark` names it once and for all within its application."""

    at: Instant
    action: DueAction
    mark: str

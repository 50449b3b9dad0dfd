"""One application on the desk of staff, in words of the language spoken now."""

from roundtable.domain.documents import DocumentStatus
from roundtable.domain.notices import NoticeKind, NoticeStatus
from roundtable.domain.proposals import DecisionResult, ProposalStatus
from roundtable.domain.reviews import ReviewStatus
from roundtable.ports import ExecutionStatus
from roundtable.usecases.staff.possible import StaffAction
from roundtable.web.pages.reviewer.words import Tag
from roundtable.web.pages.texts import gettext as _


def action(of: StaffAction) -> str:
    """Return what staff can do, as a link says it."""
    return {
        StaffAction.DECIDE: _("Decide"),
        StaffAction.CORRECT_DECISION: _("Correct the decision"),
        StaffAction.ANNOUNCE: _("Announce the decision now"),
        StaffAction.RESTART: _("Restart the workflow"),
        StaffAction.EXTEND: _("Give more time"),
        StaffAction.RETURN: _("Return to the team"),
        StaffAction.ADMIT: _("Admit a requirement as it is"),
        StaffAction.REPLACE_REVIEWER: _("Replace a reviewer"),
        StaffAction.ASSIGN: _("Fill the panel"),
        StaffAction.TRANSFER: _("Move to another track"),
        StaffAction.WITHDRAW: _("Withdraw for the team"),
    }[of]


def done(of: str) -> str:
    """Return what was done, for the banner afterwards; empty for a word that is none of ours."""
    return {
        "decide": _("The decision stands."),
        "correct-decision": _("The decision is corrected."),
        "announce": _("The decision is being sent to the team."),
        "restart": _("The workflow goes on."),
        "extend": _("The team has more time, and is told."),
        "return": _("The application is back with the team, and the team is told."),
        "admit": _("The requirement is admitted as it is."),
        "replace-reviewer": _(
            "The review was taken back, and another reviewer asked if one is left."
        ),
        "assign": _("The panel is filled."),
        "transfer": _("The application moved to the other track, and the team is told."),
        "withdraw": _("The application is withdrawn, and the team is told."),
    }.get(of, "")


def notice(kind: NoticeKind) -> str:
    """Return what a notice is about."""
    return {
        NoticeKind.RECEIPT: _("Receipt"),
        NoticeKind.CORRECTIONS: _("Corrections asked"),
        NoticeKind.REMINDER: _("Reminder"),
        NoticeKind.NOT_SUBMITTED: _("Not submitted in time"),
        NoticeKind.CLOSED_INCOMPLETE: _("Closed as incomplete"),
        NoticeKind.MOVED: _("Moved to another track"),
        NoticeKind.REVIEW_ASKED: _("Review asked"),
        NoticeKind.REVIEW_REMINDER: _("Reminder to review"),
        NoticeKind.INVITATION: _("Invitation"),
        NoticeKind.FALLBACK_OFFER: _("Invitation to the other track"),
        NoticeKind.WAITLISTED: _("Waitlisted"),
        NoticeKind.NOT_SELECTED: _("Not selected"),
        NoticeKind.OFFER_REMINDER: _("Reminder of the offer"),
        NoticeKind.LAPSED: _("Offer lapsed"),
        NoticeKind.WITHDRAWN: _("Withdrawn"),
        NoticeKind.ENROLLED: _("Enrolled, with the sessions"),
        NoticeKind.STAFF_ALERT: _("Alert to staff"),
    }[kind]


def notice_status(of: NoticeStatus, held_by: str = "") -> Tag:
    """Return where a notice stands."""
    if of is NoticeStatus.HELD and held_by:
        return Tag(text=_("Held by staff"), look="yellow")
    return {
        NoticeStatus.HELD: Tag(text=_("Waits for its day"), look="grey"),
        NoticeStatus.QUEUED: Tag(text=_("About to leave")),
        NoticeStatus.SENDING: Tag(text=_("Leaving now")),
        NoticeStatus.SENT: Tag(text=_("Sent"), look="green"),
        NoticeStatus.DELIVERED: Tag(text=_("Delivered"), look="green"),
        NoticeStatus.UNDELIVERED: Tag(text=_("Not delivered"), look="red"),
        NoticeStatus.CANCELLED: Tag(text=_("Cancelled"), look="grey"),
    }[of]


def outbox(of: NoticeStatus) -> str:
    """Return the name of one list of the outbox."""
    return {
        NoticeStatus.HELD: _("Held"),
        NoticeStatus.QUEUED: _("About to leave"),
        NoticeStatus.SENDING: _("Leaving now"),
        NoticeStatus.UNDELIVERED: _("Not delivered"),
    }[of]


def to_whom(of: str) -> str:
    """Return whom a notice goes to."""
    return {
        "applicant": _("The contact"),
        "second_contact": _("The second contact"),
        "reviewer": _("A reviewer"),
        "staff": _("Staff"),
    }.get(of, of)


def document(of: DocumentStatus) -> Tag:
    """Return what became of a version of a document."""
    return {
        DocumentStatus.EXPECTED: Tag(text=_("Upload begun"), look="grey"),
        DocumentStatus.RECEIVED: Tag(text=_("Received")),
        DocumentStatus.CHECKED: Tag(text=_("Checked"), look="green"),
        DocumentStatus.SUPERSEDED: Tag(text=_("Replaced"), look="grey"),
        DocumentStatus.REMOVED: Tag(text=_("Removed"), look="grey"),
        DocumentStatus.REFUSED: Tag(text=_("Refused"), look="red"),
    }[of]


def review(of: ReviewStatus) -> Tag:
    """Return where a review stands."""
    return {
        ReviewStatus.ASSIGNED: Tag(text=_("Not given yet")),
        ReviewStatus.SUBMITTED: Tag(text=_("Given"), look="green"),
        ReviewStatus.RECUSED: Tag(text=_("Stepped back"), look="purple"),
        ReviewStatus.RELEASED: Tag(text=_("Taken back"), look="grey"),
    }[of]


def execution(of: ExecutionStatus) -> str:
    """Return where the workflow of an application stands."""
    return {
        ExecutionStatus.RUNNING: _("The workflow is running."),
        ExecutionStatus.ENDED: _("The workflow has ended."),
        ExecutionStatus.LOST: _("The workflow failed or was stopped. It is begun anew by itself."),
        ExecutionStatus.UNKNOWN: _("No workflow is known for this application."),
    }[of]


def proposal(of: ProposalStatus) -> Tag:
    """Return where a proposal stands."""
    return {
        ProposalStatus.OPEN: Tag(text=_("Waits for a second person"), look="yellow"),
        ProposalStatus.CONFIRMED: Tag(text=_("Confirmed"), look="green"),
        ProposalStatus.DROPPED: Tag(text=_("Dropped"), look="grey"),
    }[of]


def result(of: DecisionResult) -> Tag:
    """Return what became of one application of a proposal."""
    return {
        DecisionResult.DECIDED: Tag(text=_("Decided"), look="green"),
        DecisionResult.FULL: Tag(text=_("No seat was left"), look="red"),
        DecisionResult.CHANGED: Tag(text=_("Changed since it was proposed"), look="yellow"),
        DecisionResult.DECIDED_BEFORE: Tag(text=_("Was decided by others"), look="grey"),
        DecisionResult.MOVED: Tag(text=_("Does not wait any more"), look="grey"),
        DecisionResult.BUSY: Tag(text=_("Try again"), look="yellow"),
    }[of]

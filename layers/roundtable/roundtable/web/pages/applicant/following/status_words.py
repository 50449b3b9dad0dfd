"""Where an application stands, in sentences of the language spoken now."""

from roundtable.domain.application import Decision
from roundtable.domain.evidence import Verdict
from roundtable.domain.notices import NoticeKind
from roundtable.usecases.following.correspondence import MessageSent
from roundtable.usecases.following.followed import Followed
from roundtable.usecases.following.records import DecisionTold, RequirementStatus
from roundtable.usecases.following.timeline import Phase
from roundtable.usecases.following.view import State
from roundtable.web.pages.applicant.documents.document_words import Tag
from roundtable.web.pages.texts import gettext as _

_ENDED_UNDECIDED = frozenset({State.WITHDRAWN, State.CLOSED_INCOMPLETE, State.NOT_SUBMITTED})


def sentence(followed: Followed) -> str:
    """Return in one plain sentence where the application stands."""
    status = followed.status
    return _sentences(followed)[status.state] % {"track": status.track_name}


def next_step(followed: Followed) -> str:
    """Return what happens next and whether the applicant has to do anything; may be empty."""
    status = followed.status
    if status.state is State.LAPSED and "answer" not in status.can:
        return ""
    return _next_steps(followed).get(status.state, "")


def _sentences(followed: Followed) -> dict[State, str]:
    status = followed.status
    decided = status.decisions[-1].decision if status.decisions else None
    return {
        State.DRAFT: _("This application is a draft."),
        State.NOT_SUBMITTED: _(
            "This application was not submitted in time, so we cannot consider it."
        ),
        State.CHECKING: _("We have your application. Something is still missing.")
        if status.missing
        else _("We have your application and are checking what you sent."),
        State.INCOMPLETE: _("Your application is waiting for something from you."),
        State.IN_REVIEW: _("Your application is complete, and we are reviewing it.")
        if any(phase.key == "review" and phase.state != "skipped" for phase in status.phases)
        else _("Your application is complete. You will hear from us."),
        State.WAITLISTED: _("Your team is on the waitlist for %(track)s."),
        State.OFFERED: _("We invite your team to take part in %(track)s."),
        State.ACCEPTED: _("Your team has a place in %(track)s."),
        State.ENROLLED: _("Your team takes part in %(track)s."),
        State.NOT_SELECTED: _("The waitlist has ended, and no place became free for your team.")
        if decided is Decision.WAITLISTED
        else _("We are not able to offer your team a place."),
        State.DECLINED: _("You told us that your team does not take the place in %(track)s."),
        State.LAPSED: _(
            "Your invitation to %(track)s has ended: we did not hear from you in time."
        ),
        State.WITHDRAWN: _("This application is withdrawn."),
        State.CLOSED_INCOMPLETE: _(
            "This application is closed: something was still missing when the time for it ended."
        ),
    }


def _next_steps(followed: Followed) -> dict[State, str]:
    return {
        State.NOT_SUBMITTED: _("We keep your draft. You can read it, but no longer change it."),
        State.CHECKING: _("Please bring what is missing; you find it below.")
        if followed.status.missing
        else _("You do not need to do anything now. If something is missing, we write to you."),
        State.INCOMPLETE: _("This is no rejection: once it is mended, your application goes on."),
        State.IN_REVIEW: _("You do not need to do anything now."),
        State.WAITLISTED: _(
            "If a place becomes free, we write to you and ask whether you take it. You do not "
            "need to do anything."
        ),
        State.OFFERED: _("Please tell us whether your team takes the place."),
        State.ACCEPTED: _("We are enrolling your team and write to you when it is done."),
        State.ENROLLED: _("We look forward to working with you."),
        State.NOT_SELECTED: _(
            "We know how much work an application is, and we thank you for yours."
        ),
        State.DECLINED: _("Its place goes to another team. Thank you for telling us."),
        State.LAPSED: _("If your team still wishes to take part, it can join the waitlist."),
        State.WITHDRAWN: _("It will not be considered further."),
        State.CLOSED_INCOMPLETE: _("Thank you for your interest and your work."),
    }


def phases(followed: Followed) -> tuple[Phase, ...]:
    """Return the phases worth showing: of an application that ended undecided, those it had."""
    status = followed.status
    if status.state in _ENDED_UNDECIDED:
        return tuple(phase for phase in status.phases if phase.at is not None)
    return status.phases


def ended(followed: Followed) -> str:
    """Return the name of the end of an application that ended undecided; empty for others."""
    if followed.status.state not in _ENDED_UNDECIDED:
        return ""
    return _("Withdrawn") if followed.status.state is State.WITHDRAWN else _("Closed")


def phase_name(phase: Phase) -> str:
    """Return the name of one of the four phases."""
    return {
        "received": _("Received"),
        "checks": _("Checks"),
        "review": _("Review"),
        "decision": _("Decision"),
    }[phase.key]


def phase_state(phase: Phase) -> str:
    """Return how a phase stands."""
    return {
        "done": _("Done"),
        "current": _("Now"),
        "upcoming": _("Still to come"),
        "skipped": _("Not part of this track"),
    }[phase.state]


def decision(told: DecisionTold) -> str:
    """Return a decision about one track."""
    return {
        Decision.ACCEPTED: _("Invited to take part"),
        Decision.WAITLISTED: _("On the waitlist"),
        Decision.NOT_SELECTED: _("Not selected"),
    }[told.decision]


def requirement_tag(requirement: RequirementStatus) -> Tag:
    """Return in a word how a requirement stands."""
    match requirement.verdict:
        case Verdict.PASS:
            return Tag(text=_("Complete"), colour="green")
        case Verdict.FAIL:
            return Tag(text=_("Something is missing"), colour="red")
        case Verdict.LOOK:
            return Tag(text=_("A person will look"), colour="yellow")
        case _:
            return Tag(text=_("Not checked yet"), colour="grey")


def mending(kind: str) -> str:
    """Return what a link says that leads to where a requirement of this kind is mended."""
    match kind:
        case "letter":
            return _("Upload a letter")
        case "video":
            return _("Give us the video")
        case "team":
            return _("Change the team")
        case _:
            return _("Read and affirm")


def happening(kind: str, otherwise: str) -> str:
    """Return the name of something that happened; what has none here, as it is told in English."""
    return {
        "application_started": _("Draft begun"),
        "application_submitted": _("Application received"),
        "corrections_asked": _("We asked you for something more"),
        "corrections_made": _("Everything we asked for was received"),
        "document_received": _("Document received"),
        "document_removed": _("Document removed"),
        "upload_refused": _("Document not taken: it came too late"),
        "form_mended": _("Form changed"),
        "track_switched": _("Track changed"),
        "extension_granted": _("More time given"),
        "offer_answered": _("Invitation answered"),
        "offer_lapsed": _("Invitation ended without an answer"),
        "late_yes_waitlisted": _("Waitlist joined"),
        "team_enrolled": _("Team enrolled"),
        "application_withdrawn": _("Application withdrawn"),
        "closed_incomplete": _("Closed, as something was missing"),
        "draft_not_submitted": _("Not submitted by the deadline"),
        "decision_told": _("Decision sent"),
    }.get(kind, otherwise)


def subject(message: MessageSent) -> str:
    """Return a message's subject, or what it was about where its words were not kept."""
    if message.words is not None:
        return message.words.subject
    match message.kind:
        case NoticeKind.RECEIPT:
            return _("We received your application")
        case NoticeKind.CORRECTIONS:
            return _("Your application needs something")
        case NoticeKind.REMINDER | NoticeKind.OFFER_REMINDER:
            return _("A reminder")
        case NoticeKind.WITHDRAWN:
            return _("Your application is withdrawn")
        case _:
            return _("A message about your application")

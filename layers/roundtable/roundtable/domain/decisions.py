"""What follows from reviews, from staff's word, and from a decision."""

from datetime import datetime

from roundtable.domain.application import Application, Decision
from roundtable.domain.notices import NoticeKind, fitting
from roundtable.domain.program import DecidedBy, Program, Track
from roundtable.domain.reviews import Recommendation, Review, agreement
from roundtable.domain.stages import Stage


def proposed(track: Track, reviews: tuple[Review, ...]) -> Decision | None:
    """Return what the track's own rule decides, or None where staff must.

    Reviewers who differ never decide: dissent goes to a lead.
    """
    match track.decided_by:
        case DecidedBy.STAFF:
            return None
        case DecidedBy.COMPLETENESS:
            return Decision.ACCEPTED
        case DecidedBy.REVIEWS:
            word = agreement(reviews, track.key)
    if word is Recommendation.APPROVE:
        return Decision.ACCEPTED
    return Decision.NOT_SELECTED if word is Recommendation.DECLINE else None


def falls_back(application: Application, track: Track, decision: Decision) -> bool:
    """Return whether an application not selected is considered for another track by itself.

    “If you apply for the Action Community and are not selected, your team will be automatically
    considered for participation in the Learning Network.”
    """
    return (
        decision is Decision.NOT_SELECTED
        and track.fallback is not None
        and application.outcome(track.fallback.track) is None
    )


def fell_back(application: Application) -> bool:
    """Return whether an application reached its track from another that did not select it."""
    return any(outcome.track != application.track for outcome in application.outcomes)


def announced_at(application: Application, program: Program) -> datetime | None:
    """Return when the decisions so far may be told (UTC), or None for at once.

    An application that fell back is told once, when the latest of its tracks announces.
    """
    days = [
        day
        for outcome in application.outcomes
        if (day := program.track(outcome.track).announcement.on) is not None
    ]
    return program.start_of(max(days)) if days else None


def wants_preview(application: Application, program: Program) -> bool:
    """Return whether a person must release the decision notice."""
    return any(
        program.track(outcome.track).announcement.preview for outcome in application.outcomes
    )


def stage_after_decision(
    application: Application, program: Program, decision: Decision, now: datetime
) -> Stage:
    """Return where an application goes once its decision stands among its outcomes."""
    track = program.track(application.track)
    if falls_back(application, track, decision):
        return Stage.FALLBACK
    waits_until = announced_at(application, program)
    if wants_preview(application, program) or (waits_until is not None and now < waits_until):
        return Stage.ANNOUNCING
    return Stage.NOTIFYING


def stage_after_notice(application: Application, program: Program) -> Stage:
    """Return where an application goes once its decision was told."""
    outcome = application.present_outcome
    if outcome is None or outcome.decision is Decision.NOT_SELECTED:
        return Stage.CLOSED
    if outcome.decision is Decision.WAITLISTED:
        return Stage.WAITLIST
    return Stage.OFFER if program.track(application.track).offer else Stage.ENROLLING


def decision_notice(application: Application) -> tuple[NoticeKind, str]:
    """Return the kind and number of the one notice that tells the present decision.

    Each promotion has a notice of its own: a seat may be offered, lapse, and be offered again.
    """
    outcome = application.present_outcome
    if outcome is None:
        raise ValueError(f"nothing is decided about {application.id} in {application.track}")
    number = f"{outcome.track}:{outcome.decision.value}"
    match outcome.decision:
        case Decision.ACCEPTED if outcome.promoted_at is not None:
            promoted = f"{outcome.track}:promoted:{outcome.promoted_at:%Y%m%d%H%M%S%f}"
            return NoticeKind.INVITATION, fitting(promoted)
        case Decision.ACCEPTED:
            kind = NoticeKind.FALLBACK_OFFER if fell_back(application) else NoticeKind.INVITATION
        case Decision.WAITLISTED:
            kind = NoticeKind.WAITLISTED
        case Decision.NOT_SELECTED:
            kind = NoticeKind.NOT_SELECTED
    return kind, number

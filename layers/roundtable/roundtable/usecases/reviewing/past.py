"""What happened to what a reviewer reviewed, as far as the applicants know it."""

from enum import StrEnum
from zoneinfo import ZoneInfo

from roundtable.domain.application import Application, Decision
from roundtable.domain.model import Instant, Record
from roundtable.domain.program import Criterion, Program
from roundtable.domain.reviews import (
    Recommendation,
    ReturnedDocument,
    Review,
    ReviewStatus,
    in_conflict,
)
from roundtable.domain.stages import ClosedAs, Stage
from roundtable.ports import NotFound, Page, Ports
from roundtable.usecases.paging import check_cursor
from roundtable.usecases.reviewing.access import asked, registered
from roundtable.usecases.reviewing.documents import title_of
from roundtable.usecases.reviewing.reading import GivenReview, given_of, others_reviews
from roundtable.usecases.step import program_of

NOT_TOLD_YET = frozenset({Stage.ANNOUNCING, Stage.NOTIFYING})


class Became(StrEnum):
    """What became of an application in the track that was reviewed."""

    OPEN = "open"
    """Nothing is decided."""
    DECIDED = "decided"
    """Decided, and the applicant does not know it yet: until then it is told to no reviewer."""
    TOLD = "told"
    ENDED = "ended"
    """It ended without a decision, or before one was told."""


class PastReview(Record):
    """One review that was given, and what happened then."""

    application: str
    reference: str
    organization: str
    program_name: str
    language: str
    timezone: str
    track_name: str
    recommendation: Recommendation | None
    given_at: Instant | None
    became: Became
    decision: Decision | None
    """For the track reviewed, once it was told."""
    told_at: Instant | None
    closed_as: ClosedAs | None

    @property
    def zone(self) -> ZoneInfo:
        """The zone in which the dates are meant."""
        return ZoneInfo(self.timezone)


class ReturnedRequirement(Record):
    """What a reviewer returned, by its title, and why."""

    title: str
    reason: str


class LookBack(Record):
    """One application after its review, for who was asked to review it."""

    past: PastReview
    status: ReviewStatus
    closed_reason: str
    """Why it was taken back; empty where it was not."""
    asked_again: bool
    """Whether a review of it waits for this reviewer now."""
    rubric: tuple[Criterion, ...]
    mine: GivenReview
    returned: tuple[ReturnedRequirement, ...]
    others: tuple[GivenReview, ...]


def my_past_reviews(
    ports: Ports, reviewer_id: str, *, limit: int = 50, cursor: str | None = None
) -> Page[PastReview]:
    """Return a page of the reviews that somebody gave, the newest first.

    A page may hold fewer than `limit`: what a conflict keeps from the reviewer is left out.
    Raises NotAllowed for who is not in the register.
    """
    reviewer = registered(ports, reviewer_id)
    with check_cursor():
        page = ports.applications.given_reviews(reviewer.id, limit=limit, cursor=cursor)
    items: list[PastReview] = []
    for review in page.items:
        try:
            application = ports.applications.get(review.application)
        except NotFound:
            continue
        if not in_conflict(reviewer, application):
            items.append(_past(application, review, program_of(ports, application)))
    return Page(tuple(items), page.cursor)


def look_back(ports: Ports, application_id: str, reviewer_id: str) -> LookBack:
    """Return what somebody said about an application, and what became of it.

    It is about the newest review given, or the newest one asked for where none was given. Raises
    Unknown and NotAllowed as `asked` does.
    """
    reviewer, application, newest = asked(ports, application_id, reviewer_id)
    given = [
        item
        for item in ports.applications.reviews(application_id)
        if item.reviewer == reviewer.id and item.given
    ]
    review = max(given, key=lambda item: (item.assigned_at, item.round), default=newest)
    program = program_of(ports, application)
    track = program.track(review.track)
    return LookBack(
        past=_past(application, review, program),
        status=review.status,
        closed_reason="" if review.given else review.closed_reason,
        asked_again=newest.status is ReviewStatus.ASSIGNED and application.stage is Stage.REVIEW,
        rubric=track.rubric,
        mine=given_of(review),
        returned=tuple(
            ReturnedRequirement(title=title_of(track, item.requirement), reason=item.reason)
            for item in _returned(review)
        ),
        others=others_reviews(ports, review),
    )


def _returned(review: Review) -> tuple[ReturnedDocument, ...]:
    return review.returns if review.recommendation is Recommendation.RETURN else ()


def _past(application: Application, review: Review, program: Program) -> PastReview:
    organization = application.form.organization
    became = _became(application, review.track)
    outcome = application.outcome(review.track) if became is Became.TOLD else None
    return PastReview(
        application=application.id,
        reference=application.reference,
        organization=organization.name if organization else "",
        program_name=program.name,
        language=program.language,
        timezone=program.timezone,
        track_name=program.track(review.track).name,
        recommendation=review.recommendation if review.given else None,
        given_at=review.submitted_at if review.given else None,
        became=became,
        decision=outcome.decision if outcome else None,
        told_at=(outcome.promoted_at or application.answered_on) if outcome else None,
        closed_as=application.closed_as if application.stage is Stage.CLOSED else None,
    )


def _became(application: Application, track: str) -> Became:
    decided = application.outcome(track) is not None
    if decided and application.answered_on and application.stage not in NOT_TOLD_YET:
        return Became.TOLD
    if application.stage is Stage.CLOSED:
        return Became.ENDED
    return Became.DECIDED if decided else Became.OPEN

"""A reviewer's queue, and what became of what was reviewed."""

from roundtable.domain.application import Application, Decision
from roundtable.domain.model import Instant, Key, Record
from roundtable.domain.program import Program
from roundtable.domain.reviews import Recommendation, Review, ReviewStatus, in_conflict
from roundtable.domain.stages import Stage
from roundtable.messages.dates import days_left
from roundtable.ports import NotFound, Page, Ports
from roundtable.usecases.paging import check_cursor
from roundtable.usecases.reviewing.access import asked, is_present, registered
from roundtable.usecases.reviewing.documents import ReadCheck, read_checks
from roundtable.usecases.step import program_of


class QueueItem(Record):
    """One application that waits for a reviewer."""

    application: str
    reference: str
    organization: str
    program: Key
    program_name: str
    track: Key
    track_name: str
    assigned_at: Instant
    due_at: Instant
    days_left: int
    """Local calendar days in the program's zone; 0 on the last day and after it."""
    checks: tuple[ReadCheck, ...]


class ReviewOutcome(Record):
    """What became of an application that a reviewer was asked about."""

    application: str
    reference: str
    review_status: ReviewStatus
    recommendation: Recommendation | None
    submitted_at: Instant | None
    track: Key
    stage: Stage
    decision: Decision | None
    """What was decided for the track reviewed; None while nothing is."""
    decided_at: Instant | None


def my_queue(
    ports: Ports, reviewer_id: str, *, limit: int = 50, cursor: str | None = None
) -> Page[QueueItem]:
    """Return a page of a reviewer's open reviews, the earliest due first.

    A page may hold fewer than `limit`: what a conflict declared since keeps from the reviewer
    is left out. Raises NotAllowed for who is not in the register.
    """
    reviewer = registered(ports, reviewer_id)
    with check_cursor():
        page = ports.applications.queue(reviewer.id, limit=limit, cursor=cursor)
    items: list[QueueItem] = []
    for review in page.items:
        try:
            application = ports.applications.get(review.application)
        except NotFound:
            continue
        if not is_present(application, review) or application.stage is not Stage.REVIEW:
            continue
        if in_conflict(reviewer, application):
            continue
        items.append(_item(ports, application, review, program_of(ports, application)))
    return Page(tuple(items), page.cursor)


def _item(ports: Ports, application: Application, review: Review, program: Program) -> QueueItem:
    organization = application.form.organization
    track = program.track(review.track)
    return QueueItem(
        application=application.id,
        reference=application.reference,
        organization=organization.name if organization else "",
        program=program.key,
        program_name=program.name,
        track=track.key,
        track_name=track.name,
        assigned_at=review.assigned_at,
        due_at=review.due_at,
        days_left=days_left(review.due_at, ports.clock.now(), program.zone),
        checks=read_checks(application, track),
    )


def review_outcome(ports: Ports, application_id: str, reviewer_id: str) -> ReviewOutcome:
    """Return what became of an application the reviewer was asked about.

    Raises Unknown and NotAllowed as `asked` does.
    """
    _, application, review = asked(ports, application_id, reviewer_id)
    decided = application.outcome(review.track)
    return ReviewOutcome(
        application=application.id,
        reference=application.reference,
        review_status=review.status,
        recommendation=review.recommendation if review.submitted_at else None,
        submitted_at=review.submitted_at,
        track=review.track,
        stage=application.stage,
        decision=decided.decision if decided else None,
        decided_at=decided.decided_at if decided else None,
    )

"""A reviewer's queue, and what became of what was reviewed."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

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


class QueueRow(QueueItem):
    """One application that waits for a reviewer, with what the queue's page says besides."""

    language: str
    """Of the program's own texts."""
    timezone: str
    days_late: int
    """Local calendar days since the last day; 0 until it is over."""
    begun: bool
    """Whether anything was noted."""

    @property
    def zone(self) -> ZoneInfo:
        """The zone in which the dates are meant."""
        return ZoneInfo(self.timezone)


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
    waiting, following = _waiting(ports, reviewer_id, limit, cursor)
    return Page(tuple(_item(ports, *one) for one in waiting), following)


def my_queue_rows(
    ports: Ports, reviewer_id: str, *, limit: int = 50, cursor: str | None = None
) -> Page[QueueRow]:
    """Return the same as `my_queue`, with what its page says besides."""
    waiting, following = _waiting(ports, reviewer_id, limit, cursor)
    return Page(tuple(_row(ports, *one) for one in waiting), following)


def days_late(due_at: datetime, now: datetime, zone: ZoneInfo) -> int:
    """Return how many local calendar days ago the last day was; 0 until it is over."""
    if now < due_at:
        return 0
    last_day = (due_at - timedelta(microseconds=1)).astimezone(zone).date()
    return (now.astimezone(zone).date() - last_day).days


_Waiting = tuple[Application, Review, Program]


def _waiting(
    ports: Ports, reviewer_id: str, limit: int, cursor: str | None
) -> tuple[tuple[_Waiting, ...], str | None]:
    reviewer = registered(ports, reviewer_id)
    with check_cursor():
        page = ports.applications.queue(reviewer.id, limit=limit, cursor=cursor)
    found: list[_Waiting] = []
    for review in page.items:
        try:
            application = ports.applications.get(review.application)
        except NotFound:
            continue
        if not is_present(application, review) or application.stage is not Stage.REVIEW:
            continue
        if in_conflict(reviewer, application):
            continue
        found.append((application, review, program_of(ports, application)))
    return tuple(found), page.cursor


def _row(ports: Ports, application: Application, review: Review, program: Program) -> QueueRow:
    item = _item(ports, application, review, program)
    return QueueRow(
        **dict(item),
        language=program.language,
        timezone=program.timezone,
        days_late=days_late(review.due_at, ports.clock.now(), program.zone),
        begun=review.begun,
    )


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

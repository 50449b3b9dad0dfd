"""The register of reviewers: who reviews what, and how much they have to do."""

from collections.abc import Iterator

from pydantic import EmailStr, Field

from roundtable.domain.audit import Actor
from roundtable.domain.model import Instant, Key, Record, ShortText
from roundtable.domain.requirements import FieldProblem
from roundtable.domain.reviews import Review, Reviewer, ReviewStatus
from roundtable.domain.statistics import days_to_review
from roundtable.ports import NotFound, Ports
from roundtable.usecases.errors import Invalid, NotNow, Unknown
from roundtable.usecases.reviewing.assigning import replace_reviewer
from roundtable.usecases.staff.lookups import find_program

PAGE = 100
LONGEST_ID = 128


class ReviewerRow(Record):
    """One reviewer with their load."""

    reviewer: Reviewer
    open_reviews: int


class Workload(Record):
    """What one reviewer has to do, and how they get on."""

    reviewer: Reviewer
    open_reviews: int
    overdue: int
    """Open reviews whose day has passed."""
    waiting_since: Instant | None
    """When the open review was asked for that waits longest."""
    next_due_at: Instant | None
    median_days: float | None
    """How long their reviews of this program took; None where none is known."""


class NewReviewer(Record):
    """Who shall review."""

    name: ShortText
    email: EmailStr
    organization: str = Field(default="", max_length=200)
    programs: tuple[Key, ...] = ()
    """Programs to review for; empty: all."""
    tracks: tuple[Key, ...] = ()
    """Tracks to review; empty: all."""
    lead: bool = False
    conflicts: tuple[ShortText, ...] = Field(default=(), max_length=200)


class ReviewerPatch(Record):
    """What changes about a reviewer; what is left out stays."""

    name: ShortText | None = None
    organization: str | None = Field(default=None, max_length=200)
    programs: tuple[Key, ...] | None = None
    tracks: tuple[Key, ...] | None = None
    lead: bool | None = None
    active: bool | None = None
    """Not active: asked no more, and open reviews go to others."""
    conflicts: tuple[ShortText, ...] | None = Field(default=None, max_length=200)


def register(ports: Ports) -> tuple[ReviewerRow, ...]:
    """Return all reviewers with their load, by name."""
    reviewers = ports.rounds.reviewers()
    load = ports.applications.open_reviews([reviewer.id for reviewer in reviewers])
    rows = (
        ReviewerRow(reviewer=reviewer, open_reviews=load.get(reviewer.id, 0))
        for reviewer in reviewers
    )
    return tuple(sorted(rows, key=lambda item: (item.reviewer.name, item.reviewer.id)))


def workloads(ports: Ports, program_key: str) -> tuple[Workload, ...]:
    """Return who may review for a program, by name, with load, silence and pace; raises Unknown."""
    find_program(ports, program_key)
    now = ports.clock.now()
    pace = days_to_review(ports.rounds.counts(program_key))
    rows: list[Workload] = []
    for reviewer in ports.rounds.reviewers():
        if reviewer.programs and program_key not in reviewer.programs:
            continue
        waiting = tuple(_open_reviews(ports, reviewer.id))
        rows.append(
            Workload(
                reviewer=reviewer,
                open_reviews=len(waiting),
                overdue=sum(review.due_at <= now for review in waiting),
                waiting_since=min((review.assigned_at for review in waiting), default=None),
                next_due_at=min((review.due_at for review in waiting), default=None),
                median_days=pace.get(reviewer.id),
            )
        )
    return tuple(sorted(rows, key=lambda item: (item.reviewer.name, item.reviewer.id)))


def reviewer_entry(ports: Ports, reviewer_id: str) -> ReviewerRow:
    """Return one entry of the register; raises Unknown."""
    unknown = Unknown("unknown-reviewer", "There is no such reviewer.")
    if len(reviewer_id) > LONGEST_ID:
        raise unknown
    try:
        reviewer = ports.rounds.reviewer(reviewer_id)
    except NotFound:
        raise unknown from None
    load = ports.applications.open_reviews([reviewer_id])
    return ReviewerRow(reviewer=reviewer, open_reviews=load.get(reviewer_id, 0))


def add_reviewer(ports: Ports, new: NewReviewer) -> ReviewerRow:
    """Invite a person to sign in and put them into the register.

    Raises Invalid for a program or track that does not exist, NotNow for who is in it already.
    """
    _check_known(ports, new.programs, new.tracks)
    subject = ports.directory.invite(new.email, new.name, "reviewers")
    try:
        known = ports.rounds.reviewer(subject)
    except NotFound:
        reviewer = Reviewer(
            id=subject,
            name=new.name,
            email=new.email,
            organization=new.organization,
            programs=new.programs,
            tracks=new.tracks,
            lead=new.lead,
            conflicts=new.conflicts,
        )
        ports.rounds.keep_reviewer(reviewer)
        return ReviewerRow(reviewer=reviewer, open_reviews=0)
    raise NotNow(
        "already-a-reviewer",
        f"There is a reviewer with this address already ({known.id}). Change that entry instead.",
    )


def change_reviewer(
    ports: Ports, reviewer_id: str, patch: ReviewerPatch, actor: Actor
) -> ReviewerRow:
    """Change an entry of the register. Open reviews of who is no longer active go to others.

    Raises Unknown, Invalid for a program or track that does not exist.
    """
    before = reviewer_entry(ports, reviewer_id).reviewer
    _check_known(ports, patch.programs or (), patch.tracks or ())
    given = patch.model_dump(exclude_unset=True)
    after = before.with_(**{name: value for name, value in given.items() if value is not None})
    ports.rounds.keep_reviewer(after)
    if not after.active:
        _take_back_all(ports, reviewer_id, actor)
    return ReviewerRow(reviewer=after, open_reviews=reviewer_entry(ports, reviewer_id).open_reviews)


def _take_back_all(ports: Ports, reviewer_id: str, actor: Actor) -> None:
    for review in _open_reviews(ports, reviewer_id):
        try:
            replace_reviewer(
                ports,
                review.application,
                reviewer_id,
                actor,
                reason="reviewer no longer active",
                status=ReviewStatus.RELEASED,
            )
        except (NotNow, Unknown, NotFound):
            continue


def _open_reviews(ports: Ports, reviewer_id: str) -> Iterator[Review]:
    cursor: str | None = None
    while True:
        page = ports.applications.queue(reviewer_id, limit=PAGE, cursor=cursor)
        yield from page.items
        cursor = page.cursor
        if cursor is None:
            return


def _check_known(ports: Ports, programs: tuple[str, ...], tracks: tuple[str, ...]) -> None:
    published = ports.rounds.programs()
    problems = [
        FieldProblem(path=f"/programs/{place}", reason=f"There is no program '{key}'.")
        for place, key in enumerate(programs)
        if key not in published
    ]
    known = {
        track.key
        for key in published
        if not programs or key in programs
        for track in ports.rounds.newest(key)[1].tracks
    }
    problems += [
        FieldProblem(path=f"/tracks/{place}", reason=f"There is no track '{key}'.")
        for place, key in enumerate(tracks)
        if key not in known
    ]
    if problems:
        raise Invalid("invalid-reviewer", "This entry cannot be kept.", problems)

"""The register of reviewers: who reviews what, and how much they have to do."""

from pydantic import EmailStr, Field

from roundtable.domain.audit import Actor
from roundtable.domain.model import Key, Record, ShortText
from roundtable.domain.requirements import FieldProblem
from roundtable.domain.reviews import Reviewer, ReviewStatus
from roundtable.ports import NotFound, Ports
from roundtable.usecases.errors import Invalid, NotNow, Unknown
from roundtable.usecases.reviewing.assigning import replace_reviewer

PAGE = 100
LONGEST_ID = 128


class ReviewerRow(Record):
    """One reviewer with their load."""

    reviewer: Reviewer
    open_reviews: int


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
    unknown = Unknown("unknown-reviewer", "There is no such reviewer.")
    if len(reviewer_id) > LONGEST_ID:
        raise unknown
    try:
        before = ports.rounds.reviewer(reviewer_id)
    except NotFound:
        raise unknown from None
    _check_known(ports, patch.programs or (), patch.tracks or ())
    given = patch.model_dump(exclude_unset=True)
    after = before.with_(**{name: value for name, value in given.items() if value is not None})
    ports.rounds.keep_reviewer(after)
    if not after.active:
        _take_back_all(ports, reviewer_id, actor)
    load = ports.applications.open_reviews([reviewer_id])
    return ReviewerRow(reviewer=after, open_reviews=load.get(reviewer_id, 0))


def _take_back_all(ports: Ports, reviewer_id: str, actor: Actor) -> None:
    cursor: str | None = None
    while True:
        page = ports.applications.queue(reviewer_id, limit=PAGE, cursor=cursor)
        for review in page.items:
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

"""Applications with all that belongs to them, as they are kept."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Generic, Literal, Protocol, TypeVar

from roundtable.domain.application import Application
from roundtable.domain.audit import AuditEvent
from roundtable.domain.documents import Document
from roundtable.domain.due import DueAction
from roundtable.domain.evidence import Evidence
from roundtable.domain.model import Instant, Key, Record
from roundtable.domain.notices import Notice, NoticeStatus
from roundtable.domain.reviews import Review
from roundtable.domain.seats import Pool
from roundtable.domain.stages import Stage

T = TypeVar("T")


class SeatChange(Record):
    """A seat taken from a pool or given back, inside the transaction that decides."""

    program: Key
    track: Key
    change: Literal["take", "give_back"]
    pool: Pool = "open"


class IdempotencyRecord(Record):
    """The answer kept for a client's idempotency key, to give it again."""

    key: str
    """Hash over the caller and the key the caller sent."""
    body_hash: str
    application: str
    expires_at: Instant


class Changes(Record):
    """All that one step writes, in one transaction: everything or nothing.

    Each versioned record (`application`, `reviews`, `notices`) carries the version it will
    have; the stored one must be one less, or absent for version 1. Else `Conflict` is raised,
    or `AlreadyThere` for a notice or an idempotency key of version 1 that exists.
    """

    application: Application
    events: tuple[AuditEvent, ...] = ()
    documents: tuple[Document, ...] = ()
    reviews: tuple[Review, ...] = ()
    notices: tuple[Notice, ...] = ()
    seat: SeatChange | None = None
    idempotency: IdempotencyRecord | None = None


@dataclass(frozen=True, slots=True)
class Page(Generic[T]):
    """Part of a list, and the cursor of what follows (None at its end)."""

    items: tuple[T, ...]
    cursor: str | None = None


@dataclass(frozen=True, slots=True)
class DueItem:
    """What the due index holds: an application, or one of its notices."""

    application: str
    at: datetime
    action: DueAction
    notice: str = ""
    """The notice's key (`kind#number`) where a notice is due."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """The callback that an execution waits for, and the stage in which it was stored."""

    token: str
    stage: Stage


class Applications(Protocol):
    """Applications with all that belongs to them. Reads of one application are consistent."""

    def get(self, application: str) -> Application:
        """Return an application; raises NotFound."""
        ...

    def by_reference(self, reference: str) -> Application:
        """Return the application with this reference number; raises NotFound."""
        ...

    def of_owner(self, program: str, owner: str) -> tuple[Application, ...]:
        """Return what an address applied for in a program, newest first."""
        ...

    def commit(self, changes: Changes) -> None:
        """Write all changes or none.

        A first version also claims its reference and its place among the owner's
        applications. Raises Conflict, SeatsFull or AlreadyThere, with nothing written.
        """
        ...

    def answered(self, key: str) -> IdempotencyRecord | None:
        """Return what was kept for an idempotency key."""
        ...

    def documents(self, application: str) -> tuple[Document, ...]:
        """Return every version of every document, by requirement and number."""
        ...

    def keep_evidence(self, document: Document, evidence: Evidence, checked_at: datetime) -> None:
        """Record what a look into one document found.

        Raises Conflict where the stored document has another content by now (its hash), so
        that a late worker changes nothing.
        """
        ...

    def reviews(self, application: str) -> tuple[Review, ...]:
        """Return all reviews of all tracks and rounds."""
        ...

    def notices(self, application: str) -> tuple[Notice, ...]:
        """Return its rows of the outbox, oldest first."""
        ...

    def notice(self, application: str, key: str) -> Notice:
        """Return one notice by its key (`kind#number`); raises NotFound."""
        ...

    def keep_notice(self, notice: Notice) -> None:
        """Write one notice alone, fenced by its version; raises Conflict or AlreadyThere."""
        ...

    def events(self, application: str) -> tuple[AuditEvent, ...]:
        """Return the audit trail in order."""
        ...

    def waiting(self, application: str) -> Waiting | None:
        """Return the callback that its execution waits for, if one was stored."""
        ...

    def in_stage(
        self,
        program: str,
        stage: Stage,
        *,
        track: str | None = None,
        limit: int = 50,
        cursor: str | None = None,
    ) -> Page[Application]:
        """Return applications of a stage by receipt time, a page at a time."""
        ...

    def of_organization(self, program: str, organization_key: str) -> tuple[Application, ...]:
        """Return the applications of one organization (see `organization_key`)."""
        ...

    def due(
        self,
        until: datetime,
        *,
        program: str | None = None,
        limit: int = 100,
        cursor: str | None = None,
    ) -> Page[DueItem]:
        """Return what is due up to and including an instant, the longest due first."""
        ...

    def in_need(
        self, program: str, *, limit: int = 50, cursor: str | None = None
    ) -> Page[Application]:
        """Return applications that ask staff for help, longest waiting first."""
        ...

    def outbox(
        self, program: str, status: NoticeStatus, *, limit: int = 50, cursor: str | None = None
    ) -> Page[Notice]:
        """Return notices in a status other than sent or delivered, oldest first."""
        ...

    def queue(self, reviewer: str, *, limit: int = 50, cursor: str | None = None) -> Page[Review]:
        """Return a reviewer's assigned reviews by due time."""
        ...

    def given_reviews(
        self, reviewer: str, *, limit: int = 50, cursor: str | None = None
    ) -> Page[Review]:
        """Return the reviews that a reviewer gave (`Review.given`), the newest first."""
        ...

    def open_reviews(self, reviewers: Sequence[str]) -> dict[str, int]:
        """Return how many assigned reviews each of these reviewers has."""
        ...

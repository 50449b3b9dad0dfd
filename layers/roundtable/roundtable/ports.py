"""What the use cases need from the world. Adapters implement it, fakes stand in for it."""

from collections.abc import Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import IO, Generic, Literal, Protocol, TypeVar

from pydantic import JsonValue

from roundtable.domain.application import Application
from roundtable.domain.audit import AuditEvent
from roundtable.domain.documents import Document, Evidence
from roundtable.domain.due import DueAction
from roundtable.domain.model import Instant, Key, Record
from roundtable.domain.notices import Notice, NoticeStatus
from roundtable.domain.program import Program
from roundtable.domain.reviews import Review, Reviewer
from roundtable.domain.seats import Pool, Seats
from roundtable.domain.stages import Stage
from roundtable.domain.videos import CanonicalLink, LinkFacts

T = TypeVar("T")

# --- failures that adapters raise ------------------------------------------------------------


class Conflict(Exception):
    """Somebody else changed the record first: read again and decide again. Retryable."""


class SeatsFull(Exception):
    """No seat was left in the pool when the transaction was written. Nothing was written."""


class AlreadyThere(Exception):
    """A record that may exist only once exists already (idempotency key, reference, notice)."""


class NotFound(LookupError):
    """There is no such record."""


class Unavailable(Exception):
    """A service did not answer as it should for now. Retryable."""


# --- the table -------------------------------------------------------------------------------


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

    def open_reviews(self, reviewers: Sequence[str]) -> dict[str, int]:
        """Return how many assigned reviews each of these reviewers has."""
        ...


class Rounds(Protocol):
    """Programs, their published versions, seats, statistics, keys; and who reviews."""

    def programs(self) -> tuple[str, ...]:
        """Return the keys of all published programs, in order."""
        ...

    def newest(self, program: str) -> tuple[int, Program]:
        """Return the newest published version and its number; raises NotFound."""
        ...

    def version(self, program: str, number: int) -> Program:
        """Return one published version; raises NotFound."""
        ...

    def publish(
        self, program: Program, number: int, seats: Sequence[Seats], note: dict[str, JsonValue]
    ) -> None:
        """Write a version that never changes, its seats, and who moved what (`note`), at once.

        `seats` are the tracks' new seats; those that exist are changed only if what was taken
        did not change meanwhile. Raises Conflict if the number is taken or the seats moved.
        """
        ...

    def moves(self, program: str) -> tuple[dict[str, JsonValue], ...]:
        """Return the notes of all versions, oldest first."""
        ...

    def seats(self, program: str, track: str) -> Seats:
        """Return the seats of a track; raises NotFound."""
        ...

    def open_reserve(self, before: Seats) -> None:
        """Open a track's reserve to all; raises Conflict if the seats changed since `before`."""
        ...

    def counts(self, program: str) -> dict[str, int]:
        """Return the statistics kept by the stream: `track/stage`, `track/outcome/…` and others."""
        ...

    def count(self, event: str, program: str, changes: dict[str, int]) -> None:
        """Add to the statistics, once per stream event however often it is delivered."""
        ...

    def keep_form_key(self, program: str, key_hash: str, label: str) -> None:
        """Let a web form's key in; only its hash is kept."""
        ...

    def knows_form_key(self, program: str, key_hash: str) -> bool:
        """Return whether a web form's key is known for a program."""
        ...

    def reviewers(self) -> tuple[Reviewer, ...]:
        """Return all reviewers, by id."""
        ...

    def reviewer(self, reviewer: str) -> Reviewer:
        """Return one reviewer; raises NotFound."""
        ...

    def keep_reviewer(self, reviewer: Reviewer) -> None:
        """Add or change a reviewer."""
        ...

    def cursor(self, name: str) -> str:
        """Return the place where a piecewise job of the clock goes on; empty at its start."""
        ...

    def keep_cursor(self, name: str, cursor: str) -> None:
        """Remember the place where a piecewise job of the clock goes on."""
        ...


class SignInCode(Record):
    """A one-time code that waits to be typed. Only its hash is kept."""

    code_hash: str
    expires_at: Instant
    attempts_left: int


class Session(Record):
    """A signed-in applicant. Only the hash of the bearer's token is kept."""

    program: Key
    email: str
    expires_at: Instant


class SignIns(Protocol):
    """One-time codes and sessions of applicants, and how often one may ask."""

    def keep_code(self, program: str, email: str, code: SignInCode) -> None:
        """Keep a code; an older one for the same address and program is void."""
        ...

    def spend_code(self, program: str, email: str, code_hash: str, now: datetime) -> bool:
        """Use a code up: True once for the right code in time; a wrong one costs an attempt."""
        ...

    def keep_session(self, token_hash: str, session: Session) -> None:
        """Keep a session."""
        ...

    def session(self, token_hash: str, now: datetime) -> Session | None:
        """Return the session of a token, unless it is unknown or over."""
        ...

    def end_session(self, token_hash: str) -> None:
        """Forget a session."""
        ...

    def allow(
        self, action: str, subject: str, limit: int, window: timedelta, now: datetime
    ) -> bool:
        """Count an attempt; return whether it is within the limit of its window."""
        ...


# --- other services --------------------------------------------------------------------------


class Clock(Protocol):
    """The only source of the present."""

    def now(self) -> datetime:
        """Return the present instant in UTC."""
        ...


class UploadForm(Record):
    """A presigned POST: where to send the file and the fields to send before it."""

    url: str
    fields: dict[str, str]
    expires_at: Instant
    max_bytes: int


class StoredObject(Record):
    """One version of an uploaded file."""

    key: str
    version: str
    size: int
    content_type: str
    stored_at: Instant


class Documents(Protocol):
    """Uploaded files under keys that the server chose."""

    def upload_form(
        self, key: str, *, content_type: str, max_bytes: int, now: datetime
    ) -> UploadForm:
        """Return a form for one exact key, type and length range that expires within 10 min."""
        ...

    def newest_object(self, key: str) -> StoredObject | None:
        """Return the newest version of a file, or None where nothing was uploaded."""
        ...

    def read(self, key: str, version: str, *, max_bytes: int) -> bytes:
        """Return a file's content; raises NotFound, or ValueError above `max_bytes`."""
        ...

    def read_range(self, key: str, version: str, start: int, length: int) -> bytes:
        """Return part of a file, shorter at its end."""
        ...

    def open(self, key: str, version: str) -> AbstractContextManager[IO[bytes]]:
        """Open a file to read it through once (for its hash)."""
        ...

    def download_url(self, key: str, version: str, *, file_name: str) -> str:
        """Return a short-lived address that downloads a version as an attachment."""
        ...


class ExecutionStatus(StrEnum):
    """Where the execution that conducts an application stands."""

    RUNNING = "running"
    ENDED = "ended"
    LOST = "lost"
    """It failed, timed out or was stopped."""
    UNKNOWN = "unknown"
    """There is no such execution (any more)."""


class Conductor(Protocol):
    """The state machine's executions, one for an application and run."""

    def start(self, application: str, run: int) -> None:
        """Start the execution of a run; one that exists already is left alone."""
        ...

    def status(self, application: str, run: int) -> ExecutionStatus:
        """Return where the execution of a run stands."""
        ...

    def link(self, application: str, run: int) -> str:
        """Return the console address of the execution of a run."""
        ...

    def resume(self, token: str) -> bool:
        """Let a waiting execution go on; False where it has already moved on."""
        ...

    def divert(self, token: str) -> bool:
        """Tell a waiting execution that the application went elsewhere; False as above."""
        ...


class Attachment(Record):
    """A file sent with a message."""

    file_name: str
    content_type: str
    content: bytes


class Message(Record):
    """A mail ready to send, as text and as HTML."""

    to: tuple[str, ...]
    sender_name: str
    reply_to: str
    subject: str
    text: str
    html: str
    attachments: tuple[Attachment, ...] = ()
    tags: dict[str, str]
    """Returned with delivery events: `application`, `notice`."""


class Mailer(Protocol):
    """Hands messages to the mail service."""

    def send(self, message: Message) -> str:
        """Send a message and return the service's id; raises Unavailable, or ValueError."""
        ...


class EventBus(Protocol):
    """Tells others what happened."""

    def publish(self, events: Sequence[tuple[str, dict[str, JsonValue]]]) -> None:
        """Publish (detail type, detail) pairs; raises Unavailable if any was not taken."""
        ...


class Checkers(Protocol):
    """Functions of their own that look into one document."""

    def request(self, document: Document) -> None:
        """Ask for a check without waiting for it; a lost request is made up by the workflow."""
        ...


class VideoDirectory(Protocol):
    """What hosts of videos tell about a link."""

    def look_up(self, link: CanonicalLink) -> LinkFacts:
        """Return what is known; unknown where the host does not say. Never raises."""
        ...


class Holidays(Protocol):
    """Public holidays."""

    def of(self, country: str, years: Sequence[int]) -> frozenset[date]:
        """Return the public holidays of a country in these years."""
        ...


class Directory(Protocol):
    """Who may sign in as a reviewer or as staff."""

    def invite(self, email: str, name: str, group: Literal["reviewers", "staff"]) -> str:
        """Create the sign-in if it is missing, add it to the group, return its subject."""
        ...


class Randomness(Protocol):
    """Ids, codes and tokens."""

    def ulid(self, now: datetime) -> str:
        """Return a new sortable id."""
        ...

    def bits(self, count: int) -> int:
        """Return this many random bits as a number."""
        ...


class Ports(Protocol):
    """Everything a use case may ask for. Each is made when it is first used."""

    @property
    def applications(self) -> Applications:
        """Applications and all that belongs to them."""
        ...

    @property
    def rounds(self) -> Rounds:
        """Programs, seats, statistics, reviewers."""
        ...

    @property
    def sign_ins(self) -> SignIns:
        """Codes and sessions of applicants."""
        ...

    @property
    def clock(self) -> Clock:
        """The present."""
        ...

    @property
    def documents(self) -> Documents:
        """Uploaded files."""
        ...

    @property
    def conductor(self) -> Conductor:
        """Executions of the state machine."""
        ...

    @property
    def mailer(self) -> Mailer:
        """The mail service."""
        ...

    @property
    def event_bus(self) -> EventBus:
        """Subscribers."""
        ...

    @property
    def checkers(self) -> Checkers:
        """Functions that look into documents."""
        ...

    @property
    def video_directory(self) -> VideoDirectory:
        """What hosts tell about videos."""
        ...

    @property
    def holidays(self) -> Holidays:
        """Public holidays."""
        ...

    @property
    def directory(self) -> Directory:
        """Who may sign in."""
        ...

    @property
    def randomness(self) -> Randomness:
        """Ids, codes and tokens."""
        ...

    @property
    def site_url(self) -> str:
        """The address of the sites, without a slash at its end."""
        ...

"""One step: everything that changes about an application is written at once, with its audit."""

from contextlib import suppress
from datetime import date, datetime, timedelta
from typing import Literal

from pydantic import BaseModel, JsonValue

from roundtable.domain.application import Application
from roundtable.domain.audit import Actor, AuditEvent, seal
from roundtable.domain.documents import Document
from roundtable.domain.due import Due, DueAction
from roundtable.domain.notices import Notice, NoticeKind, NoticeStatus
from roundtable.domain.program import Program, Track, effective
from roundtable.domain.reviews import Review
from roundtable.domain.schedule import all_due, next_due
from roundtable.domain.seats import Pool
from roundtable.domain.stages import NATURAL_NEXT, Stage, check_move
from roundtable.ports import Changes, IdempotencyRecord, Ports, SeatChange, Unavailable

SYSTEM = "system"
CONFIRM_SENDING_WITHIN = timedelta(minutes=15)
"""How long a notice may be queued or on its way before the clock looks after it."""


def system(name: str) -> Actor:
    """Return the actor for what happens by itself, named by its function."""
    return Actor(kind="system", id=name)


def program_of(ports: Ports, application: Application) -> Program:
    """Return the program an application is treated by (see `effective`); a draft, by the newest."""
    newest_number, newest = ports.rounds.newest(application.program)
    if application.program_version == newest_number or not application.submitted:
        return newest
    submitted = ports.rounds.version(application.program, application.program_version)
    return effective(submitted, newest)


class Step:
    """Collects what one step changes and writes it in one transaction.

    Each `record` is one audit event. After the commit, an execution that waits for what changed
    is resumed or diverted; a lost signal is made up by the clock, so it is no part of the
    step's success.
    """

    def __init__(
        self, ports: Ports, application: Application, actor: Actor, now: datetime | None = None
    ) -> None:
        self.ports = ports
        self.before = application
        self.after = application
        self.actor = actor
        self.now = now or ports.clock.now()
        self.program = program_of(ports, application)
        self._events: list[tuple[str, dict[str, JsonValue]]] = []
        self._documents: list[Document] = []
        self._reviews: list[Review] = []
        self._notices: list[Notice] = []
        self._seat: SeatChange | None = None
        self._idempotency: IdempotencyRecord | None = None

    @property
    def track(self) -> Track:
        """The track the application is considered for, after the changes so far."""
        return self.program.track(self.after.track)

    def set(self, **fields: object) -> None:
        """Change fields of the application."""
        self.after = self.after.with_(**fields)

    def move(self, stage: Stage, **fields: object) -> None:
        """Move to another stage; raises WrongStage where the table of transitions forbids it.

        What moves on is not stuck any more, whoever helped it.
        """
        check_move(self.after.stage, stage)
        if stage is not self.after.stage:
            fields.setdefault("help", None)
        self.set(stage=stage, **fields)

    def record(self, kind: str, **detail: JsonValue) -> None:
        """Add an audit event: ids and verdicts, never personal data."""
        self._events.append((kind, detail))

    def mark_done(self, *marks: str) -> None:
        """Remember due actions as carried out."""
        self.set(done=self.after.done | set(marks))

    def mark_due_done(self, action: DueAction) -> None:
        """Remember every due action of a kind up to now as carried out."""
        every = all_due(self.after, self.program, self.holidays_of)
        self.mark_done(*(due.mark for due in every if due.action is action and due.at <= self.now))

    def put_document(self, document: Document) -> None:
        """Write one version of a document."""
        self._documents.append(document)

    def put_review(self, review: Review) -> None:
        """Write the next version of a review."""
        self._reviews.append(review.with_(version=review.version + 1))

    def put_notice(self, notice: Notice) -> None:
        """Write the next version of a notice that exists."""
        self._notices.append(notice.with_(version=notice.version + 1))

    def notify(
        self,
        kind: NoticeKind,
        facts: BaseModel | None = None,
        *,
        number: str = "1",
        to: Literal["applicant", "second_contact", "reviewer", "staff"] = "applicant",
        reviewer: str = "",
        held: bool = False,
    ) -> None:
        """Add a row to the outbox."""
        self._notices.append(
            Notice(
                application=self.after.id,
                program=self.after.program,
                kind=kind,
                number=number,
                to=to,
                reviewer=reviewer,
                status=NoticeStatus.HELD if held else NoticeStatus.QUEUED,
                facts=facts.model_dump(mode="json") if facts else {},
                created_at=self.now,
                due=None if held else confirm_due(self.now),
                version=1,
            )
        )

    @property
    def once(self) -> str:
        """A number for a notice about this very step: no other step writes the same version."""
        return f"{self.now:%Y%m%d%H%M%S}-{self.before.version}"

    def take_seat(self, track: str, pool: Pool) -> None:
        """Take a seat in the transaction; the commit raises SeatsFull where none is left."""
        self._seat = SeatChange(program=self.after.program, track=track, change="take", pool=pool)

    def give_back_seat(self, track: str) -> None:
        """Give a seat back in the transaction."""
        self._seat = SeatChange(program=self.after.program, track=track, change="give_back")

    def remember(self, answer: IdempotencyRecord) -> None:
        """Keep the answer for a client's idempotency key."""
        self._idempotency = answer

    def commit(self) -> Application:
        """Write everything or nothing; raises Conflict, SeatsFull or AlreadyThere.

        Returns the application as written.
        """
        changes = self._changes()
        self.ports.applications.commit(changes)
        self.before = changes.application
        self.after = changes.application
        return changes.application

    def commit_and_signal(self) -> Application:
        """Commit, then let the waiting execution know; the clock makes up for a lost signal."""
        stage = self.before.stage
        application = self.commit()
        if application.stage is not stage:
            with suppress(Unavailable):
                signal(self.ports, application, stage)
        return application

    def _changes(self) -> Changes:
        events: list[AuditEvent] = []
        sequence, head = self.after.audit_length, self.after.audit_head
        if self.after.run > self.before.run:
            self.record("execution_wanted", run=self.after.run)
        for kind, detail in self._events:
            sequence += 1
            event = seal(self.after.id, sequence, self.now, self.actor, kind, detail, head)
            head = event.hash
            events.append(event)
        application = self.after.with_(
            updated_at=self.now,
            version=self.before.version + 1,
            audit_length=sequence,
            audit_head=head,
        )
        application = application.with_(due=next_due(application, self.program, self.holidays_of))
        return Changes(
            application=application,
            events=tuple(events),
            documents=tuple(self._documents),
            reviews=tuple(self._reviews),
            notices=tuple(self._notices),
            seat=self._seat,
            idempotency=self._idempotency,
        )

    def holidays_of(self, year: int) -> frozenset[date]:
        """Return the public holidays of a year in the program's country."""
        return self.ports.holidays.of(self.program.holidays, [year])


def confirm_due(since: datetime) -> Due:
    """Return when the clock looks whether a notice went out."""
    at = since + CONFIRM_SENDING_WITHIN
    return Due(at=at, action=DueAction.CONFIRM_NOTICE, mark=f"confirm-notice@{at:%Y-%m-%dT%H:%MZ}")


def signal(ports: Ports, application: Application, left: Stage) -> bool:
    """Let the execution that waited in a stage go on; False if nothing waited there any more.

    One that waits for staff's help does so in whatever stage it got stuck. Raises Unavailable
    when the signal cannot be given for now.
    """
    waiting = ports.applications.waiting(application.id)
    if waiting is None or waiting.stage is not left:
        return False
    if left is Stage.WITH_STAFF or application.stage is NATURAL_NEXT.get(left):
        return ports.conductor.resume(waiting.token)
    return ports.conductor.divert(waiting.token)

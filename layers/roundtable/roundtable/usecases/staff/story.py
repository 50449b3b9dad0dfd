"""One application's story, as staff read it: everything that happened, and the proof of it."""

from pydantic import JsonValue

from roundtable.domain.application import (
    Application,
    Corrections,
    Extension,
    Flag,
    HelpNeeded,
    Offer,
    Outcome,
    PanelSeat,
)
from roundtable.domain.audit import AuditEvent, verify
from roundtable.domain.deadlines import promise_kept_until
from roundtable.domain.model import Instant, Key, Record
from roundtable.domain.notices import Notice, NoticeKind, NoticeStatus
from roundtable.domain.reviews import Review
from roundtable.ports import ExecutionStatus, Ports
from roundtable.usecases.reviewing.documents import (
    ReadCheck,
    ReadDocument,
    read_checks,
    read_documents,
)
from roundtable.usecases.reviewing.forms import (
    People,
    ReadAnswer,
    ReadForm,
    read_form,
    read_identity,
    read_people,
)
from roundtable.usecases.staff.lookups import find_application
from roundtable.usecases.staff.overview import ApplicationRow, row
from roundtable.usecases.step import program_of


class NoticeRow(Record):
    """One notice of the outbox, without its words."""

    application: str
    notice: str
    """Its key within the application: kind and number."""
    kind: NoticeKind
    number: str
    to: str
    reviewer: str
    status: NoticeStatus
    created_at: Instant
    sent_at: Instant | None
    held_by: str
    template: int
    attempts: int
    problem: str
    version: int


class HistoryEvent(Record):
    """One change, as the audit keeps it."""

    sequence: int
    at: Instant
    actor: str
    kind: str
    detail: dict[str, JsonValue]


class Execution(Record):
    """The execution that conducts an application."""

    run: int
    status: ExecutionStatus
    link: str
    """Its address in the console; empty before the first run."""


class Story(Record):
    """One application with all that belongs to it."""

    summary: ApplicationRow
    program: Key
    program_version: int
    form: ReadForm
    people: People
    identity: tuple[ReadAnswer, ...] | None
    """Restricted answers; None for staff who may not see them."""
    documents: tuple[ReadDocument, ...]
    """Every version, by requirement and number."""
    checks: tuple[ReadCheck, ...]
    admitted: tuple[Key, ...]
    reviews: tuple[Review, ...]
    panel: tuple[PanelSeat, ...]
    corrections: Corrections | None
    extension: Extension | None
    outcomes: tuple[Outcome, ...]
    offer: Offer | None
    flags: tuple[Flag, ...]
    help: HelpNeeded | None
    promise_until: Instant | None
    """Until when the promise is kept: on the business day before, where it falls on none."""
    answered_on: Instant | None
    notices: tuple[NoticeRow, ...]
    history: tuple[HistoryEvent, ...]
    history_verified: bool
    """Whether the chain of the audit is whole: nothing altered, left out or put in."""
    execution: Execution


def story(ports: Ports, name: str, *, identity: bool = False) -> Story:
    """Return one application's story by its id or reference number.

    `identity`: whether the caller may see restricted answers. Raises Unknown.
    """
    application = find_application(ports, name)
    program = program_of(ports, application)
    events = ports.applications.events(application.id)
    return Story(
        summary=row(application),
        program=application.program,
        program_version=application.program_version,
        form=read_form(ports, application),
        people=read_people(application),
        identity=read_identity(ports, application) if identity else None,
        documents=read_documents(ports, ports.applications.documents(application.id)),
        checks=read_checks(application, program.track(application.track)),
        admitted=application.admitted,
        reviews=ports.applications.reviews(application.id),
        panel=application.panel,
        corrections=application.corrections,
        extension=application.extension,
        outcomes=application.outcomes,
        offer=application.offer,
        flags=application.flags,
        help=application.help,
        promise_until=promise_kept_until(
            program,
            application.promise,
            lambda year: ports.holidays.of(program.holidays, [year]),
        )
        if application.promise
        else None,
        answered_on=application.answered_on,
        notices=tuple(notice_row(item) for item in ports.applications.notices(application.id)),
        history=tuple(history_event(event) for event in events),
        history_verified=verify(events, application.audit_length, application.audit_head),
        execution=_execution(ports, application),
    )


def notice_row(notice: Notice) -> NoticeRow:
    """Return a notice as lists show it."""
    return NoticeRow(
        application=notice.application,
        notice=notice.key,
        kind=notice.kind,
        number=notice.number,
        to=notice.to,
        reviewer=notice.reviewer,
        status=notice.status,
        created_at=notice.created_at,
        sent_at=notice.sent_at,
        held_by=notice.held_by,
        template=notice.template,
        attempts=notice.attempts,
        problem=notice.problem,
        version=notice.version,
    )


def history_event(event: AuditEvent) -> HistoryEvent:
    """Return a change as the story tells it."""
    return HistoryEvent(
        sequence=event.sequence,
        at=event.at,
        actor=str(event.actor),
        kind=event.kind,
        detail=event.detail,
    )


def _execution(ports: Ports, application: Application) -> Execution:
    if not application.run:
        return Execution(run=0, status=ExecutionStatus.UNKNOWN, link="")
    return Execution(
        run=application.run,
        status=ports.conductor.status(application.id, application.run),
        link=ports.conductor.link(application.id, application.run),
    )

"""One step's changes as the writes of one transaction."""

from collections.abc import Iterator
from itertools import chain

from roundtable.adapters.table import indexes, keys
from roundtable.adapters.table.marshalling import Values, expiry, iso, number, record, text
from roundtable.adapters.table.writes import ABSENT, Put, Update, Write, fence, key, set_attributes
from roundtable.domain.application import Application
from roundtable.domain.audit import AuditEvent
from roundtable.domain.documents import Document
from roundtable.domain.notices import Notice
from roundtable.domain.reviews import Review
from roundtable.ports import (
    AlreadyThere,
    Changes,
    Conflict,
    IdempotencyRecord,
    SeatChange,
    SeatsFull,
)

EVIDENCE = {"evidence", "checked_at"}
"""Fields of a document that have attributes of their own."""


def writes_of(changes: Changes) -> Iterator[Write]:
    """Yield every write of a step; together they must be done at once."""
    yield application_write(changes.application)
    if changes.application.version == 1:
        yield from _claims(changes.application)
    yield from chain(
        (_event_write(event, changes.application.program) for event in changes.events),
        map(_document_write, changes.documents),
        map(_review_write, changes.reviews),
        map(notice_write, changes.notices),
    )
    if changes.seat:
        yield _seat_write(changes.seat)
    if changes.idempotency:
        yield _idempotency_write(changes.idempotency, iso(changes.application.updated_at))


def application_write(application: Application) -> Update:
    """Return the write of an application's item; the callback stored there stays untouched."""
    expression, values = set_attributes(
        indexes.of_application(application),
        {
            "record": record(application),
            "version": number(application.version),
            "stage": text(application.stage),
            "program": text(application.program),
            "track": text(application.track),
            "run": number(application.run),
            "form_revision": number(application.form_revision),
        },
    )
    condition, before = fence(application.version)
    return Update(
        keys.application(application.id),
        keys.META,
        expression,
        values | before,
        condition,
        Conflict("the application was changed meanwhile"),
    )


def notice_write(notice: Notice) -> Put:
    """Return the write of a notice, fenced by its version."""
    condition, before = fence(notice.version)
    first = notice.version == 1
    item: Values = {
        **key(keys.application(notice.application), keys.notice(notice.key)),
        "record": record(notice),
        "version": number(notice.version),
        "status": text(notice.status),
        "program": text(notice.program),
    }
    item |= {name: text(value) for name, value in indexes.of_notice(notice).items() if value}
    refused = (
        AlreadyThere("the notice exists") if first else Conflict("the notice was changed meanwhile")
    )
    return Put(item, condition, before, refused)


def _claims(application: Application) -> Iterator[Put]:
    """Yield the guard over the reference and the place among the owner's applications."""
    pointer = {"application": text(application.id)}
    reference = keys.reference(application.reference)
    taken = AlreadyThere("the reference number is taken")
    yield Put(key(reference, "REFERENCE") | pointer, ABSENT, refused=taken)
    owner = keys.owner(application.program, application.owner)
    yield Put(key(owner, keys.application(application.id)) | pointer)


def _event_write(event: AuditEvent, program: str) -> Put:
    place = key(keys.application(event.application), keys.event(event.sequence))
    refused = Conflict("the audit trail went on meanwhile")
    return Put(place | {"record": record(event), "program": text(program)}, ABSENT, refused=refused)


def _document_write(document: Document) -> Update:
    """Return a document's write: evidence kept by others stays unless there is new evidence."""
    values: Values = {
        "record": text(document.model_dump_json(exclude=EVIDENCE)),
        "sha256": text(document.sha256),
    }
    if document.evidence is not None:
        values["evidence"] = record(document.evidence)
        values["evidence_sha256"] = text(document.sha256)
        values["checked_at"] = text(iso(document.checked_at) if document.checked_at else "")
    expression, values = set_attributes({}, values)
    place = keys.document(document.requirement, document.number)
    return Update(keys.application(document.application), place, expression, values)


def _review_write(review: Review) -> Put:
    condition, before = fence(review.version)
    place = keys.review(review.track, review.round, review.reviewer)
    item: Values = {
        **key(keys.application(review.application), place),
        "record": record(review),
        "version": number(review.version),
        "status": text(review.status),
        "program": text(review.program),
    }
    item |= {name: text(value) for name, value in indexes.of_review(review).items() if value}
    return Put(item, condition, before, Conflict("a review was changed meanwhile"))


def _seat_write(change: SeatChange) -> Update:
    place = (keys.program(change.program), keys.seats(change.track))
    values = {":one": number(1), ":none": number(0)}
    if change.change == "give_back":
        return Update(
            *place,
            "SET #taken = #taken - :one, #open = #open + :one",
            values,
            "#taken > :none",
            Conflict("no seat of the track is taken"),
        )
    return Update(
        *place,
        f"SET #taken = #taken + :one, #{change.pool} = #{change.pool} - :one",
        values,
        f"#{change.pool} > :none",
        SeatsFull("no seat is left in the pool"),
    )


def _idempotency_write(kept: IdempotencyRecord, now: str) -> Put:
    """Return the write of an idempotency key; one that is over may be used again."""
    item: Values = {
        **key(keys.idempotency(kept.key), "IDEMPOTENCY"),
        "record": record(kept),
        "expires_at": text(iso(kept.expires_at)),
        "expires": expiry(kept.expires_at),
    }
    condition = f"{ABSENT} OR #expires_at <= :now"
    refused = AlreadyThere("the idempotency key was used")
    return Put(item, condition, {":now": text(now)}, refused)

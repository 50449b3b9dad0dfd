"""The audit trail of an application: who changed what and when, chained by hashes."""

import hashlib
import json
from collections.abc import Iterable
from typing import Literal

from pydantic import Field, JsonValue

from roundtable.domain.model import Instant, Record


class Actor(Record):
    """Who made a change. `id` names a subject of the sign-in or a function, never an address."""

    kind: Literal["applicant", "reviewer", "staff", "system", "form"]
    id: str

    def __str__(self) -> str:
        """Return the actor as the audit prints it."""
        return f"{self.kind}:{self.id}"


class AuditEvent(Record):
    """One change of one application. `detail` holds ids and verdicts, never personal data."""

    application: str
    sequence: int = Field(ge=1)
    at: Instant
    actor: Actor
    kind: str
    detail: dict[str, JsonValue] = Field(default_factory=dict)
    previous: str
    hash: str


def seal(
    application: str,
    sequence: int,
    at: Instant,
    actor: Actor,
    kind: str,
    detail: dict[str, JsonValue],
    previous: str,
) -> AuditEvent:
    """Return the event with its hash over all of its content and the previous hash (SHA-256)."""
    event = AuditEvent(
        application=application,
        sequence=sequence,
        at=at,
        actor=actor,
        kind=kind,
        detail=detail,
        previous=previous,
        hash="",
    )
    return event.with_(hash=_digest(event))


def _digest(event: AuditEvent) -> str:
    content = event.model_dump(mode="json", exclude={"hash"})
    text = json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=True)
    return hashlib.sha256(text.encode()).hexdigest()


def verify(events: Iterable[AuditEvent], length: int, head: str) -> bool:
    """Return whether a chain is whole: in order, unaltered, and ending in `head`."""
    previous = ""
    count = 0
    for event in sorted(events, key=lambda item: item.sequence):
        count += 1
        if event.sequence != count or event.previous != previous or event.hash != _digest(event):
            return False
        previous = event.hash
    return count == length and previous == head

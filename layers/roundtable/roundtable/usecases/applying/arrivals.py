"""Letters and videos as they arrive: what counts, what they replace, and what goes on."""

import hashlib
from typing import IO, NamedTuple

from roundtable.domain.deadlines import upload_timeliness
from roundtable.domain.documents import Document, DocumentStatus, current, merged
from roundtable.domain.program import (
    MEGABYTE,
)
from roundtable.domain.reviews import ReviewStatus
from roundtable.domain.stages import Stage
from roundtable.ports import NotFound, Ports, StoredObject
from roundtable.usecases.applying.changeable import (
    CHANGEABLE,
    changeable_until,
    most_documents,
)
from roundtable.usecases.checking.correcting import resubmit_if_complete
from roundtable.usecases.retry import again_on_conflict
from roundtable.usecases.step import Step, system


class ObjectName(NamedTuple):
    """What the server wrote into an object's key."""

    application: str
    requirement: str
    number: int


def parse_object_key(key: str) -> ObjectName:
    """Return what an object's key says; raises ValueError for a key the server did not write."""
    parts = key.split("/")
    if len(parts) != 5 or parts[0] != "documents" or not parts[3].isdigit():  # noqa: PLR2004
        raise ValueError("this key was not written by an upload slot")
    return ObjectName(parts[1], parts[2], int(parts[3]))


def receive_upload(ports: Ports, stored: StoredObject) -> Document | None:
    """Record that a file arrived; None where that was known, or where it is nobody's.

    The first content of a slot counts. Whether it is in time is decided by when the slot was
    asked for and when the file was stored (see `upload_timeliness`), not by when we hear of it.
    A slot keeps the time it was given with, though the window closed meanwhile.
    """
    name = parse_object_key(stored.key)

    def attempt() -> Document | None:
        try:
            application = ports.applications.get(name.application)
        except NotFound:
            return None
        documents = ports.applications.documents(name.application)
        expected = next(
            (
                item
                for item in documents
                if item.object_key == stored.key and item.status is DocumentStatus.EXPECTED
            ),
            None,
        )
        if expected is None:
            return None
        step = Step(ports, application, system("on_upload"))
        received_at = max(expected.intent_at, min(step.now, stored.stored_at))
        document = expected.with_(
            object_version=stored.version, size=stored.size, received_at=received_at
        )
        until = changeable_until(step.program, application)
        until = max(until, expected.until) if expected.until else until
        timeliness = upload_timeliness(
            expected.intent_at, received_at, until, step.program.upload_grace
        )
        if timeliness == "late" or application.stage not in CHANGEABLE:
            refused = document.with_(status=DocumentStatus.REFUSED)
            step.put_document(refused)
            step.record(
                "upload_refused", requirement=name.requirement, number=name.number, why="late"
            )
            step.commit()
            return refused
        with ports.documents.open(stored.key, stored.version) as content:
            sha256 = _hash(content)
        return arrive(
            step,
            document.with_(
                status=DocumentStatus.RECEIVED,
                sha256=sha256,
                in_grace=timeliness == "grace",
            ),
            documents,
        )

    return again_on_conflict(attempt)


def find_lost_uploads(ports: Ports, application_id: str) -> int:
    """Receive files that were stored without our hearing of it; return how many there were."""
    found = 0
    for document in ports.applications.documents(application_id):
        if document.status is DocumentStatus.EXPECTED:
            stored = ports.documents.newest_object(document.object_key)
            found += stored is not None and receive_upload(ports, stored) is not None
    return found


def _hash(content: IO[bytes]) -> str:
    digest = hashlib.sha256()
    while part := content.read(MEGABYTE):
        digest.update(part)
    return digest.hexdigest()


def arrive(step: Step, document: Document, documents: tuple[Document, ...]) -> Document:
    """Take a document in: it replaces another, may be known already, and moves things on."""
    document = _as_known(document, documents)
    changed = _in_its_place(step, document, documents)
    document = next(item for item in changed if item.number == document.number)
    for item in changed:
        step.put_document(item)
    step.record(
        "document_received",
        requirement=document.requirement,
        number=document.number,
        sha256=document.sha256,
        in_grace=document.in_grace,
    )
    if not document.counts:
        step.commit()
        return document
    if step.after.stage is Stage.CORRECTIONS:
        resubmit_if_complete(step, merged(documents, changed))
    elif step.after.stage is Stage.REVIEW:
        ask_reviews_again(step)
    application = step.commit_and_signal()
    if application.stage is not Stage.CHECKING and document.evidence is None:
        step.ports.checkers.request(document)
    return document


def _as_known(document: Document, documents: tuple[Document, ...]) -> Document:
    """Return a document with what is known of its content: evidence, and a person's refusal."""
    same = [
        item
        for item in documents
        if (item.requirement, item.sha256) == (document.requirement, document.sha256)
    ]
    for item in same:
        if item.evidence is not None:
            document = document.with_(
                evidence=item.evidence,
                checked_at=item.checked_at,
                status=DocumentStatus.CHECKED,
            )
        if item.rejected:
            document = document.with_(rejected=item.rejected)
    return document


def _in_its_place(
    step: Step, document: Document, documents: tuple[Document, ...]
) -> tuple[Document, ...]:
    """Return the arrived document and those it supersedes.

    Two slots may have been asked for in the same place, and files arrive in any order: the
    slot asked for last counts, even where its file came first.
    """
    present = current(documents, document.requirement)
    rivals = [
        item.number
        for item in (*present, document)
        if document.replaces is not None and item.replaces == document.replaces
    ]
    gone = {document.replaces, *sorted(rivals)[:-1]}
    left = sorted(item.number for item in (*present, document) if item.number not in gone)
    gone |= set(left[: -most_documents(step, document.requirement)])
    return tuple(
        item.with_(status=DocumentStatus.SUPERSEDED) if item.number in gone else item
        for item in (document, *present)
        if item.number in gone or item is document
    )


def ask_reviews_again(step: Step) -> None:
    """Send an application back to its checks: what was reviewed is not what is there now.

    Reviews of the earlier round no longer count; the same reviewers are asked again.
    """
    for review in step.ports.applications.reviews(step.after.id):
        if review.track == step.after.track and review.status in {
            ReviewStatus.ASSIGNED,
            ReviewStatus.SUBMITTED,
        }:
            step.put_review(
                review.with_(status=ReviewStatus.RELEASED, closed_reason="documents changed")
            )
    step.move(Stage.CHECKING, panel=(), review_round=step.after.review_round + 1)
    step.record("reviews_asked_again", round=step.after.review_round)

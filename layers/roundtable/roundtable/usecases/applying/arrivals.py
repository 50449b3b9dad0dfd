"""Letters and videos as they arrive: what counts, what they replace, and what goes on."""

import hashlib
from contextlib import suppress
from typing import IO

from roundtable.domain.deadlines import upload_timeliness
from roundtable.domain.documents import Document, DocumentStatus, ScanStatus, current, merged
from roundtable.domain.evidence import told_without_a_look
from roundtable.domain.program import MEGABYTE
from roundtable.domain.stages import Stage
from roundtable.ports import Conflict, NotFound, Ports, StoredObject, Unavailable
from roundtable.usecases.applying.changeable import (
    CHANGEABLE,
    changeable_until,
    most_documents,
)
from roundtable.usecases.applying.object_names import parse_object_key
from roundtable.usecases.checking.asking_again import ask_reviews_again
from roundtable.usecases.checking.correcting import resubmit_if_complete
from roundtable.usecases.checking.quarantine import (
    ask_scanner,
    in_quarantine,
    look_into_clean,
    note_scan,
    scan_of,
)
from roundtable.usecases.retry import again_on_conflict
from roundtable.usecases.step import Step, system


def receive_upload(ports: Ports, stored: StoredObject) -> Document | None:
    """Record that a file arrived; None where that was known, or where it is nobody's.

    The first content of a slot counts. Whether it is in time is decided by when the slot was
    asked for and when the file was stored (see `upload_timeliness`), not by when we hear of it.
    A slot keeps the time it was given with, though the window closed meanwhile.

    The file stays in quarantine until it is found clean, and nothing looks into it before.
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
            object_version=stored.version,
            size=stored.size,
            received_at=received_at,
            scan=ScanStatus.PENDING,
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
                scan=scan_of(ports, stored.key, stored.version),
            ),
            documents,
        )

    received = again_on_conflict(attempt)
    if received is not None and _waits_for_its_search(received):
        # A result told while the file was being received found nothing to be recorded with.
        with suppress(Conflict, Unavailable):
            return _searched(ports, received)
    return received


def find_lost_uploads(ports: Ports, application_id: str) -> int:
    """Receive files that were stored, or searched, without our hearing of it; return how many."""
    found = 0
    for document in ports.applications.documents(application_id):
        if document.status is DocumentStatus.EXPECTED:
            stored = ports.documents.newest_object(document.object_key)
            found += stored is not None and receive_upload(ports, stored) is not None
        elif _waits_for_its_search(document):
            found += not _waits_for_its_search(_searched(ports, document))
    return found


def _waits_for_its_search(document: Document) -> bool:
    return document.counts and document.scan is ScanStatus.PENDING


def _searched(ports: Ports, document: Document) -> Document:
    document = ask_scanner(ports, document)
    look_into_clean(ports, document)
    return document


def _hash(content: IO[bytes]) -> str:
    digest = hashlib.sha256()
    while part := content.read(MEGABYTE):
        digest.update(part)
    return digest.hexdigest()


def arrive(step: Step, document: Document, documents: tuple[Document, ...]) -> Document:
    """Take a document in: it replaces another, may be known already, and moves things on."""
    document = in_quarantine(step, _as_known(document, documents))
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
    if document.scan is not ScanStatus.PENDING:
        note_scan(step, document)
    if not document.counts:
        step.commit()
        return document
    if step.after.stage is Stage.CORRECTIONS:
        resubmit_if_complete(step, merged(documents, changed))
    elif step.after.stage is Stage.REVIEW:
        ask_reviews_again(step)
    application = step.commit_and_signal()
    if application.stage is not Stage.CHECKING:
        look_into_clean(step.ports, document)
    return document


def _as_known(document: Document, documents: tuple[Document, ...]) -> Document:
    """Return a document with what is known of its content: evidence, and a person's refusal.

    Each file is searched by itself: what the search said of the same content before, it may say
    differently by now, and a search that failed is made up for by uploading the file again.
    """
    same = [
        item
        for item in documents
        if (item.requirement, item.sha256) == (document.requirement, document.sha256)
    ]
    for item in same:
        if item.evidence is not None and not told_without_a_look(item.evidence):
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

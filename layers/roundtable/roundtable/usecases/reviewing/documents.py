"""Documents and checks, for those who read an application."""

from typing import Literal

from roundtable.domain.application import Application
from roundtable.domain.documents import (
    Document,
    DocumentBinding,
    DocumentStatus,
    ScanStatus,
    bindings,
    preview_key,
)
from roundtable.domain.evidence import Evidence, LetterEvidence, Verdict
from roundtable.domain.model import Instant, Key, Record
from roundtable.domain.program import Track
from roundtable.ports import Ports

NOT_THERE = frozenset({DocumentStatus.EXPECTED, DocumentStatus.REMOVED, DocumentStatus.REFUSED})


class ReadCheck(Record):
    """The verdict on one requirement."""

    requirement: Key
    title: str
    verdict: Verdict
    reason: str


class ReadDocument(Record):
    """One version of a document, with what was found in it and where to get it."""

    requirement: Key
    number: int
    status: DocumentStatus
    kind: str
    file_name: str
    size: int
    sha256: str
    received_at: Instant | None
    replaces: int | None
    rejected: str
    scan: ScanStatus | None
    """What the search for malware says of a file; None for a link."""
    evidence: Evidence | None
    address: str
    """A short-lived download, or the link of a video; empty where it must not be opened."""
    pages: tuple[str, ...]
    """Short-lived addresses of the images of a letter's pages, to look at instead of opening it."""


def read_checks(application: Application, track: Track) -> tuple[ReadCheck, ...]:
    """Return what the latest checks found for the present track, with the requirements' titles."""
    return tuple(
        ReadCheck(
            requirement=finding.requirement,
            title=title_of(track, finding.requirement),
            verdict=finding.verdict,
            reason=finding.reason,
        )
        for finding in application.findings
    )


def title_of(track: Track, requirement: str) -> str:
    """Return the title of a requirement, or its key where the track does not have it."""
    found = track.requirement(requirement)
    return found.title if found else requirement


def read_documents(ports: Ports, documents: tuple[Document, ...]) -> tuple[ReadDocument, ...]:
    """Return documents with an address for each that was looked into and found readable.

    What is in quarantine, was not checked yet, or was found to be something else than announced
    has none.
    """
    return tuple(
        ReadDocument(
            requirement=document.requirement,
            number=document.number,
            status=document.status,
            kind=document.kind,
            file_name=document.file_name,
            size=document.size,
            sha256=document.sha256,
            received_at=document.received_at,
            replaces=document.replaces,
            rejected=document.rejected,
            scan=document.scan,
            evidence=document.evidence,
            address=_address(ports, document),
            pages=_pages(ports, document),
        )
        for document in documents
    )


def _address(ports: Ports, document: Document) -> str:
    evidence = document.evidence
    if not _may_be_shown(document) or evidence is None or not evidence.readable:
        return ""
    if document.source == "link":
        return document.file_name
    return ports.documents.download_url(
        document.object_key, document.object_version, file_name=document.file_name
    )


def _pages(ports: Ports, document: Document) -> tuple[str, ...]:
    evidence = document.evidence
    if not _may_be_shown(document) or not isinstance(evidence, LetterEvidence):
        return ()
    numbers = range(1, evidence.previews + 1)
    return tuple(ports.documents.preview_url(preview_key(document, number)) for number in numbers)


def _may_be_shown(document: Document) -> bool:
    return document.status not in NOT_THERE and document.may_be_opened


class DocumentChange(Record):
    """One document that is other than somebody saw it."""

    requirement: Key
    title: str
    number: int
    change: Literal["new", "gone", "other"]
    """Of `other` content, `new`, or `gone`: it does not count any more."""


_SENTENCES = {
    "new": "{title}: version {number} is new.",
    "gone": "{title}: version {number} does not count any more.",
    "other": "{title}: version {number} has another content.",
}


def changes_since(
    track: Track, seen: tuple[DocumentBinding, ...], documents: tuple[Document, ...]
) -> tuple[DocumentChange, ...]:
    """Return what is other than somebody saw it, by requirement and number."""
    before = {(item.requirement, item.number): item for item in seen}
    after = {(item.requirement, item.number): item for item in bindings(documents)}
    changes: list[DocumentChange] = []
    for requirement, number in sorted(before.keys() | after.keys()):
        old, new = before.get((requirement, number)), after.get((requirement, number))
        if old == new:
            continue
        changes.append(
            DocumentChange(
                requirement=requirement,
                title=title_of(track, requirement),
                number=number,
                change="new" if old is None else "gone" if new is None else "other",
            )
        )
    return tuple(changes)


def what_changed(
    track: Track, seen: tuple[DocumentBinding, ...], documents: tuple[Document, ...]
) -> tuple[tuple[str, str], ...]:
    """Return what is other than somebody saw it: requirements with a sentence each."""
    return tuple(
        (item.requirement, _SENTENCES[item.change].format(title=item.title, number=item.number))
        for item in changes_since(track, seen, documents)
    )

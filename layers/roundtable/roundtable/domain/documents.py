"""Documents of an application, their versions, and the content that a review is bound to."""

from enum import StrEnum
from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from roundtable.domain.evidence import Evidence, told_without_a_look
from roundtable.domain.model import Instant, Key, LongText, Record


class ScanStatus(StrEnum):
    """What the search for malware says of an uploaded file; until it is clean nobody opens it."""

    PENDING = "pending"
    """No result yet."""
    CLEAN = "clean"
    INFECTED = "infected"
    UNSUPPORTED = "unsupported"
    """It cannot be searched: locked with a password, or packed too deep."""
    FAILED = "failed"
    """The search itself failed; nothing is known of the file."""


class DocumentStatus(StrEnum):
    """What became of one version of a document."""

    EXPECTED = "expected"
    """An upload slot was given; nothing arrived yet."""
    RECEIVED = "received"
    """It arrived and waits for its check."""
    CHECKED = "checked"
    SUPERSEDED = "superseded"
    REMOVED = "removed"
    REFUSED = "refused"
    """It arrived too late or not as announced, and does not count."""


class Document(Record):
    """One version of one document for one requirement. `number` counts within the requirement."""

    application: str
    requirement: Key
    number: int = Field(ge=1)
    status: DocumentStatus
    kind: Literal["letter", "video"]
    source: Literal["upload", "link"]
    file_name: Annotated[str, StringConstraints(min_length=1, max_length=2_000)]
    """As the applicant named it (upload), or the canonical address (link)."""
    content_type: str = ""
    size: int = 0
    object_key: str = ""
    object_version: str = ""
    sha256: str = ""
    """Of the content (upload) or of the canonical address and stated length (link)."""
    stated_seconds: int | None = None
    intent_at: Instant
    """When the upload slot was asked for; decides whether the document is in time."""
    until: Instant | None = None
    """The end of the time for changes when the slot was asked for: a promise that is kept."""
    received_at: Instant | None = None
    in_grace: bool = False
    """Begun in time and ended within the grace after the close."""
    replaces: int | None = None
    scan: ScanStatus | None = None
    """None for a link, and for a file that has not arrived."""
    evidence: Evidence | None = Field(default=None, discriminator="kind")
    checked_at: Instant | None = None
    rejected: LongText = ""
    """A person's reason for returning this version; it no longer fulfils anything."""

    @property
    def may_be_opened(self) -> bool:
        """Whether it is out of quarantine: a link, or a file that was found clean."""
        return self.source == "link" or self.scan is ScanStatus.CLEAN

    @property
    def waits_for_check(self) -> bool:
        """Whether no look was made into it; what was told in quarantine is void outside of it."""
        if self.evidence is None:
            return True
        return self.may_be_opened and told_without_a_look(self.evidence)

    @property
    def counts(self) -> bool:
        """Whether this version is one of the requirement's present documents."""
        return self.status in {DocumentStatus.RECEIVED, DocumentStatus.CHECKED}


class DocumentBinding(Record):
    """The exact content that a review or a decision is about."""

    requirement: Key
    number: int
    object_version: str
    sha256: str


def preview_key(document: Document, page: int) -> str:
    """Return the key of the image of a page (from 1); it is bound to the document's content."""
    place = f"{document.application}/{document.requirement}"
    return f"previews/{place}/{document.sha256}/{page}.jpg"


def bindings(documents: tuple[Document, ...]) -> tuple[DocumentBinding, ...]:
    """Return the bindings of all present documents, in a stable order."""
    return tuple(
        DocumentBinding(
            requirement=document.requirement,
            number=document.number,
            object_version=document.object_version,
            sha256=document.sha256,
        )
        for document in sorted(documents, key=lambda item: (item.requirement, item.number))
        if document.counts
    )


def current(documents: tuple[Document, ...], requirement: str) -> tuple[Document, ...]:
    """Return the present documents of one requirement, oldest first."""
    return tuple(
        sorted(
            (item for item in documents if item.requirement == requirement and item.counts),
            key=lambda item: item.number,
        )
    )


def unchecked(documents: tuple[Document, ...]) -> tuple[Document, ...]:
    """Return the present documents that no check has looked into yet."""
    return tuple(item for item in documents if item.counts and item.waits_for_check)


def merged(documents: tuple[Document, ...], changed: tuple[Document, ...]) -> tuple[Document, ...]:
    """Return the documents with some of them replaced by their changed records, or added."""
    of_place = {(item.requirement, item.number): item for item in (*documents, *changed)}
    return tuple(of_place[place] for place in sorted(of_place))

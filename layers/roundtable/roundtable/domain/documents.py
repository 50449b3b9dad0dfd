"""Documents of an application, their versions, and what a look into them found."""

from enum import StrEnum
from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from roundtable.domain.model import Instant, Key, LongText, Record
from roundtable.domain.program import Role


class Verdict(StrEnum):
    """The outcome of a check: passed, failed with words to act on, or a person must look."""

    PASS = "pass"  # noqa: S105 (a verdict)
    FAIL = "fail"
    LOOK = "look"


class LetterEvidence(Record):
    """What was found in one letter, whatever any track asks of it."""

    kind: Literal["letter"] = "letter"
    readable: bool
    problem: str = ""
    """Why the letter could not be read, in words an applicant can act on; else empty."""
    pages: int = 0
    characters: int = 0
    roles: tuple[Role, ...] = ()
    """Roles whose title stands in a signature block."""
    signed: tuple[Role, ...] = ()
    """Roles with evidence of a signature (typed /s/, digital)."""
    organization: Literal["matched", "not_found", "unknown"] = "unknown"
    tool: str = ""


class VideoEvidence(Record):
    """What was found about one video."""

    kind: Literal["video"] = "video"
    readable: bool
    problem: str = ""
    host: str = ""
    """Name of the host of a link; empty for a file."""
    seconds: int | None = None
    """Length rounded down to whole seconds; None where it cannot be known."""
    stated: bool = False
    """Whether `seconds` is what the applicant stated and nothing confirmed it."""
    tool: str = ""


Evidence = LetterEvidence | VideoEvidence


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
    evidence: Evidence | None = Field(default=None, discriminator="kind")
    checked_at: Instant | None = None
    rejected: LongText = ""
    """A person's reason for returning this version; it no longer fulfils anything."""

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
    return tuple(item for item in documents if item.counts and item.evidence is None)


def merged(documents: tuple[Document, ...], changed: tuple[Document, ...]) -> tuple[Document, ...]:
    """Return the documents with some of them replaced by their changed records, or added."""
    of_place = {(item.requirement, item.number): item for item in (*documents, *changed)}
    return tuple(of_place[place] for place in sorted(of_place))

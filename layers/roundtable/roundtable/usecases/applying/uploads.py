"""Letters and videos on their way in: slots for files, links, and taking one out again."""

import hashlib

from roundtable.domain.audit import Actor
from roundtable.domain.documents import Document, DocumentStatus, current, merged
from roundtable.domain.model import Record
from roundtable.domain.program import (
    MEGABYTE,
    DocumentRequirement,
    LetterRequirement,
    VideoRequirement,
)
from roundtable.domain.stages import Stage
from roundtable.domain.videos import LinkRefused, canonical_link
from roundtable.ports import Ports, UploadForm
from roundtable.usecases.applying.arrivals import arrive
from roundtable.usecases.applying.changeable import (
    changeable,
    changeable_until,
    check_announced,
    invalid_document,
)
from roundtable.usecases.checking.correcting import resubmit_if_complete
from roundtable.usecases.errors import NotNow, Unknown
from roundtable.usecases.retry import again_on_conflict
from roundtable.usecases.step import Step

ANY_FILE = "application/octet-stream"
"""The type that is stored with a file of which nothing was announced."""


class Announced(Record):
    """What is said of a file before it is uploaded."""

    file_name: str
    content_type: str
    size: int
    """Bytes."""


class UploadSlot(Record):
    """A place for one version of a document, and the form that uploads it."""

    document: Document
    form: UploadForm


def ask_for_upload(
    ports: Ports,
    application_id: str,
    actor: Actor,
    *,
    requirement: str,
    file_name: str,
    content_type: str,
    size: int,
    replaces: int | None = None,
) -> UploadSlot:
    """Give a slot for a file of a stated type and size (bytes).

    Raises Invalid with the field for a wrong type, size or place, NotNow when the document
    cannot change any more.
    """
    announced = Announced(file_name=file_name, content_type=content_type, size=size)
    document, wanted = give_slot(
        ports,
        application_id,
        actor,
        requirement=requirement,
        replaces=replaces,
        announced=announced,
    )
    form = ports.documents.upload_form(
        document.object_key,
        content_type=content_type,
        max_bytes=wanted.max_megabytes * MEGABYTE,
        now=document.intent_at,
    )
    return UploadSlot(document=document, form=form)


def give_slot(
    ports: Ports,
    application_id: str,
    actor: Actor,
    *,
    requirement: str,
    replaces: int | None,
    announced: Announced | None,
) -> tuple[Document, DocumentRequirement]:
    """Return a new slot, and what it is for; without `announced`, for a file not chosen yet.

    Raises Invalid and NotNow as `ask_for_upload` does.
    """

    def attempt() -> tuple[Document, DocumentRequirement]:
        step = Step(ports, ports.applications.get(application_id), actor)
        wanted = changeable(step, requirement)
        file = announced or Announced(file_name=wanted.title, content_type=ANY_FILE, size=0)
        if announced:
            check_announced(wanted, file.content_type, file.size)
        documents = ports.applications.documents(application_id)
        document = _next_document(step, wanted, documents, replaces)
        key = (
            f"documents/{application_id}/{requirement}/{document.number}/"
            f"{ports.randomness.ulid(step.now)}"
        )
        document = document.with_(
            **dict(file),
            until=changeable_until(step.program, step.after),
            source="upload",
            status=DocumentStatus.EXPECTED,
            object_key=key,
        )
        step.put_document(document)
        step.record("upload_asked", requirement=requirement, number=document.number)
        step.commit()
        return document, wanted

    return again_on_conflict(attempt)


def give_link(
    ports: Ports,
    application_id: str,
    actor: Actor,
    *,
    requirement: str,
    url: str,
    stated_seconds: int | None,
    replaces: int | None = None,
) -> Document:
    """Take the address of a video on an allowed host, with the length the applicant states.

    Raises Invalid for an address that is refused, NotNow when the video cannot change any more.
    """

    def attempt() -> Document:
        step = Step(ports, ports.applications.get(application_id), actor)
        wanted = changeable(step, requirement)
        if not isinstance(wanted, VideoRequirement):
            raise invalid_document("/requirement", f"{wanted.title} is a file: upload it.")
        try:
            link = canonical_link(url, wanted.hosts)
        except LinkRefused as refused:
            raise invalid_document("/url", refused.reason) from None
        documents = ports.applications.documents(application_id)
        document = _next_document(step, wanted, documents, replaces).with_(
            source="link",
            file_name=link.url,
            status=DocumentStatus.RECEIVED,
            stated_seconds=stated_seconds,
            sha256=hashlib.sha256(f"{link.url} {stated_seconds}".encode()).hexdigest(),
            received_at=step.now,
        )
        return arrive(step, document, documents)

    return again_on_conflict(attempt)


def remove_document(
    ports: Ports, application_id: str, actor: Actor, *, requirement: str, number: int
) -> None:
    """Take a document of a draft, or one that was asked to be mended, out again."""

    def attempt() -> None:
        step = Step(ports, ports.applications.get(application_id), actor)
        changeable(step, requirement)
        if step.after.stage not in {Stage.DRAFT, Stage.CORRECTIONS}:
            raise NotNow("not-removable", "Upload a new version instead of removing this one.")
        documents = ports.applications.documents(application_id)
        document = next(
            (item for item in current(documents, requirement) if item.number == number), None
        )
        if document is None:
            raise Unknown("unknown-document", "There is no such document.")
        removed = document.with_(status=DocumentStatus.REMOVED)
        step.put_document(removed)
        step.record("document_removed", requirement=requirement, number=number)
        if step.after.stage is Stage.CORRECTIONS:
            # What is left may be all that was missing: the removed one was the one at fault.
            resubmit_if_complete(step, merged(documents, (removed,)))
        step.commit_and_signal()

    again_on_conflict(attempt)


def _next_document(
    step: Step,
    wanted: DocumentRequirement,
    documents: tuple[Document, ...],
    replaces: int | None,
) -> Document:
    of_requirement = [item for item in documents if item.requirement == wanted.key]
    present = [item.number for item in current(documents, wanted.key)]
    most = wanted.max_documents if isinstance(wanted, LetterRequirement) else 1
    if replaces is not None and replaces not in present:
        raise invalid_document("/replaces", "There is no such document to replace.")
    if replaces is None:
        replaces = _at_fault(current(documents, wanted.key))
    if replaces is None and len(present) >= most:
        if most > 1:
            raise invalid_document(
                "/replaces",
                f"There are {most} documents already; say which of {present} the new one replaces.",
            )
        replaces = present[0]
    return Document(
        application=step.after.id,
        requirement=wanted.key,
        number=1 + max((item.number for item in of_requirement), default=0),
        status=DocumentStatus.EXPECTED,
        kind=wanted.kind,
        source="upload",
        file_name="unnamed",
        intent_at=step.now,
        replaces=replaces,
    )


def _at_fault(documents: tuple[Document, ...]) -> int | None:
    """Return the document that a new one is for: returned by a person, or not to be read."""
    for document in documents:
        evidence = document.evidence
        if document.rejected or (evidence is not None and not evidence.readable):
            return document.number
    return None

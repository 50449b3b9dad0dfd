"""Letters and videos on their way in: slots, links, arrivals, replacements."""

import hashlib
from datetime import datetime
from typing import IO, NamedTuple

from roundtable.domain.application import Application
from roundtable.domain.audit import Actor
from roundtable.domain.deadlines import close_for, last_close, upload_timeliness
from roundtable.domain.documents import Document, DocumentStatus, current, merged
from roundtable.domain.model import Record
from roundtable.domain.program import (
    MEGABYTE,
    DocumentRequirement,
    LetterRequirement,
    Program,
    VideoRequirement,
)
from roundtable.domain.requirements import FieldProblem
from roundtable.domain.reviews import ReviewStatus
from roundtable.domain.schedule import correction_end
from roundtable.domain.stages import Stage
from roundtable.domain.videos import LinkRefused, canonical_link
from roundtable.ports import NotFound, Ports, StoredObject, UploadForm
from roundtable.usecases.correcting import resubmit_if_complete
from roundtable.usecases.errors import Invalid, NotNow, Unknown
from roundtable.usecases.retry import again_on_conflict
from roundtable.usecases.step import Step, system

LETTER_TYPES = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}
VIDEO_TYPES = ("video/mp4", "video/quicktime", "video/webm")
CHANGEABLE = frozenset({Stage.DRAFT, Stage.CHECKING, Stage.CORRECTIONS, Stage.REVIEW})


class UploadSlot(Record):
    """A place for one version of a document, and the form that uploads it."""

    document: Document
    form: UploadForm


class ObjectName(NamedTuple):
    """What the server wrote into an object's key."""

    application: str
    requirement: str
    number: int


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

    def attempt() -> UploadSlot:
        step = Step(ports, ports.applications.get(application_id), actor)
        wanted = _changeable(step, requirement)
        _check_announced(wanted, content_type, size)
        documents = ports.applications.documents(application_id)
        document = _next_document(step, wanted, documents, replaces).with_(
            until=_changeable_until(step.program, step.after),
            source="upload",
            file_name=file_name,
            content_type=content_type,
            size=size,
            status=DocumentStatus.EXPECTED,
        )
        key = (
            f"documents/{application_id}/{requirement}/{document.number}/"
            f"{ports.randomness.ulid(step.now)}"
        )
        document = document.with_(object_key=key)
        step.put_document(document)
        step.record("upload_asked", requirement=requirement, number=document.number)
        step.commit()
        form = ports.documents.upload_form(
            key,
            content_type=content_type,
            max_bytes=wanted.max_megabytes * MEGABYTE,
            now=step.now,
        )
        return UploadSlot(document=document, form=form)

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
        wanted = _changeable(step, requirement)
        if not isinstance(wanted, VideoRequirement):
            raise _invalid("/requirement", f"{wanted.title} is a file: upload it.")
        try:
            link = canonical_link(url, wanted.hosts)
        except LinkRefused as refused:
            raise _invalid("/url", refused.reason) from None
        documents = ports.applications.documents(application_id)
        document = _next_document(step, wanted, documents, replaces).with_(
            source="link",
            file_name=link.url,
            status=DocumentStatus.RECEIVED,
            stated_seconds=stated_seconds,
            sha256=hashlib.sha256(f"{link.url} {stated_seconds}".encode()).hexdigest(),
            received_at=step.now,
        )
        return _arrive(step, document, documents)

    return again_on_conflict(attempt)


def remove_document(
    ports: Ports, application_id: str, actor: Actor, *, requirement: str, number: int
) -> None:
    """Take a document of a draft, or one that was asked to be mended, out again."""

    def attempt() -> None:
        step = Step(ports, ports.applications.get(application_id), actor)
        _changeable(step, requirement)
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
        until = _changeable_until(step.program, application)
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
        return _arrive(
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


def _arrive(step: Step, document: Document, documents: tuple[Document, ...]) -> Document:
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
    gone |= set(left[: -_most(step, document.requirement)])
    return tuple(
        item.with_(status=DocumentStatus.SUPERSEDED) if item.number in gone else item
        for item in (document, *present)
        if item.number in gone or item is document
    )


def _most(step: Step, requirement: str) -> int:
    """Return how many documents of a requirement count at once."""
    for track in (step.track, *step.program.tracks):
        wanted = track.requirement(requirement)
        if isinstance(wanted, LetterRequirement):
            return wanted.max_documents
    return 1


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


def _changeable(step: Step, requirement: str) -> DocumentRequirement:
    """Return the requirement if its documents may change now; raises NotNow or Invalid."""
    wanted = _requirement(step.program, step.after, requirement)
    application = step.after
    if application.stage not in CHANGEABLE:
        raise NotNow("not-changeable", "The documents of this application cannot change any more.")
    if step.now < step.program.opens_at:
        raise NotNow("not-open-yet", "The round is not open yet.")
    if step.now >= _changeable_until(step.program, application):
        raise NotNow(
            "closed", "The time for changes is over. What you gave before the close is kept."
        )
    if (
        application.stage is Stage.CORRECTIONS
        and application.corrections is not None
        and step.now >= close_for(step.program, step.track, application)
        and requirement not in {item.requirement for item in application.corrections.items}
    ):
        raise NotNow(
            "not-returned",
            f"After the close only what was returned can change; {wanted.title} was not returned.",
        )
    return wanted


def _changeable_until(program: Program, application: Application) -> datetime:
    if application.stage is Stage.CORRECTIONS and application.corrections is not None:
        return correction_end(application, program)
    if application.stage is Stage.DRAFT:
        return last_close(program, application)
    return close_for(program, program.track(application.track), application)


def _requirement(program: Program, application: Application, key: str) -> DocumentRequirement:
    tracks = [application.track]
    if application.stage is Stage.DRAFT:
        tracks += [track for track in application.form.tracks if track not in tracks]
    for track in program.tracks:
        requirement = track.requirement(key) if track.key in tracks else None
        if isinstance(requirement, LetterRequirement | VideoRequirement):
            return requirement
    raise _invalid("/requirement", f"This application needs no document '{key}'.")


def _check_announced(wanted: DocumentRequirement, content_type: str, size: int) -> None:
    if isinstance(wanted, LetterRequirement):
        allowed = tuple(LETTER_TYPES[name] for name in wanted.formats)
        named = ", ".join(name.upper() for name in wanted.formats)
    else:
        allowed, named = VIDEO_TYPES, "MP4, MOV, WebM"
    if content_type not in allowed:
        raise _invalid("/content_type", f"Upload {wanted.title} as one of: {named}.")
    if size < 1:
        raise _invalid("/size", "The file is empty.")
    if size > wanted.max_megabytes * MEGABYTE:
        raise _invalid(
            "/size",
            f"The file has {size / MEGABYTE:.1f} MB; the most is {wanted.max_megabytes} MB.",
            code="too-large",
        )


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
        raise _invalid("/replaces", "There is no such document to replace.")
    if replaces is None:
        replaces = _at_fault(current(documents, wanted.key))
    if replaces is None and len(present) >= most:
        if most > 1:
            raise _invalid(
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


def _invalid(path: str, reason: str, code: str = "invalid-document") -> Invalid:
    return Invalid(code, reason, [FieldProblem(path=path, reason=reason)])

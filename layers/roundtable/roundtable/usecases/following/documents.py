"""The documents of one requirement as their applicant sees them: what is there, what may change."""

from datetime import datetime, timedelta
from enum import StrEnum
from typing import Literal

from roundtable.domain.application import Application, Finding
from roundtable.domain.deadlines import close_for
from roundtable.domain.documents import Document, DocumentStatus, ScanStatus, current
from roundtable.domain.evidence import Verdict
from roundtable.domain.model import Instant, Record
from roundtable.domain.program import LetterRequirement, Program, Track, VideoRequirement
from roundtable.domain.requirements import present_findings
from roundtable.domain.stages import Stage
from roundtable.ports import Ports
from roundtable.usecases.applying.changeable import changeable, changeable_until
from roundtable.usecases.applying.sign_in import applicant
from roundtable.usecases.errors import Invalid, NotNow, Unknown
from roundtable.usecases.following.standing import Standing
from roundtable.usecases.step import Step

ARRIVES_WITHIN = timedelta(minutes=20)
"""For how long a slot may be one whose file was stored without our hearing of it yet."""
_REMOVABLE = frozenset({Stage.DRAFT, Stage.CORRECTIONS})
_OVER = "not-changeable"
_FEW = 5
"""Of many slots that were asked for in vain, only the last ones are worth a question each."""


class Progress(StrEnum):
    """How far one version has come."""

    AWAITED = "awaited"
    """A slot to which nothing was uploaded."""
    ARRIVING = "arriving"
    """It is stored, and we are about to take note of it."""
    SEARCHED = "searched"
    """It is being searched for viruses."""
    CHECKED = "checked"
    """It is being looked into."""
    STUCK = "stuck"
    """It could not be searched: staff look after it."""
    RETURNED = "returned"
    """A person returned it."""
    UNUSABLE = "unusable"
    """It cannot be taken: infected, locked, not to be read, gone."""
    DONE = "done"
    """The look into it is over."""
    REFUSED = "refused"
    """It came too late."""
    REPLACED = "replaced"
    REMOVED = "removed"

    @property
    def settled(self) -> bool:
        """Whether nothing is on its way any more."""
        return self not in {
            Progress.AWAITED, Progress.ARRIVING, Progress.SEARCHED, Progress.CHECKED,
        }  # fmt: skip

    @property
    def wrong(self) -> bool:
        """Whether the applicant is to give another one."""
        return self in {Progress.RETURNED, Progress.UNUSABLE}


class Shown(Record):
    """One version and how far it has come."""

    document: Document
    progress: Progress


_BY_STATUS = {
    DocumentStatus.EXPECTED: Progress.AWAITED,
    DocumentStatus.REFUSED: Progress.REFUSED,
    DocumentStatus.SUPERSEDED: Progress.REPLACED,
    DocumentStatus.REMOVED: Progress.REMOVED,
}
_BY_SCAN = {
    None: Progress.SEARCHED,
    ScanStatus.PENDING: Progress.SEARCHED,
    ScanStatus.FAILED: Progress.STUCK,
}


class RequirementShown(Record):
    """One requirement with its documents."""

    program: Program
    requirement: LetterRequirement | VideoRequirement
    present: tuple[Shown, ...]
    """What counts now, oldest first."""
    arriving: tuple[Shown, ...]
    earlier: tuple[Shown, ...]
    """What counts no more, newest first."""
    verdict: Verdict | Literal["open"]
    """Of all present ones together; `open` before there are any, and while one is looked into."""
    reason: str
    refusal: str
    """The code of why nothing can change now; empty where it can."""
    removable: bool
    until: Instant | None
    """The first instant that is too late for a change; None where nothing can change."""

    @property
    def most(self) -> int:
        """How many documents count at once."""
        return self.requirement.max_documents if self.requirement.kind == "letter" else 1

    @property
    def at_fault(self) -> int | None:
        """The document for which a new one is, whatever is said with it."""
        return next((it.document.number for it in self.present if it.progress.wrong), None)

    @property
    def places(self) -> int:
        """How many further documents there is room for."""
        return 0 if self.at_fault else max(0, self.most - len(self.present))


def requirement_shown(ports: Ports, application: Application, key: str) -> RequirementShown:
    """Return a requirement of an application with its documents; Unknown where it has none."""
    view = Standing(ports, application)
    track = _track(view, key)
    requirement = track.requirement(key) if track else None
    if track is None or not isinstance(requirement, LetterRequirement | VideoRequirement):
        raise Unknown("unknown-requirement", "This application needs no such document.")
    present = current(view.documents, key)
    shown = tuple(Shown(document=it, progress=progress_of(it)) for it in present)
    busy = any(not item.progress.settled for item in shown)
    finding = None if busy or not present else _finding(view, track, key)
    refusal = _refusal(ports, view, key)
    return RequirementShown(
        program=view.program,
        requirement=requirement,
        present=shown,
        arriving=_arriving(ports, view, key),
        earlier=tuple(
            Shown(document=item, progress=progress_of(item))
            for item in sorted(view.documents, key=lambda item: -item.number)
            if item.requirement == key
            and not item.counts
            and item.status is not DocumentStatus.EXPECTED
        ),
        verdict=finding.verdict if finding else "open",
        reason=finding.reason if finding else "",
        refusal=refusal,
        removable=not refusal and application.stage in _REMOVABLE,
        until=None if refusal else _until(view, track),
    )


def version_shown(ports: Ports, application: Application, key: str, number: str) -> Shown:
    """Return one version of a document with how far it has come; Unknown where it is not there.

    The number is a text as addresses have it.
    """
    for document in ports.applications.documents(application.id):
        if (document.requirement, str(document.number)) == (key, number):
            return Shown(document=document, progress=_progress_with_store(ports, document))
    raise Unknown("unknown-document", "There is no such document.")


def progress_of(document: Document) -> Progress:
    """Return how far a version has come, by what we heard of it."""
    if document.status in _BY_STATUS:
        return _BY_STATUS[document.status]
    if document.rejected:
        return Progress.RETURNED
    if document.source == "upload" and document.scan in _BY_SCAN:
        return _BY_SCAN[document.scan]
    if document.waits_for_check or document.evidence is None:
        return Progress.CHECKED
    return Progress.DONE if document.evidence.readable else Progress.UNUSABLE


def _progress_with_store(ports: Ports, document: Document) -> Progress:
    progress = progress_of(document)
    if progress is Progress.AWAITED and ports.documents.newest_object(document.object_key):
        return Progress.ARRIVING
    return progress


def _arriving(ports: Ports, view: Standing, key: str) -> tuple[Shown, ...]:
    """Return what was stored just now, so that nobody takes it for lost."""
    recent = [
        item
        for item in view.documents
        if item.requirement == key
        and item.status is DocumentStatus.EXPECTED
        and view.now < item.intent_at + ARRIVES_WITHIN
    ]
    shown = (Shown(document=it, progress=_progress_with_store(ports, it)) for it in recent[-_FEW:])
    return tuple(item for item in shown if item.progress is Progress.ARRIVING)


def _track(view: Standing, key: str) -> Track | None:
    """Return a track that the applicant knows of and that asks for this requirement."""
    application = view.application
    wanted = [view.track.key]
    if application.stage is Stage.DRAFT:
        wanted += application.form.tracks
    asked = application.corrections
    if asked is not None and key in {item.requirement for item in asked.items}:
        wanted.append(application.track)
    return next(
        (it for it in view.program.tracks if it.key in wanted and it.requirement(key)), None
    )


def _finding(view: Standing, track: Track, key: str) -> Finding | None:
    """Return the verdict on what is there now; after the checks, the one that stands."""
    application = view.application
    if application.stage in {Stage.DRAFT, Stage.CORRECTIONS}:
        findings = present_findings(view.program, track, application, view.documents)
    else:
        findings = view.findings()
    return next((item for item in findings if item.requirement == key), None)


def _until(view: Standing, track: Track) -> datetime:
    """Return the end of the time for changes; of a draft, the close of the track that asks.

    A draft may change until the last close of all, which is too late for the other tracks.
    """
    application = view.application
    closes = close_for(view.program, track, application)
    if application.stage is Stage.DRAFT and view.now < closes:
        return closes
    return changeable_until(view.program, application)


def _refusal(ports: Ports, view: Standing, key: str) -> str:
    if "upload" not in view.can():
        return _OVER
    try:
        changeable(Step(ports, view.application, applicant(view.application), view.now), key)
    except (NotNow, Invalid) as refused:
        return refused.code if isinstance(refused, NotNow) else _OVER
    return ""

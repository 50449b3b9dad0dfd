"""Quarantine: nobody and nothing opens an uploaded file until it was found clean."""

from contextlib import suppress

from roundtable.domain.application import Finding
from roundtable.domain.documents import Document, DocumentStatus, ScanStatus, merged
from roundtable.domain.evidence import Evidence, Verdict
from roundtable.domain.notices import NoticeKind
from roundtable.domain.quarantine import is_overdue, prevailing, told
from roundtable.domain.requirements import present_findings
from roundtable.domain.stages import Stage
from roundtable.messages.facts import StaffAlertFacts
from roundtable.ports import Ports, Quarantined, Unavailable
from roundtable.usecases.applying.object_names import parse_object_key
from roundtable.usecases.checking.asking_again import ask_reviews_again
from roundtable.usecases.checking.correcting import resubmit_if_complete
from roundtable.usecases.retry import again_on_conflict
from roundtable.usecases.step import Step, system

_WEIGHED_LATER = frozenset({Stage.DRAFT, Stage.CHECKING, Stage.FALLBACK})
"""Stages after which all documents are weighed anyway."""


def receive_scan(ports: Ports, key: str, version: str, status: ScanStatus) -> Document | None:
    """Record what the search says of one version of a file, and let its document go on.

    A clean file is looked into now, also when its result is told again: the first request may
    have been lost. What must not be opened comes back to the applicant; a search that failed is
    told to staff. Return None for a file that is nobody's, or of which we did not hear yet: its
    result is asked for when it is received.
    """
    for document in ports.applications.documents(parse_object_key(key).application):
        if (document.object_key, document.object_version) == (key, version):
            searched = record_scan(ports, document, status)
            look_into_clean(ports, searched)
            return searched
    return None


def clean_or_told(ports: Ports, document: Document) -> Evidence | None:
    """Return None if a document may be looked into, or what stands for the look that may not be.

    A result that was not heard of yet is asked for, and recorded. Raises Quarantined while
    there is none.
    """
    if document.source == "link":
        return None
    if document.scan in {None, ScanStatus.PENDING}:
        document = ask_scanner(ports, document)
    if document.scan is ScanStatus.PENDING:
        raise Quarantined("the file was not searched for malware yet")
    return told(document)


def scan_of(ports: Ports, key: str, version: str) -> ScanStatus:
    """Return what the search says by now; a scanner that does not answer holds nothing up."""
    with suppress(Unavailable):
        return ports.malware_scanner.status(key, version)
    return ScanStatus.PENDING


def ask_scanner(ports: Ports, document: Document) -> Document:
    """Return a document with what the search says of it now, recorded.

    A search that lasts too long has failed. Raises Unavailable where the scanner does not answer.
    """
    said = ports.malware_scanner.status(document.object_key, document.object_version)
    if said is ScanStatus.PENDING and is_overdue(document, ports.clock.now()):
        said = ScanStatus.FAILED
    return record_scan(ports, document, said)


def look_into_clean(ports: Ports, document: Document) -> None:
    """Have a document looked into that waited for nothing but its search."""
    if document.waits_for_check and document.counts and document.may_be_opened:
        ports.checkers.request(document)


def record_scan(ports: Ports, document: Document, said: ScanStatus) -> Document:
    """Record what the search says of a document, with what follows; return it as it is then.

    Nothing follows for a version that does not count any more, and for a result known before.
    """

    def attempt() -> Document:
        application = ports.applications.get(document.application)
        documents = ports.applications.documents(document.application)
        (known,) = (
            item
            for item in documents
            if (item.requirement, item.number) == (document.requirement, document.number)
        )
        scan = prevailing(known.scan, said)
        if scan is known.scan:
            return known
        step = Step(ports, application, system("on_scan"))
        changed = known.with_(scan=scan)
        if changed.counts:
            changed = in_quarantine(step, changed)
        step.put_document(changed)
        note_scan(step, changed)
        if changed.counts and changed.evidence != known.evidence:
            _weigh_again(step, changed, merged(documents, (changed,)))
        step.commit_and_signal()
        return changed

    return again_on_conflict(attempt)


def weigh_late_evidence(ports: Ports, document: Document) -> None:
    """Let evidence count that was found after the checks were over.

    The finding of its requirement is made anew; one that fails by it brings the application back
    to its checks, and so to the applicant.
    """

    def attempt() -> None:
        application = ports.applications.get(document.application)
        step = Step(ports, application, system(f"check_{document.kind}"))
        if step.after.stage in _WEIGHED_LATER or not step.after.is_open:
            return
        _weigh_again(step, document, ports.applications.documents(document.application))
        if step.after != step.before:
            step.commit_and_signal()

    again_on_conflict(attempt)


def in_quarantine(step: Step, document: Document) -> Document:
    """Return a document that must not be opened with what is told of it; others as they are."""
    evidence = told(document)
    if evidence is None:
        return document
    return document.with_(evidence=evidence, checked_at=step.now, status=DocumentStatus.CHECKED)


def note_scan(step: Step, document: Document) -> None:
    """Add the result to the audit trail, and an alert where staff must have it searched again."""
    if document.scan is None:
        return
    step.record(
        "document_scanned",
        requirement=document.requirement,
        number=document.number,
        status=document.scan.value,
    )
    if document.scan is ScanStatus.FAILED and document.counts and step.after.is_open:
        _alert(
            step,
            "scan-failed",
            "A file could not be searched for malware",
            f"Nobody can open it: {_title(step, document)}, version {document.number}. Have it "
            "searched again, or ask the applicant to upload it again.",
        )


def _weigh_again(step: Step, document: Document, documents: tuple[Document, ...]) -> None:
    """Make the finding of a document's requirement anew, with what follows in this stage."""
    stage = step.after.stage
    if stage in _WEIGHED_LATER or not step.after.is_open:
        return
    if stage is Stage.CORRECTIONS:
        resubmit_if_complete(step, documents)
        return
    finding = _finding(step, document, documents)
    if finding is None or finding in step.after.findings:
        return
    others = {item.requirement: item for item in step.after.findings}
    step.set(findings=tuple((others | {finding.requirement: finding}).values()))
    if finding.verdict is not Verdict.FAIL:
        return
    if stage is Stage.REVIEW:
        ask_reviews_again(step)
    else:
        _alert(
            step,
            "found-late",
            "A document turned out not to fulfil its requirement",
            f"{_title(step, document)}, version {document.number}: {finding.reason}",
        )


def _finding(step: Step, document: Document, documents: tuple[Document, ...]) -> Finding | None:
    findings = present_findings(step.program, step.track, step.after, documents)
    return next((item for item in findings if item.requirement == document.requirement), None)


def _alert(step: Step, name: str, reason: str, detail: str) -> None:
    step.notify(
        NoticeKind.STAFF_ALERT,
        StaffAlertFacts(reason=reason, detail=detail),
        number=f"{name}:{step.once}",
        to="staff",
    )


def _title(step: Step, document: Document) -> str:
    requirement = next(
        (
            found
            for track in step.program.tracks
            if (found := track.requirement(document.requirement))
        ),
        None,
    )
    return requirement.title if requirement else document.requirement

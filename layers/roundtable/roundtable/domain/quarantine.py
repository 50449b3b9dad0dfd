"""Quarantine: what the search of an uploaded file for malware means, and what is told of it."""

from datetime import datetime, timedelta

from roundtable.domain.documents import Document, ScanStatus
from roundtable.domain.evidence import QUARANTINE, Evidence, LetterEvidence, VideoEvidence

SEARCHED_WITHIN = timedelta(hours=1)
"""How long a search may take; GuardDuty takes minutes for the largest video. Then it has failed."""

INFECTED = (
    "This file was recognized as infected with a virus, so nobody will open it. "
    "Please make it anew on a computer that has been checked, and upload that."
)
LOCKED_LETTER = (
    "This file cannot be checked for viruses, because it is locked with a password or packed too "
    "deep. Please save it without a password, as a plain PDF, and upload that."
)
LOCKED_VIDEO = (
    "This file cannot be checked for viruses, because it is locked with a password or packed too "
    "deep. Please export the video without a password, as a plain MP4, and upload that."
)
NOT_SEARCHED = "Its search for viruses failed, so nobody can open it yet."

_WAITING = "We are checking this file for viruses."
_FAILED = (
    "We could not check this file for viruses. We are looking after that; "
    "there is nothing for you to do."
)

_RANK = (
    None,
    ScanStatus.PENDING,
    ScanStatus.FAILED,
    ScanStatus.UNSUPPORTED,
    ScanStatus.CLEAN,
    ScanStatus.INFECTED,
)


def prevailing(known: ScanStatus | None, said: ScanStatus) -> ScanStatus:
    """Return what holds of a file after another result, in whatever order results are heard of.

    A result makes up for none and for a search that failed; a threat that was found once is not
    taken back by an earlier result that is heard of late. Whoever is sure of the file uploads it
    again.
    """
    return said if known is None else max(known, said, key=_RANK.index)


def is_overdue(document: Document, now: datetime) -> bool:
    """Return whether a file waits for its search longer than any search takes."""
    return document.received_at is not None and now >= document.received_at + SEARCHED_WITHIN


def told(document: Document) -> Evidence | None:
    """Return what stands for a look into a file that must not be opened; None for others.

    What is infected or cannot be searched is the applicant's to mend, a search that failed is a
    person's to look after.
    """
    match document.scan:
        case ScanStatus.INFECTED:
            return _evidence(document, problem=INFECTED)
        case ScanStatus.UNSUPPORTED:
            letter = document.kind == "letter"
            return _evidence(document, problem=LOCKED_LETTER if letter else LOCKED_VIDEO)
        case ScanStatus.FAILED:
            return _evidence(document, unsure=NOT_SEARCHED)
        case _:
            return None


def in_words(document: Document) -> str:
    """Return how the search of a file stands, for its applicant; empty for a clean one, a link."""
    match document.scan:
        case ScanStatus.PENDING:
            return _WAITING
        case ScanStatus.FAILED:
            return _FAILED
        case _:
            evidence = told(document)
            return evidence.problem if evidence else ""


def _evidence(document: Document, *, problem: str = "", unsure: str = "") -> Evidence:
    if document.kind == "video":
        return VideoEvidence(readable=not problem, problem=problem, unsure=unsure, tool=QUARANTINE)
    return LetterEvidence(
        readable=not problem,
        problem=problem,
        unsure=unsure,
        sha256=document.sha256,
        tool=QUARANTINE,
    )

"""One look into one letter: who is asked what about it, in which order, and what was found."""

from collections.abc import Sequence
from typing import Protocol

from roundtable.documents.finding.findings import find_in_letter
from roundtable.domain.evidence import DigitalSignature, LetterEvidence
from roundtable.domain.program import MEGABYTE, LetterRequirement
from roundtable.domain.reading import Detection, LetterReading
from roundtable.ports import ReadingFailed

NOT_READ = "This letter could not be read by itself: the reader stopped over it."


class OneLetter(Protocol):
    """A letter, with those who look at it. Each may raise ReadingFailed or Unavailable."""

    def read(self, *, max_bytes: int, max_pages: int) -> LetterReading:
        """Return what stands in it."""
        ...

    def verify(self) -> tuple[DigitalSignature, ...]:
        """Return its digital signatures."""
        ...

    def detect(self, pages: Sequence[int]) -> Detection | None:
        """Return what is recognized on these pages; None where nobody recognizes."""
        ...


def look_into_letter(
    letter: OneLetter, wanted: LetterRequirement, *, organization: str, about: Sequence[str]
) -> LetterEvidence:
    """Return what is found in a letter of an organization about a program (its names).

    A letter that makes its reader stop is a person's to look at. Raises Unavailable where a
    service does not answer for now.
    """

    def found(detection: Detection | None = None) -> LetterEvidence:
        return find_in_letter(
            reading, organization=organization, about=about, digital=digital, detection=detection
        )

    try:
        reading = letter.read(max_bytes=wanted.max_megabytes * MEGABYTE, max_pages=wanted.max_pages)
    except ReadingFailed:
        return LetterEvidence(readable=True, unsure=NOT_READ)
    digital = _verified(letter, reading)
    evidence = found()
    pages = _pages_to_recognize(evidence, reading)
    detection = letter.detect(pages) if pages else None
    return evidence if detection is None else found(detection)


def _verified(letter: OneLetter, reading: LetterReading) -> tuple[DigitalSignature, ...]:
    """Return the digital signatures; one that makes the verifier stop is left unverified."""
    if reading.digital != "pdf":
        return ()
    try:
        return letter.verify()
    except ReadingFailed:
        return (DigitalSignature(signer="", state="unverified"),)


def _pages_to_recognize(evidence: LetterEvidence, reading: LetterReading) -> tuple[int, ...]:
    """Return the pages on which a signature by hand, or text, would tell more than is known.

    None for a letter that cannot be read, that has no page images, or in which every title has
    convincing evidence of its signature.
    """
    pages = {*evidence.scanned, *evidence.unread} | {
        found.place.page
        for found in evidence.roles
        if found.place and not (found.signature and found.signature.convinces)
    }
    if not evidence.readable or reading.format == "docx":
        return ()
    return tuple(page for page in sorted(pages) if page <= reading.previews)

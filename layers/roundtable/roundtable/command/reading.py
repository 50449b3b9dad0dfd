"""What is read by a check, and by whom: here or apart."""

from typing import Protocol

from roundtable.domain.evidence import DigitalSignature
from roundtable.domain.model import Record
from roundtable.domain.reading import Detection, LetterReading


class LetterFile(Record):
    """A letter at hand, and what was recognized on its pages, if somebody recognized it."""

    name: str
    content: bytes
    detection: Detection | None = None


class Reader(Protocol):
    """Parses a file; both raise ReadingFailed where the parser stopped over it."""

    def read(self, file: LetterFile, *, max_bytes: int, max_pages: int) -> LetterReading:
        """Return what stands in a letter."""
        ...

    def verify(self, file: LetterFile) -> tuple[DigitalSignature, ...]:
        """Return its digital signatures."""
        ...

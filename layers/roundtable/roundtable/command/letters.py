"""A check of letters at hand, with the code that the functions run."""

import hashlib
from collections.abc import Sequence
from datetime import UTC, datetime

from roundtable.adapters.scanner_builtin import search
from roundtable.command.reading import LetterFile, Reader
from roundtable.command.terms import LetterTerms
from roundtable.domain.documents import Document, DocumentStatus
from roundtable.domain.evidence import DigitalSignature, LetterEvidence, Verdict
from roundtable.domain.letters import judge_letters
from roundtable.domain.model import Record
from roundtable.domain.quarantine import told
from roundtable.domain.reading import Detection, LetterReading
from roundtable.usecases.checking.one_letter import look_into_letter

_ANY_TIME = datetime(2000, 1, 1, tzinfo=UTC)


class LettersChecked(Record):
    """The verdict over all letters, and what was found in each."""

    verdict: Verdict
    reason: str
    evidence: tuple[LetterEvidence, ...]


def check_letters(
    files: Sequence[LetterFile], terms: LetterTerms, reader: Reader
) -> LettersChecked:
    """Return the verdict over all letters of a requirement."""
    evidence = tuple(_look(file, terms, reader) for file in files)
    # Where no program is named, no letter can fail to name it.
    judged = evidence if terms.about else tuple(one.with_(program="matched") for one in evidence)
    verdict, reason = judge_letters(
        terms.requirement, judged, earliest=terms.earliest, latest=terms.latest
    )
    return LettersChecked(verdict=verdict, reason=reason, evidence=evidence)


class _AtHand:
    """A file at hand, for whoever looks at it."""

    def __init__(self, file: LetterFile, reader: Reader) -> None:
        self._file, self._reader = file, reader

    def read(self, *, max_bytes: int, max_pages: int) -> LetterReading:
        return self._reader.read(self._file, max_bytes=max_bytes, max_pages=max_pages)

    def verify(self) -> tuple[DigitalSignature, ...]:
        return self._reader.verify(self._file)

    def detect(self, pages: Sequence[int]) -> Detection | None:
        known = self._file.detection
        if known is None:
            return None
        return known.with_(pages=tuple(page for page in known.pages if page.page in pages))


def _look(file: LetterFile, terms: LetterTerms, reader: Reader) -> LetterEvidence:
    sha256 = hashlib.sha256(file.content).hexdigest()
    return _told_by_search(file, sha256) or look_into_letter(
        _AtHand(file, reader),
        terms.requirement,
        organization=terms.organization,
        about=terms.about,
    ).with_(sha256=sha256)


def _told_by_search(file: LetterFile, sha256: str) -> LetterEvidence | None:
    """Return what is told of a file that must not be opened; None for a clean one."""
    evidence = told(
        Document(
            application="none",
            requirement="letter",
            number=1,
            status=DocumentStatus.RECEIVED,
            kind="letter",
            source="upload",
            file_name=file.name,
            sha256=sha256,
            intent_at=_ANY_TIME,
            scan=search(iter([file.content])),
        )
    )
    return evidence if isinstance(evidence, LetterEvidence) else None

"""Looking into one letter that was uploaded."""

from collections.abc import Sequence

from roundtable.domain.commitments import names_in_letters
from roundtable.domain.documents import Document
from roundtable.domain.evidence import DigitalSignature
from roundtable.domain.program import LetterRequirement
from roundtable.domain.reading import Detection, LetterReading
from roundtable.ports import Ports
from roundtable.usecases.checking.one_letter import look_into_letter
from roundtable.usecases.checking.quarantine import clean_or_told, weigh_late_evidence
from roundtable.usecases.checking.to_check import requirement_of, to_check
from roundtable.usecases.step import program_of


def check_letter(ports: Ports, application_id: str, requirement: str, number: int) -> None:
    """Look into one letter and keep what was found; nothing happens if it was replaced.

    It is read and verified apart (`read_letter`, `verify_signatures`): a file that makes a
    reader crash comes to a person with the other letters. Raises Quarantined while the file was
    not searched for malware yet, Unavailable whenever a service does not answer for now.
    """
    document = to_check(ports, application_id, requirement, number)
    application = ports.applications.get(application_id)
    wanted = requirement_of(ports, application, requirement)
    if document is None or not isinstance(wanted, LetterRequirement):
        return
    evidence = clean_or_told(ports, document)
    if evidence is None:
        organization = application.form.organization
        evidence = look_into_letter(
            _Kept(ports, document),
            wanted,
            organization=organization.name if organization else "",
            about=names_in_letters(program_of(ports, application), wanted),
        ).with_(sha256=document.sha256)
    ports.applications.keep_evidence(document, evidence, ports.clock.now())
    weigh_late_evidence(ports, document)


class _Kept:
    """A letter that was uploaded, for those who look at it in functions of their own."""

    def __init__(self, ports: Ports, document: Document) -> None:
        self._ports, self._document = ports, document

    def read(self, *, max_bytes: int, max_pages: int) -> LetterReading:
        return self._ports.letter_reader.read(
            self._document, max_bytes=max_bytes, max_pages=max_pages
        )

    def verify(self) -> tuple[DigitalSignature, ...]:
        return self._ports.signature_verifier.verify(self._document)

    def detect(self, pages: Sequence[int]) -> Detection | None:
        return self._ports.signature_detector.detect(self._document, pages)

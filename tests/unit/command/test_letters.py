from dataclasses import replace
from datetime import date

from local.rehearsal import files
from roundtable.command.letters import check_letters
from roundtable.command.reading import LetterFile
from roundtable.command.terms import LetterTerms, find_program, letter_terms
from roundtable.documents.reading.letter import read_letter
from roundtable.domain.evidence import DigitalSignature, SignatureKind, Verdict
from roundtable.domain.program import Role
from roundtable.domain.reading import LetterReading
from roundtable.ports import ReadingFailed
from roundtable.usecases.checking.one_letter import NOT_READ
from tests.factories.signed_pdfs import signed_pdf

ORGANIZATION = "Lakeside Clinic"
(CEO,) = files.signers((Role.CEO,))
UNSIGNED = files.letter_pdf(ORGANIZATION, (Role.CEO,), signature="none")
SIGNED = LetterFile(name="letter.pdf", content=signed_pdf(UNSIGNED, CEO.name))


class Reader:
    """Reads as usual; verifies by what a test says, or stops over the file."""

    def __init__(
        self, signatures: tuple[DigitalSignature, ...] | None = None, *, reads: bool = True
    ) -> None:
        self._signatures = signatures
        self._reads = reads

    def read(self, file: LetterFile, *, max_bytes: int, max_pages: int) -> LetterReading:
        if not self._reads:
            raise ReadingFailed(file.name)
        limits = {"max_bytes": max_bytes, "max_pages": max_pages}
        return read_letter(file.content, file_name=file.name, **limits).reading

    def verify(self, file: LetterFile) -> tuple[DigitalSignature, ...]:
        if self._signatures is None:
            raise ReadingFailed(file.name)
        return self._signatures


def terms() -> LetterTerms:
    program = find_program("pursuing-equity-2023")
    return letter_terms(program, (Role.CEO,), ORGANIZATION, date(2022, 10, 3))


def test_digital_signature_that_holds_is_a_pass() -> None:
    valid = DigitalSignature(signer=CEO.name, state="valid")
    checked = check_letters([SIGNED], terms(), Reader((valid,)))
    assert (checked.verdict, checked.reason) == (Verdict.PASS, "")
    assert checked.evidence[0].roles[0].signature is SignatureKind.DIGITAL


def test_digital_signature_over_which_the_verifier_stops_is_looked_at() -> None:
    checked = check_letters([SIGNED], terms(), Reader(None))
    assert checked.verdict is Verdict.LOOK
    assert checked.evidence[0].digital == (DigitalSignature(signer="", state="unverified"),)


def test_letter_over_which_the_reader_stops_is_looked_at() -> None:
    checked = check_letters([SIGNED], terms(), Reader(reads=False))
    assert checked.verdict is Verdict.LOOK
    assert checked.evidence[0].unsure == NOT_READ
    assert len(checked.evidence[0].sha256) == 64


def test_letter_too_large_for_the_program_is_refused() -> None:
    wanted = terms()
    small = replace(wanted, requirement=wanted.requirement.with_(max_megabytes=1))
    large = LetterFile(name="letter.pdf", content=SIGNED.content + bytes(1_000_000))
    checked = check_letters([large], small, Reader(()))
    assert checked.verdict is Verdict.FAIL
    assert "up to 1 MB" in checked.reason

import hashlib
from typing import Any

import pytest

from local.rehearsal import files
from roundtable.domain.documents import Document, ScanStatus
from roundtable.domain.evidence import (
    Box,
    DigitalSignature,
    LetterEvidence,
    SignatureKind,
    VideoEvidence,
)
from roundtable.domain.program import Role
from roundtable.domain.reading import DetectedPage
from roundtable.domain.stages import Stage
from roundtable.ports import Quarantined, ReadingFailed, Unavailable
from roundtable.usecases.checking.looking import check_letter
from roundtable.usecases.checking.one_letter import NOT_READ
from tests.factories import (
    APPLICATION,
    LETTER,
    NOW,
    make_application,
    make_document,
    make_letter_evidence,
    make_program,
)
from tests.factories.signed_pdfs import signed_pdf
from tests.fakes import FakePorts

HOSPITAL = "St. Mary's Hospital"


@pytest.fixture
def ports() -> FakePorts:
    fakes = FakePorts()
    fakes.rounds.given(make_program())
    return fakes


def given(ports: FakePorts, *documents: Document, **changes: Any) -> None:
    ports.applications.given(make_application(Stage.CHECKING, **changes), documents=documents)


def stored(ports: FakePorts, content: bytes, name: str = "letter.pdf", **changes: Any) -> Document:
    """Store a letter that waits for its check."""
    key = make_document().object_key
    document = make_document(
        file_name=name,
        object_version=ports.documents.put(key, content).version,
        sha256=hashlib.sha256(content).hexdigest(),
        **changes,
    )
    given(ports, document)
    return document


def found(ports: FakePorts) -> LetterEvidence:
    """Return what a check finds."""
    check_letter(ports, APPLICATION, LETTER, 1)
    (document,) = ports.applications.documents(APPLICATION)
    assert isinstance(document.evidence, LetterEvidence)
    assert document.checked_at == NOW
    return document.evidence


def kinds(evidence: LetterEvidence) -> dict[Role, SignatureKind | None]:
    return {one.role: one.signature for one in evidence.roles}


@pytest.mark.scenario(9)
@pytest.mark.parametrize("write", [files.letter_pdf, files.letter_docx])
def test_check_letter_finds_both_signatures_and_makes_page_images(
    ports: FakePorts, write: Any
) -> None:
    name = "letter.pdf" if write is files.letter_pdf else "letter.docx"
    document = stored(ports, write(HOSPITAL), name)
    evidence = found(ports)
    assert kinds(evidence) == dict.fromkeys((Role.CEO, Role.BOARD_CHAIR), SignatureKind.TYPED)
    assert evidence.sha256 == document.sha256
    assert evidence.previews == 1
    assert ports.signature_detector.asked == []


@pytest.mark.scenario(13)
def test_check_letter_of_something_else_is_not_readable(ports: FakePorts) -> None:
    stored(ports, files.web_page())
    evidence = found(ports)
    assert (evidence.readable, bool(evidence.problem)) == (False, True)


def test_check_letter_that_makes_its_reader_crash_is_a_persons_to_look_at(
    ports: FakePorts,
) -> None:
    document = stored(ports, files.letter_pdf(HOSPITAL))
    ports.letter_reader.fails = ReadingFailed("Runtime.ExitError")
    assert found(ports) == LetterEvidence(readable=True, unsure=NOT_READ, sha256=document.sha256)


def test_check_letter_while_the_reader_does_not_answer_is_tried_again(ports: FakePorts) -> None:
    stored(ports, files.letter_pdf(HOSPITAL))
    ports.letter_reader.fails = Unavailable("throttled")
    with pytest.raises(Unavailable):
        check_letter(ports, APPLICATION, LETTER, 1)


@pytest.mark.scenario(13)
def test_check_letter_in_quarantine_is_not_even_read(ports: FakePorts) -> None:
    document = stored(ports, files.letter_pdf(HOSPITAL), scan=ScanStatus.PENDING)
    ports.malware_scanner.results[document.object_key, document.object_version] = ScanStatus.PENDING
    with pytest.raises(Quarantined):
        check_letter(ports, APPLICATION, LETTER, 1)
    assert ports.letter_reader.asked == []


def test_check_letter_has_digital_signatures_verified(ports: FakePorts) -> None:
    content = signed_pdf(
        files.letter_pdf(HOSPITAL, (Role.CEO,), signature="none"),
        files.signers((Role.CEO,))[0].name,
    )
    document = stored(ports, content)
    signer = DigitalSignature(signer=files.signers((Role.CEO,))[0].name, state="valid")
    ports.signature_verifier.signatures[document.object_key] = (signer,)
    evidence = found(ports)
    assert evidence.digital == (signer,)
    assert kinds(evidence) == {Role.CEO: SignatureKind.DIGITAL}


def test_check_letter_whose_signature_makes_the_verifier_crash_is_unverified(
    ports: FakePorts,
) -> None:
    stored(ports, signed_pdf(files.letter_pdf(HOSPITAL, (Role.CEO,)), "Jane Doe"))
    ports.signature_verifier.fails = ReadingFailed("Sandbox.Timedout")
    assert found(ports).digital == (DigitalSignature(signer="", state="unverified"),)


def test_check_letter_has_signatures_by_hand_recognized_where_somebody_does(
    ports: FakePorts,
) -> None:
    stored(ports, files.letter_pdf(HOSPITAL, (Role.CEO,), signature="none"))
    above_the_name = Box(left=0.12, top=0.345, right=0.3, bottom=0.372)
    ports.signature_detector.put(DetectedPage(page=1, signatures=(above_the_name,)))
    assert kinds(found(ports)) == {Role.CEO: SignatureKind.DETECTED}
    assert [pages for _, pages in ports.signature_detector.asked] == [(1,)]


def test_check_letter_signed_by_hand_shows_no_signature_where_nobody_recognizes_it(
    ports: FakePorts,
) -> None:
    stored(ports, files.letter_pdf(HOSPITAL, (Role.CEO,), signature="none"))
    assert kinds(found(ports)) == {Role.CEO: None}
    assert [pages for _, pages in ports.signature_detector.asked] == [(1,)]


def test_check_letter_whose_stored_content_differs_comes_to_a_person(ports: FakePorts) -> None:
    document = stored(ports, files.letter_pdf(HOSPITAL))
    given(ports, document.with_(sha256="0" * 64))
    assert found(ports).unsure == NOT_READ


def test_check_letter_that_was_replaced_or_checked_does_nothing(ports: FakePorts) -> None:
    checked = make_document(number=2, status="checked", evidence=make_letter_evidence())
    given(ports, make_document(number=1, status="superseded"), checked)
    before = ports.applications.documents(APPLICATION)
    check_letter(ports, APPLICATION, LETTER, 1)
    check_letter(ports, APPLICATION, LETTER, 2)
    assert ports.applications.documents(APPLICATION) == before


def test_check_letter_for_what_is_no_letter_does_nothing(ports: FakePorts) -> None:
    given(ports, make_document(kind="video"))
    check_letter(ports, APPLICATION, make_document(kind="video").requirement, 1)
    (document,) = ports.applications.documents(APPLICATION)
    assert not isinstance(document.evidence, LetterEvidence | VideoEvidence)

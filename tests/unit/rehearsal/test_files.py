# pyright: reportMissingTypeStubs=false, reportUnknownMemberType=false
# (pypdfium2 carries no types.)
from datetime import date
from io import BytesIO

import docx
import pypdfium2
import pytest

from local.rehearsal import files
from roundtable.domain.program import Role

ORGANIZATION = "Lakeside Clinic"


def text_of(content: bytes, password: str | None = None) -> str:
    with pypdfium2.PdfDocument(content, password=password) as document:
        return "\n".join(page.get_textpage().get_text_bounded() for page in document)


def text_of_docx(content: bytes) -> str:
    return "\n".join(paragraph.text for paragraph in docx.Document(BytesIO(content)).paragraphs)


@pytest.mark.parametrize("seed", range(3))
def test_files_are_the_same_for_the_same_arguments(seed: int) -> None:
    for make in (files.letter_pdf, files.letter_docx):
        assert make(ORGANIZATION, seed=seed) == make(ORGANIZATION, seed=seed)
        assert make(ORGANIZATION, seed=seed) != make(ORGANIZATION, seed=seed + 1)
    assert files.letter_pdf(ORGANIZATION, seed=seed, scan=True) == files.letter_pdf(
        ORGANIZATION, seed=seed, scan=True
    )
    assert files.letter_pdf(ORGANIZATION, seed=seed, password="x") == files.letter_pdf(
        ORGANIZATION, seed=seed, password="x"
    )
    assert files.video_mp4(300, seed=seed) == files.video_mp4(300, seed=seed)


def test_letter_pdf_holds_its_signers() -> None:
    text = text_of(files.letter_pdf(ORGANIZATION, seed=4))
    for person in files.signers((Role.CEO, Role.BOARD_CHAIR), 4):
        assert f"/s/ {person.name}" in text
        assert person.title in text


def test_letters_say_what_they_commit_to_and_when() -> None:
    for make in (files.letter_pdf, files.letter_docx):
        content = make(ORGANIZATION, program="The Other Program", dated=date(2023, 2, 3))
        text = text_of(content) if make is files.letter_pdf else text_of_docx(content)
        text = " ".join(text.split())
        assert f"On behalf of {ORGANIZATION}" in text
        assert "our commitment to The Other Program." in text
        assert "February 3, 2023" in text
    usual = " ".join(text_of(files.letter_pdf(ORGANIZATION)).split())
    assert "our commitment to Pursuing Equity." in usual
    assert "September 1, 2022" in usual


def test_letter_pdf_with_a_password_opens_with_it() -> None:
    locked = files.letter_pdf(ORGANIZATION, password="secret")
    with pytest.raises(pypdfium2.PdfiumError):
        text_of(locked)
    assert ORGANIZATION in text_of(locked, "secret")


def test_letter_pdf_as_a_scan_has_no_text() -> None:
    assert text_of(files.letter_pdf(ORGANIZATION, scan=True)) == ""


def test_zip_bomb_is_small_and_declares_much() -> None:
    assert len(files.zip_bomb_docx()) < 200_000


@pytest.mark.parametrize("options", [{}, {"fragmented": True}, {"header_last": True}])
def test_video_mp4_is_small_and_its_elements_fill_it(options: dict[str, bool]) -> None:
    content = files.video_mp4(600, **options)
    assert len(content) < 50_000
    at, names = 0, list[bytes]()
    while at < len(content):
        names.append(content[at + 4 : at + 8])
        at += int.from_bytes(content[at : at + 4], "big")
    assert at == len(content)
    assert {b"ftyp", b"moov", b"mdat"} <= set(names)

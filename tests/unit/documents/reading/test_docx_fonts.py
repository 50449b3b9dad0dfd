from collections.abc import Callable
from io import BytesIO
from typing import Any

import docx
import pytest
from docx.document import Document

from roundtable.documents.reading.docx import read_docx
from tests.corpus.making.word import parts_of, repacked


def letter() -> Document:
    document = docx.Document()
    document.add_paragraph("We commit to taking part.")
    document.add_paragraph("Jane Doe").add_run(", CEO").bold = True
    return document


def saved(document: Document) -> bytes:
    buffer = BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def fonts(content: bytes) -> set[str]:
    rows = read_docx(content, max_pages=1).reading.rows
    return {cell.font for row in rows for cell in row.cells}


def in_a_run(document: Any) -> None:
    document.paragraphs[1].runs[0].font.name = "Brush Script MT"


def in_italics(document: Any) -> None:
    document.paragraphs[1].runs[0].italic = True


def in_a_style(document: Any) -> None:
    document.styles["Quote"].font.name = "Vivaldi"
    document.paragraphs[1].style = "Quote"


def in_a_heading(document: Any) -> None:
    document.add_heading("Letter of commitment")


def in_a_header(document: Any) -> None:
    document.sections[0].header.paragraphs[0].add_run("St. Mary").font.name = "Georgia"


def test_only_font_of_a_document_in_one() -> None:
    assert fonts(saved(letter())) == {"minorHAnsi"}


def test_only_font_of_an_unused_style_does_not_matter() -> None:
    document: Any = letter()
    document.styles["Quote"].font.name = "Vivaldi"
    assert fonts(saved(document)) == {"minorHAnsi"}


@pytest.mark.parametrize("set_", [in_a_run, in_italics, in_a_style, in_a_heading, in_a_header])
def test_only_font_of_a_document_in_two_is_not_known(set_: Callable[[Any], None]) -> None:
    document = letter()
    set_(document)
    assert fonts(saved(document)) == {""}


@pytest.mark.parametrize(
    "styles", [b"<a>", b'<!DOCTYPE a [<!ENTITY b "ha">]><a>&b;</a>', b"<a/>", None]
)
def test_only_font_of_a_document_without_readable_styles_is_not_known(styles: bytes | None) -> None:
    document: Any = letter()
    document.paragraphs[0].runs[0].font.name = "Calibri"
    parts = parts_of(saved(document))
    parts.pop("word/styles.xml")
    content = repacked(parts if styles is None else parts | {"word/styles.xml": styles})
    assert fonts(content) <= {"", "Calibri"}

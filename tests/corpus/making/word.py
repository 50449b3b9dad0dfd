"""Letters as Word documents."""

from collections.abc import Sequence
from datetime import UTC, datetime
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

import docx
from docx.document import Document
from docx.shared import Pt
from docx.text.paragraph import Paragraph

from tests.corpus.making.ink import signature_jpeg
from tests.corpus.making.letter import Letter, Mark, Signer, is_drawn, mark_text
from tests.corpus.making.sheets import INK_HEIGHT, INK_WIDTH

_MAIN = "word/document.xml"
WRITTEN = datetime(2022, 10, 3, 12, tzinfo=UTC)


def word(letter: Letter, *, margins: bool = False) -> bytes:
    """Return a letter as Word saves it; `margins` puts the letterhead into the page's header."""
    document = docx.Document()
    document.core_properties.created = document.core_properties.modified = WRITTEN
    if margins:
        header = document.sections[0].header
        header.paragraphs[0].text = letter.head[0]
        for line in letter.head[1:]:
            header.add_paragraph(line)
    else:
        for line in letter.head:
            document.add_paragraph(line)
    for line in ("", letter.date, "", *letter.receiver, "", letter.greeting):
        document.add_paragraph(line)
    for paragraphs in (letter.paragraphs, *letter.long_text, letter.appendix):
        for text in paragraphs:
            document.add_paragraph(text)
    document.add_paragraph(letter.closing)
    if letter.layout == "table":
        _sign_in_table(document, letter.signers)
    else:
        for one in letter.signers:
            document.add_paragraph("")
            _sign([document.add_paragraph() for _ in range(2 + len(one.title))], one)
    for line in letter.after:
        document.add_paragraph(line)
    buffer = BytesIO()
    document.save(buffer)
    return repacked(parts_of(buffer.getvalue()))


def _sign_in_table(document: Document, signers: Sequence[Signer]) -> None:
    rows = 2 + max(len(one.title) for one in signers)
    table = document.add_table(rows=rows, cols=len(signers))
    for place, one in enumerate(signers):
        _sign([table.cell(row, place).paragraphs[0] for row in range(2 + len(one.title))], one)


def _sign(lines: Sequence[Paragraph], one: Signer) -> None:
    if is_drawn(one):
        picture = signature_jpeg(one.name, int(INK_WIDTH), int(INK_HEIGHT))
        lines[0].add_run().add_picture(BytesIO(picture), Pt(INK_WIDTH), Pt(INK_HEIGHT))
    else:
        run = lines[0].add_run(mark_text(one))
        if one.mark is Mark.SCRIPT:
            run.font.name = "Brush Script MT"
            run.font.size = Pt(20)
    for line, text in zip(lines[1:], (one.name, *one.title), strict=False):
        line.add_run(text)


def word_with_deletion(letter: Letter, text: str) -> bytes:
    """Return a letter in which a piece of text was deleted while changes were tracked."""
    parts = parts_of(word(letter))
    run = f"<w:r><w:t>{text}</w:t></w:r>".encode()
    deleted = (
        '<w:del w:id="1" w:author="Editor" w:date="2022-10-03T12:00:00Z">'
        f"<w:r><w:delText>{text}</w:delText></w:r></w:del>"
    ).encode()
    assert run in parts[_MAIN]
    return repacked(parts | {_MAIN: parts[_MAIN].replace(run, deleted)})


def parts_of(content: bytes) -> dict[str, bytes]:
    """Return the parts of a Word document, or of any ZIP."""
    with ZipFile(BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def repacked(parts: dict[str, bytes]) -> bytes:
    """Return a ZIP of these parts, with fixed times."""
    buffer = BytesIO()
    with ZipFile(buffer, "w") as archive:
        for name, content in parts.items():
            entry = ZipInfo(name, date_time=(2022, 10, 3, 12, 0, 0))
            entry.compress_type = ZIP_DEFLATED
            archive.writestr(entry, content)
    return buffer.getvalue()

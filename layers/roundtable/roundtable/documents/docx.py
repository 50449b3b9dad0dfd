"""The text of a Word document in rows, read only after its ZIP was found harmless."""

import re
from base64 import b64decode
from collections.abc import Iterator
from dataclasses import dataclass
from html.parser import HTMLParser
from io import BytesIO
from typing import Any, cast
from xml.etree.ElementTree import Element
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

import mammoth  # pyright: ignore[reportMissingTypeStubs]
from defusedxml.ElementTree import fromstring

from roundtable.documents import recognition
from roundtable.documents.reading import Cell, Row
from roundtable.documents.unreadable import UnreadableError

TOOL = "docx mammoth"
MOST_CHARACTERS = 300_000
MOST_ENTRIES = 1_000
MOST_UNZIPPED = 150_000_000
MOST_XML = 10_000_000
"""Bytes of all XML parts together: they are held in memory as trees, many times larger."""
MOST_RATIO = 200
_RATIO_FROM = 1_000_000
"""Unzipped size from which the ratio of an entry is looked at; small text packs well."""
_ENCRYPTED = 0x1

DAMAGED = (
    "This Word document is damaged and cannot be read. "
    "Please check that it opens on your computer, save it again or as a PDF, and upload that."
)
LOCKED = (
    "This Word document is locked with a password, so nobody here can read it. "
    "Please save it without a password and upload it again."
)
BOMB = (
    "This Word document unpacks to far more than a letter holds, so we do not open it. "
    "Please save the letter as a PDF and upload that."
)
MACROS = "This Word document holds macros. Please save it as a PDF or as .docx and upload that."
TOO_LONG = "This letter holds more text than we can read. Please upload the letter alone."
OTHER_TYPE = (
    "This file is {what}, not a letter in PDF or Word (.docx). "
    "Please save it as a PDF and upload that."
)

_OTHER_ZIPS = (
    ("xl/", "an Excel workbook"),
    ("ppt/", "a PowerPoint presentation"),
    ("content.xml", "an OpenDocument file"),
    ("Index/", "a Pages document"),
)


@dataclass(frozen=True)
class DocxText:
    """What was read from a Word document."""

    rows: tuple[Row, ...]
    margins: str
    """The text of headers and footers, where letterheads stand."""
    digital: tuple[bytes, ...]
    """The certificates of the digital signatures, empty ones left out."""


def read_docx(content: bytes) -> DocxText:
    """Return what stands in a DOCX; raises UnreadableError with words for the applicant."""
    try:
        with ZipFile(BytesIO(content)) as archive:
            entries = archive.infolist()
            _refuse_bombs(entries)
            _refuse_other_types({entry.filename for entry in entries})
            parts = {
                entry.filename: fromstring(archive.read(entry), forbid_dtd=True)
                for entry in entries
                if entry.filename.endswith((".xml", ".rels"))
            }
            _refuse_infected(archive.read(entry) for entry in entries if _small(entry))
        rows = _rows(_as_html(content))
    except UnreadableError:
        raise
    except Exception as error:
        raise UnreadableError(DAMAGED) from error
    if sum(len(cell.text) for row in rows for cell in row) > MOST_CHARACTERS:
        raise UnreadableError(TOO_LONG)
    margins = (
        root for name, root in parts.items() if re.match(r"word/(?:header|footer)\d*\.xml$", name)
    )
    return DocxText(
        rows=tuple(rows),
        margins="\n".join("".join(_texts(root)) for root in margins),
        digital=tuple(_certificates(parts)),
    )


def _refuse_infected(contents: Iterator[bytes]) -> None:
    if any(recognition.infected(content) for content in contents):
        raise UnreadableError(recognition.INFECTED)


def _small(entry: ZipInfo) -> bool:
    return entry.file_size <= MOST_XML


def _refuse_bombs(entries: list[ZipInfo]) -> None:
    if any(entry.flag_bits & _ENCRYPTED for entry in entries):
        raise UnreadableError(LOCKED)
    xml = sum(entry.file_size for entry in entries if entry.filename.endswith((".xml", ".rels")))
    if (
        len(entries) > MOST_ENTRIES
        or sum(entry.file_size for entry in entries) > MOST_UNZIPPED
        or xml > MOST_XML
        or any(
            entry.file_size > _RATIO_FROM
            and entry.file_size > MOST_RATIO * max(entry.compress_size, 1)
            for entry in entries
        )
    ):
        raise UnreadableError(BOMB)
    names = [entry.filename for entry in entries]
    known = {ZIP_STORED, ZIP_DEFLATED}
    if len(set(names)) != len(names) or any(entry.compress_type not in known for entry in entries):
        raise UnreadableError(DAMAGED)


def _refuse_other_types(names: set[str]) -> None:
    if any(name.lower().endswith("vbaproject.bin") for name in names):
        raise UnreadableError(MACROS)
    if "[Content_Types].xml" in names and any(name.startswith("word/") for name in names):
        return
    for start, what in _OTHER_ZIPS:
        if any(name.startswith(start) for name in names):
            raise UnreadableError(OTHER_TYPE.format(what=what))
    raise UnreadableError(OTHER_TYPE.format(what="a ZIP archive"))


def _as_html(content: bytes) -> str:
    """Return the document as HTML, which keeps line breaks, tabs and tables; no pictures."""
    reader = cast("Any", mammoth)
    no_picture = reader.images.img_element(_no_source)
    return str(reader.convert_to_html(BytesIO(content), convert_image=no_picture).value)


def _no_source(_image: object) -> dict[str, str]:
    return {}


class _Rows(HTMLParser):
    """Collects paragraphs and table rows; in a row, the cells' lines stand beside each other."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.rows: list[Row] = []
        self._line: list[str] = []
        self._cells: list[list[str]] | None = None

    def handle_starttag(self, tag: str, attrs: object) -> None:
        del attrs
        if tag == "br":
            self._end_line()
        elif tag == "tr" and self._cells is None:
            self._cells = []
        elif tag in {"td", "th"} and self._cells is not None:
            self._cells.append([])

    def handle_endtag(self, tag: str) -> None:
        if tag in {"p", "li", "td", "th", "h1", "h2", "h3", "h4", "h5", "h6"}:
            self._end_line(keep_empty=tag == "p")
        elif tag == "tr" and self._cells is not None:
            cells, self._cells = self._cells, None
            for number in range(max((len(cell) for cell in cells), default=0)):
                self.rows.append(
                    tuple(
                        Cell(x, cell[number])
                        for x, cell in enumerate(cells)
                        if number < len(cell) and cell[number]
                    )
                )
        elif tag == "table":
            self.rows.append(())

    def handle_data(self, data: str) -> None:
        self._line.append(data)

    def finish(self) -> list[Row]:
        """Return the rows, the last line included."""
        self.close()
        self._end_line()
        return self.rows

    def _end_line(self, *, keep_empty: bool = False) -> None:
        text, self._line = "".join(self._line).strip("\r\n "), []
        if self._cells is not None and self._cells:
            if text.strip() or keep_empty:
                self._cells[-1].append(" ".join(text.split()))
        elif text.strip():
            pieces = re.split(r"\t+|\s{4,}", text)
            self.rows.append(
                tuple(Cell(x, piece.strip()) for x, piece in enumerate(pieces) if piece.strip())
            )
        elif keep_empty:
            self.rows.append(())


def _rows(html: str) -> list[Row]:
    parser = _Rows()
    parser.feed(html)
    return parser.finish()


def _texts(root: Element) -> Iterator[str]:
    for element in root.iter():
        name = element.tag.rpartition("}")[2]
        if name == "t":
            yield element.text or ""
        elif name == "p":
            yield "\n"


def _certificates(parts: dict[str, Element]) -> Iterator[bytes]:
    for name, root in parts.items():
        if not re.match(r"_xmlsignatures/sig\d*\.xml$", name):
            continue
        texts = {
            element.tag.rpartition("}")[2]: (element.text or "").strip() for element in root.iter()
        }
        if texts.get("SignatureValue"):
            yield _decoded(texts.get("X509Certificate", "")) or b"signed"


def _decoded(text: str) -> bytes:
    try:
        return b64decode(text)
    except ValueError:
        return b""

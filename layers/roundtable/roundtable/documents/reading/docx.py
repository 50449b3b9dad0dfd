"""A letter that is a Word document, read only after its ZIP was found harmless."""

import re
from base64 import b64decode
from collections.abc import Iterator
from dataclasses import dataclass, field
from importlib.metadata import version
from io import BytesIO
from typing import IO, Any, Protocol, cast
from xml.etree.ElementTree import Element, ParseError
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

import mammoth  # pyright: ignore[reportMissingTypeStubs]
from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import fromstring
from PIL import Image

from roundtable.documents.reading import recognition
from roundtable.documents.reading.certificates import signer_names
from roundtable.documents.reading.docx_fonts import only_font
from roundtable.documents.reading.docx_html import rows_of
from roundtable.documents.reading.docx_pages import is_shown_as_written, page_images
from roundtable.documents.reading.images import small_picture
from roundtable.documents.reading.letter_read import LetterRead, cleaned, refuse_too_long
from roundtable.documents.reading.unreadable import UnreadableError
from roundtable.domain.quarantine import INFECTED
from roundtable.domain.reading import Cell, LetterReading, Row

MOST_ENTRIES = 1_000
MOST_UNZIPPED = 150_000_000
MOST_XML = 10_000_000
"""Bytes of all XML parts together: they are held in memory as trees, many times larger."""
MOST_RATIO = 200
MOST_PICTURES = 20
MOST_PART = 30_000_000
"""Bytes of one part, unzipped; a larger picture is not shown."""
_PICTURE_SIDE = 600
"""Pixels of the shorter side of a picture in the page images."""
_RATIO_FROM = 1_000_000
"""Unzipped size from which the ratio of an entry is looked at; small text packs well."""
_ENCRYPTED = 0x1
_LOOKS_ONLY = re.compile(
    r"^(?:customXml|docProps)/|/(?:theme|embeddings|fonts|glossary)/"
    r"|/(?:styles|stylesWithEffects|settings|webSettings|fontTable)\.xml$"
)
"""Parts of a DOCX in which no text of a letter stands: styles, settings, what is embedded."""
_STYLES = "word/styles.xml"

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
EMPTY = (
    "This Word document is empty: it holds neither text nor pictures. "
    "Please check that it is the letter and upload it again."
)
NOT_SHOWN = (
    "This Word document holds drawings or pictures that the page images do not show. "
    "They may be signatures."
)
OTHER_ALPHABET = "The page images show a question mark for each letter of another alphabet."
IMAGES_END = "The page images end after page {last}; the document is longer."

_OTHER_ZIPS = (
    ("xl/", "an Excel workbook"),
    ("ppt/", "a PowerPoint presentation"),
    ("content.xml", "an OpenDocument file"),
    ("Index/", "a Pages document"),
)


def read_docx(content: bytes, *, max_pages: int) -> LetterRead:
    """Return what stands in a DOCX; raises UnreadableError with words for the applicant.

    It has no fixed pages, so its `pages` is 0; `max_pages` bounds its page images.
    """
    try:
        with ZipFile(BytesIO(content)) as archive:
            parts, styles = _parts(archive), _styles(archive)
            lean = _lean(archive)
        pictures = _Pictures()
        rows = rows_of(_as_html(lean, pictures))
        header, footer = _margin(parts, "header"), _margin(parts, "footer")
        drawings_left = _drawings(parts) > len(pictures.shown)
        signatures = list(_signatures(parts))
        font = only_font(parts, styles)
    except (UnreadableError, MemoryError):
        raise
    except Exception as error:
        raise UnreadableError(DAMAGED) from error
    refuse_too_long(rows)
    if not (header or footer or drawings_left or any(row.cells for row in rows)):
        raise UnreadableError(EMPTY)
    images, complete = page_images([*header, *rows, *footer], pictures.shown, most=max_pages)
    remarks: list[str] = []
    if drawings_left or None in pictures.shown:
        remarks.append(NOT_SHOWN)
    if not all(is_shown_as_written(cell.text) for row in rows for cell in row.cells):
        remarks.append(OTHER_ALPHABET)
    if not complete:
        remarks.append(IMAGES_END.format(last=len(images)))
    reading = LetterReading(
        format="docx",
        rows=tuple(_set_in(row, font) for row in rows) if font else tuple(rows),
        margins="\n".join(cell.text for row in (*header, *footer) for cell in row.cells),
        digital="docx" if signatures else "none",
        signers=tuple(dict.fromkeys(name for one in signatures for name in signer_names(one))),
        remarks=tuple(remarks),
        previews=len(images),
        tool=f"mammoth {version('mammoth')}",
    )
    return LetterRead(reading, images)


def _parts(archive: ZipFile) -> dict[str, Element]:
    """Return the XML parts, none of which has definitions of its own (a bomb is made of those)."""
    entries = archive.infolist()
    _refuse_bombs(entries)
    _refuse_other_types({entry.filename for entry in entries})
    parts = {
        entry.filename: fromstring(archive.read(entry), forbid_dtd=True)
        for entry in entries
        if entry.filename.endswith((".xml", ".rels")) and not _LOOKS_ONLY.search(entry.filename)
    }
    _refuse_infected(archive.read(entry) for entry in entries if _small(entry))
    return parts


def _styles(archive: ZipFile) -> Element | None:
    """Return the styles; None where they cannot be read, which changes no text."""
    try:
        return fromstring(archive.read(_STYLES), forbid_dtd=True)
    except (KeyError, ParseError, DefusedXmlException):
        return None


def _set_in(row: Row, font: str) -> Row:
    return row.with_(cells=tuple(cell.with_(font=font) for cell in row.cells))


def _lean(archive: ZipFile) -> IO[bytes]:
    """Return the document without what only says how it looks, which takes longest to read."""
    buffer = BytesIO()
    with ZipFile(buffer, "w", ZIP_STORED) as lean:
        for entry in archive.infolist():
            if not _LOOKS_ONLY.search(entry.filename) and entry.file_size <= MOST_PART:
                lean.writestr(entry.filename, archive.read(entry))
    buffer.seek(0)
    return buffer


def _refuse_infected(contents: Iterator[bytes]) -> None:
    if any(recognition.infected(content) for content in contents):
        raise UnreadableError(INFECTED)


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
            raise UnreadableError(recognition.NOT_A_LETTER.format(what=what))
    raise UnreadableError(recognition.NOT_A_LETTER.format(what="a ZIP archive"))


class _MammothImage(Protocol):
    def open(self) -> IO[bytes]: ...


@dataclass
class _Pictures:
    """Collects the pictures of a document while it is converted."""

    shown: list[Image.Image | None] = field(default_factory=list[Image.Image | None])
    """In the document's order; None for one that cannot be shown."""

    def keep(self, image: _MammothImage) -> dict[str, str]:
        """Take one picture, and return the attributes of its mark, which name its place."""
        if len(self.shown) < MOST_PICTURES:
            self.shown.append(self._read(image))
        else:
            self.shown.append(None)
        return {"src": ""}

    def _read(self, image: _MammothImage) -> Image.Image | None:
        try:
            with image.open() as file:
                return small_picture(file.read(), short_side=_PICTURE_SIDE)
        except (UnreadableError, ValueError, KeyError):
            # Of a type that is not taken, damaged, missing, or elsewhere on the web.
            return None


def _as_html(document: IO[bytes], pictures: _Pictures) -> str:
    """Return the document as HTML, which keeps line breaks, tabs, tables, places of pictures.

    Styles that the document brings are left out: they could name any element of HTML.
    """
    reader = cast("Any", mammoth)
    return str(
        reader.convert_to_html(
            document,
            convert_image=reader.images.img_element(pictures.keep),
            include_embedded_style_map=False,
            external_file_access=False,
        ).value
    )


def _margin(parts: dict[str, Element], kind: str) -> list[Row]:
    """Return the lines of all headers or footers, where letterheads stand."""
    names = [name for name in parts if re.match(rf"word/{kind}\d*\.xml$", name)]
    texts = ("".join(_texts(parts[name])) for name in names)
    lines = (cleaned(line) for text in texts for line in text.splitlines())
    return [Row(cells=(Cell(text=line, x=0),)) for line in lines if line]


def _texts(root: Element) -> Iterator[str]:
    for element in root.iter():
        name = _local(element)
        if name == "t":
            yield element.text or ""
        elif name == "tab":
            yield " "
        elif name in {"p", "br"}:
            yield "\n"


def _drawings(parts: dict[str, Element]) -> int:
    """Return how many drawings and pictures the body has, frames around text not counted."""
    body = parts.get("word/document.xml")
    return 0 if body is None else sum(map(_is_drawing, _without_fallbacks(body)))


def _without_fallbacks(element: Element) -> Iterator[Element]:
    """Yield the element and all in it, what stands twice for older programs once."""
    yield element
    for child in element:
        if _local(child) != "Fallback":
            yield from _without_fallbacks(child)


def _is_drawing(element: Element) -> bool:
    return _local(element) in {"drawing", "pict"} and not any(
        _local(inner) == "txbxContent" for inner in element.iter()
    )


def _local(element: Element) -> str:
    return element.tag.rpartition("}")[2]


def _signatures(parts: dict[str, Element]) -> Iterator[bytes]:
    """Yield the certificate of each digital signature that is filled, empty where it has none."""
    for name, root in parts.items():
        if not re.match(r"_xmlsignatures/sig\d*\.xml$", name):
            continue
        texts = {_local(element): (element.text or "").strip() for element in root.iter()}
        if texts.get("SignatureValue"):
            yield _decoded(texts.get("X509Certificate", ""))


def _decoded(text: str) -> bytes:
    try:
        return b64decode(text)
    except ValueError:
        return b""

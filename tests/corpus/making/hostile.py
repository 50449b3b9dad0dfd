"""Files that harm, lie, or are no letters."""

import struct
import zlib
from io import BytesIO

from PIL import Image

from local.rehearsal.files import infected
from tests.corpus.making.letter import Letter
from tests.corpus.making.pdf import pdf
from tests.corpus.making.word import parts_of, repacked, word

WEB_PAGE = b"<!DOCTYPE html>\n<html><head><title>Sign in to continue</title></head></html>\n"
_TYPES = "[Content_Types].xml"
_MAIN = "word/document.xml"


def infected_pdf() -> bytes:
    """Return a letter that carries the test file of virus scanners."""
    return pdf(Letter()) + b"%" + infected() + b"\n%%EOF\n"


def infected_word() -> bytes:
    """Return a letter with the test file of virus scanners among its parts."""
    return repacked(parts_of(word(Letter())) | {"word/media/image9.png": infected()})


def word_with_macros() -> bytes:
    """Return a letter that Word stores with macros (.docm) under the name of one without."""
    parts = parts_of(word(Letter()))
    parts[_TYPES] = parts[_TYPES].replace(
        b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml",
        b"application/vnd.ms-word.document.macroEnabled.main+xml",
    )
    return repacked(
        parts | {"word/vbaProject.bin": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)}
    )


def word_bomb(megabytes: int = 300) -> bytes:
    """Return a Word document of 300 kB with as many megabytes of blanks in its text."""
    return repacked(parts_of(word(Letter())) | {_MAIN: b" " * megabytes * 1_000_000})


def word_of_entities() -> bytes:
    """Return a Word document whose text doubles itself again and again ("billion laughs")."""
    entities = "".join(f'<!ENTITY a{n + 1} "&a{n};&a{n};">' for n in range(30))
    text = (
        f'<?xml version="1.0"?><!DOCTYPE d [<!ENTITY a0 "commit">{entities}]>'
        '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
        "<w:body><w:p><w:r><w:t>&a30;</w:t></w:r></w:p></w:body></w:document>"
    )
    return repacked(parts_of(word(Letter())) | {_MAIN: text.encode()})


def nested_zips(depth: int = 5) -> bytes:
    """Return a ZIP of ZIPs of ZIPs, as virus scanners choke on."""
    content = bytes(1_000_000)
    for level in range(depth):
        content = repacked({f"{level}-{copy}.zip": content for copy in range(8)})
    return content


def workbook() -> bytes:
    """Return an Excel workbook."""
    main = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
    return repacked(
        {
            _TYPES: b'<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/'
            b'2006/content-types"><Override PartName="/xl/workbook.xml" ContentType="'
            + main.encode()
            + b'"/></Types>',
            "xl/workbook.xml": b"<workbook><sheets/></workbook>",
        }
    )


def old_word() -> bytes:
    """Return a Word document of the years before 2007 (its header and an empty sector)."""
    return (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
        + bytes(16)
        + struct.pack("<5H", 62, 3, 0xFFFE, 9, 6)
        + (bytes(2048) + "WordDocument".encode("utf-16-le") + bytes(488))
    )


def rich_text(letter: Letter) -> bytes:
    """Return a letter as RTF."""
    lines = [*letter.head, letter.date, *letter.paragraphs, letter.closing]
    lines += [text for one in letter.signers for text in (f"/s/ {one.name}", one.name, *one.title)]
    return ("{\\rtf1\\ansi " + "\\par\n".join(lines) + "}").encode()


def flooded_png(side: int = 30_000) -> bytes:
    """Return a PNG of 200 kB or less that claims so many dots a side: one bit each, all white."""
    header = struct.pack(">IIBBBBB", side, side, 1, 0, 0, 0, 0)
    lines = (b"\0" + b"\xff" * ((side + 7) // 8)) * side
    return (
        b"\x89PNG\r\n\x1a\n"
        + _chunk(b"IHDR", header)
        + _chunk(b"IDAT", zlib.compress(lines, 9))
        + _chunk(b"IEND", b"")
    )


def _chunk(name: bytes, content: bytes) -> bytes:
    return (
        struct.pack(">I", len(content))
        + name
        + content
        + struct.pack(">I", zlib.crc32(name + content))
    )


def flooded_jpeg(side: int = 60_000) -> bytes:
    """Return a small JPEG that claims so many dots a side in its frame header."""
    buffer = BytesIO()
    Image.new("RGB", (64, 64), "white").save(buffer, "JPEG")
    content = bytearray(buffer.getvalue())
    frame = content.index(b"\xff\xc0") + 5
    content[frame : frame + 4] = struct.pack(">HH", side, side)
    return bytes(content)

# pyright: reportMissingTypeStubs=false, reportUnknownMemberType=false
# pyright: reportUnknownVariableType=false, reportUnknownArgumentType=false
# pyright: reportMissingModuleSource=false
# (reportlab carries no types.)
"""Real files as applicants send them, good and bad, the same bytes for the same arguments."""

import struct
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from io import BytesIO
from random import Random
from typing import Literal, Protocol, cast
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

import docx
import pypdfium2
from reportlab.lib.pagesizes import LETTER
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfgen.canvas import Canvas

from roundtable.domain.program import Role

Signature = Literal["typed", "none"]
"""`typed` is `/s/ Name`; `none` leaves a line on which nobody signed."""

PROGRAM = "Pursuing Equity"
"""What letters commit to unless told otherwise: the program that asks for them."""
DATED = date(2022, 9, 1)
"""Of letters unless told otherwise: a few days before that program's round opens."""

_FIRST = (
    "Amara", "Beatriz", "Chen", "Dolores", "Elena", "Farid", "Grace", "Hiroshi", "Imani",
    "Jonah", "Keisha", "Luis", "Miriam", "Nadia", "Omar", "Priya", "Rosa", "Samuel",
)  # fmt: skip
_LAST = (
    "Abernathy", "Brooks", "Castillo", "Diallo", "Estrada", "Fontaine", "Greene", "Haddad",
    "Ivanov", "Jefferson", "Kowalski", "Lindgren", "Morales", "Nakamura", "Okafor", "Patel",
)  # fmt: skip
_TITLES = {
    Role.CEO: ("CEO", "President and CEO", "Chief Executive Officer",
               "President & Chief Executive Officer"),
    Role.BOARD_CHAIR: ("Board Chair", "Chair of the Board", "Chair, Board of Trustees",
                       "Board President"),
    Role.EXECUTIVE_DIRECTOR: ("Executive Director", "Founder and Executive Director"),
}  # fmt: skip
_BODY = (
    "On behalf of {organization}, we are writing to confirm our commitment to {program}. Our CEO "
    "and our Board Chair have discussed the aims with the team that is applying.",
    "We will give the team the time it needs, meet with it every month, and remove the obstacles "
    "that it finds. We understand that equity is work for the whole of our organization.",
)
_MARGIN = 72
_PITCH = 14
_WIDTH = 88


class _Drawing(Protocol):
    """What is used of reportlab's canvas."""

    def setFont(self, name: str, size: float) -> None: ...  # noqa: N802 (reportlab's name)
    def drawString(self, x: float, y: float, text: str) -> None: ...  # noqa: N802 (reportlab's name)
    def drawInlineImage(  # noqa: N802 (reportlab's name)
        self, image: object, x: float, y: float, width: float, height: float
    ) -> object: ...
    def showPage(self) -> None: ...  # noqa: N802 (reportlab's name)
    def save(self) -> None: ...


@dataclass(frozen=True)
class Signer:
    """A person who signs a letter."""

    name: str
    title: str


def signers(roles: Sequence[Role], seed: int = 0) -> tuple[Signer, ...]:
    """Return one person for each role, with one of the role's usual titles."""
    chance = Random(f"signers {seed}")  # noqa: S311 (variety, no secret)
    return tuple(
        Signer(
            name=f"{chance.choice(_FIRST)} {chance.choice(_LAST)}",
            title=chance.choice(_TITLES[role]),
        )
        for role in roles
    )


def letter_pdf(
    organization: str,
    roles: Sequence[Role] = (Role.CEO, Role.BOARD_CHAIR),
    *,
    program: str = PROGRAM,
    dated: date = DATED,
    seed: int = 0,
    signature: Signature = "typed",
    columns: bool = False,
    scan: bool = False,
    password: str = "",
    pages: int = 1,
) -> bytes:
    """Return a letter of commitment to a program as PDF; leave a role out for one that lacks it.

    `columns` puts the signatures beside each other; `scan` gives a picture of the letter without
    text; a `password` is needed to open it.
    """
    people = signers(roles, seed)
    buffer = BytesIO()
    canvas = _canvas(buffer, password)
    for _ in range(pages - 1):
        _draw_lines(canvas, _wrapped(_BODY[1]), 720)
        canvas.showPage()
    letter = _letter_lines(organization, program)
    height = _draw_lines(canvas, [organization, "", _day(dated), "", *letter], 720)
    if columns:
        for at, person in enumerate(people):
            _draw_lines(canvas, _signed_by(person, signature), height, left=_MARGIN + 240 * at)
    else:
        for person in people:
            height = _draw_lines(canvas, [*_signed_by(person, signature), ""], height)
    canvas.showPage()
    canvas.save()
    return _scanned(buffer.getvalue()) if scan else buffer.getvalue()


def letter_docx(
    organization: str,
    roles: Sequence[Role] = (Role.CEO, Role.BOARD_CHAIR),
    *,
    program: str = PROGRAM,
    dated: date = DATED,
    seed: int = 0,
    signature: Signature = "typed",
    columns: bool = False,
) -> bytes:
    """Return a letter of commitment as a Word document, with `columns` in a table."""
    document = docx.Document()
    document.core_properties.created = document.core_properties.modified = datetime.combine(
        dated, time(12), tzinfo=UTC
    )
    document.add_heading(organization, level=1)
    document.add_paragraph(_day(dated))
    document.add_paragraph("Dear Selection Committee,")
    for paragraph in _BODY:
        document.add_paragraph(paragraph.format(organization=organization, program=program))
    document.add_paragraph("Sincerely,")
    blocks = [_signed_by(person, signature) for person in signers(roles, seed)]
    if columns and blocks:
        table = document.add_table(rows=len(blocks[0]), cols=len(blocks))
        for at, block in enumerate(blocks):
            for row, line in enumerate(block):
                table.cell(row, at).text = line
    else:
        for block in blocks:
            for line in [*block, ""]:
                document.add_paragraph(line)
    buffer = BytesIO()
    document.save(buffer)
    return _with_fixed_times(buffer.getvalue())


def _letter_lines(organization: str, program: str) -> list[str]:
    lines = ["Dear Selection Committee,", ""]
    for paragraph in _BODY:
        text = paragraph.format(organization=organization, program=program)
        lines += [*_wrapped(text), ""]
    return [*lines, "Sincerely,", ""]


def _day(day: date) -> str:
    return f"{day:%B} {day.day}, {day.year}"


def _signed_by(person: Signer, signature: Signature) -> list[str]:
    mark = f"/s/ {person.name}" if signature == "typed" else "______________________"
    return [mark, person.name, person.title]


def _wrapped(text: str) -> list[str]:
    lines = [""]
    for word in text.split():
        if len(lines[-1]) + len(word) >= _WIDTH:
            lines.append("")
        lines[-1] = f"{lines[-1]} {word}".strip()
    return lines


def _canvas(buffer: BytesIO, password: str) -> _Drawing:
    locked = StandardEncryption(password, ownerPassword=f"{password}-owner", strength=128)
    return cast(
        "_Drawing",
        Canvas(buffer, pagesize=LETTER, invariant=1, encrypt=locked if password else None),
    )


def _draw_lines(
    canvas: _Drawing, lines: Sequence[str], height: float, *, left: float = _MARGIN
) -> float:
    canvas.setFont("Helvetica", 11)
    for line in lines:
        canvas.drawString(left, height, line)
        height -= _PITCH
    return height


def _scanned(content: bytes) -> bytes:
    """Return a PDF whose pages are pictures of the pages."""
    buffer = BytesIO()
    canvas = _canvas(buffer, "")
    with pypdfium2.PdfDocument(content) as document:
        for page in document:
            picture = page.render(scale=2, grayscale=True).to_pil()
            canvas.drawInlineImage(picture, 0, 0, *LETTER)
            canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def _with_fixed_times(content: bytes) -> bytes:
    buffer = BytesIO()
    with ZipFile(BytesIO(content)) as source, ZipFile(buffer, "w") as target:
        for name in source.namelist():
            entry = ZipInfo(name, date_time=(2022, 9, 1, 12, 0, 0))
            entry.compress_type = ZIP_DEFLATED
            target.writestr(entry, source.read(name))
    return buffer.getvalue()


def truncated(content: bytes, share: float = 0.6) -> bytes:
    """Return the first part of a file, as an upload that broke off leaves it."""
    return content[: int(len(content) * share)]


def web_page() -> bytes:
    """Return the page that a download link gives to those who are not signed in."""
    return (
        b"<!DOCTYPE html>\n<html><head><title>Sign in</title></head><body>Sign in</body></html>\n"
    )


def infected() -> bytes:
    """Return the harmless file by which virus scanners are tested (EICAR)."""
    return rb"X5O!P%@AP[4\PZX54(P^)7CC)7}" + rb"$EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"


def zip_bomb_docx(unzipped: int = 200_000_000) -> bytes:
    """Return a small Word document that declares, and unpacks to, very much."""
    buffer = BytesIO()
    with ZipFile(buffer, "w", ZIP_DEFLATED) as archive:
        archive.writestr(ZipInfo("[Content_Types].xml"), "<Types/>")
        with archive.open(_packed("word/document.xml"), "w", force_zip64=True) as part:
            block = b" " * 1_000_000
            for _ in range(unzipped // len(block)):
                part.write(block)
    return buffer.getvalue()


def _packed(name: str) -> ZipInfo:
    entry = ZipInfo(name)
    entry.compress_type = ZIP_DEFLATED
    return entry


_UNITS = 1000
"""Time units a second in the video's header."""


def video_mp4(
    seconds: float, *, seed: int = 0, fragmented: bool = False, header_last: bool = False
) -> bytes:
    """Return an MP4 with one still picture that lasts so many seconds (ISO 14496-12).

    `fragmented` leaves the length out of the header, as live recorders do; `header_last` puts the
    header behind the pictures, as cameras do.
    """
    picture = _picture(seed)
    file_type = _box(b"ftyp", b"isom", _u32(512), b"isom", b"mp42")
    pictures = _box(b"mdat", picture)
    length = 0 if fragmented else round(seconds * _UNITS)
    size_of_header = len(_movie(length, len(picture), 0))
    if fragmented:
        fragment = _box(b"moof", _full(b"mfhd", 0, _u32(1)))
        return file_type + _movie(0, 0, 0) + fragment + pictures
    if header_last:
        return file_type + pictures + _movie(length, len(picture), len(file_type) + 8)
    start = len(file_type) + size_of_header + 8
    return file_type + _movie(length, len(picture), start) + pictures


def _picture(seed: int) -> bytes:
    from PIL import Image  # noqa: PLC0415 (only videos need it)

    chance = Random(f"picture {seed}")  # noqa: S311 (variety, no secret)
    picture = Image.new("RGB", (32, 32), tuple(chance.randrange(256) for _ in range(3)))
    buffer = BytesIO()
    picture.save(buffer, "JPEG")
    return buffer.getvalue()


def _u32(*values: int) -> bytes:
    return struct.pack(f">{len(values)}I", *values)


def _u16(*values: int) -> bytes:
    return struct.pack(f">{len(values)}H", *values)


def _box(name: bytes, *contents: bytes) -> bytes:
    content = b"".join(contents)
    return _u32(len(content) + 8) + name + content


def _full(name: bytes, flags: int, *contents: bytes) -> bytes:
    return _box(name, _u32(flags), *contents)


_MATRIX = _u32(0x10000, 0, 0, 0, 0x10000, 0, 0, 0, 0x40000000)


def _movie(length: int, picture_size: int, picture_at: int) -> bytes:
    header = _full(b"mvhd", 0, _u32(0, 0, _UNITS, length, 0x10000), _u16(0x100, 0), _u32(0, 0),
                   _MATRIX, bytes(24), _u32(2))  # fmt: skip
    track = _full(b"tkhd", 3, _u32(0, 0, 1, 0, length), bytes(8), _u16(0, 0, 0, 0), _MATRIX,
                  _u32(32 << 16, 32 << 16))  # fmt: skip
    entry = _box(b"jpeg", bytes(6), _u16(1), bytes(16), _u16(32, 32), _u32(72 << 16, 72 << 16, 0),
                 _u16(1), bytes(32), _u16(24, 0xFFFF))  # fmt: skip
    count = 1 if picture_size else 0
    samples = _box(
        b"stbl",
        _full(b"stsd", 0, _u32(1), entry),
        _full(b"stts", 0, _u32(count), *([_u32(1, length)] if count else [])),
        _full(b"stsc", 0, _u32(count), *([_u32(1, 1, 1)] if count else [])),
        _full(b"stsz", 0, _u32(0, count), *([_u32(picture_size)] if count else [])),
        _full(b"stco", 0, _u32(count), *([_u32(picture_at)] if count else [])),
    )
    media = _box(
        b"mdia",
        _full(b"mdhd", 0, _u32(0, 0, _UNITS, length), _u16(0x55C4, 0)),
        _full(b"hdlr", 0, _u32(0), b"vide", bytes(12), b"Pictures\0"),
        _box(
            b"minf",
            _full(b"vmhd", 1, bytes(8)),
            _box(b"dinf", _full(b"dref", 0, _u32(1), _full(b"url ", 1))),
            samples,
        ),
    )
    extends = [] if count else [_box(b"mvex", _full(b"trex", 0, _u32(1, 1, 0, 0, 0)))]
    return _box(b"moov", header, _box(b"trak", track, media), *extends)

# pyright: reportMissingTypeStubs=false, reportUnknownMemberType=false
# pyright: reportUnknownVariableType=false, reportUnknownArgumentType=false
# pyright: reportMissingModuleSource=false
# (reportlab carries no types.)
"""Letters as PDF: printed from a word processor, scanned, locked, turned, filled in.

Nothing in them is compressed but fonts, so that another build of zlib makes the same bytes.
"""

from collections.abc import Callable, Sequence
from io import BytesIO
from pathlib import Path
from typing import Any, cast

import reportlab
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.lib.utils import ImageReader
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfgen.canvas import Canvas

from tests.corpus.making.ink import signature_jpeg, strokes
from tests.corpus.making.letter import Letter
from tests.corpus.making.pictures import jpeg_pages
from tests.corpus.making.sheets import (
    HEIGHT,
    INK_HEIGHT,
    INK_WIDTH,
    LEFT,
    WIDTH,
    Inked,
    Sheet,
    Written,
    sheets_of,
)

_FACES = {"plain": "Helvetica", "bold": "Helvetica-Bold", "script": "Calligrapher"}
_FONTS = Path(reportlab.__file__).parent / "fonts"


def pdf(letter: Letter, *, turned: bool = False) -> bytes:
    """Return a letter as a word processor saves it; `turned` stores its pages sideways."""
    return drawn(sheets_of(letter), _draw, turned=turned)


def locked_pdf(letter: Letter, *, user: str, owner: str = "owner") -> bytes:
    """Return a letter that needs a password to open; without `user` only to be changed."""
    encryption = StandardEncryption(user, ownerPassword=owner, canModify=0, strength=128)
    return drawn(sheets_of(letter), _draw, encrypt=encryption)


def scanned_pdf(letter: Letter, *, hidden_text: bool = False, sideways: bool = False) -> bytes:
    """Return what a scanner makes of a printed letter, with the text it recognized if asked."""
    sheets = sheets_of(letter)
    pictures = jpeg_pages(sheets, sideways=sideways)
    place = iter(pictures)

    def draw(canvas: Any, sheet: Sheet) -> None:
        canvas.drawImage(ImageReader(BytesIO(next(place))), 0, 0, WIDTH, HEIGHT)
        if hidden_text:
            _write_invisibly(canvas, sheet)

    return drawn(sheets, draw)


def form_pdf(letter: Letter, fields: Sequence[tuple[str, str]]) -> bytes:
    """Return a letter below which the signers filled in the fields of a form (label, value)."""

    def draw(canvas: Any, sheet: Sheet) -> None:
        _draw(canvas, sheet)
        if sheet is not sheets[-1]:
            return
        height = 330.0
        for label, value in fields:
            canvas.setFont("Helvetica", 10.5)
            canvas.drawString(72, height, label)
            canvas.acroForm.textfield(
                name=f"{label} {height}", value=value, x=150, y=height - 5, width=260, height=18,
                fontSize=10.5, borderWidth=0, forceBorder=False,
            )  # fmt: skip
            height -= 26

    sheets = sheets_of(letter)
    return drawn(sheets, draw)


def letters_in_one_pdf(*letters: Letter) -> bytes:
    """Return several letters one after another in one file."""
    return drawn([sheet for letter in letters for sheet in sheets_of(letter)], _draw)


def with_unseen_text(
    letter: Letter, text: str, below: float, *, gray: float = 0.0, size: float = 10.5
) -> bytes:
    """Return a letter with a line, so many points from the top, that nobody sees.

    It has the color of the paper (`gray` 1), or is too small.
    """

    def draw(canvas: Any, sheet: Sheet) -> None:
        _draw(canvas, sheet)
        canvas.setFillColorRGB(gray, gray, gray)
        _write(canvas, Written(text, LEFT, below, size))

    return drawn(sheets_of(letter), draw)


def with_stamp(letter: Letter, text: str) -> bytes:
    """Return a letter with large pale words across each page."""

    def draw(canvas: Any, sheet: Sheet) -> None:
        canvas.saveState()
        canvas.setFillColorRGB(0.85, 0.85, 0.85)
        canvas.setFont("Helvetica-Bold", 110)
        canvas.translate(120, 200)
        canvas.rotate(50)
        canvas.drawString(0, 0, text)
        canvas.restoreState()
        _draw(canvas, sheet)

    return drawn(sheets_of(letter), draw)


def picture_pdf(pictures: Sequence[bytes]) -> bytes:
    """Return a PDF with a JPEG picture on each page."""
    place = iter(pictures)

    def draw(canvas: Any, sheet: Sheet) -> None:
        canvas.drawImage(ImageReader(BytesIO(next(place))), 0, 0, WIDTH, HEIGHT)

    return drawn([()] * len(pictures), draw)


def drawn(
    sheets: Sequence[Sheet],
    draw: Callable[[Any, Sheet], None],
    *,
    turned: bool = False,
    encrypt: object = None,
) -> bytes:
    """Return a PDF, each page drawn by `draw`."""
    buffer = BytesIO()
    size = (HEIGHT, WIDTH) if turned else (WIDTH, HEIGHT)
    canvas = cast(
        "Any", Canvas(buffer, pagesize=size, invariant=1, pageCompression=0, encrypt=encrypt)
    )
    canvas.setTitle("Letter of commitment")
    for sheet in sheets:
        if turned:
            canvas.setPageRotation(90)
            canvas.transform(0, 1, -1, 0, HEIGHT, 0)
        draw(canvas, sheet)
        canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def _draw(canvas: Any, sheet: Sheet) -> None:
    for item in sheet:
        if isinstance(item, Inked):
            _draw_ink(canvas, item)
        else:
            _write(canvas, item)


def _write(canvas: Any, item: Written) -> None:
    if item.face == "script":
        _register_script()
    canvas.setFont(_FACES[item.face], item.size)
    canvas.drawString(item.left, HEIGHT - item.base, item.text)


def _register_script() -> None:
    if "Calligrapher" in pdfmetrics.getRegisteredFontNames():
        return
    face = pdfmetrics.EmbeddedType1Face(str(_FONTS / "callig15.afm"), str(_FONTS / "callig15.pfb"))
    pdfmetrics.registerTypeFace(face)
    pdfmetrics.registerFont(pdfmetrics.Font("Calligrapher", face.name, "WinAnsiEncoding"))


def _draw_ink(canvas: Any, item: Inked) -> None:
    bottom = HEIGHT - item.top - INK_HEIGHT
    if item.pasted:
        picture = signature_jpeg(item.seed, int(INK_WIDTH), int(INK_HEIGHT))
        canvas.drawImage(ImageReader(BytesIO(picture)), item.left, bottom, INK_WIDTH, INK_HEIGHT)
        return
    canvas.setStrokeColorRGB(0.1, 0.12, 0.43)
    canvas.setLineWidth(1.2)
    for line in strokes(item.seed):
        path = canvas.beginPath()
        for place, (x, y) in enumerate(line):
            to = path.lineTo if place else path.moveTo
            to(item.left + x * INK_WIDTH, bottom + (1 - y) * INK_HEIGHT)
        canvas.drawPath(path)


def _write_invisibly(canvas: Any, sheet: Sheet) -> None:
    for item in sheet:
        if isinstance(item, Written):
            text = canvas.beginText(item.left, HEIGHT - item.base)
            text.setTextRenderMode(3)
            text.setFont("Helvetica", item.size)
            text.textOut(item.text)
            canvas.drawText(text)

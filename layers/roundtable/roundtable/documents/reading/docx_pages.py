# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false
# pyright: reportUnknownArgumentType=false, reportMissingTypeStubs=false
# (pypdfium2 carries no types; what leaves this module is typed.)
"""Images of a Word document's pages: its text, tables and pictures, laid out plainly.

The layout is not Word's: nothing but what stands in the document is shown, in its order, in one
font that PDFium brings. A library that lays out pages took a second for a dozen of them.
"""

import ctypes
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import groupby

import pypdfium2
import pypdfium2.raw as pdfium
from PIL import Image

from roundtable.documents.reading.previews import SHORT_SIDE_OF_TEXT, as_jpeg
from roundtable.domain.reading import PICTURE, Row

_WIDTH, _HEIGHT, _MARGIN = 612, 792, 64
"""US Letter, in points."""
_FONT, _FONT_SIZE, _PITCH, _GAP = "Helvetica", 11.0, 14, 6
_ALPHABET = "cp1252"
"""What the fonts have that PDFium brings: the letters of Western Europe."""
_SPELLED = str.maketrans({
    "\u2010": "-", "\u2011": "-", "\u2212": "-", "\u2610": "[ ]", "\u2611": "[x]", "\u2612": "[x]",
})  # fmt: skip
_TALLEST_PICTURE = 300
_POINTS_A_PIXEL = 0.75
_BETWEEN_COLUMNS = 12
_SCALE = SHORT_SIDE_OF_TEXT / _WIDTH

NO_PICTURE = "[a picture that cannot be shown here]"


@dataclass(frozen=True)
class _Line:
    """A line of one cell, or a picture in its place."""

    x: float
    text: str = ""
    picture: Image.Image | None = None
    height: float = _PITCH


def page_images(
    rows: Sequence[Row], pictures: Sequence[Image.Image | None], *, most: int
) -> tuple[tuple[bytes, ...], bool]:
    """Return JPEG images of the first pages, and whether they show the whole document.

    `pictures` are those that the rows mark, in order; None for one that cannot be shown.
    """
    with pypdfium2.PdfDocument.new() as document:
        font = pypdfium2.PdfFont.load_standard(document, _FONT)
        laid_out = _pages(_bands(rows, pictures, _Font(font)))
        images: list[bytes] = []
        for lines in laid_out:
            if len(images) == most:
                return tuple(images), False
            images.append(_drawn(document, font, lines))
    return tuple(images), True


def is_shown_as_written(text: str) -> bool:
    """Return whether the font has all letters of a text, accents apart."""
    return text == PICTURE or "?" not in _in_alphabet(text.replace("?", ""))


class _Font:
    """Breaks text into lines by the widths of the font's letters."""

    def __init__(self, font: pypdfium2.PdfFont) -> None:
        width = ctypes.c_float()

        @cache
        def of_letter(letter: str) -> float:
            known = pdfium.FPDFFont_GetGlyphWidth(font, ord(letter), _FONT_SIZE, width)
            return float(width.value) if known else _FONT_SIZE

        self._of_letter = of_letter

    def lines(self, text: str, width: float) -> Iterator[str]:
        """Yield the lines of a text, words that are longer than a line in parts."""
        line, used = "", 0.0
        for word in _in_alphabet(text).split(" "):
            for part in self._parts(word, width):
                needed = self._width(part)
                if line and used + self._of_letter(" ") + needed > width:
                    yield line
                    line, used = "", 0.0
                used += needed + (self._of_letter(" ") if line else 0)
                line = f"{line} {part}" if line else part
        yield line

    def _width(self, text: str) -> float:
        return sum(map(self._of_letter, text))

    def _parts(self, word: str, width: float) -> Iterator[str]:
        part, used = "", 0.0
        for letter in word:
            if part and used + self._of_letter(letter) > width:
                yield part
                part, used = "", 0.0
            part, used = part + letter, used + self._of_letter(letter)
        yield part


def _in_alphabet(text: str) -> str:
    """Return the text in letters that the font has, others without accents or as "?"."""
    if text.isascii():
        return text
    composed = unicodedata.normalize("NFC", text.translate(_SPELLED))
    return "".join(map(_nearest, composed))


@cache
def _nearest(letter: str) -> str:
    if letter.encode(_ALPHABET, "ignore") or unicodedata.category(letter) == "Cf":
        return letter.encode(_ALPHABET, "ignore").decode(_ALPHABET)
    bare = unicodedata.normalize("NFKD", letter).encode(_ALPHABET, "ignore").decode(_ALPHABET)
    return bare or "?"


def _bands(
    rows: Sequence[Row], pictures: Sequence[Image.Image | None], font: _Font
) -> Iterator[list[_Line]]:
    """Yield what stands beside each other, from top to bottom; nothing for a gap."""
    left = iter(pictures)
    for is_gap, group in groupby(rows, key=lambda row: not row.cells):
        together = list(group)
        if is_gap:
            yield []
            continue
        columns = max(int(cell.x) for row in together for cell in row.cells) + 1
        step = (_WIDTH - 2 * _MARGIN) / columns
        for row in together:
            cells = [
                list(_cell_lines(cell.text, _MARGIN + cell.x * step, width, font, left))
                for cell in row.cells
                for width in [
                    _WIDTH - 2 * _MARGIN
                    if len(row.cells) == 1 and not cell.x
                    else step - _BETWEEN_COLUMNS
                ]
            ]
            for number in range(max(map(len, cells))):
                yield [lines[number] for lines in cells if number < len(lines)]
            if len(row.cells) == 1:
                yield []


def _cell_lines(
    text: str, x: float, width: float, font: _Font, pictures: Iterator[Image.Image | None]
) -> Iterator[_Line]:
    picture = next(pictures, None) if text == PICTURE else None
    if picture is None:
        for line in font.lines(NO_PICTURE if text == PICTURE else text, width):
            yield _Line(x, line)
        return
    shrink = min(_POINTS_A_PIXEL, width / picture.width, _TALLEST_PICTURE / picture.height)
    yield _Line(x, picture=picture, height=max(picture.height * shrink, _PITCH))


def _pages(bands: Iterator[list[_Line]]) -> Iterator[list[tuple[float, _Line]]]:
    """Yield the lines of each page with their places from its top."""
    page: list[tuple[float, _Line]] = []
    top = float(_MARGIN)
    for band in bands:
        height = max((line.height for line in band), default=_GAP)
        if top + height > _HEIGHT - _MARGIN and page:
            yield page
            page, top = [], float(_MARGIN)
        page += [(top, line) for line in band]
        top += height
    if page:
        yield page


def _drawn(
    document: pypdfium2.PdfDocument, font: pypdfium2.PdfFont, lines: Sequence[tuple[float, _Line]]
) -> bytes:
    page = document.new_page(_WIDTH, _HEIGHT)
    for top, line in lines:
        if line.text:
            text = pdfium.FPDFPageObj_CreateTextObj(document, font, _FONT_SIZE)
            letters = ctypes.create_string_buffer(f"{line.text}\0".encode("utf-16-le"))
            pdfium.FPDFText_SetText(text, ctypes.cast(letters, ctypes.POINTER(pdfium.FPDF_WCHAR)))
            pdfium.FPDFPageObj_Transform(text, 1, 0, 0, 1, line.x, _HEIGHT - top - _FONT_SIZE)
            pdfium.FPDFPage_InsertObject(page, text)
    image = page.render(
        scale=_SCALE,  # pyright: ignore[reportArgumentType] (a float, as its docstring says)
        rev_byteorder=True,
    ).to_pil()
    page.close()
    for top, line in lines:
        if line.picture is not None:
            high = max(round(line.height * _SCALE), 1)
            wide = max(round(high * line.picture.width / line.picture.height), 1)
            small = line.picture.resize((wide, high))
            image.paste(small, (round(line.x * _SCALE), round(top * _SCALE)))
    return as_jpeg(image)

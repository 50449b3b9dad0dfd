"""Letters as pictures: scans and photographs, and what is recognized on them."""

from collections.abc import Sequence
from functools import cache
from io import BytesIO
from pathlib import Path
from random import Random
from typing import Literal

import pillow_heif  # pyright: ignore[reportMissingTypeStubs] (it carries no types)
from PIL import Image, ImageDraw, ImageFont

from roundtable.domain.evidence import Box
from roundtable.domain.reading import Cell, DetectedPage, Detection, Row
from tests.corpus.making.ink import draw_signature
from tests.corpus.making.letter import Letter
from tests.corpus.making.sheets import (
    HEIGHT,
    INK_HEIGHT,
    INK_WIDTH,
    WIDTH,
    Inked,
    Sheet,
    Written,
    sheets_of,
)

Format = Literal["JPEG", "PNG", "TIFF", "HEIF"]

DOTS = 2
"""Dots of a scan to a point: 144 to an inch."""
_PAPER = (250, 249, 244)
_TEXT = (25, 25, 28)
_ORIENTATION = 0x0112
_TURNS = {1: None, 3: Image.Transpose.ROTATE_180, 6: Image.Transpose.ROTATE_90,
          8: Image.Transpose.ROTATE_270}  # fmt: skip
"""How a camera stores an upright picture, by the EXIF orientation that it notes."""


def picture(letter: Letter, kind: Format, *, orientation: int = 1) -> bytes:
    """Return a scan or a photograph of a letter; TIFF holds all pages, the others the first.

    `orientation` (EXIF: 1, 3, 6, 8) tells how the camera was held.
    """
    pages = [page_image(sheet) for sheet in sheets_of(letter)]
    turn = _TURNS[orientation]
    if turn is not None:
        pages = [page.transpose(turn) for page in pages]
    return saved(pages, kind, orientation=orientation)


def saved(pages: Sequence[Image.Image], kind: Format, *, orientation: int = 1) -> bytes:
    """Return pictures as a file of a kind."""
    exif = Image.Exif()
    exif[_ORIENTATION] = orientation
    buffer = BytesIO()
    match kind:
        case "JPEG":
            pages[0].save(buffer, "JPEG", quality=70, exif=exif)
        case "PNG":
            pages[0].save(buffer, "PNG")
        case "TIFF":
            first, *others = [page.convert("1", dither=Image.Dither.NONE) for page in pages]
            first.save(
                buffer,
                "TIFF",
                save_all=True,
                append_images=others,
                compression="group4",
                dpi=(72 * DOTS, 72 * DOTS),
            )
        case "HEIF":
            heif = pillow_heif.from_pillow(pages[0])
            heif.info["exif"] = exif.tobytes()  # pyright: ignore[reportUnknownMemberType]
            heif.save(buffer, quality=60)  # pyright: ignore[reportUnknownMemberType]
    return buffer.getvalue()


def jpeg_pages(sheets: Sequence[Sheet], *, sideways: bool = False) -> list[bytes]:
    """Return each page as a scanner stores it; `sideways` for paper laid in the wrong way."""
    pages = [page_image(sheet).convert("L") for sheet in sheets]
    if sideways:
        pages = [page.rotate(90, expand=True).resize(page.size) for page in pages]
    return [saved([page], "JPEG") for page in pages]


def page_image(sheet: Sheet) -> Image.Image:
    """Return a page as it looks on paper."""
    page = Image.new("RGB", (int(WIDTH) * DOTS, int(HEIGHT) * DOTS), _PAPER)
    pen = ImageDraw.Draw(page)
    for item in sheet:
        if isinstance(item, Inked):
            left, top = item.left * DOTS, item.top * DOTS
            box = (left, top, left + INK_WIDTH * DOTS, top + INK_HEIGHT * DOTS)
            draw_signature(pen, item.seed, box, 3)
        else:
            pen.text(
                (item.left * DOTS, item.base * DOTS), item.text, _TEXT, _font(item), anchor="ls"
            )
    return page


def blank_page() -> Image.Image:
    """Return a page on which nothing is but the dust of the glass."""
    page = page_image(())
    chance = Random("dust")  # noqa: S311 (variety, no secret)
    pen = ImageDraw.Draw(page)
    for _ in range(12):
        x, y = chance.randrange(page.width), chance.randrange(page.height)
        pen.point((x, y), (225, 224, 220))
    return page


def landscape() -> Image.Image:
    """Return a photograph that is no letter: a sky, hills and a sun."""
    view = Image.new("RGB", (1200, 800))
    pen = ImageDraw.Draw(view)
    for y in range(800):
        pen.line([(0, y), (1200, y)], (110 + y // 8, 160 + y // 10, 235 - y // 20))
    pen.ellipse((880, 90, 1010, 220), (255, 236, 160))
    pen.polygon([(0, 620), (320, 390), (700, 640), (980, 450), (1200, 600), (1200, 800), (0, 800)],
                (52, 96, 60))  # fmt: skip
    pen.polygon([(0, 730), (500, 600), (1200, 760), (1200, 800), (0, 800)], (34, 70, 42))
    return view


def recognized(letter: Letter) -> Detection:
    """Return what a service that recognizes text and signatures finds on a letter's pages.

    It is told from what was drawn: every line and every drawn signature, where they stand.
    """
    return Detection(
        pages=tuple(
            DetectedPage(
                page=number,
                rows=_rows(sheet, number),
                signatures=tuple(_ink_box(item) for item in sheet if isinstance(item, Inked)),
            )
            for number, sheet in enumerate(sheets_of(letter), 1)
        ),
        tool="simulated recognition",
    )


def _rows(sheet: Sheet, page: int) -> tuple[Row, ...]:
    lines: dict[float, list[Written]] = {}
    for item in sheet:
        if isinstance(item, Written):
            lines.setdefault(round(item.base, 1), []).append(item)
    rows: list[Row] = []
    last = 0.0
    for base, items in sorted(lines.items()):
        if last and base - last > items[0].size * 2:
            rows.append(Row(page=page))
        cells = sorted(items, key=lambda item: item.left)
        rows.append(
            Row(cells=tuple(Cell(text=_seen(item), x=_box(item).left, box=_box(item))
                            for item in cells), page=page)
        )  # fmt: skip
        last = base
    return tuple(rows)


def _seen(item: Written) -> str:
    """Return a line as recognition gives it; rules are no text to it."""
    return item.text if item.text.strip("_") else "_"


def _box(item: Written) -> Box:
    width = _font(item).getlength(item.text) / DOTS
    return Box(
        left=item.left / WIDTH,
        top=(item.base - item.size * 0.8) / HEIGHT,
        right=min(1.0, (item.left + width) / WIDTH),
        bottom=(item.base + item.size * 0.2) / HEIGHT,
    )


def _ink_box(item: Inked) -> Box:
    return Box(
        left=item.left / WIDTH,
        top=item.top / HEIGHT,
        right=(item.left + INK_WIDTH) / WIDTH,
        bottom=(item.top + INK_HEIGHT) / HEIGHT,
    )


def _font(item: Written) -> ImageFont.FreeTypeFont:
    if item.face == "script":
        return _script(item.size * DOTS)
    return _plain(item.size * DOTS)


@cache
def _plain(size: float) -> ImageFont.FreeTypeFont:
    font = ImageFont.load_default(size)
    assert isinstance(font, ImageFont.FreeTypeFont)
    return font


@cache
def _script(size: float) -> ImageFont.FreeTypeFont:
    import reportlab  # pyright: ignore[reportMissingTypeStubs] # noqa: PLC0415 (only its font)

    return ImageFont.truetype(Path(reportlab.__file__).parent / "fonts" / "callig15.pfb", size)

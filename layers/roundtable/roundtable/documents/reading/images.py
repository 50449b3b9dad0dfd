"""A letter that is a photograph or a scan: JPEG, PNG, TIFF or HEIC."""

import warnings
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from importlib.metadata import version
from io import BytesIO
from itertools import count
from typing import Literal

from PIL import Image, ImageOps
from PIL.ImageFile import ImageFile
from pillow_heif import (
    register_heif_opener,  # pyright: ignore[reportUnknownVariableType] (carries no types)
)

from roundtable.documents.reading.letter_read import LetterRead
from roundtable.documents.reading.previews import (
    SHORT_SIDE_OF_PICTURE,
    as_jpeg,
    in_colour,
    scale_for,
    shows_nothing,
)
from roundtable.documents.reading.unreadable import UnreadableError
from roundtable.domain.reading import LetterReading

# A thumbnail inside a file may show something else than the photograph.
register_heif_opener(thumbnails=False, depth_images=False, aux_images=False)

PictureFormat = Literal["jpeg", "png", "tiff", "heic"]

MOST_MEGAPIXELS = 60
MOST_DECODED = 200_000_000
"""Bytes of an image in memory."""

_PLUGINS: dict[PictureFormat, str] = {
    "jpeg": "JPEG", "png": "PNG", "tiff": "TIFF", "heic": "HEIF"
}  # fmt: skip
_IN_DOCUMENTS = ["JPEG", "PNG", "GIF", "TIFF", "BMP"]
_PAGED = {"tiff", "heic"}
"""Types whose images are pages. Further images of a JPEG are depth maps, those of a PNG moves."""
_NOT_AVERAGED = {"1": "L", "P": "RGBA", "PA": "RGBA", "I;16B": "I"}
"""Modes in which Pillow drops pixels instead of averaging them, and what to turn them to."""
_BYTES_A_PIXEL = {"1": 2, "L": 1, "I;16": 2, "P": 9, "PA": 10, "RGBA": 8, "LA": 8}
"""In memory while an image is made smaller, by Pillow's mode."""
_BYTES_A_COLOURED_PIXEL = 4
_REDUCED_WHILE_DECODED = {"JPEG", "MPO"}
_BYTES_A_REDUCED_PIXEL = 3
"""What a progressive JPEG holds until it is complete."""
_REDUCING_GAP = 1.5
"""How much larger than the page image an image may be when its pixels begin to be weighed; until
then they are averaged in blocks, which takes little memory."""

DAMAGED = (
    "This picture is damaged and cannot be read. "
    "Please check that it opens on your computer, save it again or as a PDF, and upload that."
)
TOO_MANY_PIXELS = (
    f"This picture has more than {MOST_MEGAPIXELS} megapixels or is stored in a way that takes as "
    "much memory. Please save it smaller (300 dots an inch are enough) and upload that."
)
TOO_MANY_PAGES = (
    "This file has more than {most} pages; a letter may have up to {most}. "
    "Please upload the letter alone."
)
BLANK = (
    "This file shows nothing: {pages}. "
    "Please check that the letter can be seen in it and upload it again."
)


def read_image(content: bytes, *, format: PictureFormat, max_pages: int) -> LetterRead:  # noqa: A002 (a letter's format)
    """Return the pages of a photograph or scan; raises UnreadableError with words to act on."""
    images: list[bytes] = []
    scanned: list[int] = []
    with _in_words(), _opened(content, [_PLUGINS[format]]) as file:
        for number, page in enumerate(_pages(file, paged=format in _PAGED), 1):
            if number > max_pages:
                raise UnreadableError(TOO_MANY_PAGES.format(most=max_pages))
            images.append(as_jpeg(page))
            if not shows_nothing(page):
                scanned.append(number)
    if not scanned:
        raise UnreadableError(blank(len(images)))
    reading = LetterReading(
        format=format,
        pages=len(images),
        scanned=tuple(scanned),
        previews=len(images),
        tool=_tool(format),
    )
    return LetterRead(reading, tuple(images))


def blank(pages: int) -> str:
    """Return the sentence for a letter in which no page shows anything."""
    return BLANK.format(pages="its page is blank" if pages == 1 else f"all {pages} pages are blank")


def small_picture(content: bytes, *, short_side: int) -> Image.Image:
    """Return a picture of a document, made small; raises UnreadableError if it cannot be shown."""
    with _in_words(), _opened(content, _IN_DOCUMENTS) as file:
        return _page(file, short_side)


def _tool(format: PictureFormat) -> str:  # noqa: A002 (a letter's format)
    pillow = f"pillow {version('pillow')}"
    return f"{pillow}, pillow-heif {version('pillow-heif')}" if format == "heic" else pillow


@contextmanager
def _in_words() -> Generator[None]:
    """Turn what decoders of pictures raise, which is not limited to errors of theirs, to words."""
    try:
        with warnings.catch_warnings():
            # A scanner's odd but harmless tags are no news; a flood of pixels is refused.
            warnings.simplefilter("ignore")
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            yield
    except (UnreadableError, MemoryError):
        raise
    except (Image.DecompressionBombWarning, Image.DecompressionBombError) as error:
        raise UnreadableError(TOO_MANY_PIXELS) from error
    except Exception as error:
        raise UnreadableError(DAMAGED) from error


def _opened(content: bytes, plugins: list[str]) -> ImageFile:
    """Open a picture, not decoded yet; only by the decoders named."""
    file = Image.open(BytesIO(content), formats=plugins)
    _refuse_floods(file)
    return file


def _refuse_floods(file: ImageFile) -> None:
    pixels = file.width * file.height
    a_pixel = _BYTES_A_PIXEL.get(file.mode, _BYTES_A_COLOURED_PIXEL)
    if file.format in _REDUCED_WHILE_DECODED:
        a_pixel = _BYTES_A_REDUCED_PIXEL
    if pixels > MOST_MEGAPIXELS * 1_000_000 or pixels * a_pixel > MOST_DECODED:
        raise UnreadableError(TOO_MANY_PIXELS)


def _pages(file: ImageFile, *, paged: bool) -> Iterator[Image.Image]:
    for number in count():
        if number:
            try:
                file.seek(number)
            except EOFError:
                return
            _refuse_floods(file)
        yield _page(file, SHORT_SIDE_OF_PICTURE)
        if not paged:
            return


def _page(file: ImageFile, short_side: int) -> Image.Image:
    """Return what an image shows, upright, in colour and not larger than a page image."""
    scale = min(scale_for(file.size, short_side=short_side), 1.0)
    size = (max(round(file.width * scale), 1), max(round(file.height * scale), 1))
    file.draft(None, size)
    image: Image.Image = file
    if file.mode in _NOT_AVERAGED:
        image = file.convert(_NOT_AVERAGED[file.mode])
    small = image.resize(size, reducing_gap=_REDUCING_GAP)  # pyright: ignore[reportUnknownMemberType] (a signature of Pillow that names no types)
    shown = _upright(in_colour(small))
    # Remarks, places and owners that a camera notes are no part of what a page shows.
    shown.info.clear()
    return shown


def _upright(image: Image.Image) -> Image.Image:
    try:
        return ImageOps.exif_transpose(image)
    except Exception:  # noqa: BLE001 (what the camera noted is broken, the picture is not)
        return image

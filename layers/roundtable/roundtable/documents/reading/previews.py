"""Images of pages, which people look at instead of opening the original."""

from io import BytesIO
from typing import cast

from PIL import Image, ImageFilter

from roundtable.domain.evidence import Box

SHORT_SIDE_OF_TEXT = 1_000
"""Pixels of a page's shorter side: 118 dots an inch of a letter, enough to read it."""
SHORT_SIDE_OF_PICTURE = 1_275
"""For scans and photographs: 150 dots an inch, which a service that recognizes text asks for."""
MOST_PIXELS = 4_000_000
LONGEST_SIDE = 10_000
"""A JPEG may have up to 65,535 pixels; browsers begin to fail before."""

_QUALITY = 70
_DEEP = {"I;16", "I", "F"}
_MOST_OF_16_BITS = 65_535.0
_WHITE = (255, 255, 255)
_NOISE = 8
"""Of 255: how far the lightest and the darkest part of an image without anything may differ.
Faint pencil, a line a pixel wide, differs by more (it is averaged over nine pixels)."""
_AROUND = 2
"""Pixels around a text, whose place is not known more exactly."""
_BLOCK = 8
"""Pixels that are averaged first: what differs even then is something, and soon found."""


def scale_for(size: tuple[float, float], *, short_side: int) -> float:
    """Return by how much to enlarge a page of this size so that its image stays within bounds."""
    width, height = max(size[0], 1e-3), max(size[1], 1e-3)
    return min(
        short_side / min(width, height),
        (MOST_PIXELS / (width * height)) ** 0.5,
        LONGEST_SIDE / max(width, height),
    )


def as_jpeg(image: Image.Image) -> bytes:
    """Return the image as a JPEG."""
    buffer = BytesIO()
    image.save(buffer, "JPEG", quality=_QUALITY)
    return buffer.getvalue()


def in_colour(image: Image.Image) -> Image.Image:
    """Return an image of any kind in red, green and blue, what is transparent as white paper."""
    if image.mode == "RGB":
        return image
    if image.mode in _DEEP:
        return _in_256_steps(image).convert("RGB")
    if image.has_transparency_data:
        coloured = image.convert("RGBA")
        paper = Image.new("RGB", image.size, _WHITE)
        paper.paste(coloured, mask=coloured.getchannel("A"))
        return paper
    return image.convert("RGB")


def _in_256_steps(image: Image.Image) -> Image.Image:
    """Return a grey image of more bits in 8; Pillow cuts them off at 255 instead of dividing."""
    low, high = 0.0, _MOST_OF_16_BITS
    if image.mode != "I;16":
        low, high = cast("tuple[float, float]", image.getextrema())
    step = 255 / max(high - low, 1e-9)
    deep = image.convert("F")
    return deep.point(lambda value: value * step - low * step).convert("L")  # pyright: ignore[reportUnknownMemberType] (a signature of Pillow that names no types)


def shows_nothing(image: Image.Image) -> bool:
    """Return whether the image is of one colour but for noise: a blank sheet, a covered lens.

    A shadow, a fold or the faintest writing is something, and a person looks at it.
    """
    if _contrast(image.reduce(_BLOCK)) > _NOISE:
        return False
    return _contrast(image.filter(ImageFilter.BoxBlur(1))) <= _NOISE


def shows_text_at(image: Image.Image, box: Box) -> bool:
    """Return whether something can be seen where a text stands; white on white cannot."""
    part = (
        max(int(box.left * image.width) - _AROUND, 0),
        max(int(box.top * image.height) - _AROUND, 0),
        min(int(box.right * image.width) + 1 + _AROUND, image.width),
        min(int(box.bottom * image.height) + 1 + _AROUND, image.height),
    )
    return _contrast(image.crop(part)) > _NOISE


def _contrast(image: Image.Image) -> float:
    """Return by how much the lightest and the darkest pixel of a coloured image differ at most."""
    bands = cast("tuple[tuple[float, float], ...]", image.getextrema())
    return max(high - low for low, high in bands)

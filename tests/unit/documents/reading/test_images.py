# pyright: reportMissingTypeStubs=false, reportUnknownMemberType=false
# (pillow-heif carries no types for what it adds to Pillow.)
import struct
import warnings
from contextlib import suppress
from importlib.metadata import version
from io import BytesIO

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image, ImageDraw, TiffImagePlugin

from roundtable.documents.reading import images
from roundtable.documents.reading.images import PictureFormat, read_image, small_picture
from roundtable.documents.reading.unreadable import UnreadableError
from roundtable.domain.reading import LetterReading
from tests.corpus.making.hostile import flooded_jpeg, flooded_png

PILLOW = f"pillow {version('pillow')}"
HEIF = f"{PILLOW}, pillow-heif {version('pillow-heif')}"
FORMATS: dict[PictureFormat, str] = {"jpeg": "JPEG", "png": "PNG", "tiff": "TIFF", "heic": "HEIF"}


def letter(size: tuple[int, int] = (850, 1_100), words: str = "We commit") -> Image.Image:
    page = Image.new("RGB", size, "white")
    ImageDraw.Draw(page).text((size[0] // 10, size[1] // 10), words, fill="black", font_size=40)
    return page


def saved(page: Image.Image, kind: str, **options: object) -> bytes:
    buffer = BytesIO()
    page.save(buffer, kind, **options)
    return buffer.getvalue()


def problem(content: bytes, kind: PictureFormat, max_pages: int = 20) -> str:
    with pytest.raises(UnreadableError) as refused:
        read_image(content, format=kind, max_pages=max_pages)
    return str(refused.value)


@pytest.mark.parametrize(("kind", "plugin"), FORMATS.items())
def test_image_of_a_letter_is_a_scanned_page(kind: PictureFormat, plugin: str) -> None:
    read = read_image(saved(letter(), plugin), format=kind, max_pages=1)
    assert read.reading == LetterReading(
        format=kind, pages=1, scanned=(1,), previews=1, tool=HEIF if kind == "heic" else PILLOW
    )
    with Image.open(BytesIO(read.images[0])) as image:
        assert (image.format, image.size) == ("JPEG", (850, 1_100))


@pytest.mark.parametrize("kind", ["tiff", "heic"])
def test_image_with_many_pages(kind: PictureFormat) -> None:
    pages = [letter(words=f"Page {number}") for number in range(3)]
    content = saved(pages[0], FORMATS[kind], save_all=True, append_images=pages[1:])
    read = read_image(content, format=kind, max_pages=3)
    assert (read.reading.pages, read.reading.scanned) == (3, (1, 2, 3))
    assert len(set(read.images)) == 3
    assert problem(content, kind, max_pages=2) == (
        "This file has more than 2 pages; a letter may have up to 2. "
        "Please upload the letter alone."
    )


def test_image_that_moves_is_its_first_picture() -> None:
    content = saved(letter(), "PNG", save_all=True, append_images=[letter(words="Later")])
    read = read_image(content, format="png", max_pages=20)
    assert (read.reading.pages, len(read.images)) == (1, 1)


def test_image_with_a_blank_back_counts_its_front() -> None:
    back = Image.new("RGB", (850, 1_100), "white")
    content = saved(letter(), "TIFF", save_all=True, append_images=[back])
    read = read_image(content, format="tiff", max_pages=20)
    assert (read.reading.pages, read.reading.scanned, read.reading.previews) == (2, (1,), 2)


@pytest.mark.parametrize(
    ("count", "which"), [(1, "its page is blank"), (2, "all 2 pages are blank")]
)
def test_image_that_is_blank_is_refused(count: int, which: str) -> None:
    page = Image.new("L", (850, 1_100), 250)
    content = saved(page, "TIFF", save_all=True, append_images=[page] * (count - 1))
    assert problem(content, "tiff") == (
        f"This file shows nothing: {which}. "
        "Please check that the letter can be seen in it and upload it again."
    )


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGBA", "CMYK", "I;16"])
def test_image_of_any_mode_is_shown(mode: str) -> None:
    grey = letter((1_700, 2_200)).convert("L")
    page = grey.point(lambda value: value * 257, "I").convert("I;16") if mode == "I;16" else grey  # pyright: ignore
    content = saved(page.convert(mode), "TIFF")
    read = read_image(content, format="tiff", max_pages=1)
    with Image.open(BytesIO(read.images[0])) as image:
        assert image.size == (1_275, 1_650)
        low, high = image.convert("L").getextrema()
    assert (low, high) < (40, 256)  # type: ignore[operator]


@pytest.mark.parametrize("kind", ["jpeg", "png", "tiff"])
def test_image_taken_sideways_is_turned_upright(kind: PictureFormat) -> None:
    page = letter((300, 200))
    exif = Image.Exif()
    exif[0x0112] = 6
    content = saved(page, FORMATS[kind], exif=exif)
    read = read_image(content, format=kind, max_pages=1)
    with Image.open(BytesIO(read.images[0])) as image:
        assert image.size == (200, 300)


def test_image_with_broken_notes_of_the_camera_is_read() -> None:
    content = saved(letter(), "JPEG", exif=b"Exif\0\0MM\0*\0\0\0\x08\xff\xff" + bytes(9))
    assert read_image(content, format="jpeg", max_pages=1).reading.scanned == (1,)


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (flooded_png(), "png"),
        (flooded_jpeg(), "jpeg"),
        (saved(letter((10, 10)), "PNG")[:16] + struct.pack(">II", 9_000, 8_000) +
         saved(letter((10, 10)), "PNG")[24:], "png"),
    ],
)  # fmt: skip
def test_image_that_floods_the_memory_is_refused(content: bytes, kind: PictureFormat) -> None:
    assert problem(content, kind) in {images.TOO_MANY_PIXELS, images.DAMAGED}


def test_image_of_more_megapixels_than_allowed_is_refused_before_it_is_decoded() -> None:
    assert problem(saved(Image.new("1", (10_000, 6_001)), "TIFF"), "tiff") == (
        "This picture has more than 60 megapixels or is stored in a way that takes as much memory. "
        "Please save it smaller (300 dots an inch are enough) and upload that."
    )


def test_image_with_a_later_page_that_floods_the_memory_is_refused() -> None:
    flood = Image.new("1", (10_000, 6_001))
    content = saved(letter(), "TIFF", save_all=True, append_images=[flood])
    assert problem(content, "tiff") == images.TOO_MANY_PIXELS


@pytest.mark.parametrize(("kind", "plugin"), FORMATS.items())
def test_image_cut_off_is_refused(kind: PictureFormat, plugin: str) -> None:
    content = saved(letter(), plugin)
    assert problem(content[: len(content) // 2], kind) == (
        "This picture is damaged and cannot be read. "
        "Please check that it opens on your computer, save it again or as a PDF, and upload that."
    )


def test_image_of_a_page_keeps_nothing_that_the_camera_noted() -> None:
    exif = Image.Exif()
    exif[0x013B] = "Jane Doe"
    content = saved(letter(), "JPEG", exif=exif, comment=b"Jane Doe was here")
    assert content.count(b"Jane Doe") == 2
    assert b"Jane Doe" not in read_image(content, format="jpeg", max_pages=1).images[0]


def test_image_warns_nobody() -> None:
    info = TiffImagePlugin.ImageFileDirectory_v2()
    content = bytearray(saved(letter(), "TIFF", tiffinfo=info))
    with warnings.catch_warnings(record=True) as seen:
        warnings.simplefilter("always")
        read_image(bytes(content) + b"\0", format="tiff", max_pages=1)
    assert seen == []


def test_small_picture_of_a_document() -> None:
    picture = small_picture(saved(letter((850, 1_100)), "GIF"), short_side=85)
    assert (picture.size, picture.mode) == ((85, 110), "RGB")
    with pytest.raises(UnreadableError):
        small_picture(b"\x01\0\0\0 an EMF", short_side=85)


SMALL = {kind: saved(letter((85, 110)), plugin) for kind, plugin in FORMATS.items()}


@settings(max_examples=60, deadline=20_000, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.sampled_from(sorted(FORMATS)),
    st.lists(st.tuples(st.floats(0, 1, exclude_max=True), st.binary(max_size=6)), max_size=5),
    st.floats(0.3, 1),
)
def test_image_with_damage_is_read_or_refused_in_words(
    kind: PictureFormat, changes: list[tuple[float, bytes]], share: float
) -> None:
    content = bytearray(SMALL[kind])
    for place, change in changes:
        at = int(place * len(content))
        content[at : at + len(change)] = change
    with suppress(UnreadableError):
        read = read_image(bytes(content[: int(len(content) * share)]), format=kind, max_pages=3)
        assert len(read.images) == read.reading.pages

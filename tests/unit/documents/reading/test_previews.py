from io import BytesIO
from random import Random

import pytest
from PIL import Image, ImageDraw

from roundtable.documents.reading.previews import as_jpeg, in_colour, scale_for, shows_nothing

SIZE = (1_000, 1_294)


def sheet(paper: int = 245, noise: int = 0) -> Image.Image:
    if not noise:
        return Image.new("RGB", SIZE, (paper, paper, paper))
    chance = Random(3)  # noqa: S311 (variety, no secret)
    grains = bytes(paper + chance.randint(-noise, noise) for _ in range(SIZE[0] * 200))
    return Image.frombytes("L", (SIZE[0], 200), grains).convert("RGB")


@pytest.mark.parametrize(
    ("size", "short_side", "image"),
    [
        ((612, 792), 1_000, (1_000, 1_294)),
        ((792, 612), 1_000, (1_294, 1_000)),
        ((2_550, 3_300), 1_275, (1_275, 1_650)),
        ((612, 6_000), 1_000, (639, 6_262)),
        ((1, 14_400), 1_000, (1, 10_000)),
        ((14_400, 14_400), 1_000, (1_000, 1_000)),
        ((0, 0), 1_000, (0, 0)),
    ],
)
def test_scale_for_a_page(
    size: tuple[float, float], short_side: int, image: tuple[int, int]
) -> None:
    scale = scale_for(size, short_side=short_side)
    assert (round(size[0] * scale), round(size[1] * scale)) == image


def test_as_jpeg_of_a_page() -> None:
    with Image.open(BytesIO(as_jpeg(Image.new("RGB", (20, 30), "white")))) as image:
        assert (image.format, image.size, image.mode) == ("JPEG", (20, 30), "RGB")


@pytest.mark.parametrize("paper", [0, 128, 255])
def test_shows_nothing_on_a_sheet_of_one_colour(paper: int) -> None:
    assert shows_nothing(sheet(paper))


def test_shows_nothing_on_a_sheet_with_a_scanners_noise() -> None:
    assert shows_nothing(sheet(noise=3))


@pytest.mark.parametrize("ink", [0, 150, 200])
def test_shows_something_where_a_line_a_pixel_wide_is(ink: int) -> None:
    paper = sheet()
    ImageDraw.Draw(paper).line((400, 600, 460, 620), fill=(ink, ink, ink), width=1)
    assert not shows_nothing(paper)


def test_shows_something_where_pencil_is_faint() -> None:
    paper = sheet(noise=2)
    ImageDraw.Draw(paper).text((300, 60), "Jane Doe", fill=(220, 220, 220), font_size=24)
    assert not shows_nothing(paper)


def test_shows_something_where_ink_is_as_light_as_the_paper() -> None:
    paper = Image.new("RGB", SIZE, (200, 200, 200))
    ImageDraw.Draw(paper).line((400, 600, 460, 620), fill=(180, 180, 255), width=3)
    assert not shows_nothing(paper)


def test_in_colour_of_what_is_transparent_is_white_paper() -> None:
    picture = Image.new("RGBA", (2, 1), (0, 0, 0, 0))
    picture.putpixel((1, 0), (10, 20, 30, 255))
    coloured = in_colour(picture)
    assert [coloured.getpixel((x, 0)) for x in range(2)] == [(255, 255, 255), (10, 20, 30)]


@pytest.mark.parametrize(
    ("mode", "values", "greys"),
    [
        ("I;16", (0, 32_768, 65_535), (0, 127, 255)),
        ("I", (0, 500, 1_000), (0, 127, 255)),
        ("F", (0.0, 0.5, 1.0), (0, 127, 255)),
        ("L", (0, 9, 255), (0, 9, 255)),
    ],
)
def test_in_colour_of_many_bits(
    mode: str, values: tuple[float, ...], greys: tuple[int, ...]
) -> None:
    picture = Image.new(mode, (3, 1))
    for x, value in enumerate(values):
        picture.putpixel((x, 0), value)
    assert [in_colour(picture).getpixel((x, 0)) for x in range(3)] == [
        (grey,) * 3 for grey in greys
    ]

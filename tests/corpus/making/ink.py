"""Signatures as a hand draws them: the same person signs the same way each time."""

from collections.abc import Sequence
from functools import cache
from io import BytesIO
from itertools import pairwise
from random import Random

from PIL import Image, ImageDraw

Point = tuple[float, float]

_STEPS = 14
_SCALE = 3
INK = (20, 30, 110)


def strokes(seed: str) -> tuple[tuple[Point, ...], ...]:
    """Return the lines of a signature, in shares of its width and height from the upper left."""
    chance = Random(f"ink {seed}")  # noqa: S311 (variety, no secret)
    lines: list[tuple[Point, ...]] = []
    for start in (0.02, 0.46):
        corners = [(start, chance.uniform(0.5, 0.8))]
        for step in range(1, 8):
            high = step % 2 == chance.randrange(2)
            corners.append(
                (
                    start + step * chance.uniform(0.055, 0.07),
                    chance.uniform(0.05, 0.4) if high else chance.uniform(0.6, 0.95),
                )
            )
        lines.append(tuple(_curve(corners)))
    lines.append(((0.05, 0.9), (0.95, 0.78)))
    return tuple(lines)


def _curve(corners: Sequence[Point]) -> list[Point]:
    """Round the corners: a quadratic curve from middle to middle of the edges."""
    middles = [((a[0] + b[0]) / 2, (a[1] + b[1]) / 2) for a, b in pairwise(corners)]
    points = [corners[0]]
    for start, corner, end in zip(middles, corners[1:-1], middles[1:], strict=False):
        for step in range(_STEPS + 1):
            t = step / _STEPS
            points.append(
                tuple(
                    (1 - t) ** 2 * start[axis] + 2 * t * (1 - t) * corner[axis] + t**2 * end[axis]
                    for axis in (0, 1)
                )  # pyright: ignore[reportArgumentType] (two coordinates)
            )
    return points


def draw_signature(
    picture: ImageDraw.ImageDraw, seed: str, box: tuple[float, float, float, float], pen: int
) -> None:
    """Draw a signature into a box (left, top, right, bottom) of a picture."""
    left, top, right, bottom = box
    for line in strokes(seed):
        picture.line(
            [(left + x * (right - left), top + y * (bottom - top)) for x, y in line],
            fill=INK,
            width=pen,
            joint="curve",
        )


@cache
def signature_jpeg(seed: str, width: int, height: int) -> bytes:
    """Return the picture of a signature, as it is pasted above a name."""
    picture = Image.new("RGB", (width * _SCALE, height * _SCALE), "white")
    draw_signature(
        ImageDraw.Draw(picture), seed, (4, 4, width * _SCALE - 4, height * _SCALE - 4), 4
    )
    buffer = BytesIO()
    picture.save(buffer, "JPEG", quality=85)
    return buffer.getvalue()

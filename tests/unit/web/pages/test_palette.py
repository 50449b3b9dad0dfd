"""Contrast of the colours that meet (WCAG 2.2, 1.4.3 and 1.4.11), by day and by night."""

import re

import pytest

from roundtable.web.pages.assets import FOLDER

TEXT, PARTS_OF_CONTROLS = 4.5, 3.0
LINEAR_UP_TO = 0.04045
_PROPERTY = re.compile(r"(--rt-[a-z-]+): (#[0-9a-f]{6});")
_TAGS = ("blue", "green", "red", "yellow", "purple", "grey")
GROUNDS = ("paper", "surface")
TEXTS = ("ink", "quiet", "link", "link-hover", "link-visited", "error", "success", "brand")
PAIRS = [
    *((text, ground, TEXT) for text in TEXTS for ground in GROUNDS),
    ("ink", "field", TEXT),
    ("quiet", "field", TEXT),
    ("on-brand", "brand", TEXT),
    ("focus-ink", "focus", TEXT),
    ("button-ink", "button", TEXT),
    ("button-ink", "button-hover", TEXT),
    ("second-ink", "second", TEXT),
    ("second-ink", "second-hover", TEXT),
    ("warn-ink", "warn", TEXT),
    ("warn-ink", "warn-hover", TEXT),
    *((f"tag-{tag}-ink", f"tag-{tag}", TEXT) for tag in _TAGS),
    *(("edge", ground, PARTS_OF_CONTROLS) for ground in (*GROUNDS, "field")),
    *(("second-edge", ground, PARTS_OF_CONTROLS) for ground in GROUNDS),
    *((button, ground, PARTS_OF_CONTROLS) for button in ("button", "warn") for ground in GROUNDS),
]


def palettes() -> dict[str, dict[str, str]]:
    css = (FOLDER / "palette.css").read_text("utf-8")
    day, night = css.split("@media screen and (prefers-color-scheme: dark)")
    by_day = dict(_PROPERTY.findall(day))
    return {"day": by_day, "night": {**by_day, **dict(_PROPERTY.findall(night))}}


def luminance(colour: str) -> float:
    """Return the relative luminance as WCAG 2.2 defines it."""
    red, green, blue = (
        part / 12.92 if part <= LINEAR_UP_TO else ((part + 0.055) / 1.055) ** 2.4
        for part in (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def test_contrast_is_computed_as_defined() -> None:
    assert contrast("#ffffff", "#000000") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("scheme", ["day", "night"])
@pytest.mark.parametrize(("front", "ground", "least"), PAIRS)
def test_pair_has_enough_contrast(scheme: str, front: str, ground: str, least: float) -> None:
    palette = palettes()[scheme]
    measured = contrast(palette[f"--rt-{front}"], palette[f"--rt-{ground}"])
    assert measured >= least, f"{front} on {ground}: {measured:.2f}"


def test_every_colour_is_measured() -> None:
    measured = {f"--rt-{name}" for pair in PAIRS for name in pair[:2]}
    # A line between rows tells nothing that the rows do not.
    assert set(palettes()["day"]) - measured == {"--rt-line"}


def test_night_changes_every_colour_but_those_of_the_focus() -> None:
    css = (FOLDER / "palette.css").read_text("utf-8")
    night = dict(_PROPERTY.findall(css.split("prefers-color-scheme: dark")[1]))
    assert set(night) >= set(palettes()["day"]) - {"--rt-on-brand"}


def test_our_styles_name_no_colour_of_their_own() -> None:
    assert not re.findall(r"#[0-9a-f]{3,8}\b", (FOLDER / "roundtable.css").read_text("utf-8"))

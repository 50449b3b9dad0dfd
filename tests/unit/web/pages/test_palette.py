"""Contrast of the colours that meet (WCAG 2.2, 1.4.3 and 1.4.11), by day and by night."""

import re

import pytest

from roundtable.web.pages.assets import FOLDER

TEXT, PARTS_OF_CONTROLS = 4.5, 3.0
LINEAR_UP_TO = 0.04045
_PROPERTY = re.compile(r"(--rt-[a-z-]+): (#[0-9a-f]{6});")
_TAGS = ("blue", "green", "red", "yellow", "purple", "grey")
_RULE = re.compile(r"([^{}]+){([^{}]*)}")
_TEXT = re.compile(r"(?<![a-z-])color: var\(--rt-([a-z-]+)\)")
_GROUND = re.compile(r"(?<![a-z-])background(?:-color)?: var\(--rt-([a-z-]+)\)")
OURS = sorted(path.name for path in FOLDER.glob("*.css") if path.name != "govuk.css")
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
    # A field that is wrong, and how much of a file is sent.
    *((line, "field", PARTS_OF_CONTROLS) for line in ("error", "brand")),
    # Bars of staff: seats that are taken and reserved, and the mix.
    ("edge", "tag-purple", PARTS_OF_CONTROLS),
    *((bar, "second", PARTS_OF_CONTROLS) for bar in ("brand", "link-visited")),
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


@pytest.mark.parametrize(
    "name", [name for name in OURS if name not in {"palette.css", "print.css"}]
)
def test_our_styles_name_no_colour_of_their_own(name: str) -> None:
    assert not re.findall(r"#[0-9a-f]{3,8}\b|\brgb|\bhsl", (FOLDER / name).read_text("utf-8"))


@pytest.mark.parametrize("name", OURS)
def test_text_and_ground_of_each_rule_are_measured(name: str) -> None:
    measured = {pair[:2] for pair in PAIRS if pair[2] == TEXT}
    for selector, rule in _RULE.findall((FOLDER / name).read_text("utf-8")):
        text, ground = _TEXT.search(rule), _GROUND.search(rule)
        if text and ground and ":disabled" not in selector:
            assert (text[1], ground[1]) in measured, selector.strip()

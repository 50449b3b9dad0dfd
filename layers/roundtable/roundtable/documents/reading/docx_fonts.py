"""The one font of a Word document, where it surely has no other."""

from collections.abc import Iterator, Mapping
from xml.etree.ElementTree import Element

from roundtable.documents.reading.letter_read import cleaned
from roundtable.domain.reading import LONGEST_FONT

_MAIN = "word/document.xml"
_WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FONTS = tuple(_WORD + name for name in ("asciiTheme", "hAnsiTheme", "ascii", "hAnsi"))
_VALUE, _DEFAULT, _STYLE_ID = (_WORD + name for name in ("val", "default", "styleId"))
_UNTOLD = frozenset({
    "AlternateContent", "altChunk", "contentPart", "control", "drawing", "object", "oMath", "pict",
    "ruby", "sym", "txbxContent", "i", "em", "fitText", "vanish",
})  # fmt: skip
"""What may look like handwriting, or shows otherwise than the text of a document says."""
_DEEPEST = 20


def only_font(parts: Mapping[str, Element], styles: Element | None) -> str:
    """Return the font that all text of a document is set in; empty where there is any doubt.

    A font is called as the document calls it, by its name or by its part in the theme, such as
    `minorHAnsi`; where it does both, that counts as two. Italics, drawings and the like anywhere
    in the document, or in its headers and footers, are a doubt.
    """
    body = parts.get(_MAIN)
    if body is None or styles is None:
        return ""
    shown = [body, *(root for name, root in parts.items() if _is_margin(name))]
    if any(_local(element) in _UNTOLD for root in shown for element in root.iter()):
        return ""
    known = {style.get(_STYLE_ID, ""): style for style in styles.iter(_WORD + "style")}
    used = {style for root in shown for style in _styles_named_in(root)}
    used |= {name for name, style in known.items() if style.get(_DEFAULT) in {"1", "true", "on"}}
    applied = [style for name in used for style in _with_bases(name, known)]
    if any(_local(element) in _UNTOLD for style in applied for element in style.iter()):
        return ""
    defaults = styles.find(f"{_WORD}docDefaults")
    fonts = {font for root in (*shown, *applied) for font in _fonts_in(root)}
    fonts |= set(_fonts_in(defaults)) if defaults is not None else set()
    return cleaned(fonts.pop())[:LONGEST_FONT] if len(fonts) == 1 else ""


def _is_margin(name: str) -> bool:
    return name.startswith(("word/header", "word/footer"))


def _styles_named_in(root: Element) -> Iterator[str]:
    for element in root.iter():
        if _local(element) in {"pStyle", "rStyle", "tblStyle"}:
            yield element.get(_VALUE, "")


def _with_bases(name: str, known: Mapping[str, Element]) -> Iterator[Element]:
    """Yield a style and those that it is based on."""
    for _ in range(_DEEPEST):
        style = known.get(name)
        if style is None:
            return
        yield style
        base = style.find(_WORD + "basedOn")
        name = "" if base is None else base.get(_VALUE, "")


def _fonts_in(root: Element) -> Iterator[str]:
    for element in root.iter(_WORD + "rFonts"):
        yield from (element.attrib[key] for key in _FONTS if key in element.attrib)


def _local(element: Element) -> str:
    return element.tag.rpartition("}")[2]

"""Words that others wrote, made fit for a subject, a line or a paragraph."""

import re
import unicodedata

from roundtable.domain.model import Record

_LONGEST_NAME = 120
_LIKE_A_LINK = re.compile(r"://|www\.|@|\.[a-z]{2,}/", re.IGNORECASE)


def line(text: str) -> str:
    """Return a text in one line: no line ends, no control or direction-changing characters."""
    return " ".join(_visible(text).split())


def name(text: str) -> str:
    """Return a person's or organization's name in one line, or nothing where it looks like a link.

    Anybody can type a name into a form and have a notice sent with it; a mail client would
    turn an address in it into something to click on.
    """
    flat = line(text)
    if _LIKE_A_LINK.search(flat):
        return ""
    return flat if len(flat) <= _LONGEST_NAME else flat[: _LONGEST_NAME - 1].rstrip() + "…"


class Paragraph(Record):
    """One paragraph, line by line."""

    lines: tuple[str, ...]

    def __str__(self) -> str:
        """Return the paragraph as plain text."""
        return "\n".join(self.lines)


def paragraphs(text: str) -> tuple[Paragraph, ...]:
    """Return a long text's paragraphs; blank lines part them."""
    parts = re.split(r"\n\s*\n", re.sub(r"\r\n?", "\n", text))
    found = (tuple(flat for row in part.split("\n") if (flat := line(row))) for part in parts)
    return tuple(Paragraph(lines=lines) for lines in found if lines)


def _visible(text: str) -> str:
    return "".join(
        " " if unicodedata.category(sign) in {"Cc", "Zl", "Zp"} else sign
        for sign in text
        if sign not in _DIRECTION and unicodedata.category(sign) != "Cs"
    )


_DIRECTION = frozenset("\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff")
"""Marks that make a text look other than it is."""

"""A letter laid out on pages, from which every file with pages is drawn."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from tests.corpus.making.letter import Letter, Mark, Signer, is_drawn, mark_text

WIDTH, HEIGHT = 612.0, 792.0
"""Letter paper, in points."""
LEFT, TOP, BOTTOM = 72.0, 72.0, 720.0
_TEXT_WIDTH = 500.0
INK_WIDTH, INK_HEIGHT = 130.0, 34.0
_COLUMNS_OF_TEXT = 86


@dataclass(frozen=True)
class Written:
    """A line of text; `base` is its base line, from the top of the page."""

    text: str
    left: float
    base: float
    size: float
    face: Literal["plain", "bold", "script"] = "plain"


@dataclass(frozen=True)
class Inked:
    """A drawn signature; `seed` gives each person the same one each time."""

    seed: str
    left: float
    top: float
    pasted: bool


Item = Written | Inked
Sheet = tuple[Item, ...]


class _Desk:
    """Where the next line goes."""

    def __init__(self, size: float) -> None:
        self.size = size
        self.leading = size * 4 / 3
        self.sheets: list[list[Item]] = [[]]
        self.at = TOP

    def turn(self) -> None:
        """Begin a page."""
        self.sheets.append([])
        self.at = TOP

    def write(self, text: str, face: Literal["plain", "bold", "script"] = "plain") -> None:
        """Write a line, on a new page where the last is full."""
        if self.at > BOTTOM:
            self.turn()
        if text:
            self.put(Written(text, LEFT, self.at, self.size, face))
        self.at += self.leading

    def put(self, item: Item) -> None:
        """Put something on the present page."""
        self.sheets[-1].append(item)


def sheets_of(letter: Letter) -> tuple[Sheet, ...]:
    """Return the pages of a letter."""
    desk = _Desk(letter.size)
    for place, line in enumerate(letter.head):
        desk.write(line, "plain" if place else "bold")
    for line in ("", letter.date, "", *letter.receiver, "", letter.greeting, ""):
        desk.write(line)
    _write_paragraphs(desk, letter.paragraphs)
    for paragraphs in letter.long_text:
        desk.turn()
        _write_paragraphs(desk, paragraphs)
    if letter.appendix:
        desk.turn()
        _write_paragraphs(desk, letter.appendix)
    if letter.own_page or letter.appendix or letter.text_pages:
        desk.turn()
    for line in (letter.closing, ""):
        desk.write(line)
    if letter.layout == "stacked":
        for one in letter.signers:
            _sign(desk, one, LEFT)
            desk.write("")
    else:
        _sign_beside(desk, letter.signers)
    for line in letter.after:
        desk.write(line)
    return tuple(tuple(sheet) for sheet in desk.sheets)


def _write_paragraphs(desk: _Desk, paragraphs: Sequence[str]) -> None:
    for paragraph in paragraphs:
        for line in wrapped(paragraph, _COLUMNS_OF_TEXT):
            desk.write(line)
        desk.write("")


def _sign_beside(desk: _Desk, signers: Sequence[Signer]) -> None:
    top, lowest = desk.at, desk.at
    for place, one in enumerate(signers):
        desk.at = top
        _sign(desk, one, LEFT + place * _TEXT_WIDTH / len(signers))
        lowest = max(lowest, desk.at)
    desk.at = lowest + desk.leading


def _sign(desk: _Desk, one: Signer, left: float) -> None:
    if is_drawn(one):
        pasted = one.mark is Mark.PICTURE
        desk.put(Inked(one.name, left, desk.at - desk.size, pasted))
        desk.at += INK_HEIGHT
    elif text := mark_text(one):
        face = "script" if one.mark is Mark.SCRIPT else "plain"
        desk.put(Written(text, left, desk.at, desk.size * 1.4 if face == "script" else desk.size,
                         face))  # fmt: skip
        desk.at += desk.leading
    else:
        desk.at += desk.leading
    for line in (one.name, *one.title):
        if line:
            desk.put(Written(line, left, desk.at, desk.size))
            desk.at += desk.leading


def wrapped(text: str, most: int) -> Iterator[str]:
    """Yield a paragraph's lines of at most so many characters."""
    line = ""
    for word in text.split():
        if line and len(line) + len(word) >= most:
            yield line
            line = word
        else:
            line = f"{line} {word}".strip()
    yield line

"""Where people sign: blocks of names and titles, and what stands directly above each.

People sign after closing words, beside a signature mark or a rule, or below the last prose of the
letter; not in running prose ("our CEO believes"), a letterhead, an address or a "cc:" line.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Literal

from roundtable.documents.finding.lines import (
    ADDRESS,
    COPIES,
    SALUTATION,
    Line,
    is_closing,
    joined,
)
from roundtable.documents.finding.titles import is_prose
from roundtable.domain.reading import PICTURE

MARK = re.compile(
    r"(?i)(?:^/(?=[^\W\d_][^/]{3,60}/$)|^[(\[]\s?signed\s?[)\]]|/\s?s\s?/|(?<!\w)/s/?(?=\s)|^s/(?=\s*\w)"
    r"|\b(?:electronically|digitally|docu|e-?)\s?signed\s+by\s*:?)",
)  # fmt: skip
LABEL = re.compile(
    r"(?i)^(?:(?:print(?:ed)?|typed|full)\s+name|name(?:\s+and\s+title)?|title|position|role|by|its"
    r"|signature|signed(?:\s+by)?|authorized\s+(?:signature|signatory))\s*:\s*",
)  # fmt: skip
_TAIL = 15
_MOST_LINES = 5_000
_RULE = re.compile(r"[\s_.\u2026\-\u2013\u2014=]+")
_LONG_ENOUGH = re.compile(r"_{3,}|\.{5,}|\u2026{2,}|-{5,}")
_TO_SIGN_ON = re.compile(r"_{5,}")
"""Other rules may part one thing from another."""
_DANGLING = re.compile(
    r"(?i)(?:\b(?:to|of|for|the|and|deputy|former|vice|assistant|associate|past|chief"
    r"|interim|acting)|&|,)$",
)
_GOES_ON = re.compile(
    r"(?i)^(?:(?:and|&)\s|[-\u2013\u2014(]?\s?(?:elect|designate|emerit\w+|interim|acting|retired)\)?$)",
)
"""What belongs to the title in the line above."""
_OF_A_TITLE = re.compile(r"(?i)\b(?:president|chair\w*|officer|ceo|director|founder|executive)$")
_CHAIR_END = re.compile(r"(?i)\b(?:chair(?:man|woman|person)?|president)$")
_BOARD_START = re.compile(r"(?i)^(?:of\s+(?:the\s+)?)?(?:the\s+)?board\b")


@dataclass
class Block:
    """A paragraph where people sign."""

    lines: list[Line] = field(default_factory=list[Line])
    below: Literal["", "rule", "picture"] = ""
    """What stands above its first line, with nothing between but a gap."""
    written: str = ""
    """The text directly above that rule: perhaps a name in a font like handwriting."""


def signing_blocks(lines: Sequence[Line]) -> list[Block]:
    """Return the blocks of a letter in its order; titles that run over two lines are joined."""
    lines = lines[-_MOST_LINES:]
    blocks = [Block()]
    below: Literal["", "rule", "picture"] = ""
    above = written = ""
    for line, inside in zip(lines, _where_people_sign(lines), strict=True):
        text = line.text
        if not inside or not text:
            blocks.append(Block())
        elif text == PICTURE:
            below = "picture"
            blocks.append(Block())
        elif is_rule(text):
            # A rule drawn below a typed signature belongs to it; another begins a new signature.
            if blocks[-1].lines and MARK.search(blocks[-1].lines[-1].text):
                continue
            if below != "picture" and _TO_SIGN_ON.search(text):
                below, written = "rule", above
            blocks.append(Block())
        else:
            if not blocks[-1].lines and not is_closing(text):
                blocks[-1].below, blocks[-1].written = below, written
            below = ""
            _append(blocks[-1].lines, line)
        if text and not is_rule(text):
            above = text
    return [block for block in blocks if block.lines]


def _where_people_sign(lines: Sequence[Line]) -> Iterator[bool]:
    """Yield for each line whether it is where people sign."""
    tail_from = _tail_start(lines)
    inside = copies = False
    for number, line in enumerate(lines):
        text = line.text
        if COPIES.match(text):
            inside, copies = False, True
        elif speaks_of_signing(text):
            inside, copies = True, False
        elif is_prose(text) or ADDRESS.match(text):
            inside = copies = False
        if number >= tail_from and not copies and not ADDRESS.match(text):
            inside = True
        yield inside


def speaks_of_signing(line: str) -> bool:
    """Return whether a line shows that people sign here."""
    return bool(is_closing(line) or MARK.search(line) or is_rule(line) or LABEL.match(line))


def is_rule(line: str) -> bool:
    """Return whether a line is drawn with characters, with or without an X to sign at."""
    rest = line.lstrip("xX \t")
    return _RULE.fullmatch(rest) is not None and _LONG_ENOUGH.search(rest) is not None


def last_prose(lines: Sequence[Line]) -> int:
    """Return the number of the last line of running text; -1 where there is none."""
    return max((number for number, line in enumerate(lines) if is_prose(line.text)), default=-1)


def _tail_start(lines: Sequence[Line]) -> int:
    """Return where the end of the letter begins: below prose and salutation, few lines long."""
    greetings = (number for number, line in enumerate(lines) if SALUTATION.match(line.text))
    start = max(last_prose(lines), *greetings, -1) + 1
    tail = [number for number in range(start, len(lines)) if lines[number].text][-_TAIL:]
    return tail[0] if tail else len(lines)


def _append(block: list[Line], line: Line) -> None:
    """Add a line, joined to the one before where a title runs over both."""
    if block and not is_closing(block[-1].text) and not MARK.search(line.text):
        last = block[-1].text
        if _CHAIR_END.search(last) and _BOARD_START.match(line.text):
            block[-1] = joined(block[-1], line, ", ")
            return
        goes_on = _GOES_ON.match(line.text) and _OF_A_TITLE.search(last)
        if (_DANGLING.search(last) or goes_on) and not MARK.search(last):
            block[-1] = joined(block[-1], line, " ")
            return
    block.append(line)

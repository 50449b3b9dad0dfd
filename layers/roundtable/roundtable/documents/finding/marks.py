"""Typed signatures, such as `/s/ Jane Doe`, and the titles that each of them stands for."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from roundtable.documents.finding.blocks import LABEL, MARK, Block
from roundtable.documents.finding.lines import Line
from roundtable.documents.finding.people import same_person
from roundtable.documents.finding.titles import Title, for_another, name_like, titles_in


@dataclass(frozen=True)
class Mark:
    """A typed signature; `counts` unless it is for somebody else, an example or none after all."""

    name: str
    before: str
    after: str
    counts: bool


@dataclass(frozen=True)
class ReadLine:
    """A line of a block and what it says."""

    line: Line
    titles: tuple[Title, ...]
    name: str
    """The name that stands alone in it, with or without degrees; else empty."""
    mark: Mark | None
    marked: bool
    """Whether a signature mark is in it, filled in or not."""
    empty: bool
    """Whether it is a place to sign on which nothing is written."""
    instead: bool
    """Whether it names somebody for whom another signs."""


ReadBlock = Sequence[ReadLine]
At = tuple[int, int]
"""The number of a block and of a line in it."""

_FOR_ANOTHER = re.compile(
    r"(?i)\b(?:for|by|on\s+behalf\s+of|p\.\s?p\.|per\s+pro\w*)(?=\s|$)|\w(?-i:/[a-z]{2,3})\s*$"
)
"""Also "(by John Roe)", and the initials of whoever signs ("Jane Doe/jr")."""
_EXAMPLE = re.compile(
    r"(?i)\b(?:e\.?\s?g\.?|for\s+example|examples?|samples?|such\s+as|type)(?!\w)"
)
_NOT_YET = re.compile(
    r"(?i)\b(?:(?:to|will|must|should|can|may)\s+be|awaiting|awaits|pending|not(?:\s+yet)?)\W*$"
)
_NOT_DONE = re.compile(r"(?i)\b(?:not\s+(?:yet\s+)?signed|unsigned|declined|refused)\b")
_NO_NAME = re.compile(
    r"(?i)\W*(?:signature\s+)?(?:tbd|tba|pending|to\s+follow)\W*|(?=.*\b(?:names?|last|signature)\b)"
    r"(?:\b(?:your|full|first|middle|last|printed|typed|legal|ceo|board|chair|signer\W?s?|names?"
    r"|signature|here|type|insert)\b|\W)+",
)
"""What a template has where the name belongs ("/s/ Your Name")."""
_BLANK = re.compile(r"_{3,}")
_TO_SIGN_ON = re.compile(r"_{5,}")
_BLANK_DATE = re.compile(r"(?i)_{3,}\s*(?:\bdated?\b\s*:?[\s_/]*)?")
_DATE_END = re.compile(r"(?i)(?<=\S)[,\s]+dated?\s*:.*$")
_NOTHING = re.compile(r"(?i)[\s_]*(?:dated?\s*:?[\s_/]*)?")
_TO_SIGN = re.compile(
    r"(?i)(?:(?:authorized\s+)?signature|signed(?:\s+by)?|sign(?:\s+here)?|by)\s*:?",
)
_OPEN, _CLOSE = r"[\[<{(]\s*", r"\s*[\]>})]"
_WHOSE = r"(?:(?:insert|add|place|your|the|an?|e-?|electronic|digital|handwritten|wet)\s*)*"
_AWAITED = (
    rf"(?:{_WHOSE}signatures?\s+(?:(?:is|still|yet)\s+)*(?:to\s+(?:follow|come|be\s+\w+)|pending"
    r"|forthcoming|required|needed|missing|awaited|outstanding|tbd|tba)"
    r"|(?:(?:is|still|yet)\s+)*to\s+be\s+signed(?:\s+(?:by\b.{0,60}|later|soon))?"
    r"|(?:awaiting|pending)\s+signature|not\s+(?:yet\s+)?signed(?:\s+yet)?)"
)
_PLACEHOLDER = re.compile(
    rf"(?i)[\[<{{]\s*{_WHOSE}(?:signature|sign)(?:\s+(?:here|goes\s+here|block|line))?\s*[\]>}}]"
    rf"|{_OPEN}(?:{_WHOSE}signature\s+here|sign\s+here|{_AWAITED}){_CLOSE}|{_AWAITED}[.:]?",
)
"""“(signature)” is none: it stands below a line as its caption, signed or not."""
_CERTIFICATE_ID = re.compile(r"(?i)[0-9a-f]{8,}(?:\.{3}|\u2026)?")
"""What an e-signature service prints below its signature."""


def read_block(block: Block, organization: str) -> list[ReadLine]:
    """Return what the lines of a block say."""
    return [_read(line, organization) for line in block.lines]


def claimed(blocks: Sequence[ReadBlock]) -> set[At]:
    """Return the places of the title lines that a typed signature stands for."""
    found: set[At] = set()
    loose: list[Mark] = []
    for number, block in enumerate(blocks):
        for place, line in enumerate(block):
            mark = line.mark
            if mark is None or not mark.counts:
                continue
            following = blocks[number + 1] if number + 1 < len(blocks) else ()
            claims = {(number, at) for at in _claimed_by(mark, block, place)}
            if not claims and place == len(block) - 1:
                ahead = _claimed_ahead(mark, following, 0, needs_name=True)
                claims = {(number + 1, at) for at in ahead}
            if not claims and place and (number, place - 1) not in found:
                claims = _claimed_behind(mark, block, number, place)
            if not claims and mark.name:
                loose.append(mark)
            found |= claims
    return found or _only_pair(blocks, loose)


def _read(line: Line, organization: str) -> ReadLine:
    text = line.text
    marked = MARK.search(text) is not None
    mark = _mark(text)
    said = _text_of(text, mark)
    titles = titles_in(said, organization)
    alone = _unlabelled(text.strip("_ ")).partition(",")[0].strip()
    other = for_another(alone, organization)
    name = other or alone
    return ReadLine(
        line=line,
        titles=titles,
        name=name if not titles and name_like(name, organization) else "",
        mark=mark,
        marked=marked,
        empty=_is_empty(text, marked=marked and mark is None, titled=bool(titles)),
        instead=bool(other),
    )


def _mark(line: str) -> Mark | None:
    """Return the typed signature in a line; None for a placeholder without a name."""
    match = MARK.search(line)
    if match is None:
        return None
    after = re.split(r"\bdate\b", line[match.end() :], maxsplit=1, flags=re.IGNORECASE)[0]
    name, _, rest = after.replace("_", " ").strip(" :;").partition(",")
    name = name.strip(" ./")
    if re.search(r"[\[\]<>{}]", after) or (not name and _BLANK.search(after)):
        return None
    if _NO_NAME.fullmatch(after) or _NOT_YET.search(line[: match.start()]):
        return None
    before = _unlabelled(line[: match.start()].strip(" _:,-\u2013\u2014"))
    before = re.sub(r"^(?:by|signature|signed|name)$", "", before, flags=re.IGNORECASE)
    doubtful = _FOR_ANOTHER.search(after) or _NOT_DONE.search(after) or _EXAMPLE.search(before)
    return Mark(name=name, before=before, after=rest.strip(), counts=not doubtful)


def _text_of(line: str, mark: Mark | None) -> str:
    """Return a line without its label, its mark, its place to sign on and its date."""
    if mark is not None:
        if not mark.counts:
            return mark.before
        line = f"{mark.before}, {mark.name}, {mark.after}".strip(", ")
    line = _BLANK_DATE.sub(", ", _unlabelled(line.strip("_ "))).strip(", ")
    return _DATE_END.sub("", line)


def _unlabelled(line: str) -> str:
    return LABEL.sub("", line)


def _is_empty(line: str, *, marked: bool, titled: bool) -> bool:
    """Whether a line is for a signature and has none; `marked`: a mark that is not filled in."""
    if marked or _PLACEHOLDER.fullmatch(line):
        return True
    match = _TO_SIGN_ON.search(line)
    if match is None or not _NOTHING.fullmatch(line[match.end() :]):
        return False
    before = line[: match.start()].strip()
    return titled if before and not _TO_SIGN.fullmatch(before) else bool(before)


def _claimed_by(mark: Mark, block: ReadBlock, place: int) -> set[int]:
    own = block[place].titles
    if own:
        fits = mark.name and all(_may_be(mark.name, title.name) for title in own)
        return {place} if fits else set()
    if mark.name:
        return _claimed_ahead(mark, block, place + 1)
    # "/s/" with the name on the next line.
    start = place + 1
    if start < len(block) and _CERTIFICATE_ID.fullmatch(block[start].line.text):
        start += 1
    name = block[start].name if start < len(block) else ""
    return _claimed_ahead(replace(mark, name=name), block, start + 1) if name else set()


def _claimed_ahead(
    mark: Mark, lines: ReadBlock, start: int, *, needs_name: bool = False
) -> set[int]:
    """Return the lines from `start` with the titles of the person who made the mark."""
    places: set[int] = set()
    named = not needs_name
    for at in range(start, len(lines)):
        line = lines[at]
        if line.marked or line.instead:
            break
        if line.titles:
            if not all(_may_be(mark.name, title.name) for title in line.titles):
                break
            named = named or any(title.name for title in line.titles)
            if named:
                places.add(at)
        elif places:
            break
        else:
            if line.name and not same_person(mark.name, line.name):
                break
            named = named or bool(line.name)
    return places


def _claimed_behind(mark: Mark, block: ReadBlock, number: int, place: int) -> set[At]:
    titles = block[place - 1].titles
    if not mark.name or not titles or not all(_may_be(mark.name, title.name) for title in titles):
        return set()
    return {(number, place - 1)}


def _only_pair(blocks: Sequence[ReadBlock], loose: Sequence[Mark]) -> set[At]:
    """Return the only title of a letter for its only mark, where nothing speaks against it."""
    titled = [
        (number, place)
        for number, block in enumerate(blocks)
        for place, line in enumerate(block)
        if line.titles
    ]
    if len(loose) != 1 or len(titled) != 1:
        return set()
    number, place = titled[0]
    names = [title.name for title in blocks[number][place].titles]
    names += [line.name for line in blocks[number][:place]]
    return {titled[0]} if all(_may_be(loose[0].name, name) for name in names) else set()


def _may_be(mark: str, name: str) -> bool:
    return not name or same_person(mark, name)

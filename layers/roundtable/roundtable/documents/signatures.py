"""Who signs a letter: titles in its signature block, and what shows that they signed.

A title counts where people sign: after closing words, beside a signature mark, or below the last
prose of the letter; not in running prose ("our CEO believes"), a letterhead or a "cc:" line. A
doubtful title is found but never signed, so that a person looks.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from roundtable.documents.people import same_person, signer_names
from roundtable.documents.reading import ADDRESS, CLOSING, COPIES, Row, reading_lines
from roundtable.documents.titles import Title, fold, is_prose, name_like, titles_in
from roundtable.domain.program import Role


@dataclass(frozen=True)
class Signatory:
    """A role found where people sign."""

    role: Role
    name: str
    certain: bool
    """Whether the title says the role and nothing near it ("Interim CEO")."""
    signed: bool


@dataclass(frozen=True)
class _Mark:
    """A typed signature, such as `/s/ Jane Doe`; `counts` unless it is for somebody else."""

    name: str
    before: str
    after: str
    counts: bool


_TAIL = 15
_MOST_LINES = 5_000
_CLOSING_WORDS = 8
_LABEL = re.compile(
    r"(?i)^(?:(?:print(?:ed)?|typed|full)\s+name|name(?:\s+and\s+title)?|title|position|role|by|its"
    r"|signature|signed(?:\s+by)?|authorized\s+(?:signature|signatory))\s*:\s*",
)  # fmt: skip
_MARK = re.compile(
    r"(?i)(?:/\s?s\s?/|(?<!\w)/s/?(?=\s)|^s/(?=\s*\w)"
    r"|\b(?:electronically|digitally|docu|e-?)\s?signed\s+by\s*:?)",
)  # fmt: skip
_FOR_ANOTHER = re.compile(r"(?i)\b(?:for|on\s+behalf\s+of|p\.\s?p\.|per\s+pro\w*)(?=\s|$)")
_RULE = re.compile(
    r"^[\s_.…\-\u2013\u2014=xX]*(?:_{3,}|\.{5,}|…{2,}|-{5,})[\s_.…\-\u2013\u2014=]*$"
)
_DANGLING = re.compile(
    r"(?i)(?:\b(?:to|of|for|the|and|deputy|former|vice|assistant|associate|past)|&|,)$",
)
_CHAIR_END = re.compile(r"(?i)\b(?:chair(?:man|woman|person)?|president)$")
_BOARD_START = re.compile(r"(?i)^(?:of\s+(?:the\s+)?)?(?:the\s+)?board\b")


def signatories(
    rows: Iterable[Row], organization: str, digital: Sequence[bytes]
) -> tuple[Signatory, ...]:
    """Return the roles found where people sign, in the letter's order.

    `digital` are the contents of its digital signatures, to be matched by the signer's name.
    """
    lines = reading_lines(tuple(rows)[-_MOST_LINES:])
    found: list[Signatory] = []
    paragraphs = _paragraphs(lines)
    claimed = _claims(paragraphs, organization)
    for number, paragraph in enumerate(paragraphs):
        last_name = ""
        for place, line in enumerate(paragraph):
            titles = titles_in(_text_of(line), organization)
            found += [
                Signatory(
                    role=title.role,
                    name=title.name or last_name,
                    certain=title.certain,
                    signed=title.certain and (number, place) in claimed,
                )
                for title in titles
            ]
            if not titles:
                last_name = _printed_name(line, organization) or last_name
    return _signed_digitally(tuple(found), digital)


def _paragraphs(lines: Sequence[str]) -> list[list[str]]:
    """Return the lines where people sign, in paragraphs."""
    prose = [number for number, line in enumerate(lines) if is_prose(line)]
    last_prose = prose[-1] if prose else -1
    tail = [number for number in range(last_prose + 1, len(lines)) if lines[number]][-_TAIL:]
    tail_from = tail[0] if tail else len(lines)
    paragraphs: list[list[str]] = [[]]
    inside = copies = False
    for number, line in enumerate(lines):
        mark = _MARK.search(line) is not None
        if COPIES.match(line):
            inside, copies = False, True
        elif _is_closing(line) or mark or _RULE.match(line) or _LABEL.match(line):
            inside, copies = True, False
        elif is_prose(line) or ADDRESS.match(line):
            inside = copies = False
        if number >= tail_from and not copies and not ADDRESS.match(line):
            inside = True
        if not inside or not line:
            paragraphs.append([])
        elif _RULE.match(line):
            # A rule drawn below a typed signature belongs to it; another begins a new signature.
            if not (paragraphs[-1] and _MARK.search(paragraphs[-1][-1])):
                paragraphs.append([])
        else:
            _append(paragraphs[-1], line)
    return [paragraph for paragraph in paragraphs if paragraph]


def _append(paragraph: list[str], line: str) -> None:
    """Add a line, joined to the one before where a title runs over both."""
    if paragraph and not _is_closing(paragraph[-1]) and not _MARK.search(line):
        last = paragraph[-1]
        if _CHAIR_END.search(last) and _BOARD_START.match(line):
            paragraph[-1] = f"{last}, {line}"
            return
        if _DANGLING.search(last) and not _MARK.search(last):
            paragraph[-1] = f"{last} {line}"
            return
    paragraph.append(line)


def _is_closing(line: str) -> bool:
    return (
        CLOSING.match(line) is not None
        and len(line.split()) <= _CLOSING_WORDS
        and not is_prose(line)
    )


def _text_of(line: str) -> str:
    """Return a line without its label and its mark."""
    mark = _mark(line)
    if mark is not None:
        if not mark.counts:
            return mark.before
        line = f"{mark.before}, {mark.name}, {mark.after}".strip(", ")
    return _LABEL.sub("", line.strip("_ "))


def _mark(line: str) -> _Mark | None:
    """Return the typed signature in a line; None for a placeholder without a name."""
    match = _MARK.search(line)
    if match is None:
        return None
    after = re.split(r"\bdate\b", line[match.end() :], maxsplit=1, flags=re.IGNORECASE)[0]
    if re.search(r"[\[\]<>{}]", after):
        return None
    name, _, rest = after.replace("_", " ").strip(" :;").partition(",")
    before = _LABEL.sub("", line[: match.start()].strip(" _:,-\u2013\u2014"))
    before = re.sub(r"^(?:by|signature|signed|name)$", "", before, flags=re.IGNORECASE)
    name = name.strip(" .")
    return _Mark(name=name, before=before, after=rest.strip(),
                 counts=_FOR_ANOTHER.search(after) is None)  # fmt: skip


def _printed_name(line: str, organization: str) -> str:
    """Return the name that stands alone in a line, with or without degrees; else empty."""
    text = _LABEL.sub("", line.strip("_ ")).partition(",")[0].strip()
    return text if name_like(text, organization) else ""


def _claims(paragraphs: Sequence[Sequence[str]], organization: str) -> set[tuple[int, int]]:
    """Return the places of the title lines that a typed signature stands for."""
    claimed: set[tuple[int, int]] = set()
    loose: list[_Mark] = []
    for number, paragraph in enumerate(paragraphs):
        for place, line in enumerate(paragraph):
            mark = _mark(line)
            if mark is None or not mark.counts:
                continue
            following = paragraphs[number + 1] if number + 1 < len(paragraphs) else ()
            places = _claimed_by(mark, paragraph, place, organization)
            claims = {(number, at) for at in places}
            if not claims and place == len(paragraph) - 1:
                claims = {
                    (number + 1, at)
                    for at in _claimed_ahead(mark, following, 0, organization, needs_name=True)
                }
            if not claims and place and (number, place - 1) not in claimed:
                claims = _claimed_behind(mark, paragraph, number, place, organization)
            if not claims and mark.name:
                loose.append(mark)
            claimed |= claims
    return claimed or _only_pair(paragraphs, loose, organization)


def _claimed_by(mark: _Mark, paragraph: Sequence[str], place: int, organization: str) -> set[int]:
    own = titles_in(_text_of(paragraph[place]), organization)
    if own:
        fits = mark.name and all(_may_be(mark.name, title.name) for title in own)
        return {place} if fits else set()
    if not mark.name:
        # "/s/" with the name on the next line.
        name = (
            _printed_name(paragraph[place + 1], organization) if place + 1 < len(paragraph) else ""
        )
        if not name:
            return set()
        return _claimed_ahead(replace(mark, name=name), paragraph, place + 2, organization)
    return _claimed_ahead(mark, paragraph, place + 1, organization)


def _claimed_ahead(
    mark: _Mark, lines: Sequence[str], start: int, organization: str, *, needs_name: bool = False
) -> set[int]:
    """Return the lines from `start` with the titles of the person who made the mark."""
    places: set[int] = set()
    named = not needs_name
    for at in range(start, len(lines)):
        if _MARK.search(lines[at]):
            break
        titles = titles_in(_text_of(lines[at]), organization)
        if titles:
            if not all(_may_be(mark.name, title.name) for title in titles):
                break
            named = named or any(title.name for title in titles)
            if named:
                places.add(at)
        elif places:
            break
        else:
            name = _printed_name(lines[at], organization)
            if name and not same_person(mark.name, name):
                break
            named = named or bool(name)
    return places


def _claimed_behind(
    mark: _Mark, paragraph: Sequence[str], number: int, place: int, organization: str
) -> set[tuple[int, int]]:
    titles = titles_in(_text_of(paragraph[place - 1]), organization)
    if not mark.name or not titles or not all(_may_be(mark.name, title.name) for title in titles):
        return set()
    return {(number, place - 1)}


def _only_pair(
    paragraphs: Sequence[Sequence[str]], loose: Sequence[_Mark], organization: str
) -> set[tuple[int, int]]:
    """Return the only title of a letter for its only mark, where nothing speaks against it."""
    titled: list[tuple[int, int, tuple[Title, ...]]] = []
    for number, paragraph in enumerate(paragraphs):
        for place, line in enumerate(paragraph):
            titles = titles_in(_text_of(line), organization)
            if titles:
                titled.append((number, place, titles))
    if len(loose) != 1 or len(titled) != 1:
        return set()
    number, place, titles = titled[0]
    before = paragraphs[number][:place]
    printed = [name for line in before if (name := _printed_name(line, organization))]
    names = [*(title.name for title in titles), *printed]
    return {(number, place)} if all(_may_be(loose[0].name, name) for name in names) else set()


def _may_be(mark: str, name: str) -> bool:
    return not name or same_person(mark, name)


def _signed_digitally(
    found: tuple[Signatory, ...], digital: Sequence[bytes]
) -> tuple[Signatory, ...]:
    """Mark who signed digitally: by name, or everybody where there are as many signatures."""
    named = [names for contents in digital if (names := signer_names(contents))]
    nameless = len(digital) - len(named)
    signed = tuple(
        replace(one, signed=True)
        if one.certain and any(same_person(name, one.name) for names in named for name in names)
        else one
        for one in found
    )
    open_names = {fold(one.name) or one.role for one in signed if not one.signed}
    if 0 < len(open_names) <= nameless:
        return tuple(replace(one, signed=one.certain) for one in signed)
    return signed

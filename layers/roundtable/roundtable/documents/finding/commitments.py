"""Whose letter it is, and what it commits to: the organization and the program it names."""

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Sequence
from typing import Literal

from roundtable.documents.finding.dates import letter_date
from roundtable.documents.finding.houses import names_another_house
from roundtable.documents.finding.lines import SALUTATION, Line
from roundtable.documents.finding.titles import is_prose
from roundtable.domain.organizations import names_organization

Named = Literal["matched", "not_found", "unknown"]

_MOST_HEAD = 6
_WINDOW = 3
"""A name may run over so many lines."""
_WE_OF = re.compile(r"(?i)\b(?:on\s+behalf\s+of|(?:we|us|here|team)\s+at)\b")
_AROUND = 2
"""Words that may stand with a name: an article, a kind."""
_SHORT_WORD = 3
_NEAR = 40
"""Characters in which the word beside a name stands."""
_DIVIDED = re.compile(r"\w[-\u2010\u00ad]$")
_CALLED = frozenset({"the", "called", "named", "entitled", "join", "joining", "ihis", "ihi"})
_CALLED_AFTER = frozenset((
    "program", "programme", "initiative", "network", "learning", "action", "community", "cohort",
    "collaborative", "project", "application", "fellowship", "series",
))  # fmt: skip


def organization_named(
    lines: Sequence[Line], margins: str, signing: Sequence[Line], organization: str
) -> tuple[Named, str]:
    """Return whether a letter is this organization's, and the line that names it.

    A letter that only mentions it while its letterhead or its signers' lines (`signing`) name
    another house is not: a partner's letter of support.
    """
    head = _letterhead(lines)
    own = [*margins.splitlines(), *(line.text for line in (*head, *signing))]
    if names_organization("\n".join(own), organization):
        return "matched", _first_naming(own, organization)
    every = [line.text for line in lines]
    if not names_organization("\n".join(every), organization):
        return "not_found", ""
    line = _first_naming(every, organization)
    others = any(names_another_house(one.text, organization) for one in (*head, *signing))
    theirs = bool(head) and not _speaks_for("\n".join(every), organization)
    return "not_found" if others or theirs else "matched", line


def program_named(lines: Sequence[Line], margins: str, about: Sequence[str]) -> tuple[Named, str]:
    """Return whether a letter names one of these programs, and the line that does.

    Case, accents, hyphens and line breaks make no difference, but words of running text ("we are
    pursuing equity") are no name.
    """
    names = [name for one in about if (name := _plain(one))]
    if not names:
        return "unknown", ""
    texts = [text for text in (*margins.splitlines(), *(line.text for line in lines)) if text]
    plain = [_plain(text) for text in texts]
    for name in names:
        span = _place_of(name, plain)
        if span is not None:
            return "matched", _one_line(" ".join(texts[span[0] : span[1] + 1]))
    return "not_found", ""


def _letterhead(lines: Sequence[Line]) -> Sequence[Line]:
    """Return the first paragraph where a date or another paragraph stands below it."""
    head: list[Line] = []
    ended = False
    for line in lines:
        if len(head) > _MOST_HEAD or letter_date((line,)) is not None:
            break
        if SALUTATION.match(line.text) or is_prose(line.text):
            return head if ended else ()
        if line.text and not ended:
            head.append(line)
        ended = ended or (not line.text and bool(head))
    return head[:_MOST_HEAD]


def _speaks_for(text: str, organization: str) -> bool:
    """Whether the writers say that they are of this organization ("we at Mercy Hospital")."""
    words = len(organization.split()) + _AROUND
    return any(
        names_organization(
            " ".join(text[match.end() :].split(maxsplit=words)[:words]), organization
        )
        for match in _WE_OF.finditer(text)
    )


def _first_naming(texts: Sequence[str], organization: str) -> str:
    """Return the first line that names it, or the first two or three over which the name runs."""
    filled = [text for text in texts if text]
    for length in range(1, _WINDOW + 1):
        for at in range(len(filled) - length + 1):
            text = "\n".join(filled[at : at + length])
            if names_organization(text, organization):
                return _one_line(text)
    return ""


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _plain(text: str) -> str:
    """Return a text without accents and signs, with its capitals; a divided word ends in "-"."""
    divided = "-" if _DIVIDED.search(text) else ""
    if not text.isascii():
        plain = unicodedata.normalize("NFKD", text.replace("\u2019", ""))
        text = "".join(letter for letter in plain if not unicodedata.combining(letter))
    return " ".join(re.findall(r"[^\W_]+", text.replace("'", ""))) + divided


def _place_of(name: str, plain: Sequence[str]) -> tuple[int, int] | None:
    """Return the numbers of the lines from and to which a name stands as a name."""
    for undivided in (False, True):
        parts: list[str] = []
        starts: list[int] = []
        length = 0
        for line in plain:
            starts.append(length)
            divided = undivided and line.endswith("-")
            part = line[:-1] if divided else f"{line.rstrip('-')} "
            parts.append(part)
            length += len(part)
        match = _named("".join(parts), name)
        if match is not None:
            return bisect_right(starts, match.start()) - 1, bisect_right(starts, match.end()) - 1
    return None


def _named(text: str, name: str) -> re.Match[str] | None:
    """Return where a text has a program's name as a name, not as words of a sentence."""
    for match in re.finditer(rf"(?i)(?<!\w){re.escape(name)}(?!\w)", text):
        long = [word for word in match[0].split() if len(word) > _SHORT_WORD]
        if all(not word[0].islower() for word in long):
            return match
        before = text[max(match.start() - _NEAR, 0) : match.start()].casefold().split()[-1:]
        after = text[match.end() : match.end() + _NEAR].casefold().split()[:1]
        if all(word.islower() for word in long) and (
            set(before) & _CALLED or set(after) & _CALLED_AFTER
        ):
            return match
    return None

"""Titles of the roles that sign letters, their variants and their look-alikes."""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from roundtable.domain.organizations import names_organization, organization_words
from roundtable.domain.program import Role


@dataclass(frozen=True)
class Title:
    """A role's title in one line."""

    role: Role
    name: str
    """The person's name before the title, in the same line; else empty."""
    certain: bool


_BOARD_OF = (
    r"board(?:\s+of\s+(?:directors|trustees|governors|regents|managers|overseers|commissioners))?"
)
_CHAIR = r"chair(?:man|woman|person)?"
_BOARD_FIRST = re.compile(rf"(?i)\b{_BOARD_OF}\s*,?\s*({_CHAIR}|president)\b")
_BOARD_LAST = re.compile(
    rf"(?i)\b({_CHAIR}|president)\b\s*(?:,|\bof\b)?\s*(?:the\s+)?((?:[\w'\u2019.]+\s+){{0,6}}?)(?:the\s+)?{_BOARD_OF}\b",
)
_PATTERNS = (
    (Role.CEO, re.compile(r"(?i)\bceo\b|\bchief\s+exec(?:utive|\.)?(?:\s+officer)?(?!\w)")),
    (Role.BOARD_CHAIR, re.compile(rf"(?i)\bboard\s+chair\b|\b{_CHAIR}\b")),
    (Role.EXECUTIVE_DIRECTOR, re.compile(r"(?i)\bexecutive\s+director\b")),
)
_WHOLE_TITLE = re.compile(r"(?i)(?:ceo|officer|board\s+chair)$")
"""Behind these a name may stand ("CEO Jane Doe"), not the rest of a longer title."""
_PRESIDENT = re.compile(r"(?i)\bpresident\b")
_UNIT = re.compile(
    r"(?i)\b(?:department|dept|division|committee|subcommittee|council|faculty|school|section"
    r"|task\s+force|office|team|unit|service\s+line|nursing|medical\s+staff|advisory)\b",
)  # fmt: skip
_OTHER_PERSON = re.compile(
    r"(?i)\b(?:assistant|aide|advis[eo]r|secretary|designee|delegate|nominee|elect|designate|emeritus"
    r"|emerita|former|formerly|past|previous|ex|retired|candidate|office|counsel|liaison|spouse"
    r"|chief\s+of\s+staff|reporting)\b",
)  # fmt: skip
_OF_ANOTHER = re.compile(
    r"(?i)\b(?:assistant|aide|advis[eo]r|secretary|liaison|counsel|delegate|designee|chief\s+of\s+staff)"
    r"\s+(?:to|for)\b",
)
"""Behind these stand the name and the title of somebody else."""
_OTHER_BOARD = re.compile(
    r"(?i)\b(?:review|junior|young|youth|student|alumni|editorial|ethics|quality|patients?|associates?)\b",
)
_OF_THE_BOARD = frozenset({
    "the", "our", "current", "founding", "elected", "volunteer", "hospital", "health", "system",
    "corporate", "governing", "clinic", "center", "company",
})  # fmt: skip
"""Words before "Board Chair" that leave it what it is."""
_BELOW = re.compile(r"(?i)\b(?:vice|deputy|associate|sub|under)\b")
_NEARLY = re.compile(r"(?i)\b(?:interim|acting|co|incoming|outgoing|honorary|temporary)\b")
_PARTLY = re.compile(
    r"(?i)\b(?:region(?:al)?|division(?:al)?|market|area)(?:\s+president)?(?:\s+(?:and|&))?$",
)
_FOR_ANOTHER = re.compile(
    r"(?i)^(?:signed\s+)?(?:for|on\s+behalf\s+of|p\.?\s?p\b\.?|per\s+pro\w*\.?)\s*:?\s+"
    r"(?:(?:our|the|his|her|their)\s+)?",
)
_YEARS = re.compile(r"\b(?:19|20)\d\d\s*(?:to|until|through|[-\u2013\u2014,/])?\s*(?:19|20)\d\d\b")
_HOUSE = re.compile(
    r"(?i)\b(?:hospitals?|clinics?|medical\s+cent(?:er|re)|health|healthcare|foundation|university"
    r"|institute|network|system|auxiliary|friends|guild|library|society|association|club|college"
    r"|school|bank|coalition|alliance)\b",
)
_ONLY_PAST = re.compile(r"(?i)^(?:retired|former(?:ly)?|emerit\w+|elect|designate|past)\b")
_OLD_TITLE = re.compile(r"(?i)^.*\bemerit\w+\s+(?:and\b|&)\s*")
"""Another title that somebody no longer has ("CEO Emeritus and Board Chair")."""
_LEADS_TO = re.compile(
    r"(?i)\b(?:to|of|for|by|with|from|our|your|his|her|their|my|its|this|that|an?|the|whose|dear)$",
)
_SEPARATORS = re.compile(r"\s[-\u2013\u2014]+\s|[\u2013\u2014|•·;()/:\t]")
_PROSE_WORDS = 12
_SOME_WORDS = 7
_LOWER_SHARE = 0.4
_PREFIX_WORDS = 7
_CONNECTORS = frozenset(
    {"of", "the", "and", "for", "to", "in", "at", "on", "de", "la", "van", "von"}
)
_LEADING = frozenset({"and", "of", "for", "to", "in", "at", "on"})
"""No name begins with one of these, but the rest of a title does."""
_PROSE = re.compile(
    r"(?i)\b(?:we|our|ours|i|us|is|are|was|were|will|would|has|have|had|shall|believes?|supports?"
    r"|commits?|that|this|these|who|which|my|your|you|it|they|their|can|may|must|agrees?|pledges?"
    r"|and\s+the|be|been)\b",
)  # fmt: skip
_CLOSINGS = re.compile(r"(?i)^(?:thank|thanks|yours|with|in)\b")
_FEW_WORDS = 3


def fold(text: str) -> str:
    """Return a text without accents and case."""
    plain = unicodedata.normalize("NFKD", text)
    return "".join(letter for letter in plain if not unicodedata.combining(letter)).casefold()


def is_prose(line: str) -> bool:
    """Return whether a line belongs to running text and not to a block of names and titles."""
    return _is_running(line) and not for_another(line, "")


def _is_running(line: str) -> bool:
    words = re.findall(r"[^\W\d_][\w'\u2019-]*", line)
    if len(words) > _FEW_WORDS and _PROSE.search(line) and not _CLOSINGS.match(line):
        return True
    if len(words) >= _SOME_WORDS:
        lower = [word for word in words if word[0].islower() and word not in _CONNECTORS]
        return len(lower) / len(words) >= _LOWER_SHARE or (
            len(words) >= _PROSE_WORDS and len(lower) > _FEW_WORDS
        )
    return False


def name_like(text: str, organization: str) -> bool:
    """Return whether a text looks like a person's name and not like a title or an organization."""
    words = re.findall(r"[^\W\d_][\w'\u2019.-]*", text)
    if not 1 < len(words) < 6 or re.search(r"[\d@/:]", text):  # noqa: PLR2004 (a name has 2 to 5 words)
        return False
    if not all(word[0].isupper() or fold(word) in _CONNECTORS for word in words):
        return False
    if fold(words[0]) in _LEADING or _NOT_A_NAME.search(text):
        return False
    if any(pattern.search(text) for _, pattern in _PATTERNS):
        return False
    return not names_organization(text, organization)


_NOT_A_NAME = re.compile(
    r"(?i)\b(?:hospitals?|health|healthcare|care|center|centre|clinic|medical|medicine|system|university"
    r"|college|board|director|officer|president|chief|executive|foundation|inc|llc|street|avenue"
    r"|road|suite|network|group|founder|manager|department|committee|sincerely|regards|truly"
    r"|respectfully|date|signature|signed|the|thank|you|phone|january|february|march|april|june"
    r"|july|august|september|october|november|december|bank|association|council|coalition|alliance"
    r"|agency|services|partners|society|county|region|division|market|club|library|school)\b",
)  # fmt: skip


def titles_in(line: str, organization: str) -> tuple[Title, ...]:
    """Return the roles whose title stands in a line of a signature block.

    "Deputy CEO", "former Board Chair", "Assistant to the CEO" and "Chair, Quality Committee" give
    none; "Interim CEO", "Executive Director of Programs", the head of another organization and
    one for whom somebody else signs give one that is not certain.
    """
    rest = for_another(line, organization)
    if not rest and _is_running(line):
        return ()
    doubtful = bool(rest) or _YEARS.search(line) is not None
    segments = list(_segments(_plain(rest or line), organization))
    found: list[Title] = []
    last_name = ""
    for segment, following in pairwise([*segments, ""]):
        if _OF_ANOTHER.search(segment):
            return tuple(found)
        for role, pattern in _PATTERNS:
            match = pattern.search(segment)
            if match is None:
                continue
            certain = _certain(role, segment, match, following, organization)
            if certain is None:
                continue
            before = segment[: match.start()].strip()
            after = segment[match.end() :].strip()
            name = next((one for one in (before, after) if name_like(one, organization)), last_name)
            found.append(Title(role=role, name=name, certain=certain and not doubtful))
        last_name = segment if name_like(segment, organization) else last_name
    if not any(title.role is Role.CEO for title in found):
        found += _president(segments, organization)
    return tuple(found)


def _president(segments: Sequence[str], organization: str) -> Iterator[Title]:
    """Yield the President of a house, who often is its CEO, too, but not for certain."""
    for index, segment in enumerate(segments):
        match = _PRESIDENT.search(segment)
        following = "".join(segments[index + 1 : index + 2])
        if match and _certain(Role.CEO, segment, match, following, organization) is not None:
            names = [part for part in segments[:index] if name_like(part, organization)]
            yield Title(Role.CEO, name="".join(names[-1:]), certain=False)


def for_another(line: str, organization: str) -> str:
    """Return for whom somebody else signs in a line ("p.p. Jane Doe, CEO"), else empty text."""
    match = _FOR_ANOTHER.match(line)
    rest = line[match.end() :] if match else ""
    if not rest or _is_running(rest):
        return ""
    first = _plain(rest).partition(",")[0].strip()
    titled = any(pattern.search(first) for _, pattern in _PATTERNS)
    return rest if titled or name_like(first, organization) else ""


def _segments(plain: str, organization: str) -> Iterator[str]:
    """Yield what commas separate, and a second person ("CEO and John Roe") by themselves."""
    for part in plain.split(","):
        segment = part.strip()
        both = re.search(r"^(.*?)\s*(?:\band\b|&)\s+(\S.*)$", segment, re.IGNORECASE)
        if both is not None and name_like(both[2], organization):
            yield from (both[1], both[2])
        elif segment:
            yield segment


def _plain(line: str) -> str:
    """Return a line with titles in one spelling and commas for all that separates."""
    plain = re.sub(r"\bC\.\s?E\.\s?O\b\.?", "CEO", line, flags=re.IGNORECASE)
    plain = _SEPARATORS.sub(", ", plain)
    plain = re.sub(r"(?<=\w)[-\u2010\u2011](?=\w)", " ", plain)
    plain = _BOARD_LAST.sub(_as_board_chair, plain)
    return _BOARD_FIRST.sub("Board Chair", plain)


def _as_board_chair(match: re.Match[str]) -> str:
    other = _UNIT.search(match[2]) or _OTHER_BOARD.search(match[2])
    return match[0] if other else "Board Chair"


def _certain(
    role: Role, segment: str, match: re.Match[str], following: str, organization: str
) -> bool | None:
    """Whether a title surely is the role's; None where it is somebody else's."""
    before, after = segment[: match.start()].strip(), segment[match.end() :].strip()
    board = "board" in match[0].casefold()
    if _is_anothers(before, after, following) or _of_a_unit(
        _own(before) if board else before, organization
    ):
        return None
    if _of_a_unit(f"{after} {following}", organization):
        # Of "Board President and Chair, Finance Committee" only the second is the committee's.
        return False if re.match(r"(?:and\b|&)\s*\S", after, re.IGNORECASE) else None
    if board and not _of_this_board(_own(before), organization):
        return False
    nearly = _NEARLY.search(before) or _PARTLY.search(before) or _NEARLY.match(after or following)
    bare_chair = role is Role.BOARD_CHAIR and match[0].casefold() == "chair"
    if nearly or bare_chair:
        return False
    # Of what is somebody CEO or Board Chair? Only another house matters, not "Founder".
    matters = _HOUSE.search(following) if role is Role.CEO or board else following
    if organization and matters and not _harmless(following, organization):
        return False
    rest = re.split(r"^(?:and\b|&)", after, flags=re.IGNORECASE)
    named = _WHOLE_TITLE.search(match[0]) is not None and name_like(after, organization)
    return not after or len(rest) > 1 or named or _harmless(after, organization)


def _is_anothers(before: str, after: str, following: str) -> bool:
    """Whether the words around a title make it another person's ("Assistant to the CEO")."""
    before = _OLD_TITLE.sub("", before)
    return bool(
        _OTHER_PERSON.search(before)
        or _OTHER_PERSON.search(after)
        or _BELOW.search(_own(before))
        or _LEADS_TO.search(before)
        or _ONLY_PAST.match(following)
        or len(before.split()) > _PREFIX_WORDS
    )


def _own(before: str) -> str:
    """Return what stands before a title without another title ("Founder and Board Chair")."""
    return re.split(r"\band\b|&", before, flags=re.IGNORECASE)[-1].strip()


def _of_this_board(before: str, organization: str) -> bool:
    """Whether the words before "Board Chair" do not make it another board's or a committee's."""
    words = before.casefold().split()
    return (
        set(words) <= _OF_THE_BOARD
        or name_like(before, organization)
        or _harmless(before, organization)
    )


def _of_a_unit(text: str, organization: str) -> bool:
    return _UNIT.search(text) is not None and not names_organization(text, organization)


def _harmless(text: str, organization: str) -> bool:
    """Whether what follows a title leaves it what it is: the organization, a degree, a date."""
    text = re.sub(r"^(?:of|at|for)\s+", "", text, flags=re.IGNORECASE)
    words = organization_words(text)
    return (
        names_organization(text, organization)
        or (bool(words) and set(words) <= set(organization_words(organization)))
        or re.fullmatch(r"(?:[A-Z]{2,6}\.?\s?)+", text) is not None
        or re.search(r"\d", text) is not None
        or any(pattern.search(text) for _, pattern in _PATTERNS)
    )

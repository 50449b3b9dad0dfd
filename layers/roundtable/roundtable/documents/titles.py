"""Titles of the roles that sign letters, their variants and their look-alikes."""

import re
import unicodedata
from dataclasses import dataclass

from roundtable.domain.organizations import names_organization, organization_words
from roundtable.domain.program import Role


@dataclass(frozen=True)
class Title:
    """A role's title in one line."""

    role: Role
    name: str
    """The person's name before the title, in the same line; else empty."""
    certain: bool


_BOARD_OF = r"board(?:\s+of\s+(?:directors|trustees|governors|regents|managers|overseers))?"
_CHAIR = r"chair(?:man|woman|person)?"
_BOARD_FIRST = re.compile(rf"(?i)\b{_BOARD_OF}\s*,?\s*({_CHAIR}|president)\b")
_BOARD_LAST = re.compile(
    rf"(?i)\b({_CHAIR}|president)\b\s*(?:,|\bof\b)?\s*(?:the\s+)?((?:[\w'\u2019.]+\s+){{0,6}}?)(?:the\s+)?{_BOARD_OF}\b",
)
_PATTERNS = (
    (Role.CEO, re.compile(r"(?i)\bceo\b|\bchief\s+executive(?:\s+officer)?\b")),
    (Role.BOARD_CHAIR, re.compile(rf"(?i)\bboard\s+chair\b|\b{_CHAIR}\b")),
    (Role.EXECUTIVE_DIRECTOR, re.compile(r"(?i)\bexecutive\s+director\b")),
)
_UNIT = re.compile(
    r"(?i)\b(?:department|dept|division|committee|subcommittee|council|faculty|school|section"
    r"|task\s+force|office|team|unit|service\s+line|nursing|medical\s+staff|advisory)\b",
)  # fmt: skip
_OTHER_PERSON = re.compile(
    r"(?i)\b(?:assistant|aide|advis[eo]r|secretary|designee|delegate|nominee|elect|designate|emeritus"
    r"|emerita|former|formerly|past|previous|ex|retired|candidate|office|counsel|liaison|spouse"
    r"|chief\s+of\s+staff|reporting)\b",
)  # fmt: skip
_BELOW = re.compile(r"(?i)\b(?:vice|deputy|associate|sub|under)\b")
_NEARLY = re.compile(r"(?i)\b(?:interim|acting|co|incoming|outgoing|honorary|temporary)\b")
_ONLY_PAST = re.compile(r"(?i)^(?:retired|former(?:ly)?|emerit\w+|elect|designate|past)\b")
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
    if _NOT_A_NAME.search(text) or any(pattern.search(text) for _, pattern in _PATTERNS):
        return False
    return not names_organization(text, organization)


_NOT_A_NAME = re.compile(
    r"(?i)\b(?:hospitals?|health|healthcare|care|center|centre|clinic|medical|medicine|system|university"
    r"|college|board|director|officer|president|chief|executive|foundation|inc|llc|street|avenue"
    r"|road|suite|network|group|founder|manager|department|committee|sincerely|regards|truly"
    r"|respectfully|date|signature|signed|the|thank|you|phone|january|february|march|april|june"
    r"|july|august|september|october|november|december)\b",
)  # fmt: skip


def titles_in(line: str, organization: str) -> tuple[Title, ...]:
    """Return the roles whose title stands in a line of a signature block.

    "Deputy CEO", "former Board Chair", "Assistant to the CEO" and "Chair, Quality Committee" give
    none; "Interim CEO" and "Executive Director of Programs" give one that is not certain.
    """
    if is_prose(line):
        return ()
    segments = [part.strip() for part in _plain(line).split(",") if part.strip()]
    found: list[Title] = []
    for index, segment in enumerate(segments):
        following = segments[index + 1] if index + 1 < len(segments) else ""
        names = [part for part in segments[:index] if name_like(part, organization)]
        for role, pattern in _PATTERNS:
            match = pattern.search(segment)
            if match is None:
                continue
            certain = _certain(role, segment, match, following, organization)
            if certain is None:
                continue
            before = segment[: match.start()].strip()
            name = names[0] if names else (before if name_like(before, organization) else "")
            found.append(Title(role=role, name=name, certain=certain))
    return tuple(found)


def _plain(line: str) -> str:
    """Return a line with titles in one spelling and commas for all that separates."""
    plain = re.sub(r"\bC\.\s?E\.\s?O\b\.?", "CEO", line, flags=re.IGNORECASE)
    plain = _SEPARATORS.sub(", ", plain)
    plain = re.sub(r"(?<=\w)[-\u2010\u2011](?=\w)", " ", plain)
    plain = _BOARD_LAST.sub(_as_board_chair, plain)
    return _BOARD_FIRST.sub("Board Chair", plain)


def _as_board_chair(match: re.Match[str]) -> str:
    return match[0] if _UNIT.search(match[2]) else "Board Chair"


def _certain(
    role: Role, segment: str, match: re.Match[str], following: str, organization: str
) -> bool | None:
    """Whether a title surely is the role's; None where it is somebody else's."""
    before, after = segment[: match.start()].strip(), segment[match.end() :].strip()
    own = re.split(r"\band\b|&", before, flags=re.IGNORECASE)[-1]
    if (
        _OTHER_PERSON.search(before)
        or _OTHER_PERSON.search(after)
        or _BELOW.search(own)
        or _LEADS_TO.search(before)
        or _ONLY_PAST.match(following)
        or len(before.split()) > _PREFIX_WORDS
    ):
        return None
    whole_board = "board" in match[0].casefold()
    unit = f"{after} {following}"
    if _UNIT.search(unit) and not names_organization(unit, organization):
        return None
    if _NEARLY.search(before):
        return False
    if role is Role.BOARD_CHAIR and not whole_board and match[0].casefold() == "chair":
        return False
    if role is Role.EXECUTIVE_DIRECTOR and following and not _harmless(following, organization):
        return False
    rest = re.split(r"^(?:and\b|&)", after, flags=re.IGNORECASE)
    return not after or len(rest) > 1 or _harmless(after, organization)


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

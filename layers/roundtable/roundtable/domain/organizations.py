"""Whether two names mean the same organization, and whether a text names one."""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

_ABBREVIATIONS = {
    "st": "saint", "sts": "saints", "ste": "saint", "mt": "mount", "ft": "fort",
    "hosp": "hospital", "hosps": "hospitals", "univ": "university", "ctr": "center",
    "ctrs": "centers", "centre": "center", "med": "medical", "intl": "international",
    "natl": "national", "assn": "association", "assoc": "association", "dept": "department",
    "hlth": "health", "healthcare": "health care", "hlthcare": "health care",
    "comm": "community", "reg": "regional", "gen": "general", "mem": "memorial",
    "meml": "memorial", "inst": "institute", "fdn": "foundation", "svcs": "services",
    "sys": "system",
}  # fmt: skip
_COMMON = frozenset((
    "the", "of", "and", "at", "for", "a", "inc", "incorporated", "llc", "pllc", "llp", "lp", "pc",
    "plc", "ltd", "limited", "corp", "corporation", "co",
))  # fmt: skip
"""Words and legal forms that make no difference."""
_KINDS = frozenset((
    "hospital", "hospitals", "health", "care", "system", "systems", "medical", "center", "centers",
    "clinic", "clinics", "network", "group",
))  # fmt: skip
_LOOSE_KINDS = frozenset({"care", "system", "network", "group"})
"""Kinds that are added and left out as one likes ("Mercy Hospital", "Mercy Hospital System")."""
_WIDESPREAD = frozenset((
    "university", "community", "regional", "general", "memorial", "county", "city", "state",
    "national", "american", "public", "family", "children", "childrens", "women", "womens",
    "association", "foundation", "institute", "college", "school", "department", "partners",
    "services",
))  # fmt: skip
"""Words that alone tell no organization from another."""
_OTHER_BODIES = frozenset((
    "foundation", "auxiliary", "guild", "university", "college", "school", "academy", "church",
    "parish", "society", "union", "alumni", "seminary",
))  # fmt: skip
"""A name with one of these behind it is another's ("Mercy Hospital Foundation")."""
_BEFORE_OF = frozenset((
    "lady", "sisters", "daughters", "order", "friends", "university", "college", "school",
    "foundation", "society", "hospital", "hospitals", "center", "centers", "church", "house",
))  # fmt: skip
"""With one of these and "of" before it, it is another's ("Our Lady of Mercy Hospital")."""
_BESIDE = frozenset((
    "ceo", "coo", "cfo", "cmo", "president", "chief", "executive", "officer", "chair", "chairman",
    "chairwoman", "chairperson", "director", "directors", "trustees", "governors", "board",
    "member", "members", "leader", "leaders", "leadership", "team", "staff", "care", "md", "phd",
    "rn", "mba", "mph", "fache", "dear", "from", "by", "with", "to", "in", "on", "our", "we", "i",
    "as", "both", "all", "that", "because", "since", "while", "when", "if", "here", "this", "re",
    "sincerely", "is", "are", "was", "has", "have", "will", "letter", "organization", "name",
))  # fmt: skip
"""Words that may stand beside a name with a capital and are no part of it."""
_OTHER_NAMES = re.compile(r"(?i)\b(?:d/?b/?a|doing\s+business\s+as|a/?k/?a|also\s+known\s+as)\b\.?")
_ACRONYM = re.compile(r"\(\s*[A-Z][A-Z.&]{1,9}\s*\)")
_APOSTROPHES = re.compile(r"['\u2018\u2019\u02bc`\u00b4]")
_SENTENCE_END = re.compile(r"(?<=[^\W_]{4})\.(?=\s)")
_BREAK = re.compile(r"[^\s'&\-\u2010\u2011]")
_HERE = frozenset({"we", "us", "here", "everyone", "team", "colleagues", "staff", "leadership"})
_LEADERS = frozenset({"ceo", "officer", "chair", "chairman", "chairwoman", "chairperson"})


@dataclass(frozen=True)
class _Word:
    text: str
    capital: bool
    begins: bool
    """Whether a line, a sentence or another part of it begins here."""


def organization_words(name: str) -> tuple[str, ...]:
    """Return the telling words of a name: no accents, no case, abbreviations spelled out."""
    without = _ACRONYM.sub(" ", name)
    words = _words(without if without.strip() else name)
    return tuple(word.text for word in words if word.text not in _COMMON)


def organization_key(name: str) -> str:
    """Return the key under which the same organization is found again.

    "St. Mary's" and "Saint Marys Hospital" give the same key. A name that consists only of
    kinds ("Health Care System") keeps them, one only of common words ("The Co") all of it.
    """
    words = organization_words(name)
    telling = [word for word in words if word not in _KINDS]
    return "-".join(telling or words or name.casefold().split())


def names_organization(text: str, name: str) -> bool:
    """Return whether a text names this organization, in the tolerance of `organization_key`.

    What is more than the name makes it another's: "Our Lady of Mercy Hospital" and "Mercy
    Hospital Foundation" do not name "Mercy Hospital", nor does "Mercy Clinic". Where only one
    word is telling, it counts with its kind, or where people speak of themselves ("all of us at
    Mercy"), as it is often a place, too ("Boston Medical Center"). A name of widespread words
    ("University Hospital") only counts as a whole and with capitals. An acronym is no name.
    """
    words = tuple(_words(text))
    return any(
        _named_in(words, wanted)
        for one in _OTHER_NAMES.split(name)
        if (wanted := organization_words(one))
    )


def _words(text: str) -> Iterator[_Word]:
    plain = text
    if not text.isascii():
        plain = unicodedata.normalize("NFKD", text)
        plain = "".join(letter for letter in plain if not unicodedata.combining(letter))
    plain = _SENTENCE_END.sub(" | ", _APOSTROPHES.sub("", plain.replace("&", " and ")))
    for line in plain.replace(".", "").splitlines():
        end = 0
        for match in re.finditer(r"[^\W_]+", line):
            begins = end == 0 or _BREAK.search(line[end : match.start()]) is not None
            end = match.end()
            spelled = match[0].casefold()
            for word in _ABBREVIATIONS.get(spelled, spelled).split():
                yield _Word(word, capital=not match[0][0].islower(), begins=begins)
                begins = False


def _named_in(words: Sequence[_Word], wanted: tuple[str, ...]) -> bool:
    telling = tuple(word for word in wanted if word not in _KINDS)
    generic = all(word in _WIDESPREAD for word in telling)
    kept = [at for at, word in enumerate(words) if word.text not in _COMMON]
    if len(wanted) > 1 or generic:
        for span in _spans(words, kept, wanted):
            capitals = all(words[at].capital for at in span)
            if (capitals or not generic) and _stands_alone(words, span[0], span[-1] + 1):
                return True
    if generic:
        return False
    kinds = frozenset(wanted) & _KINDS
    if len(telling) == 1:
        return _one_word_named(words, kept, telling[0], kinds)
    without_kinds = [at for at in kept if words[at].text not in _KINDS]
    return any(
        words[span[0]].capital and words[span[-1]].capital and _alone_with_kinds(words, span, kinds)
        for span in _spans(words, without_kinds, telling)
    )


def _spans(
    words: Sequence[_Word], places: Sequence[int], wanted: tuple[str, ...]
) -> Iterator[Sequence[int]]:
    """Yield the places of these words where they follow one another."""
    for start in range(len(places) - len(wanted) + 1):
        if words[places[start]].text != wanted[0]:
            continue
        span = places[start : start + len(wanted)]
        if wanted == tuple(words[at].text for at in span):
            yield span


def _alone_with_kinds(words: Sequence[_Word], span: Sequence[int], kinds: frozenset[str]) -> bool:
    """Whether telling words are the name with the same kind of house, or without any."""
    end = span[-1] + 1
    theirs = {words[at].text for at in range(span[0], end)} & _KINDS
    while end < len(words) and words[end].text in _KINDS and not words[end].begins:
        theirs.add(words[end].text)
        end += 1
    ours, theirs = kinds - _LOOSE_KINDS, theirs - _LOOSE_KINDS
    same = not ours or not theirs or ours <= theirs or theirs <= ours
    return same and _stands_alone(words, span[0], end)


def _one_word_named(
    words: Sequence[_Word], kept: Sequence[int], telling: str, kinds: frozenset[str]
) -> bool:
    for (at,) in _spans(words, kept, (telling,)):
        if not words[at].capital or not _alone_with_kinds(words, (at,), kinds):
            continue
        follows = words[at + 1] if at + 1 < len(words) else None
        if follows is not None and follows.text in _KINDS and not follows.begins:
            return True
        before = [word.text for word in words[max(0, at - 2) : at]]
        if before[-1:] == ["at"] and set(before) & _HERE:
            return True
        if set(before[-1:]) & _LEADERS or (before[-1:] == ["of"] and set(before) & _LEADERS):
            return True
    return False


def _stands_alone(words: Sequence[_Word], start: int, end: int) -> bool:
    """Whether the words beside a name are no part of a longer one."""
    before = words[start - 1] if start and not words[start].begins else None
    if before is not None and before.text == "of":
        if start > 1 and words[start - 2].text in _BEFORE_OF and words[start - 2].capital:
            return False
    elif before is not None and _is_part(before):
        return False
    while end < len(words) and words[end].text in _KINDS and not words[end].begins:
        end += 1
    after = words[end] if end < len(words) and not words[end].begins else None
    return after is None or not (after.text in _OTHER_BODIES or _is_part(after))


def _is_part(word: _Word) -> bool:
    return word.capital and word.text not in _COMMON and word.text not in _BESIDE

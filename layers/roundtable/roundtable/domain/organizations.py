"""Whether two names mean the same organization, and whether a text names one."""

import re
import unicodedata

_ABBREVIATIONS = {
    "st": "saint", "sts": "saints", "ste": "saint", "mt": "mount", "ft": "fort",
    "hosp": "hospital", "univ": "university", "ctr": "center", "centre": "center",
    "med": "medical", "intl": "international", "assn": "association", "dept": "department",
    "hlth": "health", "healthcare": "health care", "comm": "community", "reg": "regional",
}  # fmt: skip
_COMMON = frozenset({"the", "of", "and", "at", "for", "inc", "llc", "ltd", "corp", "co", "a"})
_KINDS = frozenset((
    "hospital", "hospitals", "health", "care", "system", "systems", "medical", "center", "centers",
    "clinic", "clinics", "network", "group",
))  # fmt: skip
_WIDESPREAD = frozenset((
    "university", "community", "regional", "general", "memorial", "county", "city", "state",
    "national", "american", "public", "family", "children", "childrens", "women", "womens",
    "association", "foundation", "institute", "college", "school", "department", "partners",
    "services",
))  # fmt: skip
"""Words that alone tell no organization from another."""


def organization_words(name: str) -> tuple[str, ...]:
    """Return the telling words of a name: no accents, no case, abbreviations spelled out."""
    plain = unicodedata.normalize("NFKD", name.replace("&", " and "))
    plain = "".join(letter for letter in plain if not unicodedata.combining(letter)).casefold()
    plain = re.sub(r"['\u2018\u2019\u02bc`\u00b4.]", "", plain)
    found: list[str] = re.findall(r"[^\W_]+", plain)
    words = " ".join(_ABBREVIATIONS.get(word, word) for word in found)
    return tuple(word for word in words.split() if word not in _COMMON)


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

    All telling words must follow one another. Where only one is telling ("Mercy Hospital"), it
    must stand beside its kind or as a name of its own with a capital; a widespread word
    ("University Hospital") only counts with the whole name.
    """
    words = organization_words(name)
    if not words:
        return False
    of_text = organization_words(text)
    if _contains(of_text, words):
        return True
    telling = tuple(word for word in words if word not in _KINDS)
    if len(telling) > 1:
        return _contains(tuple(word for word in of_text if word not in _KINDS), telling)
    if not telling or telling[0] in _WIDESPREAD:
        return False
    if any(_contains(of_text, (telling[0], kind)) for kind in _KINDS):
        return True
    return any(
        organization_words(word) == telling and word[0].isupper()
        for word in re.findall(r"(?<=[^\W_][,;]\s)[^\W\d_]\S*|(?<=[^\W_]\s)[^\W\d_]\S*", text)
    )


def _contains(text: tuple[str, ...], words: tuple[str, ...]) -> bool:
    return f" {' '.join(words)} " in f" {' '.join(text)} "

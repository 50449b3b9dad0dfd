"""Whether two spellings are one person's name."""

import re

from roundtable.documents.finding.titles import fold

_TITLES = frozenset((
    "dr", "mr", "ms", "mrs", "mx", "prof", "md", "phd", "rn", "mph", "mba", "mha", "do", "facp",
    "fache", "jr", "sr", "ii", "iii", "esq", "rev", "hon", "sister",
))  # fmt: skip

_SAME_BEGINNING = 3


def same_person(one: str, other: str) -> bool:
    """Return whether two spellings can be one person's name ("J. Doe", "DOE, Jane A.")."""
    ours, theirs = _name_parts(one), _name_parts(other)
    if not ours or not theirs:
        return False
    if len(set(ours) & set(theirs)) > 1:
        return True
    for first, second in ((ours, theirs), (theirs, ours)):
        if len(first) == 1 and len(second) > 1:
            initials = "".join(word[0] for word in second)
            if first[0] in {second[0], second[-1], initials}:
                return True
    return ours[-1] == theirs[-1] and _same_first_name(ours[0], theirs[0])


def _same_first_name(one: str, other: str) -> bool:
    """Whether one is the other, its initial, or begins like it ("Jen", "Jennifer")."""
    if 1 in {len(one), len(other)}:
        return one[0] == other[0]
    return one[:_SAME_BEGINNING] == other[:_SAME_BEGINNING]


def _name_parts(name: str) -> list[str]:
    words = re.findall(r"[^\W\d_]+", fold(name))
    return [word for word in words if word not in _TITLES]

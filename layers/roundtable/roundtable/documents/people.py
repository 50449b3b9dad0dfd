"""Whether two spellings are one person's name, and who made a digital signature."""

import re

from roundtable.documents.titles import fold


def _name_parts(name: str) -> list[str]:
    degrees = {"dr", "mr", "ms", "mrs", "mx", "prof", "md", "phd", "rn", "mph", "mba", "mha", "do",
               "facp", "fache", "jr", "sr", "ii", "iii", "esq", "rev", "hon", "sister"}  # fmt: skip
    words = re.findall(r"[^\W\d_]+", fold(name))
    return [word for word in words if word not in degrees]


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
    return ours[-1] == theirs[-1] and ours[0][0] == theirs[0][0]


_COMMON_NAME = b"\x06\x03\x55\x04\x03"
_LONG_FORM = 128


def signer_names(contents: bytes) -> tuple[str, ...]:
    """Return the common names in the certificates of a digital signature (DER, RFC 5652)."""
    names: list[str] = []
    for start in (match.end() for match in re.finditer(re.escape(_COMMON_NAME), contents)):
        tag, length = (*contents[start : start + 2], 0, 0)[:2]
        value = contents[start + 2 : start + 2 + length]
        if length < _LONG_FORM and len(value) == length:
            names.append(value.decode("utf-16-be" if tag == 0x1E else "utf-8", "replace"))  # noqa: PLR2004 (BMPString)
    return tuple(names)

"""Reference numbers that people can read out and type."""

_ALPHABET = "23456789CDFGHJKMNPQRTVWXY"  # no vowels, nothing that looks like another sign
_WEIGHTS = (1, 2, 3, 4, 6, 7, 8)
"""Of the places of the signs: prime to the 25 signs, or some mistyped ones would not be noticed."""


def reference_number(prefix: str, randomness: int) -> str:
    """Return a number such as `PE-7F3K-2QXM` from at least 40 random bits.

    The last sign is a check sign over the others, so that one mistyped sign is noticed.
    """
    signs: list[str] = []
    for _ in _WEIGHTS:
        randomness, index = divmod(randomness, len(_ALPHABET))
        signs.append(_ALPHABET[index])
    signs.append(_check_sign(signs))
    text = "".join(signs)
    return f"{prefix}-{text[:4]}-{text[4:]}"


def _check_sign(signs: list[str]) -> str:
    pairs = zip(_WEIGHTS, signs, strict=True)
    total = sum(weight * _ALPHABET.index(sign) for weight, sign in pairs)
    return _ALPHABET[total % len(_ALPHABET)]


def is_reference(text: str) -> bool:
    """Return whether a text is a well-formed reference number with a right check sign."""
    parts = text.strip().upper().split("-")
    if len(parts) != 3 or any(len(part) != 4 for part in parts[1:]):  # noqa: PLR2004 (4-4)
        return False
    signs = list(parts[1] + parts[2])
    return all(sign in _ALPHABET for sign in signs) and _check_sign(signs[:-1]) == signs[-1]

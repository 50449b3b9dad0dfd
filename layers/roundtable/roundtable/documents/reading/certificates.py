"""Who made a digital signature, by the certificates in it."""

import re

_COMMON_NAME = b"\x06\x03\x55\x04\x03"
_BMP_STRING = 0x1E
_LONG_FORM = 128


def signer_names(contents: bytes) -> tuple[str, ...]:
    """Return the common names in the certificates of a digital signature (DER, RFC 5652)."""
    names: list[str] = []
    for start in (match.end() for match in re.finditer(re.escape(_COMMON_NAME), contents)):
        tag, length = (*contents[start : start + 2], 0, 0)[:2]
        value = contents[start + 2 : start + 2 + length]
        if length < _LONG_FORM and len(value) == length:
            encoding = "utf-16-be" if tag == _BMP_STRING else "utf-8"
            names.append(value.decode(encoding, "replace"))
    return tuple(names)

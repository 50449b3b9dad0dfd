"""Which files may be chosen for a requirement, by the endings of their names."""

from roundtable.domain.program import MEGABYTE, LetterRequirement, VideoRequirement
from roundtable.usecases.applying.changeable import VIDEO_TYPES, letter_types

_TYPES = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "jpg": "image/jpeg",
    "jpeg": "image/jpeg",
    "png": "image/png",
    "tif": "image/tiff",
    "tiff": "image/tiff",
    "heic": "image/heic",
    "heif": "image/heif",
    "mp4": "video/mp4",
    "m4v": "video/mp4",
    "mov": "video/quicktime",
    "webm": "video/webm",
}
"""Browsers do not know every type (HEIC, DOCX without an office program); names tell it."""


def types_by_ending(requirement: LetterRequirement | VideoRequirement) -> dict[str, str]:
    """Return the endings of names that are taken, with the media type each announces."""
    letter = isinstance(requirement, LetterRequirement)
    taken = letter_types(requirement) if letter else tuple(VIDEO_TYPES.values())
    return {ending: kind for ending, kind in _TYPES.items() if kind in taken}


def accepted(requirement: LetterRequirement | VideoRequirement) -> str:
    """Return what a field for files accepts, as HTML's `accept` has it."""
    types = types_by_ending(requirement)
    return ",".join([*(f".{ending}" for ending in types), *dict.fromkeys(types.values())])


def most_bytes(requirement: LetterRequirement | VideoRequirement) -> int:
    """Return how large a file may be."""
    return requirement.max_megabytes * MEGABYTE

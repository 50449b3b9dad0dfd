"""What the server wrote into the key of an uploaded file."""

from typing import NamedTuple


class ObjectName(NamedTuple):
    """The document that a file was uploaded for."""

    application: str
    requirement: str
    number: int


def parse_object_key(key: str) -> ObjectName:
    """Return what an object's key says; raises ValueError for a key the server did not write."""
    parts = key.split("/")
    if len(parts) != 5 or parts[0] != "documents" or not parts[3].isdigit():  # noqa: PLR2004
        raise ValueError("this key was not written by an upload slot")
    return ObjectName(parts[1], parts[2], int(parts[3]))

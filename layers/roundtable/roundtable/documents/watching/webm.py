"""What the header of a WebM, or of an MKV, says (RFC 9559): its length, and whether it shows.

Two kept libraries were tried. enzyme refuses a file without a table of contents, as browsers
record it, and follows nested elements without an end; ebmlite fails over the unknown sizes of a
live recording, and tells damage by the errors of a lost connection and by warnings. What is
needed is three numbers.
"""

import struct
from collections.abc import Iterator
from dataclasses import dataclass

from roundtable.documents.watching.ranges import RangeFile

MAGIC = b"\x1a\x45\xdf\xa3"
_TYPE = 0x4282
_SEGMENT = 0x18538067
_INFO = 0x1549A966
_TRACKS = 0x1654AE6B
_CLUSTER = 0x1F43B675
_SCALE = 0x2AD7B1
_DURATION = 0x4489
_TRACK = 0xAE
_TRACK_TYPE = 0x83
_PICTURES, _SOUND = 1, 2

_NANOSECONDS = 1_000_000_000
_USUAL_SCALE = 1_000_000
"""Nanoseconds of a unit of time, where the file does not say."""
_MOST_ELEMENTS = 64
_LONGEST_ID = 4
_LONGEST_SIZE = 8


@dataclass(frozen=True, slots=True)
class Found:
    """What a video file's header says."""

    kind: str = ""
    """`webm`, `matroska`, or whatever else is packed so; empty where it cannot be read."""
    whole: bool = False
    """Whether nothing is missing that the header promises."""
    sound_only: bool = False
    seconds: float | None = None
    """None where the header does not say, as of a live recording."""


@dataclass(frozen=True, slots=True)
class _Element:
    identifier: int
    start: int
    """Of its content."""
    end: int | None
    """None where it ends with whatever does not belong into it (a live recording)."""


def look_into_webm(file: RangeFile) -> Found:
    """Return what the header says; raises OutOfBoundsError, or whatever the reader raises."""
    kind = ""
    for element in _elements(file, 0, file.size):
        if element.identifier == _SEGMENT:
            whole = element.end is None or element.end <= file.size
            return _look_into_segment(file, element, Found(kind=kind, whole=whole))
        if file.read_at(0, 4) == MAGIC and element.end is not None and not kind:
            kind = _text(file, _part(file, element, _TYPE))
    return Found(kind=kind)


def _look_into_segment(file: RangeFile, segment: _Element, found: Found) -> Found:
    seen: dict[int, _Element] = {}
    for element in _elements(file, segment.start, segment.end or file.size):
        if element.identifier == _CLUSTER or element.end is None:
            break
        seen.setdefault(element.identifier, element)
    kinds = _kinds_of(file, seen[_TRACKS]) if _TRACKS in seen else frozenset[int]()
    sound_only = _SOUND in kinds and _PICTURES not in kinds
    seconds = _length(file, seen[_INFO]) if _INFO in seen else None
    return Found(found.kind, found.whole, sound_only, seconds)


def _kinds_of(file: RangeFile, tracks: _Element) -> frozenset[int]:
    return frozenset(
        _number(file, _part(file, track, _TRACK_TYPE), 0)
        for track in _elements(file, tracks.start, tracks.end or file.size)
        if track.identifier == _TRACK
    )


def _length(file: RangeFile, info: _Element) -> float | None:
    content = _content(file, _part(file, info, _DURATION))
    if len(content) not in {4, 8}:
        return None
    (units,) = struct.unpack(">f" if len(content) == 4 else ">d", content)  # noqa: PLR2004
    scale = _number(file, _part(file, info, _SCALE), _USUAL_SCALE)
    return float(units) * scale / _NANOSECONDS


def _part(file: RangeFile, element: _Element, identifier: int) -> _Element | None:
    if element.end is None:
        return None
    parts = _elements(file, element.start, element.end)
    return next((part for part in parts if part.identifier == identifier), None)


def _content(file: RangeFile, element: _Element | None) -> bytes:
    """Return the content of a small element; empty where there is none, or a large one."""
    if element is None or element.end is None or element.end - element.start > _MOST_ELEMENTS:
        return b""
    return file.read_at(element.start, element.end - element.start)


def _text(file: RangeFile, element: _Element | None) -> str:
    return _content(file, element).rstrip(b"\0").decode("ascii", "replace")


def _number(file: RangeFile, element: _Element | None, otherwise: int) -> int:
    content = _content(file, element)
    return int.from_bytes(content, "big") if 0 < len(content) <= _LONGEST_SIZE else otherwise


def _elements(file: RangeFile, at: int, end: int) -> Iterator[_Element]:
    """Yield the elements of one level; after one of unknown size there is no telling."""
    for _ in range(_MOST_ELEMENTS):
        head = file.read_at(at, min(_LONGEST_ID + _LONGEST_SIZE, max(0, end - at)))
        of_id = _width(head, _LONGEST_ID)
        of_size = _width(head[of_id:], _LONGEST_SIZE) if of_id else 0
        if not of_size:
            return
        identifier = int.from_bytes(head[:of_id], "big")
        most = (1 << (7 * of_size)) - 1
        size = int.from_bytes(head[of_id : of_id + of_size], "big") & most
        start = at + of_id + of_size
        if size == most:
            yield _Element(identifier, start, None)
            return
        yield _Element(identifier, start, start + size)
        at = start + size


def _width(head: bytes, longest: int) -> int:
    """Return how many bytes a number takes, by its first bit that is set; 0 for no number."""
    width = 9 - head[0].bit_length() if head and head[0] else 0
    return width if width <= min(longest, len(head)) else 0

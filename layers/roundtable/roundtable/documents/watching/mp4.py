"""What the header of an MP4, MOV or 3GP says (ISO 14496-12): its length, and whether it shows.

The length of an ordinary file is read by tinytag. What tinytag leaves out is read here: whether
there are pictures, whether the file is whole, and the length of a file in fragments, which some
recorders write; tinytag gives it as 0, or as that of the first fragment.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO, cast

from tinytag import ParseError, TinyTag

from roundtable.documents.watching.ranges import RangeFile

ELEMENTS = frozenset({b"ftyp", b"moov", b"mdat", b"wide", b"free", b"skip", b"pnot"})
"""With what a file of this kind begins (from its fifth byte)."""

_MOST_ELEMENTS = 64
_MOST_PARTS = 16
"""Elements that are looked at inside one; a track has about six."""
_HEADER = 8
_LONG_HEADER = 16


@dataclass(frozen=True, slots=True)
class Found:
    """What a video file's header says."""

    whole: bool
    """Whether nothing is missing that the header promises."""
    sound_only: bool = False
    seconds: float | None = None
    """None where the header does not say."""


@dataclass(frozen=True, slots=True)
class _Element:
    name: bytes
    start: int
    """Of its content."""
    end: int


def look_into_mp4(file: RangeFile) -> Found:
    """Return what the header says; raises OutOfBoundsError, or whatever the reader raises."""
    outermost: dict[bytes, list[_Element]] = {}
    for element in _elements(file, 0, file.size, most=_MOST_ELEMENTS):
        if element.name in {b"mdat", b"moov"} and element.end > file.size:
            return Found(whole=False)
        outermost.setdefault(element.name, []).append(element)
    if b"moov" not in outermost:
        return Found(whole=False)
    movie = outermost[b"moov"][0]
    parts = list(_elements(file, movie.start, movie.end, most=_MOST_ELEMENTS))
    kinds = {_kind_of(file, part) for part in parts if part.name == b"trak"}
    extended = next((part for part in parts if part.name == b"mvex"), None)
    if extended is None and b"moof" not in outermost:
        seconds = _length_in_header(file)
    else:
        seconds = _length_in_all(file, parts, extended)
        if seconds is None:
            seconds = _length_by_index(file, outermost.get(b"sidx", []))
    sound_only = b"soun" in kinds and not kinds & {b"vide", b""}
    return Found(whole=True, sound_only=sound_only, seconds=seconds)


def _elements(file: RangeFile, at: int, end: int, *, most: int) -> Iterator[_Element]:
    """Yield the elements of one level and where each says it ends, perhaps behind the file."""
    for _ in range(most):
        header = file.read_at(at, min(_LONG_HEADER, max(0, end - at)))
        if len(header) < _HEADER:
            return
        length, name = int.from_bytes(header[:4], "big"), header[4:8]
        least = _HEADER
        if length == 1:
            length, least = int.from_bytes(header[8:16], "big"), _LONG_HEADER
        elif length == 0:
            length = end - at
        if length < least:
            return
        yield _Element(name, at + least, at + length)
        at += length


def _part(file: RangeFile, element: _Element | None, name: bytes) -> _Element | None:
    if element is None:
        return None
    parts = _elements(file, element.start, element.end, most=_MOST_PARTS)
    return next((part for part in parts if part.name == name), None)


def _kind_of(file: RangeFile, track: _Element) -> bytes:
    """Return what a track holds: `vide`, `soun`, or something else."""
    handler = _part(file, _part(file, track, b"mdia"), b"hdlr")
    return file.read_at(handler.start + 8, 4) if handler else b""


def _length_in_header(file: RangeFile) -> float | None:
    file.seek(0)
    try:
        tag = TinyTag.get(filename="video.mp4", file_obj=cast("BinaryIO", file), tags=False)
    except ParseError as error:
        if file.failure is not None:
            raise file.failure from error
        return None
    return tag.duration


def _length_in_all(
    file: RangeFile, parts: list[_Element], extended: _Element | None
) -> float | None:
    """Return the length of all fragments together, where the header gives it (`mehd`)."""
    header = next((part for part in parts if part.name == b"mvhd"), None)
    whole = _part(file, extended, b"mehd")
    if header is None or whole is None:
        return None
    head = file.read_at(header.start, 24)
    units = int.from_bytes(head[20:24] if head[:1] == b"\1" else head[12:16], "big")
    told = file.read_at(whole.start, 12)
    length = int.from_bytes(told[4:12] if told[:1] == b"\1" else told[4:8], "big")
    return length / units if units else None


def _length_by_index(file: RangeFile, indexes: list[_Element]) -> float | None:
    """Return the length of the parts in the one index (`sidx`) that covers the whole file."""
    if len(indexes) != 1:
        return None
    (index,) = indexes
    content = file.read_at(index.start, index.end - index.start)
    wide = 8 if content[:1] == b"\1" else 4
    at = 12 + 2 * wide
    units = int.from_bytes(content[8:12], "big")
    skipped = int.from_bytes(content[12 + wide : at], "big")
    count = int.from_bytes(content[at + 2 : at + 4], "big")
    rows = [content[at + 4 + 12 * row : at + 16 + 12 * row] for row in range(count)]
    if not units or not rows or len(rows[-1]) < 12:  # noqa: PLR2004 (a row of an index)
        return None
    covered = index.end + skipped
    covered += sum(int.from_bytes(row[:4], "big") & 0x7FFFFFFF for row in rows)
    if covered != file.size and file.read_at(covered, 8)[4:] != b"mfra":
        return None
    return sum(int.from_bytes(row[4:8], "big") for row in rows) / units

"""A look into a video file: what it is and how long it lasts, by reading a few ranges of it."""

from collections.abc import Callable, Iterator
from io import SEEK_CUR, SEEK_END, SEEK_SET, RawIOBase
from typing import BinaryIO, cast

from tinytag import ParseError, TinyTag

from roundtable.documents import recognition
from roundtable.domain.documents import VideoEvidence

ReadRange = Callable[[int, int], bytes]
"""Reads from a place (first argument) up to so many bytes (second); fewer only at the end."""

TOOL = "tinytag"
BLOCK = 16_384
MOST_REQUESTS = 64
MOST_AT_ONCE = 262_144
"""The bytes that one element of the header may have; a real one has about a hundred."""
_MOST_ELEMENTS = 64
_HEADER = 8
_LONG_HEADER = 16
_LONGEST = 24 * 3600
"""Seconds; headers say far more than this when they mean that they do not know."""

NOT_A_VIDEO = (
    "This file is {what}, not a video. "
    "Please upload the video itself, for example as .mp4 or .mov, or give a link to it."
)
CUT_OFF = (
    "This video is cut off: its end is missing, so it cannot be played. "
    "Please check that it plays on your computer and upload it again."
)
SOUND_ONLY = "This file holds sound only, no picture. Please upload the video."

_ELEMENTS = frozenset({b"ftyp", b"moov", b"mdat", b"wide", b"free", b"skip", b"pnot"})
_BRANDS = {
    b"M4A ": SOUND_ONLY, b"M4B ": SOUND_ONLY, b"M4P ": SOUND_ONLY,
    **dict.fromkeys(
        (b"heic", b"heix", b"heim", b"mif1", b"avif"), NOT_A_VIDEO.format(what="a picture")
    ),
}  # fmt: skip


class _OutOfBoundsError(Exception):
    """More was to be read than a header needs."""


class _RangeFile(RawIOBase):
    """A seekable file over range reads, in blocks that are read once and counted."""

    def __init__(self, read_range: ReadRange, size: int) -> None:
        super().__init__()
        self._read_range = read_range
        self._size = size
        self._at = 0
        self._blocks: dict[int, bytes] = {}
        self.failure: Exception | None = None
        """The reader's own error, such as a lost connection: not the file's fault."""

    def seek(self, offset: int, whence: int = SEEK_SET, /) -> int:
        base = {SEEK_SET: 0, SEEK_CUR: self._at, SEEK_END: self._size}[whence]
        self._at = max(0, base + offset)
        return self._at

    def tell(self) -> int:
        return self._at

    def read(self, size: int = -1, /) -> bytes:
        wanted = max(0, self._size - self._at)
        wanted = wanted if size < 0 else min(size, wanted)
        if wanted > MOST_AT_ONCE:
            raise _OutOfBoundsError
        found = bytearray()
        while len(found) < wanted:
            number, within = divmod(self._at + len(found), BLOCK)
            piece = self._block(number)[within : within + wanted - len(found)]
            if not piece:
                break
            found += piece
        self._at += len(found)
        return bytes(found)

    def _block(self, number: int) -> bytes:
        if number not in self._blocks:
            if len(self._blocks) >= MOST_REQUESTS:
                raise _OutOfBoundsError
            length = min(BLOCK, self._size - number * BLOCK)
            try:
                self._blocks[number] = self._read_range(number * BLOCK, length)[:length]
            except Exception as error:
                self.failure = error
                raise
        return self._blocks[number]


def look_into_video_file(read_range: ReadRange, size: int) -> VideoEvidence:
    """Return what is found in a video file of `size` bytes; no content raises an error.

    `seconds` is what the header of an MP4 or MOV says, rounded down; None for other videos, for
    fragmented ones, and where the header does not say. At most MOST_REQUESTS ranges are read.
    Raises whatever `read_range` raises.
    """
    if size <= 0:
        return _problem(recognition.EMPTY)
    file = _RangeFile(read_range, size)
    try:
        return _look(file, size)
    except _OutOfBoundsError:
        return VideoEvidence(readable=True, tool=TOOL)


def _problem(words: str) -> VideoEvidence:
    return VideoEvidence(readable=False, problem=words, tool=TOOL)


def _look(file: _RangeFile, size: int) -> VideoEvidence:
    head = file.read(min(BLOCK, size))
    problem = _problem_of(head)
    if problem:
        return _problem(problem)
    if head[4:8] in _ELEMENTS:
        return _look_into_mp4(file, size)
    return VideoEvidence(readable=True, tool=TOOL)


def _problem_of(head: bytes) -> str:
    """Return why a file that begins so is no video; empty where it is one."""
    if not head:
        return recognition.EMPTY
    if recognition.infected(head):
        return recognition.INFECTED
    if head[4:8] == b"ftyp" and head[8:12] in _BRANDS:
        return _BRANDS[head[8:12]]
    is_video = head[4:8] in _ELEMENTS or recognition.mime_type(head).startswith("video/")
    if is_video and not recognition.is_web_page(head):
        return ""
    return NOT_A_VIDEO.format(what=recognition.described(head))


def _look_into_mp4(file: _RangeFile, size: int) -> VideoEvidence:
    seen: set[bytes] = set()
    for name, end in _elements(file, size):
        seen.add(name)
        if name in {b"mdat", b"moov"} and end > size:
            return _problem(CUT_OFF)
        if name == b"moof":
            return VideoEvidence(readable=True, tool=TOOL)
    if b"moov" not in seen:
        return _problem(CUT_OFF)
    return VideoEvidence(readable=True, seconds=_header_seconds(file), tool=TOOL)


def _elements(file: _RangeFile, size: int) -> Iterator[tuple[bytes, int]]:
    """Yield the elements of the outermost level and where each says it ends (ISO 14496-12)."""
    at = 0
    for _ in range(_MOST_ELEMENTS):
        file.seek(at)
        header = file.read(_LONG_HEADER)
        if len(header) < _HEADER:
            return
        length, name = int.from_bytes(header[:4], "big"), header[4:8]
        least = _HEADER
        if length == 1:
            length, least = int.from_bytes(header[8:16], "big"), _LONG_HEADER
        elif length == 0:
            length = size - at
        if length < least:
            return
        yield name, at + length
        at += length


def _header_seconds(file: _RangeFile) -> int | None:
    file.seek(0)
    try:
        tag = TinyTag.get(filename="video.mp4", file_obj=cast("BinaryIO", file), tags=False)
    except ParseError as error:
        if file.failure is not None:
            raise file.failure from error
        return None
    seconds = tag.duration
    if seconds is None or not 0 < seconds < _LONGEST:
        return None
    # Header units divide seldom evenly: 299.9999999 is meant to be 300.
    return int(seconds + 1e-6)

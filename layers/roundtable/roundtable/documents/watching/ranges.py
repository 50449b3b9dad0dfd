"""A stored file read by ranges: a few blocks of it, each asked for once."""

from collections.abc import Callable
from io import SEEK_CUR, SEEK_END, SEEK_SET, RawIOBase

ReadRange = Callable[[int, int], bytes]
"""Reads from a place (first argument) up to so many bytes (second); fewer only at the end."""

BLOCK = 16_384
MOST_REQUESTS = 64
MOST_AT_ONCE = 262_144
"""The bytes that one element of a header may have; a real one has about a hundred."""


class OutOfBoundsError(Exception):
    """More was to be read than a header needs."""


class RangeFile(RawIOBase):
    """A seekable file over range reads, in blocks that are read once and counted.

    Raises OutOfBoundsError for more than MOST_AT_ONCE bytes, or than MOST_REQUESTS blocks.
    """

    def __init__(self, read_range: ReadRange, size: int) -> None:
        super().__init__()
        self._read_range = read_range
        self.size = size
        self._at = 0
        self._blocks: dict[int, bytes] = {}
        self.failure: Exception | None = None
        """The reader's own error, such as a lost connection: not the file's fault."""

    def seek(self, offset: int, whence: int = SEEK_SET, /) -> int:
        """Go to a place; return where that is."""
        base = {SEEK_SET: 0, SEEK_CUR: self._at, SEEK_END: self.size}[whence]
        self._at = max(0, base + offset)
        return self._at

    def tell(self) -> int:
        """Return the place that is read next."""
        return self._at

    def read(self, size: int = -1, /) -> bytes:
        """Return the next bytes, fewer at the end."""
        wanted = max(0, self.size - self._at)
        wanted = wanted if size < 0 else min(size, wanted)
        if wanted > MOST_AT_ONCE:
            raise OutOfBoundsError
        found = bytearray()
        while len(found) < wanted:
            number, within = divmod(self._at + len(found), BLOCK)
            piece = self._block(number)[within : within + wanted - len(found)]
            if not piece:
                break
            found += piece
        self._at += len(found)
        return bytes(found)

    def read_at(self, place: int, length: int) -> bytes:
        """Return the bytes at a place, fewer at the end."""
        self.seek(place)
        return self.read(length)

    def _block(self, number: int) -> bytes:
        if number not in self._blocks:
            if len(self._blocks) >= MOST_REQUESTS:
                raise OutOfBoundsError
            length = min(BLOCK, self.size - number * BLOCK)
            try:
                self._blocks[number] = self._read_range(number * BLOCK, length)[:length]
            except Exception as error:
                self.failure = error
                raise
        return self._blocks[number]

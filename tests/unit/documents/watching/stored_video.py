"""A video file as it is stored, for the tests of what reads it by ranges."""

from roundtable.documents.watching.ranges import RangeFile
from roundtable.documents.watching.video import look_into_video_file
from roundtable.domain.evidence import VideoEvidence


class Stored:
    """A stored file that notes what is read of it; `holes` stands for content never stored."""

    def __init__(self, content: bytes, holes: int = 0) -> None:
        self.content = content
        self.size = len(content) + holes
        self.read: list[tuple[int, int]] = []

    def __call__(self, start: int, length: int) -> bytes:
        self.read.append((start, length))
        return self.content[start : start + length]

    def file(self) -> RangeFile:
        return RangeFile(self, self.size)

    def look(self) -> VideoEvidence:
        return look_into_video_file(self, self.size)


def box(name: bytes, *contents: bytes) -> bytes:
    """Return an element of an MP4."""
    content = b"".join(contents)
    return (len(content) + 8).to_bytes(4, "big") + name + content


UNKNOWN_SIZE = b"\x01" + b"\xff" * 7


def element(identifier: int, *contents: bytes, size: bytes = b"") -> bytes:
    """Return an element of a WebM; `size` instead of its true one."""
    content = b"".join(contents)
    width = (identifier.bit_length() + 7) // 8
    size = size or (1 << 56 | len(content)).to_bytes(8, "big")
    return identifier.to_bytes(width, "big") + size + content


def webm(*parts: bytes, kind: bytes = b"webm", size: bytes = b"") -> bytes:
    """Return a WebM whose segment has these parts."""
    head = element(0x1A45DFA3, element(0x4286, b"\x01"), element(0x4282, kind))
    return head + element(0x18538067, *parts, size=size)


def info(*parts: bytes) -> bytes:
    return element(0x1549A966, *parts)


def tracks(*kinds: int) -> bytes:
    entries = (element(0xAE, element(0xD7, b"\1"), element(0x83, bytes([kind]))) for kind in kinds)
    return element(0x1654AE6B, *entries)


PICTURES = element(0x1F43B675, b"\xe7\x81\x00" + bytes(200))
"""A cluster."""

"""Video files in a few hundred bytes: one still picture that lasts."""

import struct

from local.rehearsal.files import video_mp4


def quicktime(seconds: float) -> bytes:
    """Return a MOV as cameras make it, with its header at the end."""
    return video_mp4(seconds, header_last=True).replace(
        b"isom\0\0\2\0isommp42", b"qt  \0\0\2\0qt  qt  "
    )


def sound_only(seconds: float) -> bytes:
    """Return an MP4 whose only track is sound."""
    return video_mp4(seconds).replace(b"vide", b"soun").replace(b"vmhd", b"smhd")


def large_recording(seconds: float, size: int) -> bytes:
    """Return the beginning of an MP4 of so many bytes, whose header comes first."""
    content = video_mp4(seconds)
    at = content.index(b"mdat") - 4
    return content[:at] + struct.pack(">I", size - at) + b"mdat"


def exaggerated(seconds: float) -> bytes:
    """Return an MP4 whose header claims to be four gigabytes long."""
    content = video_mp4(seconds, header_last=True)
    at = content.index(b"moov") - 4
    return content[:at] + b"\xff\xff\xff\xf0" + content[at + 4 :]


def webm(seconds: float | None) -> bytes:
    """Return a WebM; a recording made in a browser does not tell its length (None)."""
    length = () if seconds is None else (_element(0x4489, struct.pack(">d", seconds * 1000)),)
    video = _element(0xE0, _element(0xB0, b"\x20"), _element(0xBA, b"\x20"))
    track = _element(0xAE, _element(0xD7, b"\x01"), _element(0x73C5, b"\x01"),
                     _element(0x83, b"\x01"), _element(0x86, b"V_VP8"), video)  # fmt: skip
    return _element(
        0x1A45DFA3, _element(0x4286, b"\x01"), _element(0x42F7, b"\x01"), _element(0x42F2, b"\x04"),
        _element(0x42F3, b"\x08"), _element(0x4282, b"webm"), _element(0x4287, b"\x04"),
        _element(0x4285, b"\x02"),
    ) + _element(
        0x18538067,
        _element(0x1549A966, _element(0x2AD7B1, b"\x0f\x42\x40"), *length,
                 _element(0x4D80, b"corpus"), _element(0x5741, b"corpus")),
        _element(0x1654AE6B, track),
        _element(0x1F43B675, _element(0xE7, b"\x00"),
                 _element(0xA3, b"\x81\x00\x00\x80" + bytes(64))),
    )  # fmt: skip


def _element(identifier: int, *contents: bytes) -> bytes:
    """Return an element of EBML (RFC 8794), its size in eight bytes."""
    content = b"".join(contents)
    name = identifier.to_bytes((identifier.bit_length() + 7) // 8, "big")
    return name + (len(content) | 1 << 56).to_bytes(8, "big") + content

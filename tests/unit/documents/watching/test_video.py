import struct

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tinytag import __version__ as tinytag_version

from local.rehearsal import files
from roundtable.documents.watching.ranges import BLOCK, MOST_REQUESTS
from roundtable.documents.watching.video import look_into_video_file
from roundtable.domain.evidence import VideoEvidence
from tests.unit.documents.watching.stored_video import (
    PICTURES,
    UNKNOWN_SIZE,
    Stored,
    box,
    element,
    info,
    tracks,
    webm,
)

MP4 = files.video_mp4(300)
WEBM_LENGTH = element(0x4489, struct.pack(">d", 299_999.9))


def look(content: bytes) -> VideoEvidence:
    return Stored(content).look()


def evidence(seconds: int | None) -> VideoEvidence:
    return VideoEvidence(readable=True, seconds=seconds, tool=f"tinytag {tinytag_version}")


@pytest.mark.scenario(12)
@pytest.mark.parametrize("header_last", [False, True])
@pytest.mark.parametrize("seconds", [299, 300, 900, 901])
def test_video_length_from_its_header(seconds: int, *, header_last: bool) -> None:
    assert look(files.video_mp4(seconds, header_last=header_last)) == evidence(seconds)


def test_video_length_is_rounded_down() -> None:
    assert look(files.video_mp4(299.999)) == evidence(299)
    assert look(files.video_mp4(900.9)) == evidence(900)


def test_video_length_from_the_header_of_a_webm() -> None:
    content = webm(info(WEBM_LENGTH), tracks(1, 2), PICTURES)
    assert look(content) == VideoEvidence(readable=True, seconds=299, tool="WebM header")


def test_video_as_mkv_is_for_a_person_to_try() -> None:
    content = webm(info(WEBM_LENGTH), tracks(1), PICTURES, kind=b"matroska")
    assert look(content) == VideoEvidence(
        readable=True,
        unsure="This file is an MKV video, which some web browsers do not play; "
        "a person will try it.",
        seconds=299,
        tool="WebM header",
    )


@pytest.mark.scenario(12)
def test_video_of_unknown_length_is_readable() -> None:
    assert look(files.video_mp4(300, fragmented=True)) == evidence(None)
    live = webm(info(), tracks(1), PICTURES, size=UNKNOWN_SIZE)
    assert look(live) == VideoEvidence(readable=True, tool="WebM header")
    unknown = MP4.replace((300_000).to_bytes(4, "big"), b"\xff\xff\xff\xff")
    assert look(unknown) == evidence(None)


@pytest.mark.scenario(13)
@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (b"", "This file is empty: it holds 0 bytes."),
        (files.web_page(), "This file is a web page, not a video."),
        (files.infected(), "This file was recognized as infected with a virus"),
        (files.letter_pdf("Lakeside Clinic"), "This file is a PDF, not a video."),
        (
            b"\x07\x08\xff\x00" * 9,
            "This file is a file of a type that we do not know, not a video.",
        ),
        (files.truncated(MP4), "This video is cut off"),
        (files.truncated(files.video_mp4(300, header_last=True)), "This video is cut off"),
        (MP4.replace(b"isom", b"M4A ", 1), "This file holds sound only"),
        (MP4.replace(b"isom", b"heic", 1), "This file is a picture, not a video."),
        (MP4.replace(b"vide", b"soun", 1), "This file holds sound only"),
        (b"GIF89a" + bytes(99), "This file is a picture, not a video."),
        (b"RIFF\0\0\0\0AVI LIST" + bytes(99), "This file is an AVI video, which web browsers"),
        (bytes.fromhex("3026b2758e66cf11a6d9") + bytes(99), "This file is a Windows Media video"),
        (b"\0\0\1\xba" + bytes(99), "This file is an MPEG video"),
        (b"FLV\1" + bytes(99), "This file is a Flash video"),
        (b"ID3\3" + bytes(99), "This file is a sound recording, not a video."),
        (webm(info(), tracks(2), PICTURES), "This file holds sound only"),
        (webm(info(), tracks(1), PICTURES)[:-9], "This video is cut off"),
        (webm(kind=b"other"), "This file is a file of a type that we do not know"),
        (box(b"ftyp", b"isom"), "This video is cut off"),
    ],
)
def test_video_refused_in_words_an_applicant_understands(content: bytes, problem: str) -> None:
    found = look(content)
    assert not found.readable
    assert found.problem.startswith(problem)
    assert found.problem.endswith(".")


def test_video_reads_only_a_few_ranges() -> None:
    long = files.video_mp4(600)
    at = long.index(b"mdat") - 4
    gap = 40_000_000
    sparse = long[:at] + (gap + 8).to_bytes(4, "big") + b"mdat"
    stored = Stored(sparse, holes=gap)
    assert stored.look() == evidence(600)
    assert stored.read == [(0, BLOCK)]


def test_video_header_that_claims_to_be_huge_is_unknown() -> None:
    size = 200_000_000
    content = MP4[:24] + size.to_bytes(4, "big") + b"moov" + (size - 8).to_bytes(4, "big") + b"mvhd"
    stored = Stored(content, holes=size)
    assert stored.look() == evidence(None)
    assert len(stored.read) <= MOST_REQUESTS


def test_video_scattered_over_the_file_is_unknown_after_some_reads() -> None:
    element = (BLOCK * 2).to_bytes(4, "big") + b"free"
    content = element.ljust(BLOCK * 2, b"\0") * 100 + MP4
    stored = Stored(content)
    stored.look()
    assert len(stored.read) <= MOST_REQUESTS


def test_video_reader_that_fails_is_heard() -> None:
    def broken(start: int, length: int) -> bytes:
        raise ConnectionError

    with pytest.raises(ConnectionError):
        look_into_video_file(broken, 100)

    content = files.video_mp4(300, header_last=True)
    late = content[:24] + (40_000).to_bytes(4, "big") + b"free" + bytes(39_992) + content[24:]

    def broken_later(start: int, length: int) -> bytes:
        if start:
            raise ConnectionError
        return late[start : start + length]

    with pytest.raises(ConnectionError):
        look_into_video_file(broken_later, len(late))


@settings(max_examples=200, deadline=None)
@given(
    st.binary(max_size=200),
    st.sampled_from([b"", MP4[:32], MP4[:200], b"\0\0\0\x08ftyp", b"\0\0\0\x01mdat"]),
    st.integers(0, 10_000_000_000),
)
def test_video_of_any_bytes_is_no_error(content: bytes, start: bytes, holes: int) -> None:
    stored = Stored(start + content, holes=holes)
    stored.look()
    assert len(stored.read) <= MOST_REQUESTS


@settings(max_examples=200, deadline=None)
@given(st.lists(st.tuples(st.integers(0, len(MP4) - 1), st.integers(0, 255)), max_size=8))
def test_video_with_damage_is_no_error(changes: list[tuple[int, int]]) -> None:
    damaged = bytearray(MP4)
    for place, value in changes:
        damaged[place] = value
    look(bytes(damaged))

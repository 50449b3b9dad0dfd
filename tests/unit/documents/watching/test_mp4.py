import struct

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from local.rehearsal import files
from roundtable.documents.watching.mp4 import Found, look_into_mp4
from roundtable.documents.watching.ranges import MOST_REQUESTS
from tests.unit.documents.watching.stored_video import Stored, box

TYPE = box(b"ftyp", b"isom", bytes(4), b"isom")
UNITS = 1000
FRAGMENT = box(b"moof", bytes(16)) + box(b"mdat", bytes(100))


def movie_header(seconds: float, *, wide: bool = False) -> bytes:
    length = round(seconds * UNITS)
    if wide:
        return box(b"mvhd", b"\1\0\0\0", bytes(16), struct.pack(">IQ", UNITS, length), bytes(80))
    return box(b"mvhd", bytes(4), bytes(8), struct.pack(">II", UNITS, length), bytes(80))


def track(kind: bytes) -> bytes:
    handler = box(b"hdlr", bytes(8), kind, bytes(13))
    return box(b"trak", box(b"tkhd", bytes(84)), box(b"mdia", box(b"mdhd", bytes(24)), handler))


def in_all(seconds: float, *, wide: bool = False) -> bytes:
    length = round(seconds * UNITS)
    told = struct.pack(">IQ", 1 << 24, length) if wide else struct.pack(">II", 0, length)
    return box(b"mvex", box(b"mehd", told), box(b"trex", bytes(24)))


def index(*rows: tuple[int, float], wide: bool = False) -> bytes:
    """Return an index of parts, each with its size and its length in seconds."""
    head = struct.pack(">BxxxII", wide, 1, UNITS) + bytes(16 if wide else 8)
    parts = b"".join(struct.pack(">III", size, round(long * UNITS), 0) for size, long in rows)
    return box(b"sidx", head, struct.pack(">HH", 0, len(rows)), parts)


def look(*parts: bytes) -> Found:
    return look_into_mp4(Stored(b"".join(parts)).file())


@pytest.mark.parametrize("header_last", [False, True])
def test_mp4_says_its_length(*, header_last: bool) -> None:
    found = look(files.video_mp4(300.5, header_last=header_last))
    assert found == Found(whole=True, seconds=300.5)


@pytest.mark.parametrize("wide", [False, True])
def test_mp4_in_fragments_says_the_length_of_all(*, wide: bool) -> None:
    movie = box(b"moov", movie_header(2, wide=wide), track(b"vide"), in_all(600, wide=wide))
    assert look(TYPE, movie, FRAGMENT) == Found(whole=True, seconds=600.0)


@pytest.mark.parametrize("wide", [False, True])
@pytest.mark.parametrize("end", [b"", box(b"mfra", bytes(40))])
def test_mp4_in_fragments_with_an_index_of_all(*, wide: bool, end: bytes) -> None:
    movie = box(b"moov", movie_header(2), track(b"vide"), box(b"mvex"))
    rows = index((len(FRAGMENT), 200), (len(FRAGMENT), 100.5), wide=wide)
    assert look(TYPE, movie, rows, FRAGMENT, FRAGMENT, end).seconds == 300.5


@pytest.mark.parametrize(
    "parts",
    [
        (FRAGMENT,),
        (index((len(FRAGMENT), 200)), FRAGMENT, FRAGMENT),
        (index((len(FRAGMENT), 200)), FRAGMENT, index((len(FRAGMENT), 200)), FRAGMENT),
        (index(), FRAGMENT),
        (index((len(FRAGMENT), 200))[:-4], FRAGMENT),
    ],
)
def test_mp4_in_fragments_otherwise_says_no_length(parts: tuple[bytes, ...]) -> None:
    """A header that gives the length of the first fragment only is not believed."""
    movie = box(b"moov", movie_header(450), track(b"vide"), box(b"mvex"))
    assert look(TYPE, movie, *parts).seconds is None


def test_mp4_with_sound_only() -> None:
    sound = box(b"moov", movie_header(300), track(b"soun"))
    assert look(TYPE, sound) == Found(whole=True, sound_only=True, seconds=300.0)
    both = box(b"moov", movie_header(300), track(b"soun"), track(b"vide"))
    assert not look(TYPE, both).sound_only
    unclear = box(b"moov", movie_header(300), track(b"soun"), box(b"trak"))
    assert not look(TYPE, unclear).sound_only


def test_mp4_that_is_cut_off_is_not_whole() -> None:
    whole = files.video_mp4(300)
    assert not look(whole[:-1]).whole
    assert not look(files.video_mp4(300, header_last=True)[:-1]).whole
    assert not look(TYPE).whole
    assert not look(TYPE, box(b"mdat", bytes(20))).whole


def test_mp4_of_large_elements_and_one_to_the_end() -> None:
    movie = box(b"moov", movie_header(300), track(b"vide"))
    content = b"\0\0\0\1mdat" + (16 + 50).to_bytes(8, "big") + bytes(50)
    assert look(TYPE, content, movie).seconds == 300.0
    assert look(TYPE, movie, b"\0\0\0\0mdat", bytes(50)).seconds == 300.0


FRAGMENTS = (
    TYPE
    + box(b"moov", movie_header(2), track(b"vide"), in_all(600))
    + index((len(FRAGMENT), 300))
    + FRAGMENT
)


@settings(max_examples=300, deadline=None)
@given(st.lists(st.tuples(st.integers(0, len(FRAGMENTS) - 1), st.integers(0, 255)), max_size=8))
def test_mp4_in_fragments_with_damage_is_no_error(changes: list[tuple[int, int]]) -> None:
    damaged = bytearray(FRAGMENTS)
    for place, value in changes:
        damaged[place] = value
    stored = Stored(bytes(damaged))
    stored.look()
    assert len(stored.read) <= MOST_REQUESTS

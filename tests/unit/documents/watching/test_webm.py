import struct

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from roundtable.documents.watching.ranges import MOST_REQUESTS
from roundtable.documents.watching.webm import Found, look_into_webm
from tests.unit.documents.watching.stored_video import (
    PICTURES,
    UNKNOWN_SIZE,
    Stored,
    element,
    info,
    tracks,
    webm,
)

SCALE = element(0x2AD7B1, (1_000_000).to_bytes(3, "big"))
VIDEO, AUDIO, SUBTITLES = 1, 2, 17


def lasting(seconds: float) -> bytes:
    return element(0x4489, struct.pack(">d", seconds * 1000))


def look(content: bytes) -> Found:
    return look_into_webm(Stored(content).file())


WEBM = webm(info(SCALE, lasting(300)), tracks(VIDEO, AUDIO), PICTURES)


def test_webm_says_its_length() -> None:
    assert look(WEBM) == Found(kind="webm", whole=True, seconds=300.0)


def test_webm_of_another_unit_of_time() -> None:
    scale = element(0x2AD7B1, (100_000).to_bytes(3, "big"))
    short = element(0x4489, struct.pack(">f", 4_500_000))
    assert look(webm(info(short, scale))).seconds == 450.0
    assert look(webm(info(lasting(450)))).seconds == 450.0


def test_webm_with_a_table_of_contents_and_gaps_before_its_length() -> None:
    contents = element(0x114D9B74, bytes(60))
    gap = element(0xEC, bytes(5000))
    assert look(webm(contents, gap, info(SCALE, lasting(600)))).seconds == 600.0


def test_webm_recorded_live_has_no_length() -> None:
    live = webm(info(SCALE), tracks(VIDEO), element(0x1F43B675, bytes(99), size=UNKNOWN_SIZE),
                size=UNKNOWN_SIZE)  # fmt: skip
    assert look(live) == Found(kind="webm", whole=True)


@pytest.mark.parametrize("duration", [b"", b"123", bytes(100)])
def test_webm_whose_length_is_no_number_has_none(duration: bytes) -> None:
    assert look(webm(info(SCALE, element(0x4489, duration)))).seconds is None


def test_webm_with_sound_only() -> None:
    assert look(webm(info(lasting(300)), tracks(AUDIO), PICTURES)).sound_only
    assert look(webm(info(lasting(300)), tracks(AUDIO, SUBTITLES), PICTURES)).sound_only
    assert not look(WEBM).sound_only
    assert not look(webm(info(lasting(300)), PICTURES)).sound_only


def test_webm_that_is_cut_off_or_has_no_content_is_not_whole() -> None:
    assert not look(WEBM[:-1]).whole
    assert look(webm()[:40]) == Found(kind="webm")


def test_webm_says_what_it_is() -> None:
    assert look(webm(kind=b"matroska")).kind == "matroska"
    assert look(webm(kind=b"webm\0\0")).kind == "webm"
    assert look(webm(kind=b"something")).kind == "something"
    assert look(b"\x1a\x45\xdf\xa3") == Found()
    assert look(b"\x1a\x45\xdf\xa3\x00") == Found()


def test_webm_of_many_gaps_reads_a_few_ranges() -> None:
    gaps = [element(0xEC, bytes(40_000))] * 200
    stored = Stored(webm(*gaps, info(SCALE, lasting(300))))
    assert stored.look().seconds is None
    assert len(stored.read) <= MOST_REQUESTS


@settings(max_examples=300, deadline=None)
@given(st.lists(st.tuples(st.integers(0, len(WEBM) - 1), st.integers(0, 255)), max_size=8))
def test_webm_with_damage_is_no_error(changes: list[tuple[int, int]]) -> None:
    damaged = bytearray(WEBM)
    for place, value in changes:
        damaged[place] = value
    stored = Stored(bytes(damaged), holes=10_000_000)
    stored.look()
    assert len(stored.read) <= MOST_REQUESTS


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=300), st.sampled_from([WEBM[:4], WEBM[:40], WEBM[:70], WEBM[:120]]))
def test_webm_of_any_bytes_is_no_error(content: bytes, start: bytes) -> None:
    stored = Stored(start + content, holes=10_000_000)
    stored.look()
    assert len(stored.read) <= MOST_REQUESTS

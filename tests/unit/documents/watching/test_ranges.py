import pytest

from roundtable.documents.watching.ranges import (
    BLOCK,
    MOST_AT_ONCE,
    MOST_REQUESTS,
    OutOfBoundsError,
)
from tests.unit.documents.watching.stored_video import Stored

CONTENT = bytes(range(256)) * 200


def test_range_file_reads_across_blocks_each_once() -> None:
    stored = Stored(CONTENT)
    file = stored.file()
    assert file.read_at(BLOCK - 3, 6) == CONTENT[BLOCK - 3 : BLOCK + 3]
    assert file.read_at(10, 2) == CONTENT[10:12]
    assert stored.read == [(0, BLOCK), (BLOCK, BLOCK)]


def test_range_file_moves_as_files_do() -> None:
    file = Stored(CONTENT).file()
    assert file.seek(-4, 2) == len(CONTENT) - 4
    assert file.read() == CONTENT[-4:]
    assert file.read(1) == b""
    assert file.seek(4) == 4
    assert file.seek(2, 1) == 6
    assert file.tell() == 6
    assert file.seek(-9, 1) == 0


def test_range_file_shorter_than_it_was_said_to_be_ends() -> None:
    assert Stored(b"abc", holes=9).file().read(12) == b"abc"


def test_range_file_reads_no_more_than_a_header_needs() -> None:
    stored = Stored(b"", holes=BLOCK * 1000)
    file = stored.file()
    with pytest.raises(OutOfBoundsError):
        file.read(MOST_AT_ONCE + 1)
    for number in range(MOST_REQUESTS):
        file.read_at(number * BLOCK, 1)
    with pytest.raises(OutOfBoundsError):
        file.read_at(MOST_REQUESTS * BLOCK, 1)
    assert len(stored.read) == MOST_REQUESTS


def test_range_file_tells_that_the_reader_failed() -> None:
    error = ConnectionError()

    def broken(start: int, length: int) -> bytes:
        raise error

    stored = Stored(b"")
    stored.size = 10
    file = stored.file()
    assert file.failure is None
    file._read_range = broken  # pyright: ignore[reportPrivateUsage] (the reader, failing later)
    with pytest.raises(ConnectionError):
        file.read(1)
    assert file.failure is error

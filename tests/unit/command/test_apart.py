import io
import resource
import sys

import pytest

from local.rehearsal import files
from roundtable.command import apart
from roundtable.command.apart import ReaderApart
from roundtable.command.reading import LetterFile
from roundtable.ports import ReadingFailed
from tests.factories.signed_pdfs import signed_pdf

LETTER = files.letter_pdf("Lakeside Clinic")
LIMITS = {"max_bytes": 1_000_000, "max_pages": 20}


def test_letter_is_read_in_a_process_of_its_own() -> None:
    reading = ReaderApart().read(LetterFile(name="a.pdf", content=LETTER), **LIMITS)
    assert (reading.format, reading.pages, reading.problem) == ("pdf", 1, "")
    assert any("/s/" in cell.text for row in reading.rows for cell in row.cells)


def test_digital_signatures_are_verified_in_a_process_of_its_own() -> None:
    signed = LetterFile(name="a.pdf", content=signed_pdf(LETTER, "Jane Doe"))
    (signature,) = ReaderApart().verify(signed)
    assert (signature.signer, signature.state) == ("Jane Doe", "valid")


def test_process_that_stops_is_a_failed_reading(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(apart, "_PROGRAM", "raise SystemExit(3)")
    with pytest.raises(ReadingFailed, match="the process stopped"):
        ReaderApart().read(LetterFile(name="a.pdf", content=LETTER), **LIMITS)


def test_process_that_answers_nonsense_is_a_failed_reading(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(apart, "_PROGRAM", "print('{')")
    file = LetterFile(name="a.pdf", content=LETTER)
    with pytest.raises(ReadingFailed, match="no answer that makes sense"):
        ReaderApart().read(file, **LIMITS)
    with pytest.raises(ReadingFailed, match="no answer that makes sense"):
        ReaderApart().verify(file)


def test_process_without_memory_is_a_failed_reading(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        apart, "_PROGRAM",
        "from roundtable.command import apart; apart.MOST_MEMORY = 4096; apart.main(['read'])",
    )  # fmt: skip
    with pytest.raises(ReadingFailed, match="the process stopped"):
        ReaderApart().read(LetterFile(name="a.pdf", content=LETTER), **LIMITS)


def test_process_sets_its_limits_before_it_reads(monkeypatch: pytest.MonkeyPatch) -> None:
    limits: list[tuple[int, tuple[int, int]]] = []

    def set_limit(which: int, values: tuple[int, int]) -> None:
        limits.append((which, values))

    monkeypatch.setattr(resource, "setrlimit", set_limit)
    request = b'{"file_name": "a.pdf", "max_bytes": 1000000, "max_pages": 20}\n'
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(request + LETTER)))
    output = io.StringIO()
    monkeypatch.setattr(sys, "stdout", output)
    apart.main(["read"])
    assert limits == [
        (resource.RLIMIT_CPU, (30, 30)),
        (resource.RLIMIT_DATA, (1_073_741_824, 1_073_741_824)),
    ]
    assert '"format": "pdf"' in output.getvalue()

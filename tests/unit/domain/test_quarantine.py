from datetime import timedelta
from functools import reduce
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from roundtable.domain.documents import Document, ScanStatus
from roundtable.domain.evidence import VideoEvidence, told_without_a_look
from roundtable.domain.quarantine import (
    INFECTED,
    LOCKED_LETTER,
    LOCKED_VIDEO,
    NOT_SEARCHED,
    SEARCHED_WITHIN,
    in_words,
    is_overdue,
    prevailing,
    told,
)
from tests.factories import NOW, make_document, make_letter_evidence


def uploaded(scan: ScanStatus | None, kind: str = "letter") -> Document:
    return make_document(kind=kind, source="upload", file_name="file", scan=scan)


@given(st.lists(st.sampled_from(ScanStatus), min_size=1, max_size=6), st.randoms())
def test_results_prevail_in_whatever_order_they_are_heard_of(
    said: list[ScanStatus], chance: Random
) -> None:
    first = reduce(prevailing, said, None)
    again = [*said, *said]
    chance.shuffle(again)
    assert reduce(prevailing, again, None) is first


@pytest.mark.parametrize(
    ("known", "said", "after"),
    [
        (None, ScanStatus.PENDING, ScanStatus.PENDING),
        (ScanStatus.PENDING, ScanStatus.CLEAN, ScanStatus.CLEAN),
        (ScanStatus.FAILED, ScanStatus.CLEAN, ScanStatus.CLEAN),
        (ScanStatus.UNSUPPORTED, ScanStatus.CLEAN, ScanStatus.CLEAN),
        (ScanStatus.CLEAN, ScanStatus.FAILED, ScanStatus.CLEAN),
        (ScanStatus.CLEAN, ScanStatus.PENDING, ScanStatus.CLEAN),
        (ScanStatus.CLEAN, ScanStatus.INFECTED, ScanStatus.INFECTED),
        (ScanStatus.INFECTED, ScanStatus.CLEAN, ScanStatus.INFECTED),
    ],
)
def test_prevailing_result(known: ScanStatus | None, said: ScanStatus, after: ScanStatus) -> None:
    assert prevailing(known, said) is after


@pytest.mark.scenario(13)
@pytest.mark.parametrize(
    ("scan", "kind", "problem", "unsure"),
    [
        (ScanStatus.INFECTED, "letter", INFECTED, ""),
        (ScanStatus.INFECTED, "video", INFECTED, ""),
        (ScanStatus.UNSUPPORTED, "letter", LOCKED_LETTER, ""),
        (ScanStatus.UNSUPPORTED, "video", LOCKED_VIDEO, ""),
        (ScanStatus.FAILED, "letter", "", NOT_SEARCHED),
        (ScanStatus.FAILED, "video", "", NOT_SEARCHED),
    ],
)
def test_told_of_what_must_not_be_opened(
    scan: ScanStatus, kind: str, problem: str, unsure: str
) -> None:
    evidence = told(uploaded(scan, kind))
    assert evidence is not None
    assert (evidence.problem, evidence.unsure) == (problem, unsure)
    assert evidence.readable is not bool(problem)
    assert isinstance(evidence, VideoEvidence) is (kind == "video")
    assert told_without_a_look(evidence)


@pytest.mark.parametrize("scan", [None, ScanStatus.PENDING, ScanStatus.CLEAN])
def test_nothing_is_told_of_what_is_clean_or_not_searched_yet(scan: ScanStatus | None) -> None:
    assert told(uploaded(scan)) is None


def test_a_look_is_no_word_of_the_quarantine() -> None:
    assert not told_without_a_look(make_letter_evidence())


@pytest.mark.parametrize(
    ("scan", "words"),
    [
        (None, ""),
        (ScanStatus.PENDING, "We are checking this file for viruses."),
        (ScanStatus.CLEAN, ""),
        (ScanStatus.INFECTED, INFECTED),
        (ScanStatus.UNSUPPORTED, LOCKED_LETTER),
        (
            ScanStatus.FAILED,
            "We could not check this file for viruses. We are looking after that; "
            "there is nothing for you to do.",
        ),
    ],
)
def test_search_in_words_for_the_applicant(scan: ScanStatus | None, words: str) -> None:
    assert in_words(uploaded(scan)) == words


def test_search_is_overdue_after_its_time() -> None:
    document = uploaded(ScanStatus.PENDING)
    assert not is_overdue(document, NOW + SEARCHED_WITHIN - timedelta(seconds=1))
    assert is_overdue(document, NOW + SEARCHED_WITHIN)
    assert not is_overdue(document.with_(received_at=None), NOW + SEARCHED_WITHIN)

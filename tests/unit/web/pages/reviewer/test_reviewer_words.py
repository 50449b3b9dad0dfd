"""What reviewers read, in words."""

from decimal import Decimal

import pytest

from roundtable.domain.documents import ScanStatus
from roundtable.domain.evidence import Verdict
from roundtable.domain.program import Criterion
from roundtable.usecases.reviewing.documents import DocumentChange, ReadCheck, read_documents
from roundtable.web.pages.reviewer import words
from roundtable.web.pages.reviewer.words import Tag
from tests.factories import make_document
from tests.fakes import FakePorts


def check(verdict: Verdict) -> ReadCheck:
    return ReadCheck(requirement="letter", title="Letter", verdict=verdict, reason="")


@pytest.mark.parametrize(
    ("left", "late", "tag"),
    [
        (8, 0, Tag(text="8 days left", look="grey")),
        (1, 0, Tag(text="1 day left", look="grey")),
        (0, 0, Tag(text="Due today", look="yellow")),
        (0, 1, Tag(text="1 day late", look="red")),
        (0, 12, Tag(text="12 days late", look="red")),
    ],
)
def test_time_left_is_told_in_words_and_not_by_a_colour_alone(
    left: int, late: int, tag: Tag
) -> None:
    assert words.due(left, late) == tag


def test_checks_are_counted_the_worst_first() -> None:
    verdicts = [Verdict.PASS, Verdict.LOOK, Verdict.FAIL, Verdict.PASS, Verdict.FAIL]
    assert [tag.text for tag in words.checks([check(item) for item in verdicts])] == [
        "2 checks failed",
        "1 to look at",
        "2 checks passed",
    ]
    assert words.checks([]) == ()


def test_weights_are_told_as_shares_of_the_score() -> None:
    light = Criterion(key="light", title="Light")
    heavy = Criterion(key="heavy", title="Heavy", weight=Decimal(2))
    assert words.weight(heavy, (light, heavy)) == "Counts for 67\N{NO-BREAK SPACE}% of the score."
    assert words.points(None, light) == "Not scored"
    assert words.points(4, light) == "4 of 5"


@pytest.mark.parametrize(
    ("given", "lines"),
    [
        (True, ("Yes",)),
        (False, ("No",)),
        ("One.\n\n Two. \r\n", ("One.", " Two. ")),
        (("A", "B"), ("A", "B")),
    ],
)
def test_answers_are_told_line_by_line(given: str | bool | tuple[str, ...], lines: object) -> None:
    assert words.answer(given) == lines


@pytest.mark.parametrize(("size", "told"), [(10, "1 KB"), (12_000, "12 KB"), (2_560_000, "2.6 MB")])
def test_sizes_are_told_for_people(size: int, told: str) -> None:
    (document,) = read_documents(FakePorts(), (make_document(size=size),))
    assert words.size(document) == told


def test_lengths_are_told_in_minutes_and_seconds() -> None:
    assert [words.length(seconds) for seconds in (59, 605)] == ["0:59 minutes", "10:05 minutes"]


def test_a_document_that_cannot_be_opened_says_why() -> None:
    documents = tuple(
        make_document(number=number, scan=scan) for number, scan in enumerate(ScanStatus, start=1)
    )
    told = [words.not_open(item) for item in read_documents(FakePorts(), documents)]
    assert len(set(told)) == len(told)
    assert told[1] == "This document has not been checked yet. Come back in a few minutes."


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ("new", "Letter: document 2 is new."),
        ("gone", "Letter: document 2 does not count any more."),
        ("other", "Letter: document 2 has other content now."),
    ],
)
def test_changes_are_told(change: str, told: str) -> None:
    changed = DocumentChange.model_validate(
        {"requirement": "letter", "title": "Letter", "number": 2, "change": change}
    )
    assert words.change(changed) == told

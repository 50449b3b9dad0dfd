from io import StringIO

import pytest
from rich.console import Console

from roundtable.domain.evidence import Verdict
from tests.corpus.report import Result, looks, percentile, print_confusion, print_wrong

PASS, FAIL, LOOK = Verdict.PASS, Verdict.FAIL, Verdict.LOOK


def result(person: Verdict, tool: Verdict, *, by_hand: bool = False) -> Result:
    return Result("letter.pdf", person, "It is signed.", tool, "No signature.", by_hand)


@pytest.mark.parametrize(
    ("person", "tool", "wrong"),
    [
        (PASS, PASS, False), (PASS, FAIL, True), (PASS, LOOK, False),
        (FAIL, PASS, True), (FAIL, FAIL, False), (FAIL, LOOK, False),
        (LOOK, PASS, True), (LOOK, FAIL, True), (LOOK, LOOK, False),
    ],
)  # fmt: skip
def test_wrong_is_a_pass_or_fail_that_no_person_gives(
    person: Verdict, tool: Verdict, *, wrong: bool
) -> None:
    assert result(person, tool).wrong is wrong


def test_looks_are_counted_among_the_unambiguous() -> None:
    results = [result(PASS, PASS), result(FAIL, LOOK), result(LOOK, LOOK), result(PASS, LOOK)]
    assert looks(results) == 2 / 3
    assert looks([]) == 0


def test_percentile_is_exceeded_by_the_rest() -> None:
    assert percentile([float(number) for number in range(100)], 0.95) == 95
    assert percentile([0.3, 0.1], 0.95) == 0.3
    assert percentile([], 0.95) == 0


def test_tables_tell_counts_shares_and_reasons() -> None:
    console = Console(file=StringIO(), width=100)
    results = [result(PASS, PASS), result(PASS, FAIL), result(FAIL, LOOK, by_hand=True)]
    print_confusion(console, "Letters", results)
    print_wrong(console, "Letters", results)
    assert isinstance(console.file, StringIO)
    printed = console.file.getvalue()
    assert "│ pass (takes it)   │    1 │    1 │    0 │   2 │" in printed
    assert "3 cases, 3 unambiguous; 33.3% of these end in look (at most 15%)" in printed
    assert "signed by hand: 100.0% of 1, others: 0.0% of 2" in printed
    assert "wrong fail (Letters): letter.pdf" in printed
    assert "the tool: fail: No signature." in printed

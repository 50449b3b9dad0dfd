"""What the run of the corpus found, as tables for a person."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from rich.console import Console
from rich.table import Table

from roundtable.domain.evidence import Verdict

MOST_LOOKS = 0.15
"""The share of the unambiguous cases that may end in `look`."""
MOST_CPU = 1.0
"""Seconds of processor time for a letter of 20 pages (95th percentile)."""
MOST_MEMORY = 300_000_000
"""Bytes for the worst file."""

_ORDER = (Verdict.PASS, Verdict.FAIL, Verdict.LOOK)
_PERSON = {Verdict.PASS: "takes it", Verdict.FAIL: "returns it", Verdict.LOOK: "asks"}


@dataclass(frozen=True)
class Result:
    """One case, as the person and as the tool see it."""

    name: str
    person: Verdict
    because: str
    tool: Verdict
    reason: str
    by_hand: bool = False
    """Whether it is, or could be, signed by hand."""

    @property
    def wrong(self) -> bool:
        """Whether the tool accepts what a person would not, or rejects what they would not."""
        return self.tool is not Verdict.LOOK and self.tool is not self.person

    @property
    def unambiguous(self) -> bool:
        """Whether a person takes or returns it without asking anybody."""
        return self.person is not Verdict.LOOK


def looks(results: Sequence[Result]) -> float:
    """Return the share of `look` among the unambiguous."""
    clear = [result for result in results if result.unambiguous]
    return sum(result.tool is Verdict.LOOK for result in clear) / max(1, len(clear))


def _clear(results: Sequence[Result]) -> int:
    return sum(result.unambiguous for result in results)


def percentile(values: Sequence[float], share: float) -> float:
    """Return the value that this share of the values does not exceed."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))] if ordered else 0.0


def print_confusion(console: Console, title: str, results: Sequence[Result]) -> None:
    """Print how often the tool said what where a person said what, and each disagreement."""
    counted = Counter((result.person, result.tool) for result in results)
    console.print(f"[bold]{title}[/]")
    table = Table("a person …")
    for tool in _ORDER:
        table.add_column(tool.value, justify="right")
    table.add_column("all", justify="right")
    for person in _ORDER:
        row = [counted[person, tool] for tool in _ORDER]
        table.add_row(f"{person.value} ({_PERSON[person]})", *map(str, row), str(sum(row)))
    console.print(table)
    console.print(
        f"{len(results)} cases, {_clear(results)} unambiguous; "
        f"{looks(results):.1%} of these end in look (at most {MOST_LOOKS:.0%})"
    )
    by_hand = [result for result in results if result.by_hand]
    if by_hand:
        others = [result for result in results if not result.by_hand]
        console.print(
            f"signed by hand: {looks(by_hand):.1%} of {_clear(by_hand)}, "
            f"others: {looks(others):.1%} of {_clear(others)}"
        )
    console.print()


def print_wrong(console: Console, title: str, results: Sequence[Result]) -> None:
    """Print each wrong pass and wrong fail with both reasons."""
    for result in results:
        if result.wrong:
            console.print(f"[bold red]wrong {result.tool.value}[/] ({title}): {result.name}")
            console.print(f"  a person: {result.person.value}: {result.because}")
            console.print(f"  the tool: {result.tool.value}: {result.reason or '-'}")


def print_looks(console: Console, title: str, results: Sequence[Result]) -> None:
    """Print which unambiguous cases end in look, and why."""
    table = Table("file", "person", "why it ends in look")
    for result in results:
        if result.unambiguous and result.tool is Verdict.LOOK:
            table.add_row(result.name, result.person.value, result.reason)
    if table.row_count:
        console.print(f"[bold]{title}[/]")
        console.print(table)

"""Runs the corpus: `make corpus`, or `python -m tests.corpus`.

Makes the files in build/corpus, checks each letter in a process of its own, prints how the tool's
verdicts compare with a person's, and ends with 1 if one limit does not hold. `--write-hashes` also
keeps the hashes of the files, after a maker was changed.
"""

import subprocess
import sys
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor

from rich.console import Console

from tests.corpus.cases import LetterCase
from tests.corpus.checking import checked_link, checked_video
from tests.corpus.generating import generate, job_of, known_hashes, write_hashes
from tests.corpus.letters import LETTERS
from tests.corpus.measuring import Measured
from tests.corpus.report import (
    MOST_CPU,
    MOST_LOOKS,
    MOST_MEMORY,
    Result,
    looks,
    percentile,
    print_confusion,
    print_looks,
    print_wrong,
)
from tests.corpus.videos import VIDEOS

_PROCESSES = 2


def main(arguments: Sequence[str]) -> int:
    """Run the corpus and return the exit code."""
    started = time.monotonic()
    console = Console(width=120 if not sys.stdout.isatty() else None)
    hashes = generate()
    if "--write-hashes" in arguments:
        write_hashes(hashes)
    problems = [
        f"{name} is not the file that it was"
        for name in sorted(hashes.keys() | known_hashes().keys())
        if hashes.get(name) != known_hashes().get(name)
    ]
    letters = _measure(LETTERS)
    here = [_result(case, letters[case.name], recognized=False) for case in LETTERS]
    recognized = [_result(case, letters[case.name], recognized=True) for case in LETTERS]
    videos = _check_videos()

    print_looks(console, "Letters: unambiguous to a person, and look", here)
    tables = (
        ("Letters, without recognition of signatures (as on one machine)", here),
        ("Letters, recognition simulated from what the generator drew", recognized),
        ("Videos", videos),
    )
    for title, results in tables:
        print_confusion(console, title, results)
    for title, results in tables:
        print_wrong(console, title, results)
        problems += [
            f"wrong {result.tool.value}: {result.name}" for result in results if result.wrong
        ]
        if looks(results) > MOST_LOOKS:
            problems.append(f"{title}: {looks(results):.1%} of the unambiguous end in look")
    problems += _print_measures(console, letters)
    console.print(f"{time.monotonic() - started:.0f} s")
    for problem in problems:
        console.print(f"[bold red]FAILED[/] {problem}")
    return 1 if problems else 0


def _measure(cases: Sequence[LetterCase]) -> dict[str, Measured]:
    """Check the cases in two processes that fork for each letter."""
    shares = [cases[start::_PROCESSES] for start in range(_PROCESSES)]
    with ThreadPoolExecutor(_PROCESSES) as pool:
        return {
            measured.name: measured
            for share in pool.map(_measure_share, shares)
            for measured in share
        }


def _measure_share(cases: Sequence[LetterCase]) -> list[Measured]:
    done = subprocess.run(
        [sys.executable, "-m", "tests.corpus.measuring"],
        input="".join(job_of(case).model_dump_json() + "\n" for case in cases),
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    return [Measured.model_validate_json(line) for line in done.stdout.splitlines()]


def _result(case: LetterCase, measured: Measured, *, recognized: bool) -> Result:
    outcome = measured.recognized if recognized else measured.here
    return Result(
        case.name, case.person, case.because, outcome.verdict, outcome.reason, case.by_hand
    )


def _check_videos() -> list[Result]:
    results: list[Result] = []
    for case in VIDEOS:
        if case.make is None:
            checked = checked_link(
                case.link, case.answer, case.page, stated=case.stated, hosts=case.hosts
            )
        else:
            checked = checked_video(case.make(), case.size, stated=case.stated)
        results.append(
            Result(case.name, case.person, case.because, checked.verdict, checked.reason)
        )
    return results


def _print_measures(console: Console, letters: dict[str, Measured]) -> list[str]:
    """Print time and memory, and return which limits do not hold."""
    every = [measured.cpu for measured in letters.values()]
    long = [measured.cpu for name, measured in letters.items() if "twenty-pages" in name]
    worst = max(letters.values(), key=lambda measured: measured.memory)
    slowest = max(letters.values(), key=lambda measured: measured.cpu)
    console.print(
        f"Processor time of a letter: p95 {percentile(every, 0.95):.2f} s, "
        f"most {slowest.cpu:.2f} s ({slowest.name}); of {len(long)} letters of 20 pages: "
        f"p95 {percentile(long, 0.95):.2f} s (below {MOST_CPU:.0f} s)"
    )
    console.print(
        f"Memory of the worst: {worst.memory / 1e6:.0f} MB ({worst.name}) "
        f"(below {MOST_MEMORY / 1e6:.0f} MB)"
    )
    crashed = [name for name, measured in letters.items() if measured.here.crashed]
    if crashed:
        console.print(f"The reader stopped over: {', '.join(crashed)}")
    problems: list[str] = []
    if percentile(long, 0.95) >= MOST_CPU:
        problems.append("a letter of 20 pages takes too much processor time")
    if worst.memory >= MOST_MEMORY:
        problems.append(f"{worst.name} takes too much memory")
    return problems


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

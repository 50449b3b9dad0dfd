"""Each letter in a process of its own, measured: processor time of the check, and memory.

`python -m tests.corpus.measuring` takes jobs as lines of JSON and answers each with a line. It
imports all parsers once and forks for every letter, so that neither time nor a crash of one letter
reaches another. Memory is what the process had at most, with all that is imported: the parsers of
`read_letter` and of `verify_signatures` together, more than either function has.
"""

import gc
import multiprocessing
import re
import resource
import signal
import sys
import time
from multiprocessing.connection import Connection
from pathlib import Path

from PIL import Image

from roundtable.domain.evidence import LetterEvidence, Verdict
from roundtable.domain.model import Record
from tests.corpus.checking import LetterJob, checked_letters, program_called

PATIENCE = 60
"""Seconds until a process is stopped."""
_KILOBYTE = 1024


class Outcome(Record):
    """What the tool says of a case."""

    verdict: Verdict
    reason: str
    evidence: tuple[LetterEvidence, ...] = ()
    crashed: bool = False


class Measured(Record):
    """A case checked without and with recognition."""

    name: str
    here: Outcome
    """Without recognition, as on one machine."""
    recognized: Outcome
    """With what a service would recognize, told from what the generator drew."""
    cpu: float = 0.0
    """Seconds of the check without recognition, imports left out."""
    memory: int = 0
    """Bytes at most, imports included."""


_STOPPED = Outcome(verdict=Verdict.LOOK, reason="The reader stopped over it.", crashed=True)


def measured(job: LetterJob, mapped: int) -> Measured:
    """Return the outcome of one letter, checked in a process of its own.

    `mapped` are the bytes of libraries that this process has in memory; a fork starts without.
    """
    fork = multiprocessing.get_context("fork")
    mine, its = fork.Pipe(duplex=False)
    process = fork.Process(target=_check, args=(job, its, mapped))
    process.start()
    its.close()
    try:
        answered = mine.poll(PATIENCE)
        return mine.recv() if answered else _stopped(job)
    except EOFError:
        return _stopped(job)
    finally:
        process.kill()
        process.join()


def _stopped(job: LetterJob) -> Measured:
    return Measured(name=job.name, here=_STOPPED, recognized=_STOPPED)


def _check(job: LetterJob, answers: Connection, mapped: int) -> None:
    signal.alarm(PATIENCE)
    inherited = _status("RssFile")
    started = time.process_time()
    here = checked_letters(job, recognized=False)
    cpu = time.process_time() - started
    memory = _status("VmHWM") + max(0, mapped - inherited)
    recognized = checked_letters(job, recognized=True) if any(job.detections) else here
    answers.send(
        Measured(
            name=job.name,
            here=Outcome.model_validate(dict(here)),
            recognized=Outcome.model_validate(dict(recognized)),
            cpu=cpu,
            memory=memory,
        )
    )


def _status(name: str) -> int:
    """Return a value of this process's memory in bytes, where the system tells it."""
    try:
        status = Path("/proc/self/status").read_text()
    except OSError:
        whole = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        return whole * _KILOBYTE if name == "VmHWM" else 0
    match = re.search(rf"{name}:\s+(\d+) kB", status)
    return int(match[1]) * _KILOBYTE if match else 0


def main() -> None:
    """Check the jobs that come in."""
    _warm_up()
    gc.collect()
    gc.freeze()
    mapped = _status("RssFile")
    for line in sys.stdin:
        outcome = measured(LetterJob.model_validate_json(line), mapped)
        sys.stdout.write(outcome.model_dump_json() + "\n")
        sys.stdout.flush()


def _warm_up() -> None:
    """Load what is loaded once, however many letters are read: Pillow's formats, the program."""
    Image.init()
    program_called("pursuing-equity-2023")


if __name__ == "__main__":
    main()

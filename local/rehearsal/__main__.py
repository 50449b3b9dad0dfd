"""`make rehearse`: a whole round through the public API, on a virtual clock."""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from datetime import datetime
from pathlib import Path

from rich.console import Console

from local.clock import ZONE
from local.cloud import Cloud, running_cloud
from local.emulator import free_port
from local.logs import keep_logs
from local.parameters import local_parameters
from local.places import BUILD, PROGRAMS, TEMPLATE
from local.problem import CannotGoOnError, exit_with_one_line
from local.programs import publish_to
from local.rehearsal.cast import make_cast
from local.rehearsal.conductor import Conductor
from local.rehearsal.crew import CONFLICTED_ORGANIZATION, Crew
from local.rehearsal.mailroom import Mailroom
from local.rehearsal.play import Round
from local.rehearsal.records import Records
from local.rehearsal.report import make_report, passed, print_report, write_report
from local.users import STAFF
from roundtable.adapters.holidays_calendar import CalendarHolidays
from roundtable.domain.program import Program
from roundtable.programs.loading import load_program

LOGS = BUILD / "rehearsal" / "logs"
REPORT = BUILD / "rehearsal" / "report.json"
PROGRAM = PROGRAMS / "pursuing-equity-2023.yaml"


def main() -> None:
    """Play the round, write and print the report, and exit with 1 if something was broken.

    Raises:
        CannotGoOnError: what a person can put right, in one line.

    """
    parser = argparse.ArgumentParser(prog="make rehearse", description=__doc__)
    parser.add_argument("--applicants", type=int, default=40)
    parser.add_argument("--seed", type=int, default=1)
    chosen = parser.parse_args()
    if chosen.applicants < 1:
        raise CannotGoOnError("APPLICANTS must be at least 1")
    program = load_program(PROGRAM)
    console = Console()
    began = time.monotonic()
    port = free_port()
    with tempfile.TemporaryDirectory(prefix="roundtable-rehearsal-") as home:
        parameters = local_parameters(TEMPLATE, port, ClockSource="virtual")
        console.print("Starting the embedded AWS and deploying template.yaml …")
        with running_cloud(Path(home), parameters, port=port, keeps_state=False) as cloud:
            publish_to(cloud.account)
            try:
                report = _play(cloud, program, chosen.applicants, chosen.seed, console, began)
            except BaseException:
                keep_logs(cloud, LOGS)
                console.print(f"The logs are in {LOGS.relative_to(Path.cwd())}")
                raise
    write_report(report, REPORT)
    print_report(report, console)
    console.print(f"Written to {REPORT.relative_to(Path.cwd())}")
    sys.exit(0 if passed(report) else 1)


def _play(
    cloud: Cloud, program: Program, applicants: int, seed: int, console: Console, began: float
) -> dict[str, object]:
    records = Records(cloud)
    mailroom = Mailroom(cloud.emulator.mail)
    conductor = Conductor(cloud, records, program.key)

    def progress(at: datetime, words: str) -> None:
        local = at.astimezone(ZONE)
        elapsed = time.monotonic() - began
        console.print(f"{elapsed:6.1f} s  {local:%a %b %d %H:%M %Z}  {words}")

    cast = make_cast(program, applicants, seed, CONFLICTED_ORGANIZATION)
    crew = Crew(cloud, program, STAFF, seed)
    played = Round(cloud, program, cast, crew, conductor, mailroom, progress)
    played.play()
    years = [conductor.now.year - 1, conductor.now.year, conductor.now.year + 1]
    seen = records.evidence(
        now=conductor.now,
        program=program,
        holidays=CalendarHolidays().of(program.holidays, years),
        receipts=played.receipts(),
        mails=tuple(
            (mail.tags["application"], mail.tags["notice"])
            for mail in mailroom.all()
            if "notice" in mail.tags
        ),
    )
    return make_report(
        seen, applicants=applicants, seed=seed, wall_seconds=time.monotonic() - began
    )


if __name__ == "__main__":
    exit_with_one_line(main)

"""`roundtable-check`: checks letters or a video as the functions do, and prints what was found.

The verdict is the exit code: 0 pass, 1 fail, 2 look (a person must). What is no verdict has a code
of its own, as in sysexits.h: 64 for a command that makes no sense, 66 for a file that is not there.
"""

import argparse
import json
import os
import sys
from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import NoReturn

from pydantic import TypeAdapter, ValidationError

from roundtable.adapters.videos.directory import HostsDirectory
from roundtable.command.apart import ReaderApart
from roundtable.command.letters import check_letters
from roundtable.command.reading import LetterFile
from roundtable.command.terms import (
    UnknownProgram,
    find_program,
    last_day,
    letter_terms,
    video_requirement,
)
from roundtable.command.videos import check_file, check_link
from roundtable.domain.evidence import Evidence, Verdict
from roundtable.domain.program import Program, Role
from roundtable.domain.program_values import Length
from roundtable.ports import VideoDirectory

EXIT_CODES = {Verdict.PASS: 0, Verdict.FAIL: 1, Verdict.LOOK: 2}

_length: TypeAdapter[timedelta] = TypeAdapter(Length)
_ROLES = ", ".join(role.value for role in Role)


class _Parser(argparse.ArgumentParser):
    """Ends with EX_USAGE and one line; argparse's own 2 would read as the verdict `look`."""

    def error(self, message: str) -> NoReturn:
        self.exit(os.EX_USAGE, f"{self.prog}: {message}\n")


class _Options(argparse.Namespace):
    """What was typed."""

    check: str
    files: list[Path]
    video: str
    signed_by: list[Role]
    organization: str
    program: Program | None
    today: date | None
    shortest: timedelta | None
    longest: timedelta | None
    stated: timedelta | None


def main(arguments: Sequence[str] | None = None, directory: VideoDirectory | None = None) -> int:
    """Print a verdict with its reasons and evidence as JSON, and return it as exit code.

    `directory` tells about links; the hosts are asked unless one is given.
    """
    parser = _parser()
    options = parser.parse_args(arguments, namespace=_Options())
    try:
        if options.check == "letter":
            return _check_letters(options)
        return _check_video(options, directory)
    except ValueError as error:
        parser.error(str(error))
    except OSError as error:
        named = error.filename or "a file"
        parser.exit(os.EX_NOINPUT, f"{parser.prog}: cannot read {named}: {error.strerror}\n")


def _check_letters(options: _Options) -> int:
    terms = letter_terms(options.program, options.signed_by, options.organization, _today(options))
    files = [LetterFile(name=path.name, content=path.read_bytes()) for path in options.files]
    checked = check_letters(files, terms, ReaderApart())
    return _print(checked.verdict, checked.reason, checked.evidence)


def _check_video(options: _Options, directory: VideoDirectory | None) -> int:
    requirement = video_requirement(options.program, options.shortest, options.longest)
    stated = None if options.stated is None else int(options.stated.total_seconds())
    if "://" in options.video:
        checked = check_link(options.video, requirement, directory or HostsDirectory(), stated)
    else:
        checked = check_file(Path(options.video), requirement, stated)
    return _print(checked.verdict, checked.reason, (checked.evidence,))


def _print(verdict: Verdict, reason: str, evidence: Sequence[Evidence]) -> int:
    found = {
        "verdict": verdict.value,
        "reasons": [reason] if reason else [],
        "evidence": [item.model_dump(mode="json") for item in evidence],
    }
    sys.stdout.write(json.dumps(found, indent=2, ensure_ascii=False) + "\n")
    return EXIT_CODES[verdict]


def _today(options: _Options) -> date:
    """Return the day on which letters came in: as told, else today while the round is open."""
    if options.today is not None:
        return options.today
    today = datetime.now(UTC).date()
    return today if options.program is None else min(today, last_day(options.program))


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(
        prog="roundtable-check",
        description="Check letters of commitment or a video as the functions do. Prints the "
        "verdict, its reasons and what was found as JSON.",
        epilog="Exit codes: 0 pass, 1 fail, 2 look (a person must look), 64 wrong usage, "
        "66 no such file.",
    )
    checks = parser.add_subparsers(dest="check", metavar="{letter,video}", required=True)

    letter = checks.add_parser(
        "letter",
        help="check one or more letters that fulfil one requirement together",
        description="Check the letters of one applicant: can they be read, who signed them, for "
        "which organization and program, and when.",
        epilog="Example: roundtable-check letter letter.pdf --signed-by ceo --signed-by "
        'board_chair --organization "St. Mary\'s" --program pursuing-equity-2023',
    )
    letter.add_argument("files", metavar="FILE", nargs="+", type=Path,
                        help="PDF, DOCX, JPEG, PNG, TIFF or HEIC")  # fmt: skip
    letter.add_argument("--signed-by", metavar="ROLE", action="append", default=[], type=_role,
                        help=f"who must sign ({_ROLES}); repeat it for several; "
                        "default: whom the program names")  # fmt: skip
    letter.add_argument("--organization", metavar="NAME", required=True,
                        help="the applicant's organization, as the form gives it")  # fmt: skip
    _add_program(letter)
    letter.add_argument("--today", metavar="DATE", type=_day,
                        help="the day on which the letters came in, such as 2022-10-21; none "
                        "may be dated later. Default: today, or the program's last closing day "
                        "once that is over")  # fmt: skip

    video = checks.add_parser(
        "video",
        help="check a video, by its link or its file",
        description="Check a video: can it be taken, and is it as long as asked for. Only the "
        "known hosts are ever asked about a link.",
        epilog="Example: roundtable-check video https://vimeo.com/123456789 --min 5m --max 15m",
    )
    video.add_argument("video", metavar="URL_OR_FILE", help="a link, or an MP4, MOV or WebM file")
    video.add_argument("--min", dest="shortest", metavar="LENGTH", type=_span,
                       help="the shortest length that is taken, such as 5m")  # fmt: skip
    video.add_argument("--max", dest="longest", metavar="LENGTH", type=_span,
                       help="the longest length that is taken, such as 15m")  # fmt: skip
    video.add_argument("--stated", metavar="LENGTH", type=_span,
                       help="the length that the applicant states, such as 8m30s")  # fmt: skip
    _add_program(video)
    return parser


def _add_program(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--program", metavar="KEY", type=_program,
                        help="the key of a program in programs/, or the path of its file; gives "
                        "its names, limits and dates")  # fmt: skip


def _role(text: str) -> Role:
    try:
        return Role(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"'{text}' is none of: {_ROLES}") from None


def _program(text: str) -> Program:
    try:
        return find_program(text)
    except UnknownProgram as error:
        raise argparse.ArgumentTypeError(str(error)) from None


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"'{text}' is no day such as 2022-10-21") from None


def _span(text: str) -> timedelta:
    try:
        return _length.validate_python(text)
    except ValidationError:
        raise argparse.ArgumentTypeError(f"'{text}' is no length such as 5m or 8m30s") from None


if __name__ == "__main__":
    sys.exit(main())

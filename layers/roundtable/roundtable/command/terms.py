"""What a program asks of letters and videos, for checks from the command line."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path

from roundtable.domain.commitments import letter_dates, names_in_letters
from roundtable.domain.program import LetterRequirement, Program, Role, VideoRequirement
from roundtable.programs.loading import ProgramFileError, load_program

_CHECKOUT = Path(__file__).resolve().parents[4]


class UnknownProgram(Exception):
    """No program file has this key, or the file cannot be used."""


@dataclass(frozen=True)
class LetterTerms:
    """What letters must fulfil."""

    requirement: LetterRequirement
    organization: str
    """As the applicant gave it; empty: letters are not asked for it."""
    about: tuple[str, ...]
    """Names by which letters may call the program; empty: they are not asked for it."""
    earliest: date
    latest: date


def find_program(named: str, folders: Sequence[Path] | None = None) -> Program:
    """Return the program of a file, given its path or the key that its name is in `programs/`.

    Looked for in the working directory and in the checkout. Raises UnknownProgram with words for
    whoever typed it.
    """
    searched = (Path("programs"), _CHECKOUT / "programs") if folders is None else folders
    paths = [Path(named)] if named.endswith((".yaml", ".yml")) else []
    paths += [folder / f"{named}.yaml" for folder in searched]
    for path in paths:
        if path.is_file():
            try:
                return load_program(path)
            except ProgramFileError as error:
                raise UnknownProgram(f"the program file {path} has problems:\n{error}") from error
    known = sorted({path.stem for folder in searched for path in folder.glob("*.yaml")})
    raise UnknownProgram(
        f"there is no program '{named}'; known are: {', '.join(known) or 'none from here'}"
    )


def letter_terms(
    program: Program | None, signed_by: Sequence[Role], organization: str, today: date
) -> LetterTerms:
    """Return the terms of letters signed by these roles, or by those that the program names.

    Without a program every letter must only be from the last year. Raises ValueError where it is
    nowhere said who signs.
    """
    asked = _letter_requirement(program, signed_by)
    if asked is None and not signed_by:
        raise ValueError("say who must sign: --signed-by ceo --signed-by board_chair")
    roles = tuple(dict.fromkeys(signed_by))
    requirement = (
        LetterRequirement(key="letter", title="Letter of commitment", signed_by=roles)
        if asked is None
        else asked.with_(signed_by=roles or asked.signed_by)
    )
    earliest, latest = letter_dates(program.opens.date() if program else today, today)
    return LetterTerms(
        requirement=requirement,
        organization=organization,
        about=names_in_letters(program, requirement) if program else (),
        earliest=earliest,
        latest=latest,
    )


def last_day(program: Program) -> date:
    """Return the day on which the last of a program's tracks closes."""
    closings = [track.closes for track in program.tracks]
    return max(item.date() if isinstance(item, datetime) else item for item in closings)


def video_requirement(
    program: Program | None, shortest: timedelta | None, longest: timedelta | None
) -> VideoRequirement:
    """Return what is asked of a video; lengths that are given count before the program's.

    Raises ValueError where a length is nowhere said, or the limits exclude each other.
    """
    asked = next(
        (
            item
            for track in (program.tracks if program else ())
            for item in track.requirements
            if isinstance(item, VideoRequirement)
        ),
        None,
    )
    shortest = shortest or (asked.min_length if asked else None)
    longest = longest or (asked.max_length if asked else None)
    if shortest is None or longest is None:
        raise ValueError("say how long it must be: --min 5m --max 15m")
    if shortest > longest:
        raise ValueError("--min is longer than --max")
    if asked is not None:
        return asked.with_(min_length=shortest, max_length=longest)
    return VideoRequirement(key="video", title="Video", min_length=shortest, max_length=longest)


def _letter_requirement(
    program: Program | None, signed_by: Sequence[Role]
) -> LetterRequirement | None:
    """Return the program's requirement for letters, first one that asks for the same roles."""
    found = [
        item
        for track in (program.tracks if program else ())
        for item in track.requirements
        if isinstance(item, LetterRequirement)
    ]
    same = [item for item in found if set(item.signed_by) == set(signed_by)]
    return (same or found or [None])[0]

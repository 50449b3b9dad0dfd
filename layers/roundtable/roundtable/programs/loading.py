"""Reading program files: YAML in, a validated program or a list of problems with lines out."""

from pathlib import Path

from pydantic import ValidationError

from roundtable.domain.program import Program
from roundtable.programs.problems import Problem, ProgramFileError, path_text, problems_of
from roundtable.programs.source import MAX_BYTES, SourceError, read_source

__all__ = ["Problem", "ProgramFileError", "load_program", "load_programs", "parse_program"]


def parse_program(text: str, name: str) -> Program:
    """Return the program that a file's text describes.

    `name` is what problems call the file. Raises ProgramFileError with every problem found: first
    those of the YAML, else those of single values, else those between the parts of the program.
    """
    try:
        source = read_source(text)
    except SourceError as error:
        raise ProgramFileError(
            tuple(
                Problem(name, item.spot.line, item.spot.column, path_text(item.path), item.reason)
                for item in error.troubles
            )
        ) from error
    try:
        return Program.model_validate(source.values)
    except ValidationError as error:
        raise ProgramFileError(problems_of(error, source, name)) from error


def load_program(path: Path) -> Program:
    """Return the program of a file (UTF-8). Raises ProgramFileError, also for a missing file."""
    name = _name(path)
    try:
        with path.open("rb") as file:
            content = file.read(MAX_BYTES + 1)
    except OSError as error:
        reason = f"cannot be read: {error.strerror or error}"
        raise ProgramFileError((Problem(name, 1, 1, "", reason),)) from error
    if len(content) > MAX_BYTES:
        reason = f"is larger than {MAX_BYTES // 1024} KB"
        raise ProgramFileError((Problem(name, 1, 1, "", reason),))
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        column = error.start - (content.rfind(b"\n", 0, error.start) + 1) + 1
        raise ProgramFileError(
            (Problem(name, line, column, "", "is not written in UTF-8"),)
        ) from error
    return parse_program(text, name)


def load_programs(folder: Path) -> tuple[Program, ...]:
    """Return the programs of all `*.yaml` and `*.yml` files in a folder, by file name.

    Raises ProgramFileError with the problems of all files, and where two files have the same key
    or the same prefix of reference numbers: an application is found by either.
    """
    programs: list[tuple[str, Program]] = []
    problems: list[Problem] = []
    for path in sorted(item for item in folder.glob("*.y*ml") if item.suffix in {".yaml", ".yml"}):
        try:
            programs.append((_name(path), load_program(path)))
        except ProgramFileError as error:
            problems.extend(error.problems)
    for field in ("key", "reference_prefix"):
        first: dict[str, str] = {}
        for name, program in programs:
            value = str(getattr(program, field))
            if value in first:
                reason = f"'{value}' is used by {first[value]}, too"
                problems.append(Problem(name, 1, 1, field, reason))
            first.setdefault(value, name)
    if problems:
        raise ProgramFileError(tuple(problems))
    return tuple(program for _, program in programs)


def _name(path: Path) -> str:
    """Return a path as it is shown: from the working directory, where it lies there."""
    try:
        return path.resolve().relative_to(Path.cwd()).as_posix()
    except ValueError:
        return path.as_posix()

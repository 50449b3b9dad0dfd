"""What is wrong with a program file, told in plain words and by line."""

import difflib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from roundtable.domain import program as model
from roundtable.programs.source import Path, Source, Spot


@dataclass(frozen=True)
class Problem:
    """One thing to mend in a program file. Lines and columns count from 1."""

    file: str
    line: int
    column: int
    path: str
    """Where in the file's structure, such as `tracks[0].closes`; empty for the file as a whole."""
    reason: str

    def __str__(self) -> str:
        """Return the problem as one line, in the way compilers write theirs."""
        where = f"{self.path}: " if self.path else ""
        return f"{self.file}:{self.line}: {where}{self.reason}"


class ProgramFileError(ValueError):
    """A program file cannot be used; `problems` says why, in the order of its lines.

    Nothing is retried: a person mends the file.
    """

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        super().__init__("\n".join(str(problem) for problem in problems))
        self.problems = problems


def path_text(path: Path) -> str:
    """Return a path as people write it: `tracks[0].closes`."""
    text = ""
    for step in path:
        text += f"[{step}]" if isinstance(step, int) else f".{step}" if text else step
    return text


def problems_of(error: ValidationError, source: Source, file: str) -> tuple[Problem, ...]:
    """Return the problems of a file that is well-formed YAML but no valid program."""
    found: list[Problem] = []
    for detail in error.errors(include_url=False):
        path = _path(detail["loc"], source)
        if _is_echo(detail, _at(source, path)):
            continue
        spot = _spot(path, detail["type"], source)
        found.append(
            Problem(file, spot.line, spot.column, path_text(path), _reason(detail, source, path))
        )
    return tuple(sorted(dict.fromkeys(found), key=lambda item: (item.line, item.column, item.path)))


def _path(loc: tuple[int | str, ...], source: Source) -> Path:
    """Return an error's place in the file: pydantic adds steps that the file does not have.

    These are the kind of a requirement (which of several models was tried) and `[key]`.
    """
    path: Path = ()
    for step in loc:
        is_item = len(path) > 1 and isinstance(path[-1], int) and path[-2] == "requirements"
        if step == "[key]" or (is_item and _at(source, (*path, "kind")) == step):
            continue
        path = (*path, step)
    return path


def _is_echo(detail: ErrorDetails, value: object) -> bool:
    """Return whether a list is called too short only because pydantic left out its bad items."""
    if detail["type"] != "too_short" or not isinstance(value, list):
        return False
    items: list[object] = value  # pyright: ignore[reportUnknownVariableType] (a file's own value)
    return len(items) >= detail.get("ctx", {})["min_length"]


def _at(source: Source, path: Path) -> object:
    value: Any = source.values
    for step in path:
        try:
            value = value[step]
        except (KeyError, IndexError, TypeError):
            return None
    return value


def _spot(path: Path, kind: str, source: Source) -> Spot:
    """Return where to look: a field's value, its name for a group or an unknown field.

    What is missing is shown where the group begins that should hold it.
    """
    value = _at(source, path)
    if kind != "extra_forbidden" and path in source.contents and not isinstance(value, dict | list):
        return source.contents[path]
    while path not in source.names:
        path = path[:-1]
    return source.names[path]


_PLAIN = {
    "string_type": "must be a text; put it in quotes",
    "bool_type": "must be true or false",
    "bool_parsing": "must be true or false",
    "int_type": "must be a whole number",
    "int_parsing": "must be a whole number",
    "int_from_float": "must be a whole number",
    "decimal_type": "must be a number",
    "decimal_parsing": "must be a number",
    "tuple_type": "must be a list: each item on a line of its own that begins with '- '",
    "dict_type": "must be a group of fields, each as 'name: value' on a line of its own",
    "model_type": "must be a group of fields, each as 'name: value' on a line of its own",
    "union_tag_not_found": "must say its 'kind': letter, video, attestation or team",
    "missing": "is missing",
}
"""Reasons by pydantic's name of the error, where nothing has to be filled in."""

_FILLED = {
    "greater_than": "must be more than {gt}",
    "greater_than_equal": "must be at least {ge}",
    "less_than": "must be less than {lt}",
    "less_than_equal": "must be at most {le}",
    "string_too_short": "must not be empty",
    "string_too_long": "must have at most {max_length} characters",
    "too_short": "must have at least {min_length} item(s)",
    "literal_error": "must be {expected}",
    "enum": "must be {expected}",
    "union_tag_invalid": "'{tag}' is no kind of requirement; there are: {expected_tags}",
    "value_error": "{error}",
    "rule": "{reason}",
}

_PATTERNS = {
    r"^[a-z][a-z0-9-]{0,62}$": "begins with a small letter and has only small letters, digits and "
    "hyphens, at most 63",
    r"^[A-Z]{2,4}$": "is two to four capital letters",
    r"^[A-Z]{2}$": "is a country's two capital letters, such as US",
}


def _reason(detail: ErrorDetails, source: Source, path: Path) -> str:
    kind = detail["type"]
    context: Mapping[str, Any] = detail.get("ctx", {})
    if kind == "extra_forbidden":
        return _unknown_field(path, source)
    if kind == "string_pattern_mismatch":
        rule = _PATTERNS.get(str(context["pattern"]), f"matches {context['pattern']}")
        return f"'{detail['input']}' cannot be used: it {rule}"
    if kind.startswith("url_"):
        return "must be a web address, such as https://example.org/apply"
    if kind in _PLAIN:
        return _PLAIN[kind]
    if kind in _FILLED:
        return _FILLED[kind].format(**context)
    return detail["msg"]


def _unknown_field(path: Path, source: Source) -> str:
    *above, name = path
    beside = _at(source, tuple(above))
    given: set[str] = set()
    if isinstance(beside, dict):
        given = {str(key) for key in beside}  # pyright: ignore[reportUnknownVariableType, reportUnknownArgumentType] (a file's own value)
    near = difflib.get_close_matches(str(name), sorted(_field_names() - given), n=1, cutoff=0.75)
    return "is not a field here" + (f"; did you mean '{near[0]}'?" if near else "")


def _field_names() -> set[str]:
    return set(_fields())


def _fields() -> Iterator[str]:
    for item in vars(model).values():
        if isinstance(item, type) and issubclass(item, BaseModel):
            yield from item.model_fields

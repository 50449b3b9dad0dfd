"""Fields of a form as data: pages make them from a program, macros draw them.

A field's name is the JSON pointer that the API uses for it (`/answers/why-now`), so that what is
wrong with it finds its way back to it.
"""

import re
from collections.abc import Iterable, Sequence
from typing import Literal

from roundtable.domain.model import Record
from roundtable.domain.requirements import FieldProblem

Kind = Literal[
    "text", "email", "tel", "url", "number", "code", "long", "one", "some", "list", "file"
]  # fmt: skip
"""`one` is radio buttons, `some` checkboxes, `list` a drop-down list, `long` several lines, `code`
a one-time code."""

_NOT_FOR_IDS = re.compile(r"[^a-z0-9_-]+")


class Option(Record):
    """One of the choices of a field."""

    value: str
    label: str
    hint: str = ""
    disabled: bool = False


class Field(Record):
    """One question with what was answered and what is wrong with that."""

    name: str
    label: str
    kind: Kind = "text"
    hint: str = ""
    values: tuple[str, ...] = ()
    error: str = ""
    options: tuple[Option, ...] = ()
    autocomplete: str = ""
    max_words: int | None = None
    max_length: int | None = None
    rows: int = 5
    accept: str = ""
    """Types of files, as HTML's `accept` has them."""
    width: Literal["", "2", "4", "5", "10", "20"] = ""
    """About how many characters are expected; the whole column without it."""
    optional: bool = False
    disabled: bool = False
    language: str = ""
    """The language of label and options where they are data; the page's own without it."""
    hint_language: str = ""
    """Likewise of the hint."""
    is_heading: bool = False
    """Whether the label is the page's only heading, as on pages with a single question."""

    @property
    def value(self) -> str:
        """The only value, or an empty text."""
        return self.values[0] if self.values else ""

    @property
    def id(self) -> str:
        """The id of the first element to type into or to choose: `field-answers_why-now`.

        Unique in the page, as pointers are.
        """
        steps = self.name.strip("/").lower().replace("/", "_")
        return f"field-{_NOT_FOR_IDS.sub('-', steps)}"


class SummaryError(Record):
    """A line of the error summary; without a place where no field of the page is meant."""

    text: str
    href: str = ""


def with_errors(fields: Iterable[Field], problems: Sequence[FieldProblem]) -> tuple[Field, ...]:
    """Return the fields, each with the first problem whose path is its name or lies below it."""
    return tuple(
        field.model_copy(
            update={"error": next((p.reason for p in problems if _is_of(p, field)), field.error)}
        )
        for field in fields
    )


def summary(
    fields: Sequence[Field], problems: Sequence[FieldProblem] = ()
) -> tuple[SummaryError, ...]:
    """Return the lines of the error summary, in the order of the fields.

    Problems that belong to no field of the page come last, without a link.
    """
    linked = [SummaryError(text=f.error, href=f"#{f.id}") for f in fields if f.error]
    others = [p.reason for p in problems if not any(_is_of(p, field) for field in fields)]
    return (*linked, *(SummaryError(text=reason) for reason in dict.fromkeys(others)))


def _is_of(problem: FieldProblem, field: Field) -> bool:
    return problem.path == field.name or problem.path.startswith(f"{field.name}/")

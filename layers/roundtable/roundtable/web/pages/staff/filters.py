"""Filters in the query of an address. What a list does not know narrows nothing."""

from collections.abc import Mapping
from enum import StrEnum
from typing import TypeVar

from roundtable.domain.application import Decision
from roundtable.domain.program import Program
from roundtable.domain.stages import Stage
from roundtable.usecases.staff.finding import Wanted

E = TypeVar("E", bound=StrEnum)


def wanted_in(query: Mapping[str, str], program: Program) -> Wanted:
    """Return which applications of a program an address asks for."""
    track = query.get("track", "")
    return Wanted(
        stage=chosen(Stage, query.get("stage")),
        track=track if track in {item.key for item in program.tracks} else None,
        decision=chosen(Decision, query.get("decision")),
    )


def cursor_in(query: Mapping[str, str]) -> str | None:
    """Return where a list goes on; None at its beginning."""
    return query.get("cursor") or None


def chosen(among: type[E], text: str | None) -> E | None:
    """Return the choice that a text names, or None."""
    return next((item for item in among if item.value == text), None)

"""Instants with their words in the program's zone, as answers tell them."""

from datetime import datetime

from roundtable.domain.model import Instant, Record
from roundtable.domain.program import Program
from roundtable.messages.dates import deadline_in_words, moment_in_words


class Moment(Record):
    """An instant, and how people of the program say it, with its zone."""

    at: Instant
    local: str


def moment(program: Program, at: datetime) -> Moment:
    """Return an instant with its words in the program's zone."""
    return Moment(at=at, local=moment_in_words(at, program.zone))


def deadline(program: Program, until: datetime) -> Moment:
    """Return the first instant that is too late, with the words for the last one in time."""
    return Moment(at=until, local=deadline_in_words(until, program.zone))

"""Instants with their words in the program's zone, as answers tell them.

They are English, as all sentences of use cases are, whatever language a page speaks.
"""

from datetime import date, datetime

from roundtable.domain.model import Instant, Record
from roundtable.domain.program import Program
from roundtable.messages.dates import day_in_words, deadline_in_words, moment_in_words
from roundtable.texts.languages import SOURCE_LANGUAGE, speaking


class Moment(Record):
    """An instant, and how people of the program say it, with its zone."""

    at: Instant
    local: str


@speaking(SOURCE_LANGUAGE)
def moment(program: Program, at: datetime) -> Moment:
    """Return an instant with its words in the program's zone."""
    return Moment(at=at, local=moment_in_words(at, program.zone))


@speaking(SOURCE_LANGUAGE)
def deadline(program: Program, until: datetime) -> Moment:
    """Return the first instant that is too late, with the words for the last one in time."""
    return Moment(at=until, local=deadline_in_words(until, program.zone))


@speaking(SOURCE_LANGUAGE)
def day(on: date) -> str:
    """Return a day in words."""
    return day_in_words(on)

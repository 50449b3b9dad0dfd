"""What functions are handed by the state machine or by each other, and what it gets back."""

from typing import TypedDict

from pydantic import Field

from roundtable.domain.application import Application
from roundtable.domain.documents import Document
from roundtable.domain.model import Record


class Task(Record):
    """The input of every task: which application."""

    application: str


class CheckTask(Task):
    """The input of a check: which document of it (number 0: the affirmations)."""

    requirement: str
    number: int


class ReadLetterTask(Record):
    """The input of `read_letter`: which file, and how much of it is read at most."""

    document: Document
    """Its file name is personal data, here as everywhere."""
    max_bytes: int = Field(ge=1)
    max_pages: int = Field(ge=1)


class VerifyTask(Record):
    """The input of `verify_signatures`: which file."""

    document: Document


class LookedInto(Record):
    """A document that a check was made of, or tried."""

    requirement: str
    number: int


class RecordChecksTask(Task):
    """The input of Record checks: what was looked into."""

    looked_into: tuple[LookedInto, ...] = ()


class Failure(Record):
    """Which step of the workflow failed, and the name of its error."""

    state: str
    error: str


class HelpTask(Task):
    """The input of Ask staff for help."""

    error: Failure


class Stands(TypedDict):
    """Where the application stands after a task; the workflow goes on from there."""

    application: str
    stage: str


def stands(application: Application) -> Stands:
    """Return what a task answers: ids and stages only."""
    return {"application": application.id, "stage": application.stage.value}

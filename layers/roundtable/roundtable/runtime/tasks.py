"""What the state machine hands to its functions, and what it gets back."""

from typing import TypedDict

from roundtable.domain.application import Application
from roundtable.domain.model import Record


class Task(Record):
    """The input of every task: which application."""

    application: str


class CheckTask(Task):
    """The input of a check: which document of it (number 0: the affirmations)."""

    requirement: str
    number: int


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

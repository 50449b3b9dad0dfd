"""The addresses of one application's pages of staff."""

from enum import StrEnum
from typing import TypeVar

from roundtable.usecases.errors import Unknown

Action = TypeVar("Action", bound=StrEnum)


def action_named(name: str, among: type[Action]) -> Action:
    """Return the action that an address names; raises Unknown."""
    try:
        return among(name)
    except ValueError:
        raise Unknown("unknown-page", "There is no such page.") from None


def application_path(reference: str, below: str = "") -> str:
    """Return the path of an application's page, or of one below it."""
    return f"/staff/applications/{reference}{below}"


def applications_path(program: str) -> str:
    """Return the path of a program's list of applications."""
    return f"/staff/programs/{program}/applications"


def document_path(reference: str, requirement: str, number: int) -> str:
    """Return the path that leads to a fresh download of one version of a document."""
    return application_path(reference, f"/documents/{requirement}/{number}")

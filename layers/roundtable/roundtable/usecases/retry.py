"""Doing a step again when somebody else was faster."""

from collections.abc import Callable
from typing import TypeVar

from roundtable.ports import Conflict

T = TypeVar("T")
ATTEMPTS = 5


def again_on_conflict(attempt: Callable[[], T]) -> T:
    """Return what `attempt` returns; it reads anew and decides anew after each Conflict.

    Raises the last Conflict when it was overtaken five times.
    """
    for _ in range(ATTEMPTS - 1):
        try:
            return attempt()
        except Conflict:
            continue
    return attempt()

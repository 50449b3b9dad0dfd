"""Cursors that come from outside."""

from collections.abc import Generator
from contextlib import contextmanager

from roundtable.domain.requirements import FieldProblem
from roundtable.usecases.errors import Invalid


@contextmanager
def check_cursor() -> Generator[None]:
    """Turn the refusal of a cursor that no list gave out into Invalid."""
    try:
        yield
    except ValueError as refusal:
        problem = FieldProblem(
            path="/cursor", reason="Send the cursor that the page before gave, or none."
        )
        raise Invalid("invalid-cursor", "The list cannot go on from there.", [problem]) from refusal

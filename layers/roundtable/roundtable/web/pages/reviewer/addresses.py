"""The addresses of reviewers' pages."""

import re
from urllib.parse import quote

HOME = "/reviewer"
PAST = f"{HOME}/past"
CONFLICTS = f"{HOME}/conflicts"
DONE = "done"
"""The query's name for what was done just now, so that the page says it once."""
AFTER = "after"
"""The query's name for the cursor of a list's next page."""

_SMALL_NUMBER = re.compile(r"[0-9]{1,4}")


def review_path(application: str) -> str:
    """Return the page on which an application is read and reviewed."""
    return f"{HOME}/applications/{application}"


def outcome_path(application: str) -> str:
    """Return the page that tells what became of an application."""
    return f"{PAST}/{application}"


def recusal_path(application: str) -> str:
    """Return the page on which a reviewer steps back from an application."""
    return f"{review_path(application)}/recusal"


def document_path(application: str, requirement: str, number: int) -> str:
    """Return the address that leads to a fresh download of a document."""
    return f"{review_path(application)}/documents/{requirement}/{number}"


def next_page(path: str, cursor: str) -> str:
    """Return the address of a list's next page."""
    return f"{path}?{AFTER}={quote(cursor, safe='')}"


def number_in(text: str) -> int | None:
    """Return a small number of an address; None for anything else."""
    return int(text) if _SMALL_NUMBER.fullmatch(text) else None

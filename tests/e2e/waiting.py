"""Waiting for what happens by itself, and reading refusals."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any, TypeVar

from local.visitor import Reply

PATIENCE_SECONDS = 90.0

Found = TypeVar("Found")


def until(what: str, look: Callable[[], Found | None]) -> Found:
    """Look again and again until something is found (neither None nor False), and return it."""
    end = time.monotonic() + PATIENCE_SECONDS
    while True:
        found = look()
        if found is not None and found is not False:
            return found
        if time.monotonic() > end:
            raise AssertionError(f"waited {PATIENCE_SECONDS:.0f} s in vain until {what}")
        time.sleep(0.1)


def problem(reply: Reply, status: int, code: str) -> Any:
    """Return the problem document (RFC 9457) that a refusal is."""
    said = reply.json()
    assert reply.status == status, reply.text
    assert reply.headers["content-type"] == "application/problem+json"
    assert (said["status"], said["code"]) == (status, code)
    assert said["type"] == f"urn:roundtable:problem:{code}"
    assert said["title"]
    assert said["detail"]
    return said

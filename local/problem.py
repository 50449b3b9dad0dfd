"""What stops a local command, told in one line."""

from __future__ import annotations

import sys
from collections.abc import Callable

from botocore.exceptions import BotoCoreError, ClientError


class CannotGoOnError(Exception):
    """A problem the person at the keyboard can solve; its text is one line and says how."""


def exit_with_one_line(command: Callable[[], None]) -> None:
    """Run `command`; tell what stops it in one line on stderr, and exit with 1.

    What AWS or the machine refuses is told as it was said; a defect of ours keeps its traceback.
    """
    try:
        command()
    except (CannotGoOnError, BotoCoreError, ClientError, OSError) as problem:
        print(f"roundtable: {' '.join(str(problem).split())}", file=sys.stderr)
        raise SystemExit(1) from None

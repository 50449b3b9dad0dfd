"""Publish the program files of the checkout to the local table."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping

from local.account import Account
from local.functions import clock_function, settings_of
from local.places import CHECKOUT, PROGRAMS
from local.problem import CannotGoOnError

_PUBLISHER = "roundtable.runtime.publish"


def publish_to(account: Account) -> list[str]:
    """Publish every file of `programs/` to a deployed stack, with the settings of its clock.

    Raises:
        CannotGoOnError: a file is not a program.

    """
    clock = clock_function(account)
    settings = settings_of(account, clock) if clock else {}
    return publish_programs({**settings, **account.environment})


def publish_programs(session_env: Mapping[str, str]) -> list[str]:
    """Publish every file of `programs/` and return what was published, a line each.

    `session_env` holds the administrator's session and the settings of a function, so that the
    publisher finds the table. Publishing what is already there changes nothing.

    Raises:
        CannotGoOnError: a file is not a program.

    """
    files = sorted(PROGRAMS.glob("*.yaml"))
    done = subprocess.run(
        [sys.executable, "-m", _PUBLISHER, *map(str, files)],
        cwd=CHECKOUT,
        env={**os.environ, **session_env},
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        said = [line for line in done.stderr.split("\n") if line.strip()]
        raise CannotGoOnError(said[-1] if said else f"{_PUBLISHER} failed without a word")
    return [line for line in done.stdout.split("\n") if line.strip()]

"""`make run`: the whole application on this machine, until Ctrl-C.

State is kept under `.roundtable/state` and found again at the next start.
"""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Mapping
from types import FrameType
from typing import Any

from local.account import DEFAULT_PORT
from local.clock import FIRST_DAY, VirtualTime
from local.cloud import Cloud, running_cloud
from local.desk.desk import Desk
from local.desk.serving import serving_desk
from local.emulator import require_free_port
from local.functions import clock_function, invoke
from local.parameters import local_parameters
from local.places import STATE, TEMPLATE
from local.problem import CannotGoOnError, exit_with_one_line
from local.programs import publish_to
from local.users import LOCAL_PASSWORD, REVIEWER, STAFF

ADDED_OR_THERE = {201, 409}
EVERY_APPLICATION = 100_000


def main() -> None:
    """Start, deploy, publish, and serve until told to stop.

    Raises:
        CannotGoOnError: what a person can put right, in one line.

    """
    # SIGINT too: a shell's background job starts with it ignored.
    for ending in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(ending, _interrupt)
    port = chosen_port()
    require_free_port(port + 1)
    print("Starting the embedded AWS and deploying template.yaml …", flush=True)
    try:
        with running_cloud(
            STATE, local_parameters(TEMPLATE, port, ClockSource="virtual"), port=port
        ) as cloud:
            try:
                prepare(cloud)
                with serving_desk(desk_of(cloud), port=port + 1) as desk:
                    tell(cloud, desk)
                    wait(cloud)
            finally:
                # A second Ctrl-C must not cut off the saving of state.
                for ending in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
                    signal.signal(ending, signal.SIG_IGN)
                print("\nStopping; state is kept in .roundtable/state", flush=True)
    except KeyboardInterrupt:
        print("Stopped.")


def chosen_port() -> int:
    """Read the port from ROUNDTABLE_PORT.

    Raises:
        CannotGoOnError: it is no port.

    """
    told = os.environ.get("ROUNDTABLE_PORT") or str(DEFAULT_PORT)
    if not told.isdecimal() or not 0 < int(told) < 2**16 - 1:
        raise CannotGoOnError(f"ROUNDTABLE_PORT is {told!r}; it must be a port, such as 4566")
    return int(told)


def prepare(cloud: Cloud) -> None:
    """Publish the programs, add people, and take up what the last stop interrupted.

    Raises:
        CannotGoOnError: a program file cannot be published, or the clock fails.

    """
    time = VirtualTime(cloud.account)
    if not time.is_set():
        time.set(FIRST_DAY, running=True)
    for line in publish_to(cloud.account):
        print(f"  {line}")
    cloud.users.add(STAFF)
    add_reviewer(cloud)
    if clock := clock_function(cloud.account):
        # Executions die with the emulator; the clock starts them anew from the stored stage. From
        # here on EventBridge Scheduler calls it, as on AWS.
        invoke(cloud.account, clock, {"sweep": EVERY_APPLICATION})


def add_reviewer(cloud: Cloud) -> None:
    """Let staff put the reviewer into the register, as they do on AWS.

    Raises:
        CannotGoOnError: the site refuses.

    """
    entry = {"name": REVIEWER.name, "email": REVIEWER.email}
    reply = cloud.visitor(STAFF).post_json("/api/staff/reviewers", entry)
    if reply.status not in ADDED_OR_THERE:
        raise CannotGoOnError(f"the reviewer could not be added: {reply.status} {reply.text}")
    cloud.users.add(REVIEWER)


def desk_of(cloud: Cloud) -> Desk:
    """Return the pages of the kept mail and of the time."""

    def do_what_is_due() -> Mapping[str, Any]:
        clock = clock_function(cloud.account)
        return invoke(cloud.account, clock, {}) if clock else {}

    return Desk(cloud.emulator.mail, VirtualTime(cloud.account), do_what_is_due)


def tell(cloud: Cloud, desk: str) -> None:
    """Print where to go and how to sign in."""
    print(
        f"""
Roundtable is running.

  Applicants {cloud.api_url}/
  Reviewer   {cloud.api_url}/reviewer   {REVIEWER.email}   password {LOCAL_PASSWORD}
  Staff      {cloud.api_url}/staff   {STAFF.email}   password {LOCAL_PASSWORD}
  Mail       {desk}/   (kept, not delivered; or make mail)
  Time       {desk}/time   (or make clock AT="2022-10-21 23:50")
  API        {cloud.api_url}/api/openapi.json
  Token      make token WHO=staff   (or WHO=reviewer: for the Authorization header)
  AWS        {cloud.account.endpoint_url}   (any SDK: keys test/test, region us-east-1)
  Log        {cloud.emulator.log}

Ctrl-C stops it and keeps its state.""",
        flush=True,
    )


def wait(cloud: Cloud) -> None:
    """Return never; raise when the emulator ends by itself."""
    while cloud.emulator.is_running():
        time.sleep(0.5)
    raise CannotGoOnError(f"MiniStack ended by itself; its log is {cloud.emulator.log}")


def _interrupt(_signal: int, _frame: FrameType | None) -> None:
    raise KeyboardInterrupt


if __name__ == "__main__":
    exit_with_one_line(main)

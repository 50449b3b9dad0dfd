"""The virtual time of a rehearsal: moving it, doing what falls due, and waiting for calm."""

from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta

from local.clock import VirtualTime
from local.cloud import Cloud
from local.functions import clock_function, invoke
from local.problem import CannotGoOnError
from local.rehearsal.records import Records

AT_WORK = frozenset({"checking", "deciding", "fallback", "notifying", "enrolling", "releasing"})
"""Stages in which an execution is doing something by itself."""
PATIENCE_SECONDS = 60.0
TOO_MANY_TICKS = 50


class Conductor:
    """Moves the clock of a deployed application. It stands still in between."""

    def __init__(self, cloud: Cloud, records: Records, program: str) -> None:
        self._account = cloud.account
        self._records = records
        self._program = program
        self._time = VirtualTime(cloud.account)
        clock = clock_function(cloud.account)
        if clock is None:
            raise CannotGoOnError("the template has no clock function")
        self._clock = clock
        self.now = datetime.min.replace(tzinfo=UTC)
        self.ticks = 0
        self.ticks_at_this_time = 0

    def start(self, at: datetime) -> None:
        """Set the time for the first time."""
        self._set(at)

    def advance(self, to: datetime) -> None:
        """Go on to an instant; whatever falls due on the way is done on its day.

        The clock function is called when something is due, once for everything that is due
        within the same day.
        """
        while True:
            due = self._records.earliest_due()
            if due is None or due > to:
                break
            self._set(max(self.now, min(due + timedelta(hours=24), to)))
            self.tick()
            if self.ticks_at_this_time > TOO_MANY_TICKS:
                raise CannotGoOnError(f"something stays due at {self.now.isoformat()}")
        if to > self.now:
            self._set(to)

    def tick(self, *, sweep: int = 0) -> None:
        """Call the clock function once."""
        answer = invoke(self._account, self._clock, {"sweep": sweep})
        self.ticks += 1
        self.ticks_at_this_time += 1
        if answer["failed"]:
            raise CannotGoOnError(f"the clock failed at {answer['failed']}; see its log")

    def settle(self) -> None:
        """Wait until no execution is at work and no notice is on its way any more.

        Raises:
            CannotGoOnError: one is for too long.

        """
        end = time.monotonic() + PATIENCE_SECONDS
        while busy := self._busy():
            if time.monotonic() > end:
                raise CannotGoOnError(f"{busy} does not come to rest")
            time.sleep(0.2)

    def _busy(self) -> str | None:
        """Return what is still at work: an application, the outbox, or nothing."""
        busy = self._records.first_at_work(self._program, AT_WORK)
        if busy is None and self._records.notices_on_their_way(self._program):
            return "the outbox"
        return busy

    def _set(self, at: datetime) -> None:
        if at > self.now:
            self.ticks_at_this_time = 0
        self.now = at
        self._time.set(at, running=False)

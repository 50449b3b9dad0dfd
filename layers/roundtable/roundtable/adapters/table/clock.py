"""The present: the system's, or the one that a rehearsal keeps in the table."""

from collections.abc import Callable
from datetime import UTC, datetime

from roundtable.adapters.table.marshalling import instant, text_of
from roundtable.adapters.table.table import Table
from roundtable.ports import Clock

CLOCK = "CLOCK"


def _system_now() -> datetime:
    return datetime.now(UTC)


class SystemClock(Clock):
    """The clock of the machine."""

    def now(self) -> datetime:
        """Return the present instant in UTC."""
        return _system_now()


class VirtualClock(Clock):
    """The clock of a rehearsal: it was set (`virtual_at`) at a real instant (`real_at`).

    It runs on from there, or stands (`running`). Unset, it shows the real time. It is read anew
    each time, so that whoever sets it moves every function at once.
    """

    def __init__(self, table: Table, real_now: Callable[[], datetime] = _system_now) -> None:
        self._table = table
        self._real_now = real_now

    def now(self) -> datetime:
        """Return the present instant of the rehearsal in UTC; raises Unavailable."""
        item = self._table.get(CLOCK, CLOCK)
        if item is None:
            return self._real_now()
        virtual = instant(text_of(item, "virtual_at"))
        if not item.get("running", {}).get("BOOL", False):
            return virtual
        return virtual + (self._real_now() - instant(text_of(item, "real_at")))

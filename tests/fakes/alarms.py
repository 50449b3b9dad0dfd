"""Alarms that a test lets ring."""

from roundtable.ports import Alarm, Alarms, Unavailable


class FakeAlarms(Alarms):
    """Rings for what a test put into `rings`; with None nobody watches."""

    def __init__(self) -> None:
        self.rings: list[Alarm] | None = []
        self.silent = False
        """Whether it cannot be told now."""

    def ringing(self) -> tuple[Alarm, ...] | None:
        if self.silent:
            raise Unavailable("CloudWatch: Throttling")
        if self.rings is None:
            return None
        return tuple(sorted(self.rings, key=lambda alarm: (alarm.since, alarm.about)))

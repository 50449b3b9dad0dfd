"""What rings where something fails outside of any application."""

from typing import Protocol

from roundtable.domain.model import Instant, Record


class Alarm(Record):
    """An alarm that rings now."""

    about: str
    """What it watches, in the words of whoever set it up."""
    since: Instant


class Alarms(Protocol):
    """The alarms of this deployment."""

    def ringing(self) -> tuple[Alarm, ...] | None:
        """Return those that ring, the longest first; None where nobody watches.

        Raises Unavailable where it cannot be told now.
        """
        ...

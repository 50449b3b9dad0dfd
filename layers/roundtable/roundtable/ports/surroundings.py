"""The time, the calendar, chance, and what hosts of videos tell."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Protocol

from roundtable.domain.videos import CanonicalLink, LinkFacts


class Clock(Protocol):
    """The only source of the present."""

    def now(self) -> datetime:
        """Return the present instant in UTC."""
        ...


class Holidays(Protocol):
    """Public holidays."""

    def of(self, country: str, years: Sequence[int]) -> frozenset[date]:
        """Return the public holidays of a country in these years."""
        ...


class Randomness(Protocol):
    """Ids, codes and tokens."""

    def ulid(self, now: datetime) -> str:
        """Return a new sortable id."""
        ...

    def bits(self, count: int) -> int:
        """Return this many random bits as a number."""
        ...


class VideoDirectory(Protocol):
    """What hosts of videos tell about a link."""

    def look_up(self, link: CanonicalLink) -> LinkFacts:
        """Return what is known; unknown where the host does not say. Never raises."""
        ...

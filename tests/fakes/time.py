"""A clock that stands where a test puts it, and chance that always falls the same way."""

import hashlib
from datetime import UTC, datetime, timedelta

from ulid import ULID

from roundtable.ports import Clock, Randomness
from tests.factories import NOW


class FakeClock(Clock):
    """A clock that only moves when told to."""

    def __init__(self, at: datetime = NOW) -> None:
        self.at = at.astimezone(UTC)

    def now(self) -> datetime:
        return self.at

    def set(self, at: datetime) -> datetime:
        """Put the clock to an instant."""
        self.at = at.astimezone(UTC)
        return self.at

    def advance(self, **by: float) -> datetime:
        """Move the clock on: `advance(days=1, hours=2)`."""
        return self.set(self.at + timedelta(**by))


class FakeRandomness(Randomness):
    """Ids that count up within their millisecond, and bits from a hash of a counter."""

    def __init__(self) -> None:
        self._calls = 0

    def ulid(self, now: datetime) -> str:
        self._calls += 1
        milliseconds = int(now.timestamp() * 1000)
        return str(ULID(milliseconds.to_bytes(6, "big") + self._calls.to_bytes(10, "big")))

    def bits(self, count: int) -> int:
        self._calls += 1
        digest = hashlib.shake_128(str(self._calls).encode()).digest((count + 7) // 8)
        return int.from_bytes(digest, "big") >> (-count % 8)

"""Ids, codes and tokens from the operating system's randomness."""

import secrets
from datetime import datetime

from ulid import ULID

from roundtable.ports import Randomness


class SystemRandomness(Randomness):
    """Fit for secrets."""

    def ulid(self, now: datetime) -> str:
        """Return a new id that sorts by `now` to the millisecond."""
        return str(ULID.from_datetime(now))

    def bits(self, count: int) -> int:
        """Return this many random bits as a number."""
        return secrets.randbits(count)

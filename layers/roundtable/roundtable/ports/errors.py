"""What adapters raise, whatever service is behind them."""


class Conflict(Exception):
    """Somebody else changed the record first: read again and decide again. Retryable."""


class SeatsFull(Exception):
    """No seat was left in the pool when the transaction was written. Nothing was written."""


class AlreadyThere(Exception):
    """A record that may exist only once exists already (idempotency key, reference, notice)."""


class NotFound(LookupError):
    """There is no such record."""


class Unavailable(Exception):
    """A service did not answer as it should for now. Retryable."""


class Quarantined(Unavailable):
    """A file was not searched for malware yet. Retryable, for longer: a search takes minutes."""


class ReadingFailed(Exception):
    """Whoever looks into a file crashed or ran out of time or memory over it. Final."""

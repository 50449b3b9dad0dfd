"""The moment and the names that all factories share."""

from datetime import UTC, datetime

from ulid import ULID

NOW = datetime(2022, 10, 3, 14, 0, tzinfo=UTC)
"""A Monday in the open round."""

PROGRAM = "fellowship"
RESIDENCY = "residency"
"""The reviewed track, which falls back to the seminar."""
SEMINAR = "seminar"
"""The track decided by completeness."""

LETTER = "letter-of-commitment"
VIDEO = "team-video"
ATTESTATION = "commitments"
TEAM = "team"


def make_id(number: int = 1, at: datetime = NOW) -> str:
    """Return the ULID of the numbered application; a larger number sorts later."""
    milliseconds = int(at.timestamp() * 1000)
    return str(ULID(milliseconds.to_bytes(6, "big") + number.to_bytes(10, "big")))


APPLICATION = make_id()

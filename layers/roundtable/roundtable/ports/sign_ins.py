"""One-time codes and sessions of applicants, and who else may sign in."""

from datetime import datetime, timedelta
from typing import Literal, Protocol

from roundtable.domain.model import Instant, Key, Record


class SignInCode(Record):
    """A one-time code that waits to be typed. Only its hash is kept."""

    code_hash: str
    expires_at: Instant
    attempts_left: int


class Session(Record):
    """A signed-in applicant. Only the hash of the bearer's token is kept."""

    program: Key
    email: str
    expires_at: Instant


class SignIns(Protocol):
    """One-time codes and sessions of applicants, and how often one may ask."""

    def keep_code(self, program: str, email: str, code: SignInCode) -> None:
        """Keep a code; an older one for the same address and program is void."""
        ...

    def spend_code(self, program: str, email: str, code_hash: str, now: datetime) -> bool:
        """Use a code up: True once for the right code in time; a wrong one costs an attempt."""
        ...

    def keep_session(self, token_hash: str, session: Session) -> None:
        """Keep a session."""
        ...

    def session(self, token_hash: str, now: datetime) -> Session | None:
        """Return the session of a token, unless it is unknown or over."""
        ...

    def end_session(self, token_hash: str) -> None:
        """Forget a session."""
        ...

    def allow(
        self, action: str, subject: str, limit: int, window: timedelta, now: datetime
    ) -> bool:
        """Count an attempt; return whether it is within the limit of its window."""
        ...


class Directory(Protocol):
    """Who may sign in as a reviewer or as staff."""

    def invite(self, email: str, name: str, group: Literal["reviewers", "staff"]) -> str:
        """Create the sign-in if it is missing, add it to the group, return its subject."""
        ...

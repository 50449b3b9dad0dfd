"""Who signs in: applicants by one-time codes, reviewers and staff at the user pool's own page."""

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


class MemberSession(Record):
    """A signed-in reviewer or member of staff. Only the hash of the cookie's token is kept."""

    subject: str
    """Who it is, as the user pool names them; never an address."""
    email: str
    groups: frozenset[str]
    checked_at: Instant
    """When the user pool was last asked whether it still holds."""
    expires_at: Instant


class SignIns(Protocol):
    """One-time codes and sessions, and how often one may ask."""

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

    def keep_member(self, token_hash: str, session: MemberSession) -> None:
        """Keep the session of a reviewer or member of staff."""
        ...

    def renew_member(self, token_hash: str, session: MemberSession) -> None:
        """Keep what is newly known of a session; one that ended meanwhile stays ended."""
        ...

    def member(self, token_hash: str, now: datetime) -> MemberSession | None:
        """Return the session of a token, unless it is unknown or over."""
        ...

    def end_member(self, token_hash: str) -> None:
        """Forget the session of a reviewer or member of staff."""
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

    def groups_of(self, subject: str) -> frozenset[str] | None:
        """Return the groups of somebody; None where they cannot sign in, or no longer.

        Raises Unavailable where the user pool does not say.
        """
        ...


class Identified(Record):
    """Who signed in at the hosted page, as the user pool vouches for them."""

    subject: str
    email: str


class SignInRefused(Exception):
    """The hosted sign-in does not take a code: spent, too old, not meant for us. Final."""


class HostedSignIn(Protocol):
    """The user pool's own page for signing in: authorization code with PKCE (RFC 7636, S256)."""

    @property
    def origin(self) -> str:
        """The origin of its pages; signing in and out leads the browser there and back."""
        ...

    def sign_in_address(self, *, state: str, challenge: str, back_to: str) -> str:
        """Return where to send a browser to sign in; it comes back to an address of ours."""
        ...

    def exchange(self, code: str, *, verifier: str, back_to: str) -> Identified:
        """Use a code up and return who signed in.

        Raises SignInRefused, or Unavailable where it does not answer.
        """
        ...

    def sign_out_address(self, *, back_to: str) -> str:
        """Return where to send a browser to sign out there, too."""
        ...

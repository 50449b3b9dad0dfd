"""Sessions of reviewers and staff on the pages."""

import hashlib
from datetime import timedelta

from roundtable.ports import Identified, MemberSession, Ports, Unavailable
from roundtable.usecases.applying.sign_in import TOKEN_BITS, NotSignedIn

SESSION_LASTS = timedelta(hours=8)
ASKED_AGAIN_AFTER = timedelta(minutes=10)
"""How old the user pool's word may be: who is removed from it is out after this time."""
HOLDS_WITHOUT_WORD = timedelta(hours=1)
"""How long a session holds on to the pool's last word while the pool cannot be reached."""


def open_session(ports: Ports, who: Identified) -> str:
    """Open a session of 8 hours for somebody who signed in; return its token, shown once.

    They may belong to no group: then no page is for them, and says so. Raises NotSignedIn where
    the user pool knows them no longer, or Unavailable.
    """
    groups = ports.directory.groups_of(who.subject)
    if groups is None:
        raise _not_signed_in()
    token = f"{ports.randomness.bits(TOKEN_BITS):0{TOKEN_BITS // 4}x}"
    now = ports.clock.now()
    session = MemberSession(
        subject=who.subject,
        email=who.email,
        groups=groups,
        checked_at=now,
        expires_at=now + SESSION_LASTS,
    )
    ports.sign_ins.keep_member(token_hash(token), session)
    return token


def member_of(ports: Ports, token: str) -> MemberSession:
    """Return the session of a cookie's token, with groups at most ten minutes old.

    Where the user pool does not answer, the last word holds for an hour. Raises NotSignedIn, or
    Unavailable after that hour.
    """
    now = ports.clock.now()
    session = ports.sign_ins.member(token_hash(token), now) if token else None
    if session is None:
        raise _not_signed_in()
    if now - session.checked_at < ASKED_AGAIN_AFTER:
        return session
    try:
        groups = ports.directory.groups_of(session.subject)
    except Unavailable:
        if now - session.checked_at < HOLDS_WITHOUT_WORD:
            return session
        raise
    if groups is None:
        ports.sign_ins.end_member(token_hash(token))
        raise _not_signed_in()
    session = session.with_(groups=groups, checked_at=now)
    ports.sign_ins.renew_member(token_hash(token), session)
    return session


def end_session(ports: Ports, token: str) -> None:
    """End the session of a token; ending it again changes nothing."""
    if token:
        ports.sign_ins.end_member(token_hash(token))


def token_hash(token: str) -> str:
    """Return under what the session of a token is kept."""
    return hashlib.sha256(token.encode()).hexdigest()


def _not_signed_in() -> NotSignedIn:
    return NotSignedIn("not-signed-in", "Sign in to go on.")

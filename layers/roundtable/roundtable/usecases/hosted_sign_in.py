"""Signing in at the user pool's own page, by an authorization code with PKCE (RFC 7636, RFC 9700).

The browser that comes back must be the one that was sent: it alone knows the state and the
verifier of the attempt.
"""

import base64
import hashlib
import hmac
import re

from roundtable.domain.model import Record
from roundtable.ports import Ports, SignInRefused
from roundtable.usecases.errors import Refused
from roundtable.usecases.members import end_session, open_session

_SECRET_BITS = 256
_SECRET = re.compile(r"[A-Za-z0-9_-]{43}")
_CODE = re.compile(r"[!-~]{1,1000}")
"""What the pool may give as a code (RFC 6749, A.11); whatever else comes back is not sent to it."""


class SignInFailed(Refused):
    """Somebody came back from the sign-in page without having signed in, or not from us."""


class Attempt(Record):
    """An attempt to sign in, which the browser alone remembers until it comes back."""

    state: str
    verifier: str


def begin_sign_in(ports: Ports, *, back_to: str) -> tuple[Attempt, str]:
    """Return a new attempt, and the address to sign in at.

    `back_to` is the address of ours that the browser comes back to.
    """
    attempt = Attempt(state=_secret(ports), verifier=_secret(ports))
    address = ports.hosted_sign_in.sign_in_address(
        state=attempt.state, challenge=challenge_of(attempt.verifier), back_to=back_to
    )
    return attempt, address


def finish_sign_in(
    ports: Ports, attempt: Attempt, *, state: str, code: str, back_to: str, before: str
) -> str:
    """Return the token of a new session for who signed in; the one of `before` ends.

    Raises SignInFailed, NotSignedIn where the person was removed meanwhile, or Unavailable.
    """
    # An empty attempt equals an empty state: nobody was sent from here.
    sent = _SECRET.fullmatch(attempt.state) and _SECRET.fullmatch(attempt.verifier)
    came_back = _SECRET.fullmatch(state) and hmac.compare_digest(state, attempt.state)
    if not (sent and came_back and _CODE.fullmatch(code)):
        raise _failed()
    try:
        who = ports.hosted_sign_in.exchange(code, verifier=attempt.verifier, back_to=back_to)
    except SignInRefused:
        raise _failed() from None
    token = open_session(ports, who)
    end_session(ports, before)
    return token


def challenge_of(verifier: str) -> str:
    """Return what shows, without telling it, that somebody knows the verifier (S256)."""
    digest = hashlib.sha256(verifier.encode()).digest()
    return base64.urlsafe_b64encode(digest).decode().rstrip("=")


def _secret(ports: Ports) -> str:
    """Return 43 characters of the URL-safe alphabet, as RFC 7636 (4.1) recommends."""
    value = ports.randomness.bits(_SECRET_BITS).to_bytes(_SECRET_BITS // 8, "big")
    return base64.urlsafe_b64encode(value).decode().rstrip("=")


def _failed() -> SignInFailed:
    return SignInFailed("sign-in-failed", "Signing in did not work. Please sign in again.")

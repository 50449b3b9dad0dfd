"""Requests that change something must come from our own pages (ASVS V3.5).

Two guards, without a secret to keep: browsers say where a request comes from, and a form of
somebody signed in carries a token that only who holds the session could have made.
"""

import base64
import hashlib
import hmac
from collections.abc import Mapping

FIELD = "csrf"
"""Name of the hidden field."""
SALT_BYTES = 16
_PURPOSE = b"roundtable csrf "
_OUR_OWN = frozenset({"same-origin", "none"})
"""`none` is the visitor's own doing, such as a page that is loaded again."""


def csrf_token(session: str, salt: bytes) -> str:
    """Return a token for a form: the salt and an HMAC of it, keyed with the session's token.

    A fresh salt of SALT_BYTES for each page keeps the compressed page from giving it away.
    Raises ValueError without a session.
    """
    if not session:
        raise ValueError("a token is made for a session")
    return base64.urlsafe_b64encode(salt + _tag(session, salt)).decode().rstrip("=")


def is_csrf_token(token: str, session: str) -> bool:
    """Return whether a token was made for this session."""
    if not session or not token.isascii():
        return False
    try:
        given = base64.b64decode(token + "=" * (-len(token) % 4), altchars=b"-_", validate=True)
    except ValueError:
        return False
    salt, tag = given[:SALT_BYTES], given[SALT_BYTES:]
    return hmac.compare_digest(tag, _tag(session, salt))


def comes_from_us(headers: Mapping[str, str], *, origin: str) -> bool:
    """Return whether a browser says that a request was made by a page of ours.

    `origin` is the site's own, such as `https://apply.example.org`. `Sec-Fetch-Site` and
    `Origin` must both agree where they are sent; every browser sends one of them with a POST,
    so a request without both is not taken.
    """
    lower = {name.lower(): value.strip() for name, value in headers.items()}
    fetched_from, named = lower.get("sec-fetch-site"), lower.get("origin")
    if fetched_from is None and named is None:
        return False
    if fetched_from is not None and fetched_from.lower() not in _OUR_OWN:
        return False
    return named is None or named.lower() == origin.rstrip("/").lower()


def _tag(session: str, salt: bytes) -> bytes:
    return hmac.new(session.encode(), _PURPOSE + salt, hashlib.sha256).digest()

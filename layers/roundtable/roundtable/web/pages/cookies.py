"""Cookies that only this host sets and reads.

The prefix `__Host-` makes browsers insist on it: secure, for all paths, for no other host. On
plain http Chromium keeps them for `localhost` and its subdomains only; a browser test shows it.
"""

import re

from aws_lambda_powertools.shared.cookies import Cookie, SameSite

SESSION = "__Host-session"
"""The session of an applicant."""
MEMBER = "__Host-member"
"""The session of a reviewer or member of staff."""
LANGUAGE = "__Host-language"
_PREFIX = "__Host-"
_SAFE_VALUE = re.compile(r"[A-Za-z0-9_.~+/=-]*")


def cookie(name: str, value: str, *, seconds: int | None = None) -> Cookie:
    """Return a cookie to set, for a time or until the browser closes.

    Scripts cannot read it, and other sites' forms do not send it. Raises ValueError for a name
    without the prefix and for a value that could break out of the header.
    """
    if not name.startswith(_PREFIX):
        raise ValueError(f"a cookie's name begins with {_PREFIX}")
    if not _SAFE_VALUE.fullmatch(value):
        raise ValueError("a cookie's value is made of letters, digits and -_.~+/=")
    return Cookie(
        name,
        value,
        path="/",
        secure=True,
        http_only=True,
        same_site=SameSite.LAX_MODE,
        max_age=seconds,
    )


def forgotten(name: str) -> Cookie:
    """Return what makes the browser forget a cookie."""
    return cookie(name, "", seconds=0)

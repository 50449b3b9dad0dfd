"""The only way in which the server fetches an address that somebody else named.

`drawbridge` (0.1.2) was tried for this and passed over. Its time limit is for each read: with one
of a second, a server that dripped held it for seven. It unpacks a body before it counts it: 60 KB
took 142 MB, with a limit of 64 KB. It lists what is private instead of what is public. And it
brings httpx with five more packages, in an alpha version, for the one GET that is needed here.
"""

import re
import ssl
import time
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from functools import cache
from http.client import HTTPException, HTTPResponse
from urllib.parse import urljoin, urlsplit

from roundtable.adapters.videos.pinned_connection import (
    AddressRefusedError,
    Deadline,
    Open,
    PinnedConnection,
    Resolve,
    open_socket,
    public_addresses,
    resolve,
)

TIME_LIMIT = 4.0
"""Seconds for one fetch with its redirects, from resolving the name to the last byte."""
MOST_BYTES = 65_536
"""No more is read of a body; the rest of a longer one is left."""
MOST_REDIRECTS = 3
_LONGEST = 4_000
"""Characters of an address."""
_HEADERS = {
    "Accept": "*/*",
    "Accept-Encoding": "identity",
    "Connection": "close",
    "User-Agent": "Roundtable-link-check/1.0",
}
_HOST = re.compile(r"(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}")
"""A name with a top level domain of letters, so no number in any notation (RFC 1123)."""
_REDIRECTS = frozenset({301, 302, 303, 307, 308})


class FetchRefused(Exception):
    """The address, or what it stands for, must not be fetched."""


class FetchFailed(Exception):
    """The server did not answer, not in time, or not as a web server does."""


@dataclass(frozen=True, slots=True)
class Fetched:
    """What a server answered."""

    status: int
    url: str
    """The address that answered, after the redirects that were followed."""
    leads_to: str = ""
    """Where an answer leads that is a redirect and was not followed."""
    body: bytes = b""
    """Its beginning, packed if the server packed it."""


@dataclass(frozen=True, slots=True)
class _Target:
    host: str
    path: str


@cache
def _verified() -> ssl.SSLContext:
    return ssl.create_default_context()


class GuardedFetch:
    """Fetches https addresses of allowed hosts on the public internet.

    Plain https on port 443, the certificate verified; no user, no cookies, no credentials, a
    fixed name as the client; redirects only where allowed, each looked at like the first
    address; everything within TIME_LIMIT and MOST_BYTES.
    """

    def __init__(
        self,
        *,
        resolve: Resolve = resolve,
        open_socket: Open = open_socket,
        context: ssl.SSLContext | None = None,
        monotonic: Callable[[], float] = time.monotonic,
        time_limit: float = TIME_LIMIT,
    ) -> None:
        self._resolve = resolve
        self._open = open_socket
        self._context = context
        self._monotonic = monotonic
        self._time_limit = time_limit

    def get(
        self,
        url: str,
        *,
        may_visit: Callable[[str], bool],
        redirects: int = MOST_REDIRECTS,
        most_bytes: int = MOST_BYTES,
    ) -> Fetched:
        """Return what an address answers.

        `may_visit` says which hosts are allowed; a redirect to another one is not followed but
        told (`leads_to`), and so is one more than `redirects`. Raises FetchRefused, or
        FetchFailed.
        """
        deadline = Deadline(self._time_limit, self._monotonic)
        target = _target(url)
        if target is None or not may_visit(target.host):
            raise FetchRefused("this address is not allowed")
        while True:
            status, location, body = self._ask(target, deadline, most_bytes)
            if status not in _REDIRECTS or not location:
                return Fetched(status, url, body=body)
            onward = _joined(url, location)
            next_target = _target(onward)
            if next_target is None or not redirects or not may_visit(next_target.host):
                return Fetched(status, url, leads_to=onward)
            url, target, redirects = onward, next_target, redirects - 1

    def _ask(self, target: _Target, deadline: Deadline, most_bytes: int) -> tuple[int, str, bytes]:
        try:
            found = self._resolve(target.host, deadline.left())
            connection = PinnedConnection(
                target.host,
                public_addresses(found),
                deadline,
                open_socket=self._open,
                context=self._context or _verified(),
            )
            with closing(connection):
                connection.request("GET", target.path, headers=_HEADERS)
                with connection.getresponse() as answer:
                    location = answer.headers.get("Location", "")
                    return answer.status, location, _beginning(answer, most_bytes)
        except AddressRefusedError as error:
            raise FetchRefused("this name stands for no public address") from error
        except (OSError, HTTPException, ValueError) as error:
            # Named by its kind only: the words of an error may quote the address.
            raise FetchFailed(type(error).__name__) from None


def _beginning(answer: HTTPResponse, most_bytes: int) -> bytes:
    body = bytearray()
    while len(body) < most_bytes and (piece := answer.read1(most_bytes - len(body))):
        body += piece
    return bytes(body)


def _joined(url: str, location: str) -> str:
    try:
        return urljoin(url, location)[:_LONGEST]
    except ValueError:
        return ""


def _target(url: str) -> _Target | None:
    """Return the host and path of an address; None for anything unusual about it."""
    if len(url) >= _LONGEST or re.search(r"[^\x21-\x7e]|\\", url):
        return None
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        return None
    host = parts.hostname or ""
    if parts.scheme != "https" or "@" in parts.netloc or port not in {None, 443}:
        return None
    if not _HOST.fullmatch(host) or len(host) > 253:  # noqa: PLR2004 (RFC 1035)
        return None
    path = parts.path or "/"
    return _Target(host, f"{path}?{parts.query}" if parts.query else path)

"""What the hosts of videos say about a link, asked at their fixed oEmbed endpoints."""

import json
import time
from collections.abc import Callable
from contextlib import closing
from http import HTTPStatus
from http.client import HTTPException, HTTPSConnection
from typing import Protocol, cast
from urllib.parse import urlencode

from roundtable.domain.videos import CanonicalLink, LinkFacts

TIMEOUT = 3.0
"""Seconds for one look-up, from the connection to the last byte."""
MOST_BYTES = 65_536
FAILURES_TO_OPEN = 3
REST = 60.0
"""Seconds in which a host that failed repeatedly is not asked."""

_ENDPOINTS = {
    "Vimeo": ("vimeo.com", "/api/oembed.json"),
    "YouTube": ("www.youtube.com", "/oembed"),
    "Loom": ("www.loom.com", "/v1/oembed"),
    "Wistia": ("fast.wistia.com", "/oembed"),
}
"""By the name of a canonical link's host. YouTube tells no length; the others do."""
_GONE = frozenset({HTTPStatus.NOT_FOUND, HTTPStatus.GONE})
_LONGEST = 24 * 3600


class Answer(Protocol):
    """What is read of a response (`http.client.HTTPResponse`)."""

    status: int

    def read1(self, n: int = -1, /) -> bytes:
        """Return the next bytes; none at the end."""
        ...


class Connection(Protocol):
    """What is used of a connection (`http.client.HTTPSConnection`)."""

    def request(self, method: str, url: str, *, headers: dict[str, str]) -> None:
        """Send a request."""
        ...

    def getresponse(self) -> Answer:
        """Return the response; redirects are not followed."""
        ...

    def close(self) -> None:
        """Close the connection."""
        ...


class _FailedError(Exception):
    """The host did not answer as it should."""


def _connect(host: str) -> Connection:
    return cast("Connection", HTTPSConnection(host, timeout=TIMEOUT))


class OEmbedDirectory:
    """Implements the port VideoDirectory.

    The applicant's link is only ever a query parameter; the address asked is fixed. A host that
    fails repeatedly rests for a while (in the memory of this process).
    """

    def __init__(
        self,
        connect: Callable[[str], Connection] = _connect,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self._connect = connect
        self._monotonic = monotonic
        self._failures: dict[str, int] = {}
        self._rests_until: dict[str, float] = {}

    def look_up(self, link: CanonicalLink) -> LinkFacts:
        """Return what the link's host tells; whatever goes wrong, nothing is known."""
        endpoint = _ENDPOINTS.get(link.host_name)
        if endpoint is None or self._monotonic() < self._rests_until.get(link.host_name, 0.0):
            return LinkFacts()
        try:
            status, body = self._ask(*endpoint, link.url)
            facts = _facts(status, body, link.host_name)
        except (_FailedError, OSError, HTTPException, ValueError, RecursionError):
            self._note_failure(link.host_name)
            return LinkFacts()
        self._failures.pop(link.host_name, None)
        return facts

    def _note_failure(self, host_name: str) -> None:
        failures = self._failures.get(host_name, 0) + 1
        self._failures[host_name] = failures
        if failures >= FAILURES_TO_OPEN:
            self._failures.pop(host_name)
            self._rests_until[host_name] = self._monotonic() + REST

    def _ask(self, host: str, path: str, url: str) -> tuple[int, bytes]:
        until = self._monotonic() + TIMEOUT
        with closing(self._connect(host)) as connection:
            query = urlencode({"url": url, "format": "json"})
            connection.request("GET", f"{path}?{query}", headers={"Accept": "application/json"})
            answer = connection.getresponse()
            body = bytearray()
            while answer.status == HTTPStatus.OK and (piece := answer.read1(MOST_BYTES)):
                body += piece
                if len(body) > MOST_BYTES or self._monotonic() > until:
                    raise _FailedError
            return answer.status, bytes(body)


def _facts(status: int, body: bytes, host_name: str) -> LinkFacts:
    if status in _GONE:
        return LinkFacts(
            available=False,
            problem=f"{host_name} says that there is no video at this link. Please check that "
            "the link is complete and that anyone with the link can watch the video.",
        )
    if status >= HTTPStatus.INTERNAL_SERVER_ERROR or status == HTTPStatus.TOO_MANY_REQUESTS:
        raise _FailedError
    if status != HTTPStatus.OK:
        # Private videos, or embedding switched off: a person can still be let in to watch.
        return LinkFacts()
    told: object = json.loads(body)
    if not isinstance(told, dict):
        raise _FailedError
    return LinkFacts(available=True, seconds=_seconds(cast("dict[str, object]", told)))


def _seconds(told: dict[str, object]) -> int | None:
    duration = told.get("duration")
    if isinstance(duration, bool) or not isinstance(duration, int | float):
        return None
    return int(duration) if 0 < duration < _LONGEST else None

"""What the hosts of videos say about a link: by oEmbed, or by the status of the video's page."""

import time
from collections.abc import Callable
from typing import Any, Protocol
from urllib.parse import urlsplit

from roundtable.adapters.videos import link_page, oembed
from roundtable.adapters.videos.guarded_fetch import (
    Fetched,
    FetchFailed,
    FetchRefused,
    GuardedFetch,
)
from roundtable.domain.videos import Availability, CanonicalLink, LinkFacts, belongs_to

FAILURES_TO_OPEN = 3
REST = 60.0
"""Seconds in which a host that failed repeatedly is not asked."""
REMEMBERED_FOR = 60.0
"""Seconds in which an answer is given again: a check and its repetition ask the host once."""
MOST_REMEMBERED = 200
"""Links, and hosts that failed; the oldest are forgotten first."""

_UNKNOWN = LinkFacts()
_MENDED_SOON = frozenset({Availability.RESTRICTED, Availability.GONE})
"""What an applicant is asked to mend: the next look is to find it mended."""


class Fetch(Protocol):
    """Fetches an address (`GuardedFetch`)."""

    def get(
        self,
        url: str,
        *,
        may_visit: Callable[[str], bool],
        redirects: int = ...,
        most_bytes: int = ...,
    ) -> Fetched:
        """Return what an address answers; raises FetchRefused or FetchFailed."""
        ...


class HostsDirectory:
    """Implements the port VideoDirectory.

    A host that fails repeatedly rests for a while, and good answers are remembered for a short
    one, both in the memory of this process.
    """

    def __init__(
        self, fetch: Fetch | None = None, monotonic: Callable[[], float] = time.monotonic
    ) -> None:
        self._fetch = fetch or GuardedFetch()
        self._monotonic = monotonic
        self._remembered: dict[str, tuple[float, LinkFacts]] = {}
        self._failures: dict[str, int] = {}
        self._rests_until: dict[str, float] = {}

    def look_up(self, link: CanonicalLink) -> LinkFacts:
        """Return what the link's host tells; whatever goes wrong, nothing is known."""
        until, facts = self._remembered.get(link.url, (0.0, _UNKNOWN))
        if self._monotonic() < until:
            return facts
        if self._monotonic() < self._rests_until.get(link.host_name, 0.0):
            return _UNKNOWN
        try:
            facts = self._ask(link)
        except FetchRefused:
            return _UNKNOWN
        except FetchFailed:
            self._note_failure(link.host_name)
            return _UNKNOWN
        self._failures.pop(link.host_name, None)
        if facts.availability not in _MENDED_SOON:
            self._remembered[link.url] = (self._monotonic() + REMEMBERED_FOR, facts)
            _forget_oldest(self._remembered)
        return facts

    def _ask(self, link: CanonicalLink) -> LinkFacts:
        address = oembed.endpoint(link)
        if not address:
            return link_page.facts_of(link, self._page(link))
        server = urlsplit(address).netloc
        answer = self._fetch.get(address, may_visit=lambda host: host == server, redirects=0)
        facts = oembed.facts_of(link, answer)
        if facts.availability is Availability.RESTRICTED or not oembed.has_a_page_of_its_own(link):
            return facts
        return self._compared(link, facts)

    def _compared(self, link: CanonicalLink, facts: LinkFacts) -> LinkFacts:
        """Return what is believed of the endpoint's word, now that the page is seen.

        A video is gone only if its page says so, too; else a person tries it. It is open unless
        its page shows nothing: hosts tell of videos that can only be watched on other sites, or
        that lie in a locked project.
        """
        try:
            page = self._page(link)
        except (FetchFailed, FetchRefused):
            page = None
        if facts.availability is Availability.GONE:
            agreed = page is not None and link_page.is_gone(page)
        else:
            agreed = page is None or not link_page.shows_nothing(page)
        return facts if agreed else facts.with_(availability=Availability.RESTRICTED)

    def _page(self, link: CanonicalLink) -> Fetched:
        return self._fetch.get(
            link.url,
            may_visit=lambda host: belongs_to(host, link),
            redirects=link_page.redirects_to_follow(link),
            most_bytes=0,
        )

    def _note_failure(self, host_name: str) -> None:
        failures = self._failures.pop(host_name, 0) + 1
        if failures >= FAILURES_TO_OPEN:
            self._rests_until[host_name] = self._monotonic() + REST
            _forget_oldest(self._rests_until)
        else:
            self._failures[host_name] = failures
            _forget_oldest(self._failures)


def _forget_oldest(memory: dict[str, Any]) -> None:
    while len(memory) > MOST_REMEMBERED:
        memory.pop(next(iter(memory)))

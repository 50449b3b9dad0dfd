import json
from collections.abc import Callable
from dataclasses import dataclass, field

import pytest

from roundtable.adapters.videos.directory import (
    FAILURES_TO_OPEN,
    MOST_REMEMBERED,
    REMEMBERED_FOR,
    REST,
    HostsDirectory,
)
from roundtable.adapters.videos.guarded_fetch import Fetched, FetchFailed, FetchRefused
from roundtable.domain.videos import Availability, CanonicalLink, LinkFacts
from roundtable.ports import VideoDirectory

VIMEO = CanonicalLink(host_name="Vimeo", url="https://vimeo.com/123456789/abcdef0123")
YOUTUBE = CanonicalLink(host_name="YouTube", url="https://www.youtube.com/watch?v=dQw4w9WgXcQ")
ZOOM = CanonicalLink(host_name="Zoom", url="https://acme.zoom.us/rec/share/abc")
SHAREPOINT = CanonicalLink(host_name="OneDrive", url="https://acme.sharepoint.com/:v:/g/Eabc")
OWN = CanonicalLink(host_name="tv.example.org", url="https://tv.example.org/7")
UNKNOWN = LinkFacts()
OEMBED = "https://vimeo.com/api/oembed.json?url=https%3A%2F%2Fvimeo.com%2F123456789%2Fabcdef0123"
TEN_MINUTES = json.dumps({"type": "video", "duration": 600}).encode()
OPEN = LinkFacts(availability=Availability.OPEN, seconds=600, tool="oembed")
FAILED = FetchFailed("TimeoutError")


@dataclass
class Web:
    """The web as tests give it: answers by the beginning of an address, and the time."""

    answers: dict[str, Fetched | Exception] = field(
        default_factory=dict[str, "Fetched | Exception"]
    )
    asked: list[str] = field(default_factory=list[str])
    visited: list[tuple[Callable[[str], bool], int, int]] = field(
        default_factory=list[tuple[Callable[[str], bool], int, int]]
    )
    now: float = 1000.0

    def get(
        self,
        url: str,
        *,
        may_visit: Callable[[str], bool],
        redirects: int = -1,
        most_bytes: int = -1,
    ) -> Fetched:
        self.asked.append(url)
        self.visited.append((may_visit, redirects, most_bytes))
        found = next(
            (self.answers[start] for start in self.answers if url.startswith(start)), FAILED
        )
        if isinstance(found, Exception):
            raise found
        return found

    def directory(self) -> VideoDirectory:
        return HostsDirectory(fetch=self, monotonic=lambda: self.now)


def web(**answers: Fetched | Exception) -> Web:
    """Return a web in which Vimeo's endpoint (`oembed`), or pages, answer so."""
    addresses = {"oembed": OEMBED, "page": VIMEO.url, "zoom": ZOOM.url, "own": OWN.url}
    return Web({addresses[name]: answer for name, answer in answers.items()})


def test_look_up_asks_the_endpoint_and_then_for_the_page() -> None:
    world = web(oembed=Fetched(200, OEMBED, body=TEN_MINUTES))
    assert world.directory().look_up(VIMEO) == OPEN
    assert world.asked == [f"{OEMBED}&format=json", VIMEO.url]
    (may_visit, redirects, _), (may_visit_for_page, _, _) = world.visited
    assert may_visit_for_page("player.vimeo.com")
    assert may_visit("vimeo.com")
    assert not may_visit("player.vimeo.com")
    assert redirects == 0


def test_look_up_of_a_host_without_endpoint_asks_for_its_page() -> None:
    world = web(zoom=Fetched(403, ZOOM.url))
    restricted = LinkFacts(availability=Availability.RESTRICTED, tool="page")
    assert world.directory().look_up(ZOOM) == restricted
    assert world.asked == [ZOOM.url]
    [(may_visit, redirects, most_bytes)] = world.visited
    hosts = ["acme.zoom.us", "zoom.us", "vimeo.com", "tv.example.org", "evil.example"]
    assert [may_visit(host) for host in hosts] == [True, True, False, False, False]
    assert (redirects, most_bytes) == (3, 0)


def test_look_up_of_a_programs_own_host_stays_with_it() -> None:
    world = web(own=Fetched(200, OWN.url))
    assert world.directory().look_up(OWN) == LinkFacts(tool="page")
    [(may_visit, _, _)] = world.visited
    assert [may_visit(host) for host in ("tv.example.org", "example.org")] == [True, False]


def test_look_up_follows_no_redirect_that_sets_a_cookie() -> None:
    world = Web({SHAREPOINT.url: Fetched(302, SHAREPOINT.url, "https://acme.sharepoint.com/x")})
    assert world.directory().look_up(SHAREPOINT) == LinkFacts(tool="page")
    assert world.visited[0][1] == 0


@pytest.mark.parametrize(
    ("page", "availability"),
    [
        (Fetched(404, VIMEO.url), Availability.GONE),
        (Fetched(200, VIMEO.url), Availability.RESTRICTED),
        (Fetched(403, VIMEO.url), Availability.RESTRICTED),
        (FAILED, Availability.RESTRICTED),
        (FetchRefused(), Availability.RESTRICTED),
    ],
)
def test_look_up_believes_that_a_video_is_gone_if_its_page_is(
    page: Fetched | Exception, availability: Availability
) -> None:
    world = web(oembed=Fetched(404, OEMBED), page=page)
    expected = LinkFacts(availability=availability, tool="oembed")
    assert world.directory().look_up(VIMEO) == expected
    assert world.asked == [f"{OEMBED}&format=json", VIMEO.url]


@pytest.mark.parametrize(
    ("page", "availability"),
    [
        (Fetched(200, VIMEO.url), Availability.OPEN),
        (Fetched(403, VIMEO.url), Availability.OPEN),
        (FAILED, Availability.OPEN),
        (FetchRefused(), Availability.OPEN),
        (Fetched(404, VIMEO.url), Availability.RESTRICTED),
        (Fetched(302, VIMEO.url, "https://vimeo.com/join"), Availability.OPEN),
        (Fetched(302, VIMEO.url, "https://vimeo.com/login"), Availability.RESTRICTED),
    ],
)
def test_look_up_believes_that_a_video_is_open_unless_its_page_shows_nothing(
    page: Fetched | Exception, availability: Availability
) -> None:
    world = web(oembed=Fetched(200, OEMBED, body=TEN_MINUTES), page=page)
    assert world.directory().look_up(VIMEO) == OPEN.with_(availability=availability)


def test_look_up_believes_youtube_at_once() -> None:
    world = Web({"https://www.youtube.com/oembed": Fetched(404, "")})
    gone = LinkFacts(availability=Availability.GONE, tool="oembed")
    assert world.directory().look_up(YOUTUBE) == gone
    assert len(world.asked) == 1


@pytest.mark.parametrize(
    "answer", [FAILED, FetchRefused(), Fetched(500, ""), Fetched(200, "", body=b"<html>")]
)
def test_look_up_that_fails_knows_nothing(answer: Fetched | Exception) -> None:
    assert web(oembed=answer).directory().look_up(VIMEO) == UNKNOWN


# --- the circuit breaker ---------------------------------------------------------------------


def test_look_up_lets_a_failing_host_rest() -> None:
    world = web(oembed=Fetched(503, ""), zoom=Fetched(200, ZOOM.url))
    directory = world.directory()
    for _ in range(FAILURES_TO_OPEN + 2):
        assert directory.look_up(VIMEO) == UNKNOWN
    assert len(world.asked) == FAILURES_TO_OPEN
    assert directory.look_up(ZOOM) == LinkFacts(tool="page")
    world.answers[OEMBED] = Fetched(200, "", body=TEN_MINUTES)
    world.now += REST - 1
    assert directory.look_up(VIMEO) == UNKNOWN
    world.now += 1
    assert directory.look_up(VIMEO) == OPEN


def test_look_up_with_a_success_between_failures_keeps_asking() -> None:
    world = web()
    directory = world.directory()
    for _ in range(3):
        world.answers[OEMBED] = FAILED
        for _ in range(FAILURES_TO_OPEN - 1):
            assert directory.look_up(VIMEO) == UNKNOWN
        world.answers[OEMBED] = Fetched(200, "", body=TEN_MINUTES)
        assert directory.look_up(VIMEO) == OPEN
        world.now += REMEMBERED_FOR


def test_look_up_of_a_refused_address_is_no_failure_of_its_host() -> None:
    world = web(own=FetchRefused())
    directory = world.directory()
    for _ in range(FAILURES_TO_OPEN + 2):
        assert directory.look_up(OWN) == UNKNOWN
    assert len(world.asked) == FAILURES_TO_OPEN + 2


# --- the cache -------------------------------------------------------------------------------


def test_look_up_remembers_an_answer_for_a_while() -> None:
    world = web(oembed=Fetched(200, "", body=TEN_MINUTES))
    directory = world.directory()
    assert directory.look_up(VIMEO) == OPEN
    world.answers[OEMBED] = Fetched(403, "")
    world.now += REMEMBERED_FOR - 1
    assert directory.look_up(VIMEO) == OPEN
    assert len(world.asked) == 2
    world.now += 1
    assert directory.look_up(VIMEO).availability is Availability.RESTRICTED


@pytest.mark.parametrize("status", [401, 404])
def test_look_up_asks_again_for_what_is_to_be_mended(status: int) -> None:
    world = web(oembed=Fetched(status, ""), page=Fetched(404, ""))
    directory = world.directory()
    assert directory.look_up(VIMEO).availability is not Availability.OPEN
    world.answers |= {OEMBED: Fetched(200, "", body=TEN_MINUTES), VIMEO.url: Fetched(200, "")}
    assert directory.look_up(VIMEO) == OPEN


def test_look_up_remembers_only_so_many() -> None:
    world = Web({"https://tv": Fetched(200, "")})
    directory = world.directory()
    links = [OWN.with_(url=f"https://tv.example.org/{n}") for n in range(MOST_REMEMBERED + 1)]
    for link in links:
        directory.look_up(link)
    world.asked.clear()
    directory.look_up(links[1])
    directory.look_up(links[-1])
    assert world.asked == []
    directory.look_up(links[0])
    assert world.asked == [links[0].url]

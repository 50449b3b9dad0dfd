import json
from collections.abc import Callable
from http.client import IncompleteRead
from urllib.parse import parse_qs, urlsplit

import pytest

from roundtable.adapters.video_directory import FAILURES_TO_OPEN, MOST_BYTES, REST, OEmbedDirectory
from roundtable.domain.videos import CanonicalLink, LinkFacts
from roundtable.ports import VideoDirectory

VIMEO = CanonicalLink(host_name="Vimeo", url="https://vimeo.com/123456789/abcdef0123")
ZOOM = CanonicalLink(host_name="Zoom", url="https://zoom.us/rec/share/abc")
UNKNOWN = LinkFacts()


class FakeHost:
    """A host on the network, as connection and as answer."""

    def __init__(
        self, status: int = 200, body: bytes = b"", error: Exception | None = None
    ) -> None:
        self.status = status
        self.body = body
        self.error = error
        self.asked: list[tuple[str, str]] = []
        self.closed = 0
        self.now = 1000.0
        self.slow = 0.0
        self._host = ""
        self._rest = b""

    def connect(self, host: str) -> "FakeHost":
        self._host = host
        return self

    def request(self, method: str, url: str, *, headers: dict[str, str]) -> None:
        assert method == "GET"
        assert headers == {"Accept": "application/json"}
        self.asked.append((self._host, url))
        if self.error:
            raise self.error
        self._rest = self.body

    def getresponse(self) -> "FakeHost":
        return self

    def read1(self, n: int = -1, /) -> bytes:
        self.now += self.slow
        piece, self._rest = self._rest[: min(n, 1000)], self._rest[min(n, 1000) :]
        return piece

    def close(self) -> None:
        self.closed += 1


def directory(host: FakeHost) -> VideoDirectory:
    return OEmbedDirectory(connect=host.connect, monotonic=lambda: host.now)


def telling(**facts: object) -> FakeHost:
    return FakeHost(body=json.dumps(facts).encode())


@pytest.mark.parametrize(
    ("host_name", "url", "asked"),
    [
        ("Vimeo", VIMEO.url, ("vimeo.com", "/api/oembed.json")),
        ("YouTube", "https://www.youtube.com/watch?v=dQw4w9WgXcQ", ("www.youtube.com", "/oembed")),
        ("Loom", "https://www.loom.com/share/abc", ("www.loom.com", "/v1/oembed")),
        ("Wistia", "https://a.wistia.com/medias/abc", ("fast.wistia.com", "/oembed")),
    ],
)
def test_look_up_asks_the_fixed_endpoint(host_name: str, url: str, asked: tuple[str, str]) -> None:
    host = telling(type="video", duration=612.9)
    link = CanonicalLink(host_name=host_name, url=url)
    assert directory(host).look_up(link) == LinkFacts(available=True, seconds=612)
    [(server, address)] = host.asked
    assert (server, urlsplit(address).path) == asked
    assert parse_qs(urlsplit(address).query) == {"url": [url], "format": ["json"]}
    assert host.closed == 1


def test_look_up_of_a_host_without_endpoint_asks_nobody() -> None:
    host = telling()
    assert directory(host).look_up(ZOOM) == UNKNOWN
    assert host.asked == []


@pytest.mark.parametrize("duration", [None, 0, -5, True, "300", 1e99, float("nan"), [1]])
def test_look_up_without_a_sensible_length_knows_that_it_is_there(duration: object) -> None:
    assert directory(telling(duration=duration)).look_up(VIMEO) == LinkFacts(available=True)


def test_look_up_of_a_video_that_is_not_there() -> None:
    assert directory(FakeHost(status=404)).look_up(VIMEO) == LinkFacts(
        available=False,
        problem="Vimeo says that there is no video at this link. Please check that the link is "
        "complete and that anyone with the link can watch the video.",
    )


@pytest.mark.parametrize(
    "host",
    [
        FakeHost(status=302),
        FakeHost(status=401),
        FakeHost(status=403),
        FakeHost(status=429),
        FakeHost(status=500),
        FakeHost(body=b""),
        FakeHost(body=b"<html>"),
        FakeHost(body=b"[]"),
        FakeHost(body=b"\xff\xfe\x00"),
        FakeHost(body=b"[" * 60_000),
        FakeHost(body=b"1" * 10_000),
        FakeHost(body=b'{"duration": 300}'.ljust(MOST_BYTES + 1)),
        FakeHost(error=TimeoutError()),
        FakeHost(error=ConnectionResetError()),
        FakeHost(error=IncompleteRead(b"")),
    ],
)
def test_look_up_that_fails_knows_nothing(host: FakeHost) -> None:
    assert directory(host).look_up(VIMEO) == UNKNOWN
    assert host.closed == 1


def test_look_up_that_drips_is_given_up() -> None:
    host = telling(duration=300, padding="x" * 5000)
    host.slow = 1.0
    assert directory(host).look_up(VIMEO) == UNKNOWN


def test_look_up_lets_a_failing_host_rest() -> None:
    host = FakeHost(status=503)
    asked = directory(host)
    for _ in range(FAILURES_TO_OPEN + 2):
        assert asked.look_up(VIMEO) == UNKNOWN
    assert len(host.asked) == FAILURES_TO_OPEN
    host.status, host.body = 200, b'{"duration": 300}'
    host.now += REST - 1
    assert asked.look_up(VIMEO) == UNKNOWN
    host.now += 1
    assert asked.look_up(VIMEO) == LinkFacts(available=True, seconds=300)


def test_look_up_a_success_between_failures_keeps_asking() -> None:
    host = FakeHost()
    asked = directory(host)

    def then(status: int, times: int, expected: Callable[[LinkFacts], bool]) -> None:
        host.status, host.body = status, b"{}"
        assert all(expected(asked.look_up(VIMEO)) for _ in range(times))

    for _ in range(3):
        then(500, FAILURES_TO_OPEN - 1, lambda facts: facts == UNKNOWN)
        then(200, 1, lambda facts: facts.available is True)

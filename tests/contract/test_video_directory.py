"""What every directory of videos does, in memory and over a web that tests give."""

import pytest

from roundtable.adapters.videos.directory import HostsDirectory
from roundtable.adapters.videos.guarded_fetch import Fetched, FetchFailed
from roundtable.domain.videos import Availability, CanonicalLink, LinkFacts, canonical_link
from roundtable.ports import VideoDirectory
from tests.fakes import FakeVideoDirectory

OPEN = canonical_link("https://www.loom.com/share/0123456789abcdef0123456789abcdef")
GONE = canonical_link("https://vimeo.com/123456789")
SILENT = canonical_link("https://zoom.us/rec/share/abc")


class SmallWeb:
    """Knows an open video and one that is gone; nobody else answers."""

    def get(self, url: str, **_how: object) -> Fetched:
        if url.startswith("https://www.loom.com/v1/oembed"):
            return Fetched(200, url, body=b'{"type": "video", "duration": 600.5}')
        if url.startswith("https://vimeo.com/"):
            return Fetched(404, url)
        raise FetchFailed("TimeoutError")


def in_memory() -> VideoDirectory:
    directory = FakeVideoDirectory()
    directory.facts[OPEN.url] = LinkFacts(availability=Availability.OPEN, seconds=600)
    directory.facts[GONE.url] = LinkFacts(availability=Availability.GONE)
    return directory


def of_hosts() -> VideoDirectory:
    return HostsDirectory(fetch=SmallWeb())


@pytest.fixture(params=[in_memory, of_hosts])
def directory(request: pytest.FixtureRequest) -> VideoDirectory:
    return request.param()


@pytest.mark.parametrize(
    ("link", "availability", "seconds"),
    [
        (OPEN, Availability.OPEN, 600),
        (GONE, Availability.GONE, None),
        (SILENT, Availability.UNKNOWN, None),
    ],
)
def test_look_up_tells_what_is_known(
    directory: VideoDirectory, link: CanonicalLink, availability: Availability, seconds: int | None
) -> None:
    for _ in range(2):
        facts = directory.look_up(link)
        assert (facts.availability, facts.seconds) == (availability, seconds)


def test_look_up_of_a_silent_host_never_raises(directory: VideoDirectory) -> None:
    assert [directory.look_up(SILENT) for _ in range(9)] == [LinkFacts()] * 9

import json
from urllib.parse import parse_qs, urlsplit

import pytest

from roundtable.adapters.videos.guarded_fetch import MOST_BYTES, Fetched, FetchFailed
from roundtable.adapters.videos.oembed import endpoint, facts_of, has_a_page_of_its_own
from roundtable.domain.videos import Availability, CanonicalLink, LinkFacts

VIMEO = CanonicalLink(host_name="Vimeo", url="https://vimeo.com/123456789/abcdef0123")
YOUTUBE = CanonicalLink(host_name="YouTube", url="https://www.youtube.com/watch?v=dQw4w9WgXcQ")
LOOM = CanonicalLink(host_name="Loom", url="https://www.loom.com/share/abc")
WISTIA = CanonicalLink(host_name="Wistia", url="https://a.wistia.com/medias/abc")
ZOOM = CanonicalLink(host_name="Zoom", url="https://zoom.us/rec/share/abc")
OPEN, RESTRICTED, GONE = Availability.OPEN, Availability.RESTRICTED, Availability.GONE


def telling(**facts: object) -> Fetched:
    return Fetched(200, "", body=json.dumps(facts).encode())


@pytest.mark.parametrize(
    ("link", "address"),
    [
        (VIMEO, "https://vimeo.com/api/oembed.json"),
        (YOUTUBE, "https://www.youtube.com/oembed"),
        (LOOM, "https://www.loom.com/v1/oembed"),
        (WISTIA, "https://fast.wistia.com/oembed"),
    ],
)
def test_endpoint_is_fixed_and_has_the_link_in_its_query(link: CanonicalLink, address: str) -> None:
    asked = endpoint(link)
    assert asked.partition("?")[0] == address
    assert parse_qs(urlsplit(asked).query) == {"url": [link.url], "format": ["json"]}


def test_endpoint_of_a_host_that_has_none() -> None:
    assert endpoint(ZOOM) == ""


def test_the_page_of_youtube_tells_nothing() -> None:
    telling_pages = [has_a_page_of_its_own(link) for link in (VIMEO, YOUTUBE, LOOM, WISTIA)]
    assert telling_pages == [True, False, True, True]


def test_facts_of_an_open_video_with_its_length_rounded_down() -> None:
    told = telling(type="video", duration=612.9, title="Our team")
    for link in (VIMEO, LOOM, WISTIA):
        expected = LinkFacts(availability=OPEN, seconds=612, tool="oembed")
        assert facts_of(link, told) == expected


@pytest.mark.parametrize("duration", [None, 0, -5, True, "300", 1e99, float("nan"), [1]])
def test_facts_without_a_sensible_length_know_that_it_is_there(duration: object) -> None:
    expected = LinkFacts(availability=OPEN, tool="oembed")
    assert facts_of(YOUTUBE, telling(duration=duration)) == expected


def test_facts_of_a_vimeo_video_behind_a_password() -> None:
    told = telling(type="video", html="<iframe>", video_id=123456789)
    assert facts_of(VIMEO, told) == LinkFacts(availability=RESTRICTED, tool="oembed")


def test_facts_of_a_video_that_may_only_be_embedded_elsewhere() -> None:
    told = telling(type="video", duration=300, domain_status_code=403)
    expected = LinkFacts(availability=RESTRICTED, seconds=300, tool="oembed")
    assert facts_of(VIMEO, told) == expected


@pytest.mark.parametrize(
    ("status", "availability"), [(401, RESTRICTED), (403, RESTRICTED), (404, GONE), (410, GONE)]
)
def test_facts_by_the_status(status: int, availability: Availability) -> None:
    expected = LinkFacts(availability=availability, tool="oembed")
    assert facts_of(VIMEO, Fetched(status, "", body=b"<html>")) == expected


@pytest.mark.parametrize(
    "answer",
    [
        Fetched(302, "", leads_to="https://vimeo.com/login"),
        Fetched(400, ""),
        Fetched(429, ""),
        Fetched(500, ""),
        Fetched(204, ""),
        Fetched(200, ""),
        Fetched(200, "", body=b"Forbidden"),
        Fetched(200, "", body=b"[]"),
        Fetched(200, "", body=b"\xff\xfe\x00"),
        Fetched(200, "", body=b"[" * 60_000),
        Fetched(200, "", body=b"1" * 10_000),
        Fetched(200, "", body=(b'{"duration": 300, "html": "' + b"x" * MOST_BYTES)[:MOST_BYTES]),
    ],
)
def test_facts_of_an_answer_without_sense_are_none(answer: Fetched) -> None:
    with pytest.raises(FetchFailed):
        facts_of(VIMEO, answer)

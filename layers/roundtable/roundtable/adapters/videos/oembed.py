"""What the hosts of videos answer at their oEmbed endpoints (oembed.com), and what it means.

What a host means by a status was gathered from its documentation and from what users of it
report:

* Vimeo answers 404 for a private video, for one that is still being processed, and for one that
  may only be embedded elsewhere, not only for one that is gone; 403 where embedding is not
  allowed; 200 with `domain_status_code` 403 where it is allowed on other sites, and 200 for one
  that is hidden from Vimeo's own pages; and leaves the length out of what it says of a video
  behind a password.
* YouTube answers 401 where embedding is switched off, although everybody can watch it there;
  401 or 403 for a private video; 404 for one that does not exist; and never tells a length.
* Loom and Wistia tell the length of every video that they show; Wistia also of videos whose page
  asks to sign in.
"""

import json
from http import HTTPStatus
from typing import cast
from urllib.parse import urlencode

from roundtable.adapters.videos.guarded_fetch import Fetched, FetchFailed
from roundtable.domain.videos import Availability, CanonicalLink, LinkFacts

_ENDPOINTS = {
    "Vimeo": "https://vimeo.com/api/oembed.json",
    "YouTube": "https://www.youtube.com/oembed",
    "Loom": "https://www.loom.com/v1/oembed",
    "Wistia": "https://fast.wistia.com/oembed",
}
"""By the name of a canonical link's host."""
_GONE = frozenset({HTTPStatus.NOT_FOUND, HTTPStatus.GONE})
_NOT_FOR_ALL = frozenset({HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN})
_LONGEST = 24 * 3600
TOOL = "oembed"


def endpoint(link: CanonicalLink) -> str:
    """Return the address that tells about a video; empty where its host has none.

    The applicant's link is only ever a part of the query.
    """
    known = _ENDPOINTS.get(link.host_name)
    return f"{known}?{urlencode({'url': link.url, 'format': 'json'})}" if known else ""


def has_a_page_of_its_own(link: CanonicalLink) -> bool:
    """Return whether the page of a video that is not there differs from one that is.

    YouTube answers 200 for both; what its endpoint says is all there is to know.
    """
    return link.host_name != "YouTube"


def facts_of(link: CanonicalLink, answer: Fetched) -> LinkFacts:
    """Return what an answer says of a video; raises FetchFailed if it makes no sense."""
    if answer.status in _GONE:
        return LinkFacts(availability=Availability.GONE, tool=TOOL)
    if answer.status in _NOT_FOR_ALL:
        return LinkFacts(availability=Availability.RESTRICTED, tool=TOOL)
    if answer.status != HTTPStatus.OK:
        raise FetchFailed(f"status {answer.status}")
    told = _told(answer.body)
    seconds = _seconds(told.get("duration"))
    elsewhere_only = told.get("domain_status_code") == HTTPStatus.FORBIDDEN
    behind_password = link.host_name == "Vimeo" and seconds is None
    restricted = elsewhere_only or behind_password
    return LinkFacts(
        availability=Availability.RESTRICTED if restricted else Availability.OPEN,
        seconds=seconds,
        tool=TOOL,
    )


def _told(body: bytes) -> dict[str, object]:
    try:
        told: object = json.loads(body)
    except (ValueError, RecursionError) as error:
        raise FetchFailed("no JSON") from error
    if not isinstance(told, dict):
        raise FetchFailed("no JSON object")
    return cast("dict[str, object]", told)


def _seconds(duration: object) -> int | None:
    if isinstance(duration, bool) or not isinstance(duration, int | float):
        return None
    return int(duration) if 0 < duration < _LONGEST else None

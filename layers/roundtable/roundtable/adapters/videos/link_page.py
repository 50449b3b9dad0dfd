"""What the page of a video says by its status alone, to somebody who is not signed in.

Its content is not read: most hosts answer 200 with a page that shows the video, asks for a
passcode, or says that there is none, by a script. So a page is never taken for proof that a
video is open.
"""

import re
from http import HTTPStatus
from urllib.parse import urlsplit

from roundtable.adapters.videos.guarded_fetch import MOST_REDIRECTS, Fetched
from roundtable.domain.video_hosts import KNOWN_HOSTS
from roundtable.domain.videos import Availability, CanonicalLink, LinkFacts

TOOL = "page"

_GONE = frozenset({HTTPStatus.NOT_FOUND, HTTPStatus.GONE})
_NOT_FOR_ALL = frozenset({HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN})
_SIGN_IN_HOST = re.compile(
    r"accounts\.google\.com|login\.(?:live|microsoftonline|microsoft)\.(?:com|us)"
    r"|login\.windows\.net|.+\.(?:okta|auth0|onelogin|duosecurity)\.com"
    r"|(?:auth|idp|login|signin|sso)\..+"
)
_SIGN_IN_PATH = re.compile(
    r"/(?:log[_-]?in|sign[_-]?in|sso|saml2?|idp|auth|oauth2?|session/new|request_access"
    r"|_forms/default\.aspx|authenticate\.aspx|accessdenied\.aspx)(?:[/.]|$)",
    re.IGNORECASE,
)


def redirects_to_follow(link: CanonicalLink) -> int:
    """Return how many redirects lead on towards the video's page.

    SharePoint opens a link to anybody by a cookie that it sets with its first redirect. We take
    no cookies, so whatever comes after it would say less than that redirect does.
    """
    host = urlsplit(link.url).netloc
    return 0 if re.fullmatch(r".+\.sharepoint\.(?:com|us)", host) else MOST_REDIRECTS


def facts_of(link: CanonicalLink, answer: Fetched) -> LinkFacts:
    """Return what an answer says of a video.

    Where a program's own host says “not found”, it may hide from strangers what it shows to the
    program's people; the known hosts would not show it to them either.
    """
    return LinkFacts(availability=_availability(link, answer), tool=TOOL)


def _availability(link: CanonicalLink, answer: Fetched) -> Availability:
    if is_gone(answer):
        known = link.host_name in KNOWN_HOSTS
        return Availability.GONE if known else Availability.RESTRICTED
    if answer.status in _NOT_FOR_ALL or asks_to_sign_in(answer):
        return Availability.RESTRICTED
    return Availability.UNKNOWN


def shows_nothing(answer: Fetched) -> bool:
    """Return whether a page says that there is no video, or none without signing in.

    A bare refusal (401, 403) does not count: hosts that take us for a robot answer so of videos
    that every person can watch.
    """
    return is_gone(answer) or asks_to_sign_in(answer)


def is_gone(answer: Fetched) -> bool:
    """Return whether a page says that there is no video."""
    return answer.status in _GONE


def asks_to_sign_in(answer: Fetched) -> bool:
    """Return whether an answer is, or leads to, a page for signing in."""
    return _is_sign_in(answer.url) or _is_sign_in(answer.leads_to)


def _is_sign_in(url: str) -> bool:
    try:
        parts = urlsplit(url)
        host = parts.hostname or ""
    except ValueError:
        return False
    return bool(_SIGN_IN_HOST.fullmatch(host) or _SIGN_IN_PATH.search(parts.path))

"""Where a video may be linked to, and whether a video is as long as asked for."""

import re
from datetime import timedelta
from enum import StrEnum
from urllib.parse import parse_qs, urlsplit

from pydantic import Field

from roundtable.domain.evidence import Verdict, VideoEvidence
from roundtable.domain.model import Record
from roundtable.domain.program import VideoRequirement
from roundtable.domain.video_hosts import KNOWN_HOSTS, LinkParts, known_host, whole_link

_LONGEST_LINK = 2_000


class LinkRefused(Exception):
    """A link that is not taken; `reason` tells the applicant what to do."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class CanonicalLink(Record):
    """A link to one video on an allowed host, in one spelling."""

    host_name: str
    """The host's name as an applicant reads it; a program's own host stands for itself."""
    url: str


class Availability(StrEnum):
    """Who can watch a linked video, by what its host answers to somebody not signed in."""

    OPEN = "open"
    RESTRICTED = "restricted"
    """Not everybody with the link: private, protected by a password, or bound to a sign-in or
    to certain sites. People may still be let in."""
    GONE = "gone"
    """There is no video for anybody."""
    UNKNOWN = "unknown"


class LinkFacts(Record):
    """What a host says about a linked video."""

    availability: Availability = Availability.UNKNOWN
    seconds: int | None = Field(default=None, ge=0)
    """Length rounded down to whole seconds; None where the host does not tell."""
    tool: str = ""
    """How the host was asked; empty where it was not."""


def canonical_link(url: str, extra_hosts: tuple[str, ...] = ()) -> CanonicalLink:
    """Return the link in one spelling; raises LinkRefused with words for the applicant.

    Taken are https links without user, port or foreign letters in the host, to one video on a
    known host or on one of the program's (`extra_hosts`: exact, or with subdomains as
    "*.example.org"). What a viewer needs (passcode, sharing key) is kept, tracking is dropped.
    A canonical link is its own canonical link.
    """
    parts = _split(url.strip())
    known = known_host(parts.host)
    if known is not None:
        name, shape = known
        address = shape(parts)
        if not address:
            raise LinkRefused(
                f"This {name} link does not lead to one video. "
                "Please open the video itself, choose “Share” and copy the link from there."
            )
        return CanonicalLink(host_name=name, url=address)
    if any(_is_extra(parts.host, extra) for extra in extra_hosts):
        return CanonicalLink(host_name=parts.host, url=whole_link(parts))
    allowed = ", ".join((*KNOWN_HOSTS, *extra_hosts))
    raise LinkRefused(
        f"We cannot take videos from {parts.host}. Please share your video on one of these: "
        f"{allowed}; or upload it as a file."
    )


def belongs_to(host: str, link: CanonicalLink) -> bool:
    """Return whether a host name is one of the link's own host, as a redirect may name it."""
    known = known_host(host)
    return host == link.host_name if known is None else known[0] == link.host_name


def _split(url: str) -> LinkParts:
    if not url:
        raise LinkRefused("Please give the link to your video.")
    if len(url) > _LONGEST_LINK:
        raise LinkRefused("This link is too long. Please copy the link that “Share” gives you.")
    if re.search(r"[\s\x00-\x1f\x7f\\]", url):
        raise LinkRefused("This link has spaces in it. Please copy it again, and only the link.")
    if not url.casefold().startswith("https://"):
        raise LinkRefused(
            "The link must begin with https://. Please copy the whole address of your video."
        )
    try:
        parts = urlsplit(url)
        query = parse_qs(parts.query, keep_blank_values=False, max_num_fields=50)
    except ValueError as error:
        raise LinkRefused("This is no complete web address. Please copy the link again.") from error
    host = parts.netloc.casefold()
    if "@" in host:
        raise LinkRefused("The link holds a user name. Please copy the link without it.")
    if ":" in host:
        raise LinkRefused("The link holds a port number. Please copy the link without it.")
    if not host.isascii() or "xn--" in host or "%" in host:
        raise LinkRefused(
            "The link's host is written with letters that can be mistaken. "
            "Please copy the link that “Share” gives you."
        )
    if not re.fullmatch(r"(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}", host):
        raise LinkRefused("This is no complete web address. Please copy the link again.")
    if re.search(r"(?:^|/)\.{1,2}(?:/|$)|%2e|%2f|%5c|%0|//", parts.path, re.IGNORECASE):
        raise LinkRefused("This link is not in its usual form. Please copy the link again.")
    return LinkParts(
        host=host,
        path=parts.path,
        query={key: values[0] for key, values in query.items()},
        raw_query=parts.query,
    )


def _is_extra(host: str, extra: str) -> bool:
    extra = extra.strip().casefold()
    if extra.startswith(("*.", ".")):
        return host.endswith("." + extra.lstrip("*."))
    return host == extra


def link_evidence(
    link: CanonicalLink, facts: LinkFacts, stated_seconds: int | None
) -> VideoEvidence:
    """Return what is known of a linked video, with words for its applicant.

    A length that the host tells counts before the one that the applicant states. A video that
    is gone cannot be taken; one that is not open to everybody is a person's to try, as hosts
    answer a server that is not signed in more strictly than a person.
    """
    told = facts.seconds
    problem = unsure = ""
    if facts.availability is Availability.GONE:
        problem = (
            f"{link.host_name} says that there is no video at this link: it may have been removed "
            "or made private, or the link may be incomplete. Please open the link in a private "
            "browser window to see what others see. Then give a link that works, or upload the "
            "video as a file."
        )
    elif facts.availability is Availability.RESTRICTED:
        unsure = (
            f"{link.host_name} does not show this video to everybody who has the link: it may be "
            "private, or protected by a password. Please let anyone with the link watch it, "
            "without signing in; a person will try to open it."
        )
    return VideoEvidence(
        readable=not problem,
        problem=problem,
        unsure=unsure,
        host=link.host_name,
        seconds=told if told is not None else stated_seconds,
        stated=told is None and stated_seconds is not None,
        tool=facts.tool,
    )


def judge_video(requirement: VideoRequirement, evidence: VideoEvidence) -> tuple[Verdict, str]:
    """Return the verdict on one video and its reason.

    A length of 5:00 or 15:00 is within 5 to 15 minutes, 4:59 or 15:01 is not (whole seconds,
    rounded down). A length that only the applicant states is confirmed by a person; one that
    nobody states is asked for. Whatever is not sure (`unsure`) is a person's to find out: of a
    file that no look was possible into, the length, too. A pass has no reason.
    """
    if not evidence.readable:
        problem = evidence.problem or "This video cannot be played."
        return Verdict.FAIL, problem
    limits = f"between {_clock(requirement.min_length)} and {_clock(requirement.max_length)}"
    if evidence.seconds is None:
        if evidence.unsure and not evidence.host:
            return Verdict.LOOK, evidence.unsure
        asked = (
            "We could not find out how long your video is. "
            f"Please state its length in minutes and seconds; it must be {limits}."
        )
        return Verdict.FAIL, f"{asked} {evidence.unsure}".strip()
    length = timedelta(seconds=evidence.seconds)
    if not requirement.min_length <= length <= requirement.max_length:
        subject = "You stated that your video is" if evidence.stated else "Your video is"
        return Verdict.FAIL, (
            f"{subject} {_clock(length)} long (minutes and seconds). It must be {limits}. "
            "Please give a video of that length."
        )
    confirmed = evidence.unsure
    if evidence.stated:
        confirmed += (
            f" The stated length is {_clock(length)}; nothing else confirms it, so a person will."
        )
    return (Verdict.LOOK, confirmed.strip()) if confirmed else (Verdict.PASS, "")


def _clock(length: timedelta) -> str:
    minutes, seconds = divmod(int(length.total_seconds()), 60)
    return f"{minutes}:{seconds:02}"

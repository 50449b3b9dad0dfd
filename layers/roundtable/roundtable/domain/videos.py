"""Where a video may be linked to, and whether a video is as long as asked for."""

import re
from collections.abc import Callable, Mapping
from datetime import timedelta
from urllib.parse import parse_qs, quote, urlencode, urlsplit

from pydantic import Field

from roundtable.domain.documents import Verdict, VideoEvidence
from roundtable.domain.model import Record
from roundtable.domain.program import VideoRequirement

KNOWN_HOSTS = (
    "Vimeo", "YouTube", "Loom", "Wistia", "Zoom", "Google Drive", "Dropbox", "OneDrive", "Panopto",
)  # fmt: skip
"""Names of the hosts that every program allows, as an applicant reads them."""

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


class LinkFacts(Record):
    """What a host says about a linked video."""

    available: bool | None = None
    """Whether the video can be seen with the link; None where the host does not tell."""
    seconds: int | None = Field(default=None, ge=0)
    """Length rounded down to whole seconds; None where the host does not tell."""
    problem: str = ""
    """What the applicant is to do, where the video is not available."""


class _Parts(Record):
    host: str
    path: str
    query: Mapping[str, str]
    raw_query: str


def canonical_link(url: str, extra_hosts: tuple[str, ...] = ()) -> CanonicalLink:
    """Return the link in one spelling; raises LinkRefused with words for the applicant.

    Taken are https links without user, port or foreign letters in the host, to one video on a
    known host or on one of the program's (`extra_hosts`: exact, or with subdomains as
    "*.example.org"). What a viewer needs (passcode, sharing key) is kept, tracking is dropped.
    """
    parts = _split(url.strip())
    for name, belongs, shaped in _HOSTS:
        if belongs.fullmatch(parts.host):
            address = shaped(parts)
            if not address:
                raise LinkRefused(
                    f"This {name} link does not lead to one video. "
                    "Please open the video itself, choose “Share” and copy the link from there."
                )
            return CanonicalLink(host_name=name, url=address)
    if any(_is_extra(parts.host, extra) for extra in extra_hosts):
        return CanonicalLink(host_name=parts.host, url=_whole(parts))
    allowed = ", ".join((*KNOWN_HOSTS, *extra_hosts))
    raise LinkRefused(
        f"We cannot take videos from {parts.host}. Please share your video on one of these: "
        f"{allowed}; or upload it as a file."
    )


def _split(url: str) -> _Parts:
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
    return _Parts(
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


def _whole(parts: _Parts) -> str:
    """Return the whole link but its fragment, in ASCII."""
    path = quote(parts.path or "/", safe="/%:@!$&'()*+,;=~-._")
    query = quote(parts.raw_query, safe="/%:@!$&'()*+,;=~-._?")
    return f"https://{parts.host}{path}" + (f"?{query}" if query else "")


def _keeping(parts: _Parts, *keys: str) -> str:
    """Return a link with its path and only these parts of its query."""
    kept = {key: parts.query[key] for key in keys if parts.query.get(key)}
    bare = _whole(parts.with_(raw_query=""))
    return f"{bare}?{urlencode(kept)}" if kept else bare


def _vimeo(parts: _Parts) -> str:
    match = re.fullmatch(
        r"/(?:video/|(?:channels|groups|showcase|album|ondemand)/[\w-]+/(?:videos?/)?"
        r"|manage/videos/)?(\d{5,12})(?:/([0-9a-f]{6,20}))?/?", parts.path,
    )  # fmt: skip
    if match is None:
        return ""
    secret = match[2] or parts.query.get("h", "")
    with_secret = re.fullmatch(r"[0-9a-f]{6,20}", secret)
    return f"https://vimeo.com/{match[1]}" + (f"/{secret}" if with_secret else "")


def _youtube(parts: _Parts) -> str:
    identifier = ""
    if parts.host == "youtu.be":
        identifier = parts.path.strip("/")
    elif parts.path.rstrip("/") == "/watch":
        identifier = parts.query.get("v", "")
    elif match := re.fullmatch(r"/(?:shorts|embed|live|v)/([^/]+)/?", parts.path):
        identifier = match[1]
    if not re.fullmatch(r"[\w-]{11}", identifier, re.ASCII):
        return ""
    return f"https://www.youtube.com/watch?v={identifier}"


def _loom(parts: _Parts) -> str:
    match = re.fullmatch(r"/(?:share|embed)/(?:[\w-]*-)?([0-9a-f]{32})/?", parts.path, re.ASCII)
    return f"https://www.loom.com/share/{match[1]}" if match else ""


def _wistia(parts: _Parts) -> str:
    match = re.fullmatch(r"/(?:embed/)?(?:medias|iframe)/([a-z0-9]{6,16})(?:\.html)?/?", parts.path)
    if match is None:
        return ""
    if parts.host.startswith("fast."):
        return f"https://fast.wistia.net/embed/iframe/{match[1]}"
    return f"https://{parts.host}/medias/{match[1]}"


def _zoom(parts: _Parts) -> str:
    recording = re.fullmatch(
        r"/(?:rec(?:ording)?/(?:share|play|detail)|clips/share)/[^/]+(?:/[^/]+)?/?", parts.path
    )
    return _keeping(parts, "pwd") if recording else ""


def _drive(parts: _Parts) -> str:
    match = re.fullmatch(
        r"/file/(?:u/\d+/)?d/([\w-]{10,100})(?:/(?:view|edit|preview))?/?", parts.path, re.ASCII
    )
    identifier = match[1] if match else ""
    if parts.path in {"/open", "/uc"}:
        identifier = parts.query.get("id", "")
    if not re.fullmatch(r"[\w-]{10,100}", identifier, re.ASCII):
        return ""
    key = parts.query.get("resourcekey", "")
    suffix = f"?{urlencode({'resourcekey': key})}" if key else ""
    return f"https://drive.google.com/file/d/{identifier}/view{suffix}"


def _dropbox(parts: _Parts) -> str:
    if not re.fullmatch(r"/(?:s|scl/fi)/[\w-]+/[^/]+/?", parts.path):
        return ""
    return _keeping(parts.with_(host="www.dropbox.com"), "rlkey")


def _onedrive(parts: _Parts) -> str:
    is_file = (
        re.match(r"/:[vu]:/|/[vu]/", parts.path)
        or re.search(r"/(?:stream|onedrive)\.aspx$|/embed$", parts.path, re.IGNORECASE)
        or parts.query.get("id")
        or parts.query.get("resid")
        or re.search(r"\.(?:mp4|mov|m4v|webm|wmv|avi|mkv)$", parts.path, re.IGNORECASE)
    )
    return _whole(parts) if is_file else ""


def _panopto(parts: _Parts) -> str:
    identifier = parts.query.get("id", "")
    is_viewer = re.fullmatch(r"/Panopto/Pages/(?:Viewer|Embed)\.aspx", parts.path, re.IGNORECASE)
    if not is_viewer or not re.fullmatch(
        r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", identifier, re.IGNORECASE
    ):
        return ""
    return f"https://{parts.host}/Panopto/Pages/Viewer.aspx?id={identifier.lower()}"


_Shape = Callable[[_Parts], str]
"""Gives the canonical address of one video; empty where the link leads to something else."""
_SUB = r"[a-z0-9][a-z0-9-]*"
_HOSTS: tuple[tuple[str, re.Pattern[str], _Shape], ...] = tuple(
    (name, re.compile(hosts), shape)
    for name, hosts, shape in (
        ("Vimeo", r"(?:www\.|player\.)?vimeo\.com", _vimeo),
        ("YouTube", r"(?:(?:www|m|music)\.)?youtube\.com|youtu\.be", _youtube),
        ("YouTube", r"(?:www\.)?youtube-nocookie\.com", _youtube),
        ("Loom", r"(?:www\.)?loom\.com", _loom),
        ("Wistia", rf"{_SUB}\.wistia\.(?:com|net)", _wistia),
        ("Zoom", rf"(?:(?:{_SUB}\.){{0,2}}zoom\.us|(?:{_SUB}\.)?zoomgov\.com|zoom\.com)", _zoom),
        ("Google Drive", r"drive\.google\.com", _drive),
        ("Dropbox", r"(?:www\.)?dropbox\.com", _dropbox),
        ("OneDrive", rf"{_SUB}\.sharepoint\.(?:com|us)|onedrive\.live\.com|1drv\.ms", _onedrive),
        ("Panopto", rf"(?:{_SUB}\.)?(?:hosted\.)?panopto\.(?:com|eu)", _panopto),
    )
)


def judge_video(requirement: VideoRequirement, evidence: VideoEvidence) -> tuple[Verdict, str]:
    """Return the verdict on one video and its reason.

    A length of 5:00 or 15:00 is within 5 to 15 minutes, 4:59 or 15:01 is not (whole seconds,
    rounded down). A length that only the applicant states is confirmed by a person; one that
    nobody states is asked for. A pass has no reason.
    """
    if not evidence.readable:
        problem = evidence.problem or "This video cannot be played."
        return Verdict.FAIL, problem
    limits = f"between {_clock(requirement.min_length)} and {_clock(requirement.max_length)}"
    if evidence.seconds is None:
        return Verdict.FAIL, (
            "We could not find out how long your video is. "
            f"Please state its length in minutes and seconds; it must be {limits}."
        )
    length = timedelta(seconds=evidence.seconds)
    if not requirement.min_length <= length <= requirement.max_length:
        subject = "You stated that your video is" if evidence.stated else "Your video is"
        return Verdict.FAIL, (
            f"{subject} {_clock(length)} long (minutes and seconds). It must be {limits}. "
            "Please give a video of that length."
        )
    if evidence.stated:
        return Verdict.LOOK, (
            f"The applicant stated a length of {_clock(length)}; "
            "nothing else confirms it, so a person will."
        )
    return Verdict.PASS, ""


def _clock(length: timedelta) -> str:
    minutes, seconds = divmod(int(length.total_seconds()), 60)
    return f"{minutes}:{seconds:02}"

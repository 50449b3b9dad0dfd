"""The hosts that every program takes videos from, and the shapes of their links to one video.

A shape gives the one spelling of a link. What a viewer needs to watch is kept (a passcode, a
sharing key), tracking and the name of whoever shared is dropped.
"""

import re
from collections.abc import Callable, Mapping
from urllib.parse import quote, urlencode

from roundtable.domain.model import Record

KNOWN_HOSTS = (
    "Vimeo", "YouTube", "Loom", "Wistia", "Zoom", "Google Drive", "Dropbox", "OneDrive", "Panopto",
)  # fmt: skip
"""Names of the hosts that every program allows, as an applicant reads them."""

VIDEO_ENDINGS = re.compile(r"\.(?:mp4|mov|m4v|webm|wmv|avi|mkv)$", re.IGNORECASE)


class LinkParts(Record):
    """A link taken apart: https, without user, port or fragment."""

    host: str
    """In lower case."""
    path: str
    query: Mapping[str, str]
    """The first value of each name that has one."""
    raw_query: str


def known_host(host: str) -> tuple[str, Callable[[LinkParts], str]] | None:
    """Return the name of a host and the shape of its links; None where it is not known.

    The shape gives the canonical address of one video, or an empty string where a link leads to
    something else, such as a folder, a channel or a meeting.
    """
    for name, belongs, shape in _HOSTS:
        if belongs.fullmatch(host):
            return name, shape
    return None


def whole_link(parts: LinkParts) -> str:
    """Return the whole link but its fragment, in ASCII."""
    path = quote(parts.path or "/", safe="/%:@!$&'()*+,;=~-._")
    query = quote(parts.raw_query, safe="/%:@!$&'()*+,;=~-._?")
    return f"https://{parts.host}{path}" + (f"?{query}" if query else "")


def _with_query(parts: LinkParts, kept: Mapping[str, str]) -> str:
    bare = whole_link(parts.with_(raw_query=""))
    return f"{bare}?{urlencode(kept)}" if kept else bare


def _keeping(parts: LinkParts, *keys: str) -> str:
    """Return a link with its path and only these parts of its query."""
    return _with_query(parts, {key: parts.query[key] for key in keys if key in parts.query})


def _vimeo(parts: LinkParts) -> str:
    match = re.fullmatch(
        r"/(?:video/|(?:channels|groups|showcase|album|ondemand)/[\w-]+/(?:videos?/)?"
        r"|manage/videos/)?([0-9]{5,12})(?:/([0-9a-f]{6,20}))?/?", parts.path,
    )  # fmt: skip
    if match is None:
        return ""
    # An unlisted video has a second part, which stands in the path or, for the player, in `h`.
    secret = match[2] or parts.query.get("h", "")
    with_secret = re.fullmatch(r"[0-9a-f]{6,20}", secret)
    return f"https://vimeo.com/{match[1]}" + (f"/{secret}" if with_secret else "")


def _youtube(parts: LinkParts) -> str:
    identifier = ""
    if parts.host == "youtu.be":
        identifier = parts.path.strip("/")
    elif parts.host == "studio.youtube.com":
        # The address bar of whoever uploaded it.
        match = re.fullmatch(r"/video/([^/]+)(?:/edit)?/?", parts.path)
        identifier = match[1] if match else ""
    elif parts.path.rstrip("/") == "/watch":
        identifier = parts.query.get("v", "")
    elif match := re.fullmatch(r"/(?:shorts|embed|live|v|watch)/([^/]+)/?", parts.path):
        identifier = match[1]
    if not re.fullmatch(r"[\w-]{11}", identifier, re.ASCII):
        return ""
    return f"https://www.youtube.com/watch?v={identifier}"


def _loom(parts: LinkParts) -> str:
    match = re.fullmatch(r"/(?:share|embed)/(?:[\w-]*-)?([0-9a-f]{32})/?", parts.path, re.ASCII)
    return f"https://www.loom.com/share/{match[1]}" if match else ""


def _wistia(parts: LinkParts) -> str:
    embedded = re.fullmatch(
        r"/embed/(?:medias|iframe)/([a-z0-9]{6,16})(?:\.(?:html|jsonp|js|json))?/?", parts.path
    )
    if embedded:
        return f"https://fast.wistia.net/embed/iframe/{embedded[1]}"
    # `/m/` is a short form of `/medias/`; what follows `/s/` is an identifier of another kind.
    match = re.fullmatch(r"/(medias|m|s)/([a-z0-9]{6,16})(?:/manage)?/?", parts.path)
    if match is None or parts.host.startswith("fast."):
        return ""
    return f"https://{parts.host}/{'s' if match[1] == 's' else 'medias'}/{match[2]}"


def _zoom(parts: LinkParts) -> str:
    recording = re.fullmatch(
        r"/(?:rec(?:ording)?/(?:share|play)|clips/share)/[^/]+(?:/[^/]+)?/?", parts.path
    )
    return _keeping(parts, "pwd") if recording else ""


def _drive(parts: LinkParts) -> str:
    match = re.fullmatch(
        r"/(?:a/[\w.-]+/)?(file|videos)/(?:u/[0-9]+/)?d/([\w-]{10,100})(?:/(?:view|edit|preview))?/?",
        parts.path, re.ASCII,
    )  # fmt: skip
    identifier = match[2] if match else ""
    if parts.path in {"/open", "/uc", "/download"}:
        identifier = parts.query.get("id", "")
    if not re.fullmatch(r"[\w-]{10,100}", identifier, re.ASCII):
        return ""
    if match and match[1] == "videos":
        return f"https://docs.google.com/videos/d/{identifier}/view"
    key = parts.query.get("resourcekey", "")
    suffix = f"?{urlencode({'resourcekey': key})}" if key else ""
    return f"https://drive.google.com/file/d/{identifier}/view{suffix}"


def _dropbox(parts: LinkParts) -> str:
    at_dropbox = parts.with_(host="www.dropbox.com")
    if re.fullmatch(r"/s/[\w-]+(?:/[^/]+)?/?", parts.path):
        return _keeping(at_dropbox)
    # Without its key (`rlkey`), such a link asks everybody to sign in.
    if not re.fullmatch(r"/scl/fi/[\w-]+/[^/]+/?", parts.path) or "rlkey" not in parts.query:
        return ""
    return _keeping(at_dropbox, "rlkey", "st")


_MICROSOFT_NOISE = frozenset(
    {"clickparams", "csf", "ga", "nav", "ovuser", "referrer", "referrerscenario", "sdata", "web",
     "xsdata"}
)  # fmt: skip
"""What Teams, Outlook and Stream append: where a link was opened, and by whom."""


def _onedrive(parts: LinkParts) -> str:
    id_of_file = parts.query.get("id", "")
    is_file = (
        re.match(r"/:[vu]:/|/[vu]/", parts.path)
        or re.search(r"/stream\.aspx$|/embed$", parts.path, re.IGNORECASE)
        or VIDEO_ENDINGS.search(id_of_file)
        or VIDEO_ENDINGS.search(parts.path)
        or (parts.host == "onedrive.live.com" and (id_of_file or parts.query.get("resid")))
    )
    if not is_file:
        return ""
    noise = [key for key in parts.query if key.lower() in _MICROSOFT_NOISE]
    if not noise:
        return whole_link(parts)
    return _with_query(parts, {key: parts.query[key] for key in parts.query if key not in noise})


def _panopto(parts: LinkParts) -> str:
    identifier = parts.query.get("id", "")
    is_viewer = re.fullmatch(r"/Panopto/Pages/(?:Viewer|Embed)\.aspx", parts.path, re.IGNORECASE)
    if not is_viewer or not re.fullmatch(
        r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", identifier, re.IGNORECASE
    ):
        return ""
    return f"https://{parts.host}/Panopto/Pages/Viewer.aspx?id={identifier.lower()}"


_SUB = r"[a-z0-9][a-z0-9-]*"
_HOSTS: tuple[tuple[str, re.Pattern[str], Callable[[LinkParts], str]], ...] = tuple(
    (name, re.compile(hosts), shape)
    for name, hosts, shape in (
        ("Vimeo", r"(?:www\.|player\.)?vimeo\.com", _vimeo),
        ("YouTube", r"(?:(?:www|m|music|studio)\.)?youtube\.com|youtu\.be", _youtube),
        ("YouTube", r"(?:www\.)?youtube-nocookie\.com", _youtube),
        ("Loom", r"(?:www\.)?loom\.com", _loom),
        ("Wistia", rf"{_SUB}\.wistia\.(?:com|net)|{_SUB}\.wi\.st", _wistia),
        ("Zoom", rf"(?:{_SUB}\.){{0,2}}zoom\.(?:us|com)|(?:{_SUB}\.)?zoomgov\.com", _zoom),
        ("Google Drive", r"(?:drive|docs|drive\.usercontent)\.google\.com", _drive),
        ("Dropbox", r"(?:(?:www|dl)\.)?dropbox\.com|dl\.dropboxusercontent\.com", _dropbox),
        ("OneDrive", rf"{_SUB}\.sharepoint\.(?:com|us)|onedrive\.live\.com|1drv\.ms", _onedrive),
        ("Panopto", rf"(?:{_SUB}\.)?(?:hosted\.)?panopto\.(?:com|eu)", _panopto),
    )
)

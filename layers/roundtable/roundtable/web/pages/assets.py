"""Styles and scripts: named by their content, kept by browsers for a year, sent compressed.

Nothing is built before: the sources in `static/` are joined, hashed when the first page names
them, and compressed when the first visitor asks for them, once a process.
"""

import gzip
import hashlib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

FOLDER = Path(__file__).parent / "static"
PREFIX = "/static/"
FOR_A_YEAR = "public, max-age=31536000, immutable"
ASKED_EACH_TIME = "public, no-cache"

_CSS = "text/css; charset=utf-8"
_JS = "text/javascript; charset=utf-8"
_SVG = "image/svg+xml"

PARTS: dict[str, tuple[str, tuple[str, ...]]] = {
    "roundtable.css": (
        _CSS,
        ("govuk.css", "palette.css", "roundtable.css", "programs.css", "print.css"),
    ),
    "applicant.css": (_CSS, ("forms.css", "uploads.css", "status.css")),
    "members.css": (_CSS, ("reviewing.css", "staff.css", "story.css")),
    "autosave.js": (_JS, ("autosave.js",)),
    "uploads.js": (_JS, ("uploads.js",)),
    "review.js": (_JS, ("review.js",)),
    "govuk.js": (_JS, ("govuk.js",)),
    "local_times.js": (_JS, ("local_times.js",)),
    "icon.svg": (_SVG, ("icon.svg",)),
}
"""What pages may name: its type, and the sources that it is joined from."""


@dataclass(frozen=True, slots=True)
class Asset:
    """A file for browsers."""

    name: str
    content_type: str
    content: bytes

    @property
    def hashed_name(self) -> str:
        """The name with the content's hash, such as `govuk-1f0c9d2e77ab.js`."""
        stem, _, suffix = self.name.rpartition(".")
        return f"{stem}-{hashlib.sha256(self.content).hexdigest()[:12]}.{suffix}"


def address(name: str) -> str:
    """Return the address of an asset for pages to name; KeyError for one that is not kept."""
    return PREFIX + _asset(name).hashed_name


def find(hashed_name: str) -> Asset | None:
    """Return an asset by its hashed name, or None where there is no such asset.

    For the hash of another release it is the present one: while a release begins, a page of the
    one before may ask for its styles, and looks right with the new ones.
    """
    stem, _, suffix = hashed_name.rpartition(".")
    name = f"{stem.rpartition('-')[0]}.{suffix}"
    return _asset(name) if name in PARTS else None


def cache_control(asset: Asset, hashed_name: str) -> str:
    """Return how long browsers may keep an asset that they asked for by this name."""
    return FOR_A_YEAR if hashed_name == asset.hashed_name else ASKED_EACH_TIME


@cache
def compressed(name: str) -> bytes:
    """Return an asset's content in gzip."""
    return gzip.compress(_asset(name).content, mtime=0)


@cache
def _asset(name: str) -> Asset:
    content_type, parts = PARTS[name]
    content = b"\n".join((FOLDER / part).read_bytes().strip() for part in parts) + b"\n"
    return Asset(name, content_type, content)

"""A look into a video file: what it is and how long it lasts, by reading a few ranges of it."""

from tinytag import __version__ as tinytag_version

from roundtable.documents.reading import recognition
from roundtable.documents.watching.mp4 import ELEMENTS, look_into_mp4
from roundtable.documents.watching.ranges import BLOCK, OutOfBoundsError, RangeFile, ReadRange
from roundtable.documents.watching.webm import MAGIC, look_into_webm
from roundtable.domain.evidence import VideoEvidence
from roundtable.domain.quarantine import INFECTED

_LONGEST = 24 * 3600
"""Seconds; headers say far more than this when they mean that they do not know."""

NOT_A_VIDEO = (
    "This file is {what}, not a video. "
    "Please upload the video itself, for example as .mp4 or .mov, or give a link to it."
)
OTHER_VIDEO = (
    "This file is {what}, which web browsers do not play. Please save it as MP4, MOV or WebM and "
    "upload that, or put it on a host of videos and give a link to it."
)
CUT_OFF = (
    "This video is cut off: its end is missing, so it cannot be played. "
    "Please check that it plays on your computer and upload it again."
)
SOUND_ONLY = "This file holds sound only, no picture. Please upload the video."
MATROSKA = "This file is an MKV video, which some web browsers do not play; a person will try it."

_BRANDS = {
    b"M4A ": SOUND_ONLY, b"M4B ": SOUND_ONLY, b"M4P ": SOUND_ONLY,
    **dict.fromkeys(
        (b"heic", b"heix", b"heim", b"mif1", b"avif"), NOT_A_VIDEO.format(what="a picture")
    ),
}  # fmt: skip
_OTHER_VIDEOS = {
    "video/x-msvideo": "an AVI video",
    "video/x-ms-wmv": "a Windows Media video",
    "video/x-flv": "a Flash video",
    "video/mpeg": "an MPEG video",
}


def look_into_video_file(read_range: ReadRange, size: int) -> VideoEvidence:
    """Return what is found in a video file of `size` bytes; no content raises an error.

    MP4 (with 3GP), MOV and WebM are taken, MKV for a person to try. `seconds` is what the header
    says, rounded down; None where it does not say, as in many files in fragments and in live
    recordings. At most MOST_REQUESTS ranges are read. Raises whatever `read_range` raises.
    """
    if size <= 0:
        return _refused(recognition.EMPTY)
    file = RangeFile(read_range, size)
    try:
        return _look(file)
    except OutOfBoundsError:
        return VideoEvidence(readable=True)


def _refused(words: str) -> VideoEvidence:
    return VideoEvidence(readable=False, problem=words)


def _look(file: RangeFile) -> VideoEvidence:
    head = file.read(min(BLOCK, file.size))
    problem = _problem_of(head)
    if problem:
        return _refused(problem)
    return _webm(file) if head.startswith(MAGIC) else _mp4(file)


def _problem_of(head: bytes) -> str:
    """Return why a file that begins so is no video that is taken; empty where it may be one."""
    if not head:
        return recognition.EMPTY
    if recognition.infected(head):
        return INFECTED
    if head[4:8] == b"ftyp" and head[8:12] in _BRANDS:
        return _BRANDS[head[8:12]]
    is_taken = head[4:8] in ELEMENTS or head.startswith(MAGIC)
    if is_taken and not recognition.is_web_page(head):
        return ""
    mime = recognition.mime_type(head)
    if mime.startswith("video/"):
        return OTHER_VIDEO.format(what=_OTHER_VIDEOS.get(mime, "a video of another type"))
    return NOT_A_VIDEO.format(what=recognition.described(head))


def _mp4(file: RangeFile) -> VideoEvidence:
    found = look_into_mp4(file)
    if not found.whole:
        return _refused(CUT_OFF)
    if found.sound_only:
        return _refused(SOUND_ONLY)
    seconds = _whole_seconds(found.seconds)
    return VideoEvidence(readable=True, seconds=seconds, tool=f"tinytag {tinytag_version}")


def _webm(file: RangeFile) -> VideoEvidence:
    found = look_into_webm(file)
    if found.kind not in {"webm", "matroska"}:
        return _refused(NOT_A_VIDEO.format(what="a file of a type that we do not know"))
    if not found.whole:
        return _refused(CUT_OFF)
    if found.sound_only:
        return _refused(SOUND_ONLY)
    return VideoEvidence(
        readable=True,
        unsure=MATROSKA if found.kind == "matroska" else "",
        seconds=_whole_seconds(found.seconds),
        tool="WebM header",
    )


def _whole_seconds(seconds: float | None) -> int | None:
    if seconds is None or not 0 < seconds < _LONGEST:
        return None
    # Header units divide seldom evenly: 299.9999999 is meant to be 300.
    return int(seconds + 1e-6)

"""What a program asks for, in words of the language spoken now."""

from collections.abc import Sequence
from datetime import timedelta

from roundtable.domain.program import (
    LetterFormat,
    LetterRequirement,
    Role,
    TeamRequirement,
    VideoRequirement,
)
from roundtable.domain.video_hosts import KNOWN_HOSTS
from roundtable.usecases.applying.changeable import VIDEO_TYPES
from roundtable.web.pages.texts import gettext as _
from roundtable.web.pages.texts import ngettext

_A_GIGABYTE = 1_000
_MINUTE = 60
_FORMATS: dict[LetterFormat, str] = {
    "pdf": "PDF",
    "docx": "Word",
    "jpeg": "JPEG",
    "png": "PNG",
    "tiff": "TIFF",
    "heic": "HEIC",
}


def time_left(days: int) -> str:
    """Return the calendar days that remain after today; 0 is the last day itself."""
    if days == 0:
        return _("Today is the last day")
    return ngettext("%(num)s day left", "%(num)s days left", days) % {"num": days}


def signers(letter: LetterRequirement) -> str:
    """Return who signs a letter, all of them."""
    names = {
        Role.CEO: _("CEO"),
        Role.BOARD_CHAIR: _("Board Chair"),
        Role.EXECUTIVE_DIRECTOR: _("Executive Director"),
    }
    return _all_of([names[role] for role in letter.signed_by])


def letter_file(letter: LetterRequirement) -> str:
    """Return what a letter's file may be, and how large."""
    return _("%(formats)s, up to %(size)s and %(pages)s") % {
        "formats": _any_of([_FORMATS[name] for name in letter.formats]),
        "size": file_size(letter.max_megabytes),
        "pages": ngettext("%(num)s page", "%(num)s pages", letter.max_pages)
        % {"num": letter.max_pages},
    }


def letters(letter: LetterRequirement) -> str:
    """Return how many letters count."""
    most = letter.max_documents
    return ngettext("One letter", "One letter, or up to %(num)s letters", most) % {"num": most}


def video_length(video: VideoRequirement) -> str:
    """Return how long a video is to be."""
    least, most = video.min_length, video.max_length
    if least == most:
        return _("Exactly %(length)s long") % {"length": _length(least)}
    if _is_whole(least) and _is_whole(most):
        return _("%(least)s to %(most)s minutes long") % {
            "least": _minutes(least),
            "most": _minutes(most),
        }
    return _("%(least)s to %(most)s long") % {"least": _length(least), "most": _length(most)}


def video_link(video: VideoRequirement) -> str:
    """Return where a video may be linked to."""
    return _("As a link: %(hosts)s") % {"hosts": _any_of([*KNOWN_HOSTS, *video.hosts])}


def video_file(video: VideoRequirement) -> str:
    """Return what a video's file may be, and how large."""
    return _("%(formats)s, up to %(size)s") % {
        "formats": _any_of(tuple(VIDEO_TYPES)),
        "size": file_size(video.max_megabytes),
    }


def video_as_file(video: VideoRequirement) -> str:
    """Return that a file may take the place of a link, and what it may be."""
    return _("Or as a file: %(terms)s") % {"terms": video_file(video)}


def video_choice(video: VideoRequirement) -> str:
    """Return how many of the further points a video is to choose; empty where it is free to."""
    least, most = video.choose_at_least, video.choose_at_most
    if not video.choose_from or not most:
        return ""
    if least == most:
        return ngettext("And one of these:", "And %(num)s of these:", most) % {"num": most}
    if not least:
        said = ngettext(
            "And, if you like, one of these:", "And, if you like, up to %(num)s of these:", most
        )
        return said % {"num": most}
    return _("And %(least)s to %(most)s of these:") % {"least": least, "most": most}


def people(team: TeamRequirement) -> str:
    """Return how many people a team comprises."""
    least, most = team.min_members, team.max_members
    if least == most:
        return ngettext("One person", "%(num)s people", most) % {"num": most}
    return _("%(least)s to %(most)s people") % {"least": least, "most": most}


def file_size(megabytes: int) -> str:
    """Return how large a file may be: 20 MB, or 2 GB."""
    if megabytes % _A_GIGABYTE == 0:
        return f"{megabytes // _A_GIGABYTE} GB"
    return f"{megabytes} MB"


def _all_of(words: Sequence[str]) -> str:
    return _joined(words, _("%(some)s and %(last)s"))


def _any_of(words: Sequence[str]) -> str:
    return _joined(words, _("%(some)s or %(last)s"))


def _joined(words: Sequence[str], ending: str) -> str:
    *some, last = words
    return ending % {"some": ", ".join(some), "last": last} if some else last


def _is_whole(length: timedelta) -> bool:
    return length.total_seconds() % _MINUTE == 0


def _minutes(length: timedelta) -> int:
    return int(length.total_seconds()) // _MINUTE


def _length(length: timedelta) -> str:
    """Return a length in minutes, or where these are not enough in minutes and seconds: 1:30."""
    if _is_whole(length):
        count = _minutes(length)
        return ngettext("%(num)s minute", "%(num)s minutes", count) % {"num": count}
    return _("%(clock)s minutes") % {
        "clock": f"{_minutes(length)}:{int(length.total_seconds()) % _MINUTE:02}"
    }

"""What a version of a round changes, in words."""

import re
from datetime import date, datetime, timedelta

from pydantic import JsonValue, TypeAdapter, ValidationError

from roundtable.domain.model import Record
from roundtable.domain.program import Program
from roundtable.programs.changes import Change
from roundtable.usecases.staff.rounds import Moved
from roundtable.web.pages.dates import day_in_words
from roundtable.web.pages.texts import gettext as _
from roundtable.web.pages.texts import ngettext

_TRACK = re.compile(r"tracks\[([^\]]+)\]\.?")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_MOMENT = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2})?")
_length = TypeAdapter(timedelta)
_LONGEST = 300


class ChangeInWords(Record):
    """One difference, as a person reads it."""

    about: str
    track: str
    """The track's name; empty where the whole program is meant."""
    before: str
    after: str
    reaches_open: bool


class MoveInWords(Record):
    """One version, as a person reads it."""

    moved: Moved
    by: str
    changes: tuple[ChangeInWords, ...]


def move_in_words(moved: Moved, program: Program, present: str) -> MoveInWords:
    """Return who moved what; `present` is the subject of whoever reads it."""
    kind, _separator, who = moved.by.partition(":")
    names = {
        "staff": _("Staff (%(who)s)") % {"who": who},
        "system": _("Roundtable (%(who)s)") % {"who": who},
    }
    return MoveInWords(
        moved=moved,
        by=_("You") if (kind, who) == ("staff", present) else names.get(kind, moved.by),
        changes=tuple(change_in_words(item, program) for item in moved.changes),
    )


def change_in_words(change: Change, program: Program) -> ChangeInWords:
    """Return a difference in words."""
    match = _TRACK.match(change.path)
    key = match.group(1) if match else ""
    names = {track.key: track.name for track in program.tracks}
    path = change.path.removeprefix(match.group(0)) if match else change.path
    return ChangeInWords(
        about=_fields().get(path, path),
        track=names.get(key, key),
        before=_value(change.before),
        after=_value(change.after),
        reaches_open=change.reaches_open,
    )


def _fields() -> dict[str, str]:
    return {
        "opens": _("Opening"),
        "upload_grace": _("Time to end an upload after the close"),
        "closes": _("Close"),
        "capacity": _("Seats"),
        "promise.by": _("Day by which teams hear"),
        "promise.days_from_receipt": _("Days within which a team hears"),
        "announcement.on": _("Day on which decisions are told"),
        "announcement.preview": _("Decisions wait for a preview"),
        "offer.answer_within_days": _("Days to answer an offer"),
        "corrections.within_days": _("Days to mend what was returned"),
        "waitlist_until": _("Last day of the waitlist"),
        "": _("Track"),
    }


def _value(value: JsonValue) -> str:
    if value in (None, "", [], {}):
        return _("nothing")
    match value:
        case bool():
            return _("Yes") if value else _("No")
        case str():
            return _cut(_text(value))
        case list():
            return _cut(", ".join(_value(item) for item in value))
        case dict():
            return _("changed")
        case _:
            return str(value)


def _text(value: str) -> str:
    if _DAY.fullmatch(value):
        return day_in_words(date.fromisoformat(value))
    if _MOMENT.fullmatch(value):
        local = datetime.fromisoformat(value)
        return _("%(day)s, %(time)s") % {
            "day": day_in_words(local.date()),
            "time": local.strftime(_("%-I:%M %p")),
        }
    return _minutes(value) or value


def _minutes(text: str) -> str:
    """Return a length of time as minutes, or an empty text for anything else."""
    if not text.startswith("P"):
        return ""
    try:
        minutes = int(_length.validate_python(text).total_seconds() // 60)
    except ValidationError:
        return ""
    return ngettext("%(num)s minute", "%(num)s minutes", minutes) % {"num": minutes}


def _cut(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"

"""Forms that move a round: what a track or an opening is now, and what was typed for it."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time
from typing import TypeVar

from pydantic import TypeAdapter, ValidationError

from roundtable.domain.program import AnnouncementRule, Program, PromiseRule, Track
from roundtable.domain.requirements import FieldProblem
from roundtable.usecases.errors import Invalid
from roundtable.usecases.staff.rounds import RoundPatch, TrackPatch
from roundtable.web.pages.fields import Field
from roundtable.web.pages.posted import Posted
from roundtable.web.pages.texts import gettext as _

T = TypeVar("T")

OPENS_DAY, OPENS_TIME = "/opens/day", "/opens/time"
CLOSES_DAY, CLOSES_TIME = "/closes/day", "/closes/time"
CAPACITY, PROMISE, ANNOUNCE = "/capacity", "/promise", "/announcement"
WAITLIST, OFFER, CORRECTIONS = "/waitlist_until", "/offer", "/corrections"
REASON = "/reason"
NAMES = (
    OPENS_DAY, OPENS_TIME, CLOSES_DAY, CLOSES_TIME, CAPACITY,
    PROMISE, ANNOUNCE, WAITLIST, OFFER, CORRECTIONS,
)  # fmt: skip
"""Of all fields that say where something moves to."""

INPUT_TYPES = {
    OPENS_DAY: "date",
    OPENS_TIME: "time",
    CLOSES_DAY: "date",
    CLOSES_TIME: "time",
    ANNOUNCE: "date",
    WAITLIST: "date",
}
"""What browsers help to choose."""

Values = Mapping[str, str]

_DAY, _TIME = TypeAdapter(date), TypeAdapter(time)


def given(form: Posted) -> dict[str, str]:
    """Return what a form says about where something moves to."""
    return {name: form.one(name) for name in NAMES if form.one(name)}


def present_opening(program: Program) -> dict[str, str]:
    """Return when a round opens, as the form has it."""
    return {OPENS_DAY: f"{program.opens:%Y-%m-%d}", OPENS_TIME: f"{program.opens:%H:%M}"}


def present_track(track: Track) -> dict[str, str]:
    """Return a track's dates and numbers, as the form has them."""
    closes, promise = track.closes, track.promise
    hour = f"{closes:%H:%M}" if isinstance(closes, datetime) else ""
    found = {
        CLOSES_DAY: f"{closes:%Y-%m-%d}",
        CLOSES_TIME: hour,
        CAPACITY: str(track.capacity),
        PROMISE: promise.by.isoformat() if promise.by else str(promise.days_from_receipt),
        ANNOUNCE: track.announcement.on.isoformat() if track.announcement.on else "",
        WAITLIST: track.waitlist_until.isoformat() if track.waitlist_until else "",
        CORRECTIONS: str(track.corrections.within_days),
    }
    if track.offer:
        found[OFFER] = str(track.offer.answer_within_days)
    return found


def opening_fields(values: Values) -> tuple[Field, ...]:
    """Return the form about when a round opens."""
    return (_field(OPENS_DAY, values), _field(OPENS_TIME, values))


def track_fields(track: Track, values: Values) -> tuple[Field, ...]:
    """Return the form about a track."""
    by_day = track.promise.by is not None
    return (
        _field(CLOSES_DAY, values),
        _field(
            CLOSES_TIME,
            values,
            hint=_("The first minute that is too late. Leave it empty for the end of the day."),
            optional=True,
        ),
        _field(CAPACITY, values, kind="number"),
        _field(PROMISE, values)
        if by_day
        else _field(
            PROMISE,
            values,
            label=_days_label(),
            hint=_("Calendar days after the receipt."),
            kind="number",
        ),
        _field(
            ANNOUNCE,
            values,
            hint=_("Leave it empty to tell each decision once it is taken."),
            optional=True,
        ),
        *([_field(OFFER, values, kind="number")] if track.offer else []),
        _field(CORRECTIONS, values, kind="number"),
        _field(
            WAITLIST,
            values,
            hint=_("Leave it empty for one year after the close."),
            optional=True,
        ),
    )


def _label(name: str) -> str:
    return {
        OPENS_DAY: _("Day of the opening"),
        OPENS_TIME: _("Time of the opening"),
        CLOSES_DAY: _("Last day to apply"),
        CLOSES_TIME: _("Closing time"),
        CAPACITY: _("Seats"),
        PROMISE: _("Day by which teams hear"),
        ANNOUNCE: _("Day on which decisions are told"),
        OFFER: _("Days to answer an offer"),
        CORRECTIONS: _("Days to mend what was returned"),
        WAITLIST: _("Last day of the waitlist"),
    }[name]


def reason_field(value: str = "") -> Field:
    """Return the question why something moves."""
    return Field(
        name=REASON,
        label=_("Why does it move?"),
        hint=_("Kept with who moved what. Do not name people who apply."),
        kind="long",
        rows=2,
        values=(value,) if value else (),
    )


def input_types(track: Track | None) -> dict[str, str]:
    """Return which fields are days and times."""
    by_day = track is not None and track.promise.by is not None
    return INPUT_TYPES | ({PROMISE: "date"} if by_day else {})


def opening_patch(values: Values) -> RoundPatch:
    """Return what is to change about the opening; raises Invalid with each problem at its field."""
    problems: list[FieldProblem] = []
    day, at = _day(values, OPENS_DAY, problems), _time(values, OPENS_TIME, problems)
    wrong = {problem.path for problem in problems}
    if day is None and OPENS_DAY not in wrong:
        problems.append(_missing_day(OPENS_DAY))
    if at is None and OPENS_TIME not in wrong:
        reason = _("%(label)s: enter a time.") % {"label": _label(OPENS_TIME)}
        problems.append(FieldProblem(path=OPENS_TIME, reason=reason))
    if problems or day is None or at is None:
        raise _invalid(problems)
    return RoundPatch(opens=datetime.combine(day, at))


def track_patch(track: Track, values: Values) -> RoundPatch:
    """Return what is to change about a track; raises Invalid with each problem at its field."""
    problems: list[FieldProblem] = []
    closes = _day(values, CLOSES_DAY, problems)
    at = _time(values, CLOSES_TIME, problems)
    capacity = _count(values, CAPACITY, problems)
    mend = _count(values, CORRECTIONS, problems)
    changes: dict[str, object] = {
        "capacity": capacity,
        "promise": _promise(track, values, problems),
        "announcement": AnnouncementRule(
            on=_day(values, ANNOUNCE, problems), preview=track.announcement.preview
        ),
        "waitlist_until": _day(values, WAITLIST, problems),
    }
    if closes is None and CLOSES_DAY not in {problem.path for problem in problems}:
        problems.append(_missing_day(CLOSES_DAY))
    elif closes is not None:
        changes["closes"] = closes if at is None else datetime.combine(closes, at)
    if mend is not None:
        changes["corrections"] = track.corrections.with_(within_days=mend)
    if track.offer:
        answer = _count(values, OFFER, problems)
        if answer is not None:
            changes["offer"] = track.offer.with_(answer_within_days=answer)
    if problems:
        raise _invalid(problems)
    try:
        patch = TrackPatch.model_validate(changes)
    except ValidationError as refusal:
        found = refusal.errors(include_url=False, include_input=False)
        raise _invalid([_at_field(f"/{e['loc'][0]}", e["msg"]) for e in found]) from None
    return RoundPatch(tracks={track.key: patch})


def placed(problems: Sequence[FieldProblem], track: Track | None) -> tuple[FieldProblem, ...]:
    """Return a use case's problems, each at the field of the form that brought it about."""
    prefix = f"/tracks/{track.key}" if track else ""
    return tuple(_at_field(item.path.removeprefix(prefix), item.reason) for item in problems)


def _at_field(path: str, reason: str) -> FieldProblem:
    of = {"/closes": CLOSES_DAY, "/opens": OPENS_DAY}
    first = "/" + path.strip("/").partition("/")[0]
    return FieldProblem(path=path if path in NAMES else of.get(first, first), reason=reason)


def _promise(track: Track, values: Values, problems: list[FieldProblem]) -> PromiseRule:
    if track.promise.by is None:
        days = _count(values, PROMISE, problems, _days_label())
        return PromiseRule(days_from_receipt=days) if days else track.promise
    day = _day(values, PROMISE, problems)
    if day is None and PROMISE not in {problem.path for problem in problems}:
        problems.append(_missing_day(PROMISE))
    return PromiseRule(by=day) if day else track.promise


def _field(
    name: str,
    values: Values,
    *,
    label: str = "",
    hint: str = "",
    kind: str = "text",
    optional: bool = False,
) -> Field:
    return Field.model_validate(
        {
            "name": name,
            "label": label or _label(name),
            "hint": hint,
            "kind": kind,
            "optional": optional,
            "values": (values[name],) if values.get(name) else (),
            "width": "10",
        }
    )


def _day(values: Values, name: str, problems: list[FieldProblem]) -> date | None:
    reason = _("Write the day as year-month-day, such as 2022-10-21.")
    return _read(_DAY, values.get(name, ""), name, reason, problems)


def _time(values: Values, name: str, problems: list[FieldProblem]) -> time | None:
    reason = _("Write the time as hours and minutes, such as 17:00.")
    return _read(_TIME, values.get(name, ""), name, reason, problems)


def _read(
    kind: TypeAdapter[T], text: str, name: str, reason: str, problems: list[FieldProblem]
) -> T | None:
    if not text:
        return None
    try:
        return kind.validate_strings(text)
    except ValidationError:
        problems.append(FieldProblem(path=name, reason=reason))
        return None


def _count(values: Values, name: str, problems: list[FieldProblem], label: str = "") -> int | None:
    text = values.get(name, "").replace(",", "").replace(" ", "")
    if text.isascii() and text.isdigit() and int(text[:9]) > 0 and len(text) <= 9:  # noqa: PLR2004
        return int(text)
    reason = _("%(label)s: enter a whole number, 1 or more.") % {"label": label or _label(name)}
    problems.append(FieldProblem(path=name, reason=reason))
    return None


def _days_label() -> str:
    return _("Days within which a team hears")


def _missing_day(name: str) -> FieldProblem:
    return FieldProblem(path=name, reason=_("%(label)s: enter a day.") % {"label": _label(name)})


def _invalid(problems: Sequence[FieldProblem]) -> Invalid:
    return Invalid("invalid-move", "The round cannot be moved like this.", problems)

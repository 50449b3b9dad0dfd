"""The kinds of value that people write in a program file: zones, local times, closings, lengths."""

import re
from datetime import date, datetime, timedelta
from typing import Annotated, cast
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import AfterValidator, BeforeValidator, TypeAdapter, ValidationError
from pydantic_core import InitErrorDetails, PydanticCustomError

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
# Without months, which in `P5M` are seldom meant; pydantic writes 365 days as `P1Y`.
_ISO_LENGTH = re.compile(r"P(?=\d|T\d)(\d+Y)?(\d+D)?(T(?=\d)(\d+H)?(\d+M)?(\d+(\.\d+)?S)?)?")
_LENGTH_PART = re.compile(
    r"(\d+)\s*(?:(d|days?)|(h|hrs?|hours?)|(m|mins?|minutes?)|(s|secs?|seconds?))(?:\s+|$|(?=\d))"
)
_BEFORE_MIDNIGHT = (23, 59)
_instant: TypeAdapter[datetime] = TypeAdapter(datetime)
_length: TypeAdapter[timedelta] = TypeAdapter(timedelta)

Loc = tuple[str | int, ...]


def refusal(title: str, *problems: tuple[Loc, str]) -> ValidationError:
    """Return one error that tells each problem at its own place, relative to the record checked.

    Raised from a validator, it keeps these places: a program file's reader turns them into lines.
    """
    return ValidationError.from_exception_data(
        title,
        [
            InitErrorDetails(
                type=PydanticCustomError("rule", "{reason}", {"reason": reason}),
                loc=loc,
                input=None,
            )
            for loc, reason in problems
        ],
    )


def _zone(name: str) -> str:
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        known = False
    else:
        # "EST" is known to the database, too, but has no summer time: seldom what is meant.
        known = "/" in name or name == "UTC"
    if not known:
        raise ValueError(f"'{name}' is not an IANA time zone, such as America/New_York")
    return name


def _read_day(value: object) -> object:
    if isinstance(value, date) and not isinstance(value, datetime):
        return value
    if isinstance(value, str) and _DAY.fullmatch(value.strip()):
        try:
            return date.fromisoformat(value.strip())
        except ValueError:
            raise ValueError(f"'{value}' is not in the calendar") from None
    raise ValueError("write a day as year-month-day, such as 2022-10-21")


def _read_local(value: object) -> object:
    """Read a local time, and refuse numbers and days, which would be taken for some instant.

    Raises ValueError also for a wrong type: pydantic lets a TypeError through.
    """
    if isinstance(value, str) and not _DAY.fullmatch(value.strip()):
        try:
            value = _instant.validate_python(value.strip())
        except ValidationError:
            value = None
    if not isinstance(value, datetime):
        raise ValueError("write a day and an hour, such as 2022-09-06T09:00")  # noqa: TRY004
    if value.tzinfo is not None:
        raise ValueError("write the local time without an offset; the program's timezone is used")
    return value


def _read_closing(value: object) -> object:
    """Tell a day from a time by how it is written, so that midnight stays a time.

    Left to pydantic's union, `2022-10-21T00:00` became the day, and closed 24 hours later.
    """
    if isinstance(value, str) and not _DAY.fullmatch(value.strip()) and ":" not in value:
        raise ValueError("write a day (2022-10-21) or a day and an hour (2022-10-21T12:00)")
    if isinstance(value, datetime) or (isinstance(value, str) and ":" in value):
        moment = cast(datetime, _read_local(value))
        if (moment.hour, moment.minute) == _BEFORE_MIDNIGHT:
            raise ValueError(
                f"to close at the end of the day write the day alone, {moment.date()}; "
                "an hour is the first moment that is too late"
            )
        return moment
    return _read_day(value)


def _read_length(value: object) -> object:
    if isinstance(value, timedelta):
        return value
    if isinstance(value, str):
        text = value.strip()
        if _ISO_LENGTH.fullmatch(text):
            return _length.validate_python(text)
        parts = list(_LENGTH_PART.finditer(text.lower()))
        if parts and "".join(part.group() for part in parts) == text.lower():
            try:
                return sum((_length_of(part) for part in parts), timedelta())
            except OverflowError:
                raise ValueError(f"'{text}' is too long") from None
    raise ValueError("write a length of time with its unit, such as 5m, 15 min or PT5M")


def _length_of(part: re.Match[str]) -> timedelta:
    number, days, hours, minutes, _ = part.groups()
    unit = "days" if days else "hours" if hours else "minutes" if minutes else "seconds"
    return timedelta(**{unit: int(number)})


ZoneName = Annotated[str, AfterValidator(_zone)]

Day = Annotated[date, BeforeValidator(_read_day)]
"""A calendar day in the program's zone."""

LocalTime = Annotated[datetime, BeforeValidator(_read_local)]
"""A date and time on the wall clock of the program's zone."""

Closing = Annotated[date | datetime, BeforeValidator(_read_closing)]
"""A closing: a date stands for its last moment, a local time for itself."""

Length = Annotated[timedelta, BeforeValidator(_read_length)]
"""A length of time: `PT5M`, or in words `5m`, `15 min`, `1h 30m`. A bare number is refused."""


def unusual_local_time(local: datetime, zone: ZoneInfo) -> str:
    """Return why a local time names no single instant (a clock change), or an empty text."""
    early, late = (local.replace(tzinfo=zone, fold=fold).utcoffset() for fold in (0, 1))
    if early == late:
        return ""
    if early is not None and late is not None and early < late:
        return f"{local:%Y-%m-%d %H:%M} does not exist: the clocks are put forward then"
    return f"{local:%Y-%m-%d %H:%M} comes twice: the clocks are put back then"

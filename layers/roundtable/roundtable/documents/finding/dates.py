"""The date of a letter."""

import re
from collections.abc import Iterator, Sequence
from datetime import date

from roundtable.documents.finding.lines import SALUTATION, Line
from roundtable.documents.finding.titles import is_prose

_MONTHS = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september",
    "october", "november", "december",
)  # fmt: skip
_MONTH = (
    r"(?P<month>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    r"|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?"
)
_DAY = r"(?P<day>\d{1,2})(?:\s?(?:st|nd|rd|th))?"
_YEAR = r"(?P<year>(?:19|20)\d\d)"
_SPELLED = (
    re.compile(rf"(?i)\b{_MONTH}\s{{0,2}}{_DAY}\s?,?\s{{0,2}}{_YEAR}\b"),
    re.compile(rf"(?i)\b{_DAY}\s(?:day\s)?(?:of\s)?{_MONTH}\s?,?\s{{0,2}}{_YEAR}\b"),
)
_NUMBERS = (
    re.compile(r"\b(?P<year>(?:19|20)\d\d)[-/.](?P<month>\d{1,2})[-/.](?P<day>\d{1,2})\b"),
    re.compile(
        r"\b(?P<month>\d{1,2})\s?[-/.]\s?(?P<day>\d{1,2})\s?[-/.]\s?(?P<year>(?:19|20)?\d\d)\b"
    ),
)
_FORMS = (*_SPELLED, *_NUMBERS)
_LABEL = re.compile(r"(?i)\bdated?(?:\s+(?:of\s+(?:the\s+)?letter|signed))?\s*:\s*")
_THIS_DAY = re.compile(rf"(?i)\bthis\s(?:the\s)?{_DAY}\sday\sof\s{_MONTH}\s?,?\s{{0,2}}{_YEAR}\b")
_OF_SOMETHING_ELSE = re.compile(
    r"(?i)\b(?:re|due|by|until|through|from|since|deadline|closes?|opens?|established|founded"
    r"|effective|revised|expires?|application|rfa|meeting|start|end|birth|born|printed)\b"
)
_HEAD = 15
"""In so many lines at most a letter tells its date."""
_OTHER_WORDS = 5
_MOST_MONTHS = 12
_CENTURY = 100
_THIS_CENTURY = 2000


def letter_date(lines: Sequence[Line]) -> date | None:
    """Return the date that a letter says it is of, or None.

    It stands alone in one of the first lines (with a place or a weekday at most), or after
    "Date:", or in "this 3rd day of October, 2022"; a date in running text is of something else.
    Numbers are read in the order of the United States, unless only another one makes a date.
    """
    return next(_head_dates(lines), None) or next(_told_dates(lines), None)


def _head_dates(lines: Sequence[Line]) -> Iterator[date]:
    seen = 0
    for line in lines:
        if not line.text:
            continue
        seen += 1
        if seen > _HEAD or SALUTATION.match(line.text):
            return
        if not is_prose(line.text):
            found = _alone(line.text)
            if found is not None:
                yield found


def _told_dates(lines: Sequence[Line]) -> Iterator[date]:
    for line in lines:
        match = _LABEL.search(line.text)
        found = None
        if match and not _OF_SOMETHING_ELSE.search(line.text[: match.start()]):
            found = _begins_with(line.text[match.end() :])
        if found is None and (this := _THIS_DAY.search(line.text)):
            found = _date(this)
        if found is not None:
            yield found


def _alone(text: str) -> date | None:
    for form in _FORMS:
        match = form.search(text)
        if match is None:
            continue
        others = f"{text[: match.start()]} {text[match.end() :]}"
        if _OF_SOMETHING_ELSE.search(others) or len(others.split()) > _OTHER_WORDS:
            return None
        return _date(match)
    return None


def _begins_with(text: str) -> date | None:
    for form in _FORMS:
        match = form.match(text)
        if match is not None:
            return _date(match)
    return None


def _date(match: re.Match[str]) -> date | None:
    said = match["month"].casefold().rstrip(".")
    day, year = int(match["day"]), int(match["year"])
    month = next((at for at, name in enumerate(_MONTHS, 1) if name.startswith(said[:3])), 0)
    if said.isdecimal():
        month = int(said)
        if month > _MOST_MONTHS:
            month, day = day, month
    if year < _CENTURY:
        year += _THIS_CENTURY
    try:
        return date(year, month, day)
    except ValueError:
        return None

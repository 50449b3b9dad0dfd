"""What a letter of commitment commits to, and when: the program's names, the letter's dates."""

import re
from datetime import date, timedelta

from roundtable.domain.program import LetterRequirement, Program

_YEARS = re.compile(r"[\s,(]*\b(?:19|20)\d{2}\b(?:\s*[-\u2013/]\s*\d{2,4})?\)?\s*$")

_LETTERS_HOLD = timedelta(days=365)
"""How long before the round opens a letter may be dated; an older one is of an earlier round."""
_ELSEWHERE = timedelta(days=1)
"""By how much the date in another zone may be ahead of the program's."""


def names_in_letters(program: Program, requirement: LetterRequirement) -> tuple[str, ...]:
    """Return the names that a requirement gives; else the program's name without its years."""
    return requirement.about or (_YEARS.sub("", program.name).strip() or program.name,)


def letter_dates(opens: date, received: date) -> tuple[date, date]:
    """Return the first and the last day of which a letter received on a day may be dated.

    Both days are those of the program's zone.
    """
    return opens - _LETTERS_HOLD, received + _ELSEWHERE

"""Public holidays from the `holidays` package."""

from collections.abc import Sequence
from datetime import date
from functools import cache

import holidays

from roundtable.ports import Holidays


class CalendarHolidays(Holidays):
    """National public holidays, with the days on which they are observed."""

    def of(self, country: str, years: Sequence[int]) -> frozenset[date]:
        """Return the holidays of a country (ISO 3166, two letters) in these years.

        Raises ValueError for a country that is not known.
        """
        return frozenset(day for year in years for day in _of_year(country, year))


@cache
def _of_year(country: str, year: int) -> frozenset[date]:
    try:
        days = holidays.country_holidays(country, years=year)
    except NotImplementedError as error:
        raise ValueError(f"the holidays of '{country}' are not known") from error
    # A holiday of the next year may be observed in this one, and is not asked for here.
    return frozenset(day for day in days if day.year == year)

"""Stretches of the calendar with their TIMEX3 values: days, weeks, months, seasons, years.

Weeks follow ISO 8601 and begin on Monday. Everything here is exact arithmetic: OverflowError or
ValueError when a day lies outside the years 1 to 9999.
"""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum

from dateline.model import DateRange

ONE_DAY = timedelta(days=1)

# First month of the meteorological seasons; the southern hemisphere is half a year ahead.
_SEASON_STARTS = {"SP": 3, "SU": 6, "FA": 9, "WI": 12}


class Unit(Enum):
    """A unit of time, by its word in the lexicon; `code` is its letter in a TIMEX3 duration."""

    SECOND = "second"
    MINUTE = "minute"
    HOUR = "hour"
    DAY = "day"
    WEEK = "week"
    FORTNIGHT = "fortnight"
    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"
    DECADE = "decade"
    CENTURY = "century"

    @property
    def is_of_clock(self) -> bool:
        """Return whether the unit is shorter than a day."""
        return self in (Unit.SECOND, Unit.MINUTE, Unit.HOUR)


class Part(Enum):
    """Which part of a month, a season or a year is meant: a third of it, or its last week ("the end of")."""

    START = "start"
    MIDDLE = "middle"
    END = "end"
    CLOSE = "close"


@dataclass(frozen=True, slots=True)
class Moment:
    """A stretch of days and its TIMEX3 value."""

    value: str
    days: DateRange

    @property
    def first(self) -> date:
        """Return the first day; a moment is never open at its start."""
        assert self.days.earliest
        return self.days.earliest

    @property
    def last(self) -> date:
        """Return the last day; a moment is never open at its end."""
        assert self.days.latest
        return self.days.latest

    def until(self, day: date) -> Moment:
        """Return the moment cut off after `day`, unless it begins later."""
        if not self.first <= day <= self.last:
            return self
        return Moment(self.value, DateRange(self.first, day))

    def since(self, day: date) -> Moment:
        """Return the moment from `day` on, unless it ends before."""
        if not self.first <= day <= self.last:
            return self
        return Moment(self.value, DateRange(day, self.last))

    def part(self, part: Part | None) -> Moment:
        """Return a third of the moment, or its last days; the value stays that of the whole."""
        if part is None:
            return self
        length = (self.last - self.first).days + 1
        third = length // 3
        first, last = {
            Part.START: (0, third),
            Part.MIDDLE: (third, length - third),
            Part.END: (2 * third, length),
            Part.CLOSE: (length - max(2 * third // 3, 1) - 1, length),
        }[part]
        return Moment(self.value, DateRange(self.first + first * ONE_DAY, self.first + (last - 1) * ONE_DAY))


def day(when: date) -> Moment:
    """Return one calendar day."""
    return Moment(when.isoformat(), DateRange.day(when))


def day_part(when: date, code: str) -> Moment:
    """Return a part of a day; a night ("NI") is called by the day on which it begins."""
    return Moment(f"{when.isoformat()}T{code}", DateRange.day(when))


def night_to(when: date) -> Moment:
    """Return the night that ends on the morning of `when`."""
    evening = when - ONE_DAY
    return Moment(f"{evening.isoformat()}TNI", DateRange(evening, when))


def week(when: date) -> Moment:
    """Return the week that `when` lies in."""
    year, number, weekday = when.isocalendar()
    monday = when - (weekday - 1) * ONE_DAY
    return Moment(f"{year:04}-W{number:02}", DateRange(monday, monday + 6 * ONE_DAY))


def weekend(when: date) -> Moment:
    """Return the weekend of the week that `when` lies in."""
    saturday = week(when).first + 5 * ONE_DAY
    return Moment(f"{week(when).value}-WE", DateRange(saturday, saturday + ONE_DAY))


def month(year: int, number: int) -> Moment:
    """Return a month; ValueError when there is none of that number."""
    last = monthrange(year, number)[1]
    return Moment(f"{year:04}-{number:02}", DateRange(date(year, number, 1), date(year, number, last)))


def month_after(when: date, months: int) -> Moment:
    """Return the month that lies `months` after that of `when`."""
    count = when.year * 12 + when.month - 1 + months
    return month(count // 12, count % 12 + 1)


def quarter(year: int, number: int) -> Moment:
    """Return a quarter of a year, 1 to 4."""
    first, last = month(year, 3 * number - 2), month(year, 3 * number)
    return Moment(f"{year:04}-Q{number}", DateRange(first.first, last.last))


def season(year: int, code: str, southern: bool = False) -> Moment:
    """Return the meteorological season that begins in `year` ("WI" of the north ends in the next)."""
    start = _SEASON_STARTS[code]
    if southern:
        start = (start + 5) % 12 + 1
    first = month(year, start)
    return Moment(f"{year:04}-{code}", DateRange(first.first, month_after(first.first, 2).last))


def season_named(year: int, code: str, southern: bool = False) -> Moment:
    """Return the season that is called by `year`: the cold months on both sides of it when it spans two."""
    named = season(year, code, southern)
    if named.last.year == year:
        return named
    return Moment(named.value, DateRange(date(year, 1, 1), named.last))


def year(number: int) -> Moment:
    """Return a calendar year."""
    return Moment(f"{number:04}", DateRange(date(number, 1, 1), date(number, 12, 31)))


def decade(start: int) -> Moment:
    """Return the ten years from `start`, which ends in 0."""
    return Moment(f"{start // 10:03}", DateRange(date(start, 1, 1), date(start + 9, 12, 31)))


def century(start: int) -> Moment:
    """Return the hundred years from `start`, which ends in 00."""
    return Moment(f"{start // 100:02}", DateRange(date(max(start, 1), 1, 1), date(start + 99, 12, 31)))


def unit_around(when: date, unit: Unit, count: int = 0) -> Moment:
    """Return the day, week, month ... that lies `count` units after the one that holds `when`."""
    match unit:
        case Unit.DAY:
            return day(when + count * ONE_DAY)
        case Unit.WEEK:
            return week(when + 7 * count * ONE_DAY)
        case Unit.FORTNIGHT:
            return week(when + 14 * count * ONE_DAY)
        case Unit.MONTH:
            return month_after(when, count)
        case Unit.QUARTER:
            months = when.year * 4 + (when.month - 1) // 3 + count
            return quarter(months // 4, months % 4 + 1)
        case Unit.YEAR:
            return year(when.year + count)
        case Unit.DECADE:
            return decade((when.year // 10 + count) * 10)
        case Unit.CENTURY:
            return century((when.year // 100 + count) * 100)
    return day(when)


def easter(number: int) -> date:
    """Return Easter Sunday of a Gregorian year (Meeus, Astronomical Algorithms, chapter 8)."""
    a, b, c = number % 19, number // 100, number % 100
    d, e = b // 4, b % 4
    g = (8 * b + 13) // 25
    h = (19 * a + b - d - g + 15) % 30
    i, k = c // 4, c % 4
    m = (32 + 2 * e + 2 * i - h - k) % 7
    n = (a + 11 * h + 22 * m) // 451
    p = h + m - 7 * n + 114
    return date(number, p // 31, p % 31 + 1)


def counted_weekday(number: int, month_number: int, weekday: int, count: int) -> date:
    """Return the `count`-th weekday (1 to 7) of a month, from its end if negative."""
    whole = month(number, month_number)
    if count > 0:
        ahead = (weekday - whole.first.isoweekday()) % 7
        return whole.first + (ahead + 7 * (count - 1)) * ONE_DAY
    back = (whole.last.isoweekday() - weekday) % 7
    return whole.last - (back + 7 * (-count - 1)) * ONE_DAY

"""Dates that name a day, a month or a year, with or without the year."""

from __future__ import annotations

import re
from datetime import date

from dateline.extract.times import moments
from dateline.extract.times.moments import ONE_DAY, Moment, Part
from dateline.extract.times.reading import Anchor, Heading, Kind, Reading, fixed
from dateline.extract.times.vocabulary import Vocabulary, plain
from dateline.model import DateRange

_CENTURY_BREAK = 50  # two figures: 50 to 99 are 1950 to 1999


def iso_date(match: re.Match[str], _words: Vocabulary) -> Reading | None:
    """Read "2024-06-16"."""
    parts = (match["y"], match["m"], match["d"]) if match["y"] else (match["y2"], match["m2"], match["d2"])
    return fixed(moments.day(date(*map(int, parts))), is_day=True)


def date_in_figures(match: re.Match[str], _words: Vocabulary) -> Reading | None:
    """Read "16/06/2024"; where day and month may be either, the range holds both readings."""
    a, b, year = int(match["a"]), int(match["b"]), _full_year(match["y"])
    if len(match["y"]) == 2 and match["sign"] != "/":
        return None
    readings = [_day_or_none(year, a, b), _day_or_none(year, b, a)]
    if match["sign"] == ".":
        readings.reverse()  # with full stops the day comes first
    days = [day for day in readings if day]
    if not days:
        return None
    return Reading(Kind.DATE, days[0].isoformat(), DateRange(min(days), max(days)), is_day=True)


def _day_or_none(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _full_year(figures: str) -> int:
    if len(figures) == 4:
        return int(figures)
    short = int(figures)
    return short + (1900 if short >= _CENTURY_BREAK else 2000)


def day_of_month(match: re.Match[str], words: Vocabulary) -> Reading | None:
    """Read "16 June", "Sunday, June 16, 2024", "3 to 5 May": with a year for itself, else from its anchor."""
    month = words.month(match["month"])
    day = int(match["day"].rstrip("stndrh"))
    to = int(match["to"].rstrip("stndrh")) if match["to"] else day
    figures = match["year"] or match.groupdict().get("short")
    if to < day:
        return None
    if figures:
        return fixed(_days(_full_year(figures), month, day, to), is_day=True)
    weekday = words.weekday(match["weekday"]) if match["weekday"] else None

    def at(anchor: date, heading: Heading) -> Moment:
        years = _years_around(anchor, month, day, heading)
        if weekday:
            years = [y for y in years if date(y, month, day).isoweekday() == weekday] or years
        return _days(years[0], month, day, to)

    date(2024, month, day)  # no such day in any year: not a date
    value = f"XXXX-{month:02}-{day:02}"
    return Reading(Kind.DATE, value, at=at, anchor=Anchor.EITHER, is_day=True)


def _days(year: int, month: int, day: int, to: int) -> Moment:
    first = date(year, month, day)
    return Moment(first.isoformat(), DateRange(first, date(year, month, to)))


def _years_around(anchor: date, month: int, day: int, heading: Heading) -> list[int]:
    """Return the years in which the day may lie, the most likely first: the nearest on the heading's side."""
    nearby = [anchor.year + step for step in (0, -1, 1, -2, -3, -4)]
    real = [(y, found) for y in nearby if 0 < y < 10_000 and (found := _day_or_none(y, month, day))]
    if heading is Heading.PAST:
        wanted = [y for y, found in real if found <= anchor]
    else:
        wanted = [y for y, found in real if found >= anchor]
    if not wanted and not real:
        raise ValueError(f"no day {day}.{month}. near {anchor}")
    return wanted or [y for y, _ in real]


def month_alone(match: re.Match[str], words: Vocabulary) -> Reading | None:
    """Read "June", "late June 2024", "March last year"."""
    month, part = words.month(match["month"]), words.part(match["part"])
    if match["year"]:
        return fixed(moments.month(int(match["year"]), month).part(part))
    if match["relation"]:
        return _month_of_year(month, part, match["relation"], words)

    def at(anchor: date, heading: Heading) -> Moment:
        found = _month_near(anchor, month, heading).part(part)
        return found.until(anchor) if heading is Heading.PAST else found

    return Reading(Kind.DATE, f"XXXX-{month:02}", at=at, anchor=Anchor.EITHER, recurs=True)


def _month_near(anchor: date, month: int, heading: Heading) -> Moment:
    this_year = moments.month(anchor.year, month)
    if heading is Heading.PAST:
        return this_year if this_year.first <= anchor else moments.month(anchor.year - 1, month)
    return this_year if this_year.last >= anchor else moments.month(anchor.year + 1, month)


def _month_of_year(month: int, part: Part | None, relation: str, _words: Vocabulary) -> Reading:
    said = plain(relation).removeprefix("of ").split()[0]
    step = {"last": -1, "next": 1}.get(said, 0)
    anchor = Anchor.MENTIONED if said in ("that", "the") else Anchor.PUBLISHED

    def at(day: date, _heading: Heading) -> Moment:
        return moments.month(day.year + step, month).part(part)

    return Reading(Kind.DATE, f"XXXX-{month:02}", at=at, anchor=anchor)


def year_alone(match: re.Match[str], words: Vocabulary) -> Reading | None:
    """Read "2015", "early 2015", "fiscal 1989"."""
    return fixed(moments.year(int(match["year"])).part(words.part(match["part"])))


def decade(match: re.Match[str], words: Vocabulary) -> Reading | None:
    """Read "the 1990s", "the late '80s", "the nineties"."""
    if match["year"]:
        start = int(match["year"])
    elif match["word"]:
        start = 1900 + 10 * words.decades[match["word"].lower()]
    else:
        start = 1900 + int(match["short"])
    return fixed(moments.decade(start).part(words.part(match["part"])))


def century(match: re.Match[str], words: Vocabulary) -> Reading | None:
    """Read "the 20th century"."""
    number = int(match["figure"]) if match["figure"] else words.ordinals[match["word"].lower()]
    return fixed(moments.century(100 * (number - 1)).part(words.part(match["part"])))


def season_of_year(match: re.Match[str], words: Vocabulary) -> Reading | None:
    """Read "summer 2016", "the winter of 1994"."""
    code = words.seasons[match["season"].lower()]
    found = moments.season_named(int(match["year"]), code, words.southern)
    return fixed(found.part(words.part(match["part"])))


def holiday(match: re.Match[str], words: Vocabulary) -> Reading | None:
    """Read "Christmas Eve", "Easter Sunday 2019", "9/11"."""
    name = plain(match["holiday"])
    named = words.words["holidays"]["named"].get(name)
    if named:
        return fixed(moments.day(date.fromisoformat(named)), is_day=True)
    if match["year"]:
        return fixed(moments.day(holiday_in(name, int(match["year"]), words)), is_day=True)

    def at(anchor: date, heading: Heading) -> Moment:
        found = holiday_in(name, anchor.year, words)
        if heading is Heading.PAST and found > anchor:
            found = holiday_in(name, anchor.year - 1, words)
        elif heading is Heading.FUTURE and found < anchor:
            found = holiday_in(name, anchor.year + 1, words)
        return moments.day(found)

    return Reading(Kind.DATE, "XXXX-XX-XX", at=at, anchor=Anchor.EITHER, is_day=True)


def holiday_in(name: str, year: int, words: Vocabulary) -> date:
    """Return the day of a holiday in a year; KeyError when the language lists no such day."""
    table = words.words["holidays"]
    if name in table["fixed"]:
        month, day = table["fixed"][name]
        return date(year, month, day)
    if name in table["counted"]:
        month, weekday, count = table["counted"][name]
        return moments.counted_weekday(year, month, weekday, count)
    after: int = table["easter"][name]
    return moments.easter(year) + after * ONE_DAY

"""Dates that name a day, a month or a year, with or without the year."""

from __future__ import annotations

import re
from datetime import date, timedelta

from dateline.extract.times import moments
from dateline.extract.times.moments import ONE_DAY, Moment, Part
from dateline.extract.times.reading import Anchor, Heading, Kind, Reading, fixed
from dateline.extract.times.vocabulary import Vocabulary, plain
from dateline.model import DateRange

_CENTURY_BREAK = 50  # two figures: 50 to 99 are 1950 to 1999
STEPS = {"last": -1, "this": 0, "next": 1}
_SIDES = {"last": -1, "this past": -1, "next": 1}
_SWAY = 5  # how many times farther off a day may lie to be meant, if the tense speaks for its side


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
    side = _SIDES.get(plain(match.groupdict().get("side") or ""))

    def at(anchor: date, heading: Heading) -> Moment:
        if side:
            return _days(_nearest(anchor, month, day, side), month, day, to)
        years = _years_around(anchor, month, day, heading)
        if weekday:
            years = [y for y in years if date(y, month, day).isoweekday() == weekday] or years
        return _days(years[0], month, day, to)

    date(2024, month, day)  # no such day in any year: not a date
    value = f"XXXX-{month:02}-{day:02}"
    return Reading(Kind.DATE, value, at=at, anchor=Anchor.PUBLISHED, is_day=True)


def _nearest(anchor: date, month: int, day: int, side: int) -> int:
    """Return the nearest year in which the day lies before (-1) or after (1) the anchor."""
    nearby = (anchor.year + side * step for step in range(9))
    return next(y for y in nearby if (d := _day_or_none(y, month, day)) and (d - anchor).days * side > 0)


def _days(year: int, month: int, day: int, to: int) -> Moment:
    first = date(year, month, day)
    return Moment(first.isoformat(), DateRange(first, date(year, month, to)))


def _years_around(anchor: date, month: int, day: int, heading: Heading) -> list[int]:
    """Return the years in which the day may lie, the most likely first."""
    nearby = [anchor.year + step for step in range(-4, 5)]
    real = [found for y in nearby if 0 < y < 10_000 and (found := _day_or_none(y, month, day))]
    if heading is Heading.AROUND:
        return sorted((found.year for found in real), key=lambda y: abs(y - anchor.year))
    past = [found for found in reversed(real) if found <= anchor]
    future = [found for found in real if found > anchor]
    is_past = bool(past) and (not future or looks_back(anchor - past[0], future[0] - anchor, heading))
    return [found.year for found in (past + future if is_past else future + past)]


def looks_back(behind: timedelta, ahead: timedelta, heading: Heading) -> bool:
    """Return whether the nearest day behind is meant, not the nearest ahead; the tense sways it."""
    return behind <= _SWAY * ahead if heading is Heading.PAST else _SWAY * behind <= ahead


def month_alone(match: re.Match[str], words: Vocabulary) -> Reading | None:
    """Read "June", "late June 2024", "March last year"."""
    month, part = words.month(match["month"]), words.part(match["part"])
    if not (part or match["year"] or match["relation"]) and not _is_a_month(match, words):
        return None
    if match["year"]:
        return fixed(moments.month(int(match["year"]), month).part(part))
    if match["relation"]:
        return _month_of_year(month, part, match["relation"], words)

    def at(anchor: date, heading: Heading) -> Moment:
        found = _month_near(anchor, month, heading).part(part)
        return found.until(anchor) if heading is Heading.PAST else found

    return Reading(Kind.DATE, f"XXXX-{month:02}", at=at, anchor=Anchor.PUBLISHED, recurs=True)


def _is_a_month(match: re.Match[str], words: Vocabulary) -> bool:
    """Return whether a name such as "May" or "April", which means other things too, is that of a month."""
    table = words.words["ambiguous_months"]
    if match["month"].lower().rstrip(".") not in table["names"]:
        return True
    before = match.string[max(0, match.start() - 12) : match.start()].lower().split()
    return bool(before) and before[-1] in table["before"]


def _month_near(anchor: date, month: int, heading: Heading) -> Moment:
    this_year = moments.month(anchor.year, month)
    if heading is Heading.AROUND or this_year.days.contains(anchor):
        return this_year
    past = this_year if this_year.last < anchor else moments.month(anchor.year - 1, month)
    future = this_year if this_year.first > anchor else moments.month(anchor.year + 1, month)
    return past if looks_back(anchor - past.last, future.first - anchor, heading) else future


def _month_of_year(month: int, part: Part | None, relation: str, _words: Vocabulary) -> Reading:
    said = plain(relation).removeprefix("of ").split()[0]
    step = STEPS.get(said, 0)
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
    """Read "summer 2016", "the winter of 1994", "the spring of last year"."""
    code = words.seasons[match["season"].lower()]
    if match["relation"]:
        step = STEPS[match["relation"].lower()]

        def at(anchor: date, _heading: Heading) -> Moment:
            return moments.season_named(anchor.year + step, code, words.southern)

        return Reading(Kind.DATE, f"XXXX-{code}", at=at, anchor=Anchor.PUBLISHED)
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
        before, now, after = (holiday_in(name, anchor.year + step, words) for step in (-1, 0, 1))
        if heading is Heading.AROUND:
            return moments.day(now)
        past, future = (now, after) if now <= anchor else (before, now)
        return moments.day(past if looks_back(anchor - past, future - anchor, heading) else future)

    return Reading(Kind.DATE, "XXXX-XX-XX", at=at, anchor=Anchor.PUBLISHED, is_day=True)


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


def ordinal_day(match: re.Match[str], _words: Vocabulary) -> Reading | None:
    """Read "the 28th": of the month told of, or the last one that was."""
    number = int(match["day"])
    date(2024, 1, number)  # no such day in any month: not a date

    def at(anchor: date, heading: Heading) -> Moment:
        back = int(heading is Heading.PAST and number > anchor.day)
        whole = [moments.month_after(anchor, step) for step in (-back, -back - 1)]
        month = next(month for month in whole if month.last.day >= number)
        return moments.day(month.first.replace(day=number))

    return Reading(Kind.DATE, f"XXXX-XX-{number:02}", at=at, anchor=Anchor.PUBLISHED, is_day=True)

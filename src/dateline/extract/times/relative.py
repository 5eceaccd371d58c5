"""Expressions that are reckoned from the day of the report or from a day spoken of before."""

from __future__ import annotations

import re
from datetime import date

from dateline.extract.times import moments
from dateline.extract.times.dates import holiday_in
from dateline.extract.times.moments import ONE_DAY, Moment, Unit
from dateline.extract.times.reading import Anchor, Heading, Kind, Reading, Resolver
from dateline.extract.times.stretches import FEW, days_of
from dateline.extract.times.vocabulary import Vocabulary, plain
from dateline.model import DateRange

_UNKNOWN = {
    Unit.DAY: "XXXX-XX-XX",
    Unit.WEEK: "XXXX-WXX",
    Unit.FORTNIGHT: "XXXX-WXX",
    Unit.MONTH: "XXXX-XX",
    Unit.QUARTER: "XXXX-QX",
    Unit.YEAR: "XXXX",
    Unit.DECADE: "XXX",
    Unit.CENTURY: "XX",
}


def near_day(match: re.Match[str], words: Vocabulary) -> Reading | None:
    """Read "today", "yesterday evening", "the day before yesterday"."""
    step = words.near_days[plain(match["day"])]
    return _day_or_part(step, match["day_part"], words)


def _day_or_part(step: int, part: str | None, words: Vocabulary) -> Reading:
    def at(anchor: date, _heading: Heading) -> Moment:
        when = anchor + step * ONE_DAY
        return moments.day_part(when, words.day_parts[part.lower()]) if part else moments.day(when)

    kind, value = (
        (Kind.TIME, f"XXXX-XX-XXT{words.day_parts[part.lower()]}") if part else (Kind.DATE, "XXXX-XX-XX")
    )
    return Reading(kind, value, at=at, anchor=Anchor.PUBLISHED, is_day=True)


def this_part(match: re.Match[str], words: Vocabulary) -> Reading | None:
    """Read "this morning", "last night"."""
    return _day_or_part(0 if match["which"].lower() == "this" else -1, match["day_part"], words)


def night(match: re.Match[str], _words: Vocabulary) -> Reading | None:
    """Read "tonight" and "overnight", the night that ends on the day of the report."""
    is_ahead = match["night"].lower() == "tonight"

    def at(anchor: date, _heading: Heading) -> Moment:
        return moments.day_part(anchor, "NI") if is_ahead else moments.night_to(anchor)

    return Reading(Kind.TIME, "XXXX-XX-XXTNI", at=at, anchor=Anchor.PUBLISHED, is_day=True)


def weekday(match: re.Match[str], words: Vocabulary) -> Reading | None:
    """Read "Friday", "last Friday", "early on Friday night", "the following Monday", "Tuesday last week"."""
    number = words.weekday(match["weekday"])
    part = words.day_parts[match["day_part"].lower()] if match["day_part"] else None
    relation = words.relation(match["relation"], *_RELATIONS) if match["relation"] else None
    week = plain(match["week"]) if match["week"] else None

    is_past = match["of"] is not None  # "Wednesday's ruling" has been made, whatever the sentence expects of it

    def at(anchor: date, heading: Heading) -> Moment:
        if week:
            when = moments.week(anchor).first + (number - 1 + 7 * _WEEK_STEPS[week.split()[0]]) * ONE_DAY
        else:
            when = _weekday_near(anchor, number, relation, Heading.PAST if is_past else heading)
        return moments.day_part(when, part) if part else moments.day(when)

    value = f"XXXX-WXX-{number}" + (f"T{part}" if part else "")
    anchor = Anchor.MENTIONED if relation in ("following", "previous") else Anchor.PUBLISHED
    return Reading(Kind.TIME if part else Kind.DATE, value, at=at, anchor=anchor, is_day=True)


_RELATIONS = ("this", "last", "next", "following", "previous")
_WEEK_STEPS = {"last": -1, "this": 0, "next": 1}


def _weekday_near(anchor: date, number: int, relation: str | None, heading: Heading) -> date:
    back = (anchor.isoweekday() - number) % 7
    ahead = (number - anchor.isoweekday()) % 7
    if relation in ("last", "previous"):
        return anchor - (back or 7) * ONE_DAY
    if relation in ("next", "following"):
        return anchor + (ahead or 7) * ONE_DAY
    return anchor - back * ONE_DAY if heading is Heading.PAST else anchor + ahead * ONE_DAY


def named_period(match: re.Match[str], words: Vocabulary) -> Reading | None:
    """Read "this summer", "last week", "earlier this month", "next March", "last Christmas"."""
    step = {"this": 0, "last": -1, "next": 1}[words.relation(match["relation"], "this", "last", "next")]
    said = plain(match["part"]) if match["part"] else ""
    table = words.words["relations"]
    is_before, is_after = said in table["inside_before"], said in table["inside_after"]
    part = words.part(match["part"]) if said and not (is_before or is_after) else None
    what = plain(match["what"])

    def at(anchor: date, heading: Heading) -> Moment:
        found = _period(what, anchor, step, heading, words).part(part)
        if heading is Heading.AROUND:
            return found
        if is_after or (heading is Heading.FUTURE and not is_before):
            return found.since(anchor)
        return found.until(anchor)

    value, recurs = _unknown_period(what, words)
    is_day = what in ("day", "days") or any(what in t for t in words.words["holidays"].values())
    return Reading(Kind.DATE, value, at=at, anchor=Anchor.PUBLISHED, recurs=recurs, is_day=is_day)


def _unknown_period(what: str, words: Vocabulary) -> tuple[str, bool]:
    if what == "weekend":
        return "XXXX-WXX-WE", False
    if what.rstrip(".") in words.months:
        return f"XXXX-{words.month(what):02}", True
    if what in words.seasons:
        return f"XXXX-{words.seasons[what]}", True
    if any(what in table for table in words.words["holidays"].values()):
        return "XXXX-XX-XX", False
    return _UNKNOWN[words.unit(what)], False


def _period(what: str, anchor: date, step: int, heading: Heading, words: Vocabulary) -> Moment:
    if what == "weekend":
        return _weekend(anchor, step, heading)
    if what.rstrip(".") in words.months:
        return _month(anchor, words.month(what), step)
    if what in words.seasons:
        return _season(anchor, words.seasons[what], step, heading, words)
    if any(what in table for table in words.words["holidays"].values()):
        return _holiday(anchor, what, step, heading, words)
    return moments.unit_around(anchor, words.unit(what), step)


def _weekend(anchor: date, step: int, heading: Heading) -> Moment:
    this_week = moments.weekend(anchor)
    if step == 0 and heading is Heading.PAST and this_week.first > anchor:
        step = -1
    return moments.weekend(anchor + 7 * step * ONE_DAY)


def _month(anchor: date, month: int, step: int) -> Moment:
    if step < 0:
        return moments.month(anchor.year - (month >= anchor.month), month)
    if step > 0:
        return moments.month(anchor.year + (month <= anchor.month), month)
    return moments.month(anchor.year, month)


def _season(anchor: date, code: str, step: int, heading: Heading, words: Vocabulary) -> Moment:
    """Return the season meant: "last" is one that is over, "this" the one that is on or else the nearest."""
    around = [moments.season(anchor.year + years, code, words.southern) for years in (-2, -1, 0, 1)]
    past = [one for one in around if one.last < anchor]
    now = [one for one in around if one.first <= anchor <= one.last]
    future = [one for one in around if one.first > anchor]
    if step < 0:
        return past[-1]
    if step > 0:
        return future[0]
    if now:
        return now[0]
    of_year = [one for one in around if one.first.year == one.last.year == anchor.year]
    if of_year and heading is not Heading.AROUND:
        return of_year[0]
    return future[0] if heading is Heading.FUTURE else past[-1]


def _holiday(anchor: date, name: str, step: int, heading: Heading, words: Vocabulary) -> Moment:
    around = [holiday_in(name, anchor.year + years, words) for years in (-1, 0, 1)]
    past = [one for one in around if one < anchor or (step == 0 and one == anchor)]
    future = [one for one in around if one > anchor]
    is_past = step < 0 or (step == 0 and heading is Heading.PAST)
    return moments.day(past[-1] if is_past else future[0])


def before_last(match: re.Match[str], words: Vocabulary) -> Reading | None:
    """Read "the week before last"."""
    said = plain(match["unit"])

    def at(anchor: date, _heading: Heading) -> Moment:
        if said == "weekend":
            return moments.weekend(anchor - 14 * ONE_DAY)
        return moments.unit_around(anchor, words.unit(said), -2)

    value = "XXXX-WXX-WE" if said == "weekend" else _UNKNOWN[words.unit(said)]
    return Reading(Kind.DATE, value, at=at, anchor=Anchor.PUBLISHED)


def part_of_running(match: re.Match[str], words: Vocabulary) -> Reading | None:
    """Read "the end of the month", "earlier in the day": of the day, week, month or year that is on."""
    unit = words.unit(match["what"])
    is_before = match["inside"] and plain(match["inside"]) in words.words["relations"]["inside_before"]
    part = words.part(match["part"]) if match["part"] and unit is not Unit.DAY else None

    def at(anchor: date, heading: Heading) -> Moment:
        found = moments.unit_around(anchor, unit).part(part)
        if part or heading is Heading.AROUND:
            return found
        return found.until(anchor) if is_before or heading is Heading.PAST else found.since(anchor)

    return Reading(Kind.DATE, _UNKNOWN[unit], at=at, anchor=Anchor.PUBLISHED, is_day=unit is Unit.DAY)


def bare_season(match: re.Match[str], words: Vocabulary) -> Reading | None:
    """Read "the summer", "late winter": the one that is on or was last."""
    code, part = words.seasons[match["season"].lower()], words.part(match["part"])

    def at(anchor: date, heading: Heading) -> Moment:
        found = _season(anchor, code, 0, heading, words).part(part)
        return found.until(anchor) if heading is Heading.PAST else found.since(anchor)

    return Reading(Kind.DATE, f"XXXX-{code}", at=at, anchor=Anchor.PUBLISHED, recurs=True)


def the_weekend(_match: re.Match[str], _words: Vocabulary) -> Reading | None:
    """Read "the weekend"."""

    def at(anchor: date, heading: Heading) -> Moment:
        return _weekend(anchor, 0, heading).until(anchor)

    return Reading(Kind.DATE, "XXXX-WXX-WE", at=at, anchor=Anchor.PUBLISHED)


def ago(match: re.Match[str], words: Vocabulary) -> Reading | None:
    """Read "two days ago", "a year earlier", "three weeks later"."""
    unit = words.unit(match["unit"])
    relation = words.relation(match["relation"], "ago", "from_now", "earlier", "before", "after", "later")
    anchor = Anchor.PUBLISHED if relation in ("ago", "from_now") else Anchor.MENTIONED
    sign = -1 if relation in ("ago", "earlier", "before") else 1
    said = plain(match["count"])
    if said in words.words["durations"]["vague"] or said == "a couple of":
        return _vague_distance(unit, sign, anchor)
    count = 1 if said in ("a", "an", "the") else words.number(said)
    same = _SAME_UNITS.get(plain(match["same"] or ""))

    def at(day: date, _heading: Heading) -> Moment:
        if same and unit is Unit.YEAR:
            return moments.unit_around(_years_back(day, int(count)), same)
        found = _at_distance(day, unit, sign * count)
        return _give_or_take(found, day, unit, sign * count) if anchor is Anchor.PUBLISHED else found

    value = "XXXX-XX-XX" if unit.is_of_clock else _UNKNOWN[unit]
    is_comparison = unit is Unit.YEAR and sign * count == -1
    return Reading(
        Kind.DATE,
        value,
        at=at,
        anchor=anchor,
        is_day=unit is Unit.DAY,
        quarter_step=-1 if is_comparison else None,
    )


_SAME_UNITS = {"today": Unit.DAY, "this week": Unit.WEEK, "this month": Unit.MONTH}


def _years_back(day: date, years: int) -> date:
    """Return the same day of an earlier year; of 29 February the day before where there is none."""
    is_leap_day = (day.month, day.day) == (2, 29)
    return day.replace(year=day.year - years, day=28 if is_leap_day else day.day)


def _at_distance(day: date, unit: Unit, count: float) -> Moment:
    """Return the day, week, month or year at a distance; of hours only the days that they may reach into."""
    if unit.is_of_clock:
        hours = count if unit is Unit.HOUR else 0
        far = day + int(hours // 24) * ONE_DAY
        return Moment(day.isoformat(), DateRange(min(day, far), max(day, far)))
    return moments.unit_around(day, unit, int(count))


def _give_or_take(found: Moment, day: date, unit: Unit, count: float) -> Moment:
    """Return the moment with half a unit on both sides of its day: who says "two months ago" rounds."""
    if unit.is_of_clock or unit is Unit.DAY:
        return found
    middle, half = day + days_of(count, unit) * ONE_DAY, days_of(1, unit) // 2 * ONE_DAY
    return Moment(found.value, DateRange(middle - half, middle + half))


def _vague_distance(unit: Unit, sign: int, anchor: Anchor) -> Reading:
    """Read "several weeks ago": on the far side of the anchor, no one knows how far."""

    def at(day: date, _heading: Heading) -> Moment:
        far = day + sign * days_of(FEW, unit) * ONE_DAY
        return Moment("PAST_REF", DateRange(min(day, far), max(day, far)))

    value = "PAST_REF" if sign < 0 else "FUTURE_REF"
    return Reading(Kind.DATE, value, at=at, anchor=anchor)


def mentioned(match: re.Match[str], words: Vocabulary) -> Reading | None:
    """Read "the next day", "that night", "the previous week", "the same year"."""
    said = plain(match["unit"])
    relation = words.relation(match["relation"], "same", "following", "previous")
    step = {"same": 0, "following": 1, "previous": -1}[relation]
    if said == "weekend":
        return _weekend_beside(step)
    code = words.day_parts.get(said)
    unit = Unit.DAY if code else words.unit(said)

    def at(day: date, _heading: Heading) -> Moment:
        if code:
            return moments.day_part(day + step * ONE_DAY, code)
        return moments.unit_around(day, unit, step)

    value = _UNKNOWN[unit] + (f"T{code}" if code else "")
    kind = Kind.TIME if code else Kind.DATE
    return Reading(kind, value, at=at, anchor=Anchor.MENTIONED, is_day=unit is Unit.DAY)


def _weekend_beside(step: int) -> Reading:
    def at(day: date, _heading: Heading) -> Moment:
        return moments.weekend(day + 7 * step * ONE_DAY)

    return Reading(Kind.DATE, "XXXX-WXX-WE", at=at, anchor=Anchor.MENTIONED)


def day_beside(match: re.Match[str], _words: Vocabulary) -> Reading | None:
    """Read "the day before", "a day later"."""
    step = -1 if match["relation"].lower() in ("before", "earlier") else 1

    def at(day: date, _heading: Heading) -> Moment:
        return moments.day(day + step * ONE_DAY)

    return Reading(Kind.DATE, "XXXX-XX-XX", at=at, anchor=Anchor.MENTIONED, is_day=True)


def quarter(match: re.Match[str], words: Vocabulary) -> Reading | None:
    """Read "the third quarter", "the first quarter of 2009", "last year's fourth quarter"."""
    number = words.ordinals[match["ordinal"].lower()]
    if number > 4:
        return None
    year = match["before"] or match["after"] or match["plain"]
    if year and year[:1].isdigit():
        moment = moments.quarter(int(year), number)
        return Reading(Kind.DATE, moment.value, moment.days)
    step = _WEEK_STEPS[year.split()[0].lower()] if year else None

    def at(anchor: date, heading: Heading) -> Moment:
        if step is not None:
            return moments.quarter(anchor.year + step, number)
        this_year = moments.quarter(anchor.year, number)
        behind = heading is Heading.PAST and this_year.first > anchor
        return moments.quarter(anchor.year - behind, number)

    return Reading(Kind.DATE, f"XXXX-Q{number}", at=at, anchor=Anchor.PUBLISHED)


def quarter_told(_match: re.Match[str], _words: Vocabulary) -> Reading | None:
    """Read "the quarter", "the latest quarter": the one spoken of, else the last that is over."""

    def at(anchor: date, _heading: Heading) -> Moment:
        return moments.unit_around(anchor, Unit.QUARTER, -1)

    return Reading(Kind.DATE, "XXXX-QX", at=at, anchor=Anchor.PUBLISHED, quarter_step=0)


def year_before(match: re.Match[str], words: Vocabulary) -> Reading | None:
    """Read "year-ago", "the year-earlier quarter", "the year-ago third quarter"."""
    number = words.ordinals[match["ordinal"].lower()] if match["ordinal"] else None
    if number and number > 4:
        return None

    def at(anchor: date, _heading: Heading) -> Moment:
        return moments.quarter(anchor.year - 1, number) if number else moments.year(anchor.year - 1)

    step = None if number else -1
    return Reading(Kind.DATE, "XXXX", at=at, anchor=Anchor.PUBLISHED, quarter_step=step)


def quarters_after(count: int) -> Resolver:
    """Return what resolves to the quarter that lies `count` after that of the anchor."""

    def at(anchor: date, _heading: Heading) -> Moment:
        return moments.unit_around(anchor, Unit.QUARTER, count)

    return at

"""Expressions that are reckoned from the day of the report or from a day spoken of before."""

from __future__ import annotations

import re
from datetime import date

from dateline.extract.times import moments
from dateline.extract.times.dates import STEPS
from dateline.extract.times.moments import ONE_DAY, Moment, Unit
from dateline.extract.times.periods import UNKNOWN
from dateline.extract.times.reading import Anchor, Heading, Kind, Reading
from dateline.extract.times.stretches import FEW, days_of
from dateline.extract.times.vocabulary import Vocabulary, plain
from dateline.model import DateRange


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

    is_past = (
        match["of"] is not None
    )  # "Wednesday's ruling" has been made, whatever the sentence expects of it

    def at(anchor: date, heading: Heading) -> Moment:
        if week:
            when = moments.week(anchor).first + (number - 1 + 7 * STEPS[week.split()[0]]) * ONE_DAY
        else:
            when = _weekday_near(anchor, number, relation, Heading.PAST if is_past else heading)
        return moments.day_part(when, part) if part else moments.day(when)

    value = f"XXXX-WXX-{number}" + (f"T{part}" if part else "")
    anchor = Anchor.MENTIONED if relation in ("following", "previous") else Anchor.PUBLISHED
    return Reading(Kind.TIME if part else Kind.DATE, value, at=at, anchor=anchor, is_day=True)


_RELATIONS = ("this", "last", "next", "following", "previous")


def _weekday_near(anchor: date, number: int, relation: str | None, heading: Heading) -> date:
    back = (anchor.isoweekday() - number) % 7
    ahead = (number - anchor.isoweekday()) % 7
    if relation in ("last", "previous"):
        return anchor - (back or 7) * ONE_DAY
    if relation in ("next", "following"):
        return anchor + (ahead or 7) * ONE_DAY
    return anchor - back * ONE_DAY if heading is Heading.PAST else anchor + ahead * ONE_DAY


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

    value = "XXXX-XX-XX" if unit.is_of_clock else UNKNOWN[unit]
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

    value = UNKNOWN[unit] + (f"T{code}" if code else "")
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

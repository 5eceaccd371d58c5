"""Weeks, months, seasons and years reckoned from the day of the report: "last week", "this summer"."""

from __future__ import annotations

import re
from datetime import date

from dateline.extract.times import moments
from dateline.extract.times.dates import STEPS, holiday_in
from dateline.extract.times.moments import ONE_DAY, Moment, Unit
from dateline.extract.times.reading import Anchor, Heading, Kind, Reading, Resolver
from dateline.extract.times.vocabulary import Vocabulary, plain

# The TIMEX3 value of one such unit that is not known which.
UNKNOWN = {
    Unit.DAY: "XXXX-XX-XX",
    Unit.WEEK: "XXXX-WXX",
    Unit.FORTNIGHT: "XXXX-WXX",
    Unit.MONTH: "XXXX-XX",
    Unit.QUARTER: "XXXX-QX",
    Unit.YEAR: "XXXX",
    Unit.DECADE: "XXX",
    Unit.CENTURY: "XX",
}


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
    return UNKNOWN[words.unit(what)], False


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

    value = "XXXX-WXX-WE" if said == "weekend" else UNKNOWN[words.unit(said)]
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

    return Reading(Kind.DATE, UNKNOWN[unit], at=at, anchor=Anchor.PUBLISHED, is_day=unit is Unit.DAY)


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


def quarter(match: re.Match[str], words: Vocabulary) -> Reading | None:
    """Read "the third quarter", "the first quarter of 2009", "last year's fourth quarter"."""
    number = words.ordinals[match["ordinal"].lower()]
    if number > 4:
        return None
    year = match["before"] or match["after"] or match["plain"]
    if year and year[:1].isdigit():
        moment = moments.quarter(int(year), number)
        return Reading(Kind.DATE, moment.value, moment.days)
    step = STEPS[year.split()[0].lower()] if year else None

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

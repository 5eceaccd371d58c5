"""Durations, repeated times, and words for now, the past and the future."""

from __future__ import annotations

import re
from datetime import date
from math import ceil

from dateline.extract.times.moments import ONE_DAY, Moment, Unit
from dateline.extract.times.reading import Anchor, Heading, Kind, Reading
from dateline.extract.times.vocabulary import Vocabulary, plain
from dateline.model import DateRange

_CODES = {
    Unit.SECOND: ("PT", 1, "S"),
    Unit.MINUTE: ("PT", 1, "M"),
    Unit.HOUR: ("PT", 1, "H"),
    Unit.DAY: ("P", 1, "D"),
    Unit.WEEK: ("P", 1, "W"),
    Unit.FORTNIGHT: ("P", 2, "W"),
    Unit.MONTH: ("P", 1, "M"),
    Unit.QUARTER: ("P", 1, "Q"),
    Unit.YEAR: ("P", 1, "Y"),
    Unit.DECADE: ("P", 10, "Y"),
    Unit.CENTURY: ("P", 100, "Y"),
}
# Days of a unit, rounded up, so that a stretch that ends now never begins too late.
_DAYS = {
    Unit.SECOND: 1 / 86_400,
    Unit.MINUTE: 1 / 1440,
    Unit.HOUR: 1 / 24,
    Unit.DAY: 1,
    Unit.WEEK: 7,
    Unit.FORTNIGHT: 14,
    Unit.MONTH: 31,
    Unit.QUARTER: 92,
    Unit.YEAR: 366,
    Unit.DECADE: 3653,
    Unit.CENTURY: 36525,
}


# "A few" and "several" are this many at most.
FEW = 10


def length(count: float | None, unit: Unit) -> str:
    """Return the TIMEX3 value of a duration, with X for a count that is not said."""
    head, factor, code = _CODES[unit]
    if count is None:
        return f"{head}X{code}"
    amount = count * factor
    return f"{head}{int(amount) if amount == int(amount) else amount}{code}"


def days_of(count: float, unit: Unit) -> int:
    """Return how many days the stretch reaches back or ahead at most."""
    return ceil(count * _DAYS[unit])


def duration(match: re.Match[str], words: Vocabulary) -> Reading | None:
    """Read "two days", "the past three months", "at least 20 years", "a few weeks", "the six-day"."""
    unit = words.unit(match["unit"])
    said = plain(match["count"])
    table = words.words["durations"]
    if said in table["vague"]:
        count = None
    elif said == "a couple of":
        count = 2.0
    else:
        count = 1.0 if said in ("a", "an") else words.number(said)
    if count is not None and match["half"]:
        count += 0.5
    if _is_ordinal_or_share(said, unit, match):
        return None
    side = plain(match["side"]) if match["side"] else ""
    value = length(count, unit)
    if side in words.words["sets"]["every"]:
        return Reading(Kind.SET, value)
    return _reaching(value, count, unit, _direction(side, table))


def _is_ordinal_or_share(said: str, unit: Unit, match: re.Match[str]) -> bool:
    """Return whether the words are "a second" or "three quarters" of something."""
    if unit is Unit.QUARTER:
        return match["side"] is None
    return unit is Unit.SECOND and said == "a"


def stretch(match: re.Match[str], words: Vocabulary) -> Reading | None:
    """Read "the past week", "the last few days", "recent years", "the coming months"."""
    unit = words.unit(match["unit"])
    is_plural = match["unit"].lower().endswith("s")
    count = 2.0 if match["few"] and "couple" in match["few"] else None if is_plural else 1.0
    side = plain(match["side"])
    if not is_plural and side not in ("the past", "this past", "past"):
        return None
    direction = 1 if side in ("the next", "the coming", "coming") else -1
    return _reaching(length(count, unit), count, unit, direction)


def _direction(side: str, table: dict[str, list[str]]) -> int:
    return -1 if side in table["past"] else 1 if side in table["future"] else 0


def _reaching(value: str, count: float | None, unit: Unit, direction: int) -> Reading:
    """Return the duration; one that ends or begins with the report also has its days."""
    if not direction:
        return Reading(Kind.DURATION, value)
    if count is None:
        count = FEW

    def at(anchor: date, _heading: Heading) -> Moment:
        far = anchor + direction * days_of(count, unit) * ONE_DAY
        return Moment(value, DateRange(min(anchor, far), max(anchor, far)))

    return Reading(Kind.DURATION, value, at=at, anchor=Anchor.PUBLISHED)


def bare_units(match: re.Match[str], words: Vocabulary) -> Reading | None:
    """Read "years", "for weeks"."""
    return Reading(Kind.DURATION, length(None, words.unit(match["unit"])))


def repeated(match: re.Match[str], words: Vocabulary) -> Reading | None:
    """Read "daily", "annual"."""
    return Reading(Kind.SET, words.sets[match["set"].lower()])


def every(match: re.Match[str], words: Vocabulary) -> Reading | None:
    """Read "every week", "each Friday", "every night", "each July"."""
    what = match["what"].lower().rstrip(".")
    if what in words.weekdays:
        value = f"XXXX-WXX-{words.weekdays[what]}"
    elif what in words.months:
        value = f"XXXX-{words.months[what]:02}"
    elif what in words.day_parts:
        value = f"XXXX-XX-XXT{words.day_parts[what]}"
    else:
        value = length(1, words.unit(what))
    return Reading(Kind.SET, value)


def reference(match: re.Match[str], words: Vocabulary) -> Reading | None:
    """Read "now", "recently", "the future"."""
    return Reading(Kind.DATE, words.references[plain(match["reference"])])

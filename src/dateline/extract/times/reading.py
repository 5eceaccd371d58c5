"""What an expression of time says, before it is known from which day it is reckoned."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from enum import Enum, StrEnum, auto

from dateline.extract.times.moments import Moment
from dateline.model import UNKNOWN_DATE, DateRange


class Kind(StrEnum):
    """The types of TIMEX3."""

    DATE = "DATE"
    TIME = "TIME"
    DURATION = "DURATION"
    SET = "SET"


class Anchor(Enum):
    """The day from which an expression is reckoned."""

    NOTHING = auto()  # it stands for itself: "16 June 2024"
    PUBLISHED = auto()  # the day of the report: "yesterday"
    MENTIONED = auto()  # the day that the text spoke of last: "the next day"


class Heading(Enum):
    """Whether the sentence looks back or ahead."""

    PAST = auto()
    FUTURE = auto()
    AROUND = auto()  # a history: the year that it tells of


Resolver = Callable[[date, Heading], Moment]


@dataclass(frozen=True, slots=True)
class Reading:
    """The meaning of an expression: `at` gives its days once the anchor is known.

    `value` is its TIMEX3 value as far as the words alone say it ("XXXX-WXX-5"). `is_day` says
    that it names a single day, which the next expressions may be reckoned from. `recurs` marks
    a bare month or season, which means the last one when only the latest day of publication
    is known. `quarter_step` is set where an expression takes up a quarter of a year spoken of just
    before: by how many years it lies after that one ("a year ago": -1).
    """

    kind: Kind
    value: str
    days: DateRange = UNKNOWN_DATE
    at: Resolver | None = None
    anchor: Anchor = Anchor.NOTHING
    is_day: bool = False
    recurs: bool = False
    quarter_step: int | None = None

    @property
    def is_date(self) -> bool:
        """Return whether the expression names days, as "now" and "two weeks" do not."""
        return self.kind in (Kind.DATE, Kind.TIME) and (self.at is not None or self.days.is_known)


def fixed(moment: Moment, *, is_day: bool = False) -> Reading:
    """Return the reading of a date that stands for itself."""
    return Reading(Kind.DATE, moment.value, moment.days, is_day=is_day)


def settle(reading: Reading, anchor: DateRange, heading: Heading) -> tuple[str, DateRange]:
    """Return the value and the days of a reading reckoned from any day of `anchor`.

    The later the anchor, the later the result: so its ends follow from the anchor's ends, and
    an open end stays open.
    """
    if reading.at is None:
        return reading.value, reading.days
    try:
        first = reading.at(anchor.earliest, heading) if anchor.earliest else None
        last = first if anchor.is_day else reading.at(anchor.latest, heading) if anchor.latest else None
    except (OverflowError, ValueError):  # before the year 1 or after 9999: not a date of a report
        return reading.value, UNKNOWN_DATE
    if first and last:
        return (first.value if first.value == last.value else reading.value), DateRange(
            min(first.first, last.first), max(first.last, last.last)
        )
    if last:
        if reading.recurs:
            return last.value, last.days
        return reading.value, DateRange(None, last.last)
    return reading.value, DateRange(first.first, None) if first else UNKNOWN_DATE

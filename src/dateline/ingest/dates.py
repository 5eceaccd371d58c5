"""Days as pages and archives write them: date lines, datelines, metadata values.

Only what dates a report is read here; what dates an incident is the extractor's work.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache

from dateline.language import lexicon
from dateline.model import DateRange

_EARLIEST_YEAR = 1800
_CENTURY_TURN = 70  # a two-digit year below this is of this century
_LONGEST_VALUE = 200  # characters of a metadata value that are looked at
_DATELINE_REACH = 160  # characters of a line in which its dateline must end
_EPOCH = re.compile(r"\d{9,10}(?:\d{3})?(?:\.\d+)?")
_EARLY_RELEASE = timedelta(days=7)  # how long before a report's own day it may be given out
_AMBIGUOUS = 12  # up to this a number may be a day or a month


@dataclass(frozen=True, slots=True)
class WrittenDay:
    """A day as it stands in a text; a year of None was not written."""

    year: int | None
    month: int
    day: int
    start: int
    end: int
    swapped: bool = False  # day and month may be the other way round

    def __post_init__(self) -> None:
        date(self.year or 2000, self.month, self.day)  # ValueError when there is no such day

    @property
    def range(self) -> DateRange | None:
        """Return the days that the words allow; None without a year."""
        if self.year is None:
            return None
        days = [date(self.year, self.month, self.day)]
        if self.swapped:
            days.append(date(self.year, self.day, self.month))
        return DateRange(min(days), max(days))

    def nearest(self, given: DateRange) -> date | None:
        """Return the day itself, or in the year that brings it closest to `given`; None without either.

        Of a day and a month that may be the other way round, what lies closer to `given` is taken. A report
        is not given a date long before it was written, so no year that would make it so is taken.
        """
        anchor = given.latest or given.earliest
        if self.year is not None and self.swapped and anchor is not None:
            either = (date(self.year, self.month, self.day), date(self.year, self.day, self.month))
            return min(either, key=lambda day: abs((day - anchor).days))
        if self.year is not None:
            return date(self.year, self.month, self.day)
        if anchor is None:
            return None
        latest = anchor if given.earliest is None else anchor + _EARLY_RELEASE
        years = range(anchor.year - 1, anchor.year + 2)
        days = [day for year in years if (day := self._in_year(year)) and day <= latest]
        return min(days, key=lambda day: abs((day - anchor).days), default=None)

    def _in_year(self, year: int) -> date | None:
        try:
            return date(year, self.month, self.day)
        except ValueError:
            return None  # 29 February


@dataclass(frozen=True, slots=True)
class Patterns:
    """The ways in which a language writes days."""

    day: re.Pattern[str]
    yearless: re.Pattern[str]
    dateline: re.Pattern[str]


@lru_cache(maxsize=8)
def _months(language: str) -> dict[str, int]:
    return dict(lexicon(language, "pages")["months"])


@lru_cache(maxsize=8)
def _patterns(language: str) -> Patterns:
    names = "|".join(sorted(_months(language), key=len, reverse=True))
    month = rf"(?P<month%d>{names})\b\.?"
    day = r"(?P<day%d>[0-3]?\d)(?:st|nd|rd|th)?\b"
    year = r"(?P<year%d>(?:1[89]|20)\d\d)\b"
    between = r"[\s,./–-]{0,4}"
    named = (
        rf"\b{day % 1}{between}(?:of\s)?{month % 1}{between}{year % 1}"
        rf"|\b{month % 2}{between}{day % 2}{between}{year % 2}"
    )
    numeric = (
        r"|\b(?P<year3>(?:1[89]|20)\d\d)(?P<mark3>[-/.])(?P<month3>[01]?\d)(?P=mark3)(?P<day3>[0-3]?\d)(?!\d)"
        r"|\b(?P<first>[0-3]?\d)(?P<mark4>[-/.]|\s/\s)(?P<second>[0-3]?\d)(?P=mark4)(?P<year4>(?:1[89]|20)\d\d)\b"
    )
    yearless = (
        rf"\b(?:{day % 1}{between}(?:of\s)?{month % 1}(?:{between}(?P<year1>\d\d)\b(?!:))?"
        rf"|{month % 2}{between}{day % 2}(?:,\s(?P<year2>\d\d)\b(?!:))?)"
    )
    # Corpora that part words and marks write "16 / 06 / 2024".
    # A place, a day, perhaps an agency, and a dash: "ANKARA, May 3 (AB) -"; in capitals a stop will do,
    # and so do brackets around the day: "KABUL, Afghanistan (May 3, 2011)".
    weekday = "|".join(lexicon(language, "pages")["dates"]["weekdays"])
    when = rf"(?:(?i:{weekday})\.?,?\s)?(?i:(?P<when%d>{_bare(named)}|{_bare(yearless)}))"
    agency = r"\s{0,3}(?:\([^()\n]{2,60}\)\s{0,3}|[A-Z]{2,12}\s{0,3})?"
    name = r"[A-Z][\w.'’()/-]{0,24}"
    place = rf"{name}(?:,?\s(?:{name}|al|de|del|el|la|of|the)){{0,5}},?\s"
    capitals = r"[A-Z][A-Z.'’/-]{1,24}(?:,?\s[A-Z][A-Z.'’/-]{0,24}){0,5},?\s"
    start = rf"\s{{0,4}}(?!(?i:{weekday})\b)"
    dateline = rf"{start}(?:{place}{when % 1}{agency}(?:--?|—|–|_)|{capitals}{when % 2}{agency}[.:](?=\s)"
    dateline += rf"|{place}\({when % 3}\))"
    return Patterns(re.compile(named + numeric, re.I), re.compile(yearless, re.I), re.compile(dateline))


def _bare(pattern: str) -> str:
    return re.sub(r"\?P<\w+>", "?:", pattern)


def find_days(text: str, language: str = "en") -> tuple[WrittenDay, ...]:
    """Return the days that `text` writes in full, with day, month and year, in the order of the text."""
    return tuple(_valid(_patterns(language).day.finditer(text), language))


def find_dateline(line: str, language: str = "en") -> WrittenDay | None:
    """Return the day of a dateline that opens `line`, with or without a year; None when there is none."""
    found = _patterns(language).dateline.match(line[:_DATELINE_REACH])
    if not found:
        return None
    group = next(name for name in ("when1", "when2", "when3") if found[name])
    when, words = found.start(group), found[group]
    days = find_days(words, language) or tuple(_valid(_patterns(language).yearless.finditer(words), language))
    if not days:
        return None
    day = days[0]
    return WrittenDay(day.year, day.month, day.day, when + day.start, when + day.end)


def find_opening_day(line: str, language: str = "en") -> WrittenDay | None:
    """Return the day in full that opens `line`, perhaps behind a weekday; None when there is none."""
    weekdays = "|".join(lexicon(language, "pages")["dates"]["weekdays"])
    opening = re.match(rf"\s*(?:(?:{weekdays})\w*\.?,?\s+)?", line[:_DATELINE_REACH], re.I)
    start = opening.end() if opening else 0
    day = next(iter(find_days(line[:_DATELINE_REACH], language)), None)
    return day if day and day.start == start else None


def stated_range(value: str, language: str = "en") -> DateRange | None:
    """Return the days that a value allows: ISO 8601, RFC 822, a written day, Unix seconds, a year."""
    value = value.strip()[:_LONGEST_VALUE]
    if iso := _iso(value):
        return iso
    if _EPOCH.fullmatch(value):
        return _of_epoch(float(value))
    days = find_days(value, language)
    return days[0].range if days else None


def _iso(value: str) -> DateRange | None:
    found = re.match(r"(\d{4})(?:-?(\d\d)(?:-?(\d\d)(?!\d))?)?(?=$|[T\s+Z])", value)
    if not found:
        return None
    year, month, day = (int(part) if part else None for part in found.groups())
    try:
        earliest = date(year or 0, month or 1, day or 1)
        latest = date(year or 0, month or 12, day or _days_in(year or 0, month or 12))
    except ValueError:
        return None
    return DateRange(earliest, latest) if earliest.year >= _EARLIEST_YEAR else None


def _days_in(year: int, month: int) -> int:
    following = date(year + month // 12, month % 12 + 1, 1)
    return (following - date(year, month, 1)).days


def _of_epoch(seconds: float) -> DateRange | None:
    if seconds > 1e11:
        seconds /= 1000
    return DateRange.day(datetime.fromtimestamp(seconds, UTC).date())


def _valid(found: Iterator[re.Match[str]], language: str) -> Iterator[WrittenDay]:
    for match in found:
        try:
            yield _written(match, _months(language))
        except ValueError:
            continue  # 31.02.2020 is no day


def _written(match: re.Match[str], months: dict[str, int]) -> WrittenDay:
    parts = {name.rstrip("1234"): value for name, value in match.groupdict().items() if value}
    if "first" in parts:
        return _numeric(match, int(parts["first"]), int(parts["second"]), int(parts["year"]), parts["mark"])
    month = months.get(parts["month"].lower()) or int(parts["month"])
    year = _full_year(parts["year"]) if "year" in parts else None
    return WrittenDay(year, month, int(parts["day"]), *match.span())


def _numeric(match: re.Match[str], first: int, second: int, year: int, mark: str) -> WrittenDay:
    """Read 03/04/2020: with a stop the day comes first; with a slash only a number above 12 tells."""
    if second > _AMBIGUOUS:
        return WrittenDay(year, first, second, *match.span())
    unsure = mark != "." and first <= _AMBIGUOUS and first != second
    return WrittenDay(year, second, first, *match.span(), swapped=unsure)


def _full_year(digits: str) -> int:
    year = int(digits)
    return year if len(digits) == 4 else year + (2000 if year < _CENTURY_TURN else 1900)

"""Finding the time expressions of a text and the days that they stand for."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from dateline.extract.times.clock import JOINT, time_of_day
from dateline.extract.times.grammar import Found, Grammar, grammar
from dateline.extract.times.reading import Anchor, Kind, Reading, settle
from dateline.extract.times.tense import Headings
from dateline.model import UNKNOWN_DATE, DateRange, Span, TimeMention

_SINCE = re.compile(r"\b(?:since|ever since)[^\S\n]+(?:the[^\S\n]+)?$", re.IGNORECASE)
_LOOK_BACK = 16


def find_times(
    text: str,
    published: DateRange,
    sentences: Sequence[tuple[int, int]],
    *,
    southern: bool = False,
    language: str = "en",
) -> tuple[TimeMention, ...]:
    """Return the time expressions of `text` in its order, none overlapping another.

    `published` is the range of days on which the report may have been published; an expression
    reckoned from an open or unknown day gets a range that is open or unknown likewise, except
    that a bare month or season then means the last one before the latest day of publication.
    `southern` reckons seasons by the southern hemisphere. Only single days, weeks and the like
    have a range; of durations only those that end or begin with the report ("the past week").
    """
    reader = _Reader(text, published, grammar(language, southern), Headings(text, sentences, language))
    return tuple(reader.mentions())


@dataclass(slots=True)
class _Reader:
    """One pass over a text, with the day and the year that it spoke of last."""

    text: str
    published: DateRange
    grammar: Grammar
    headings: Headings
    day: DateRange | None = None
    year: DateRange | None = None
    found: list[TimeMention] = field(default_factory=list)

    def mentions(self) -> Iterator[TimeMention]:
        position = 0
        while start := self.grammar.start.search(self.text, position):
            mention = self._time_at(start.start()) or self._date_at(start.start())
            if mention:
                yield mention
            position = mention.span.end if mention else start.start() + 1

    def _date_at(self, start: int) -> TimeMention | None:
        found = self.grammar.read(self.text, start)
        return self._settled(start, found) if found else None

    def _settled(self, start: int, found: Found) -> TimeMention:
        reading = found.reading
        anchor = self._anchor(reading.anchor)
        value, days = settle(reading, anchor, self.headings.at(start))
        self._remember(reading, days)
        if _SINCE.search(self.text, max(0, start - _LOOK_BACK), start) and self.published.latest:
            days = _until(days, self.published)
        span = Span.of(self.text, start, found.end)
        return TimeMention(span, days, reading.kind.value, value, reading.anchor is not Anchor.NOTHING)

    def _anchor(self, anchor: Anchor) -> DateRange:
        if anchor is Anchor.MENTIONED:
            return self.day or self.published
        return self.published

    def _remember(self, reading: Reading, days: DateRange) -> None:
        if reading.is_day:
            self.day = days

    def _time_at(self, start: int) -> TimeMention | None:
        match = self.grammar.clock.match(self.text, start)
        time = time_of_day(match, self.grammar.words) if match else None
        if match is None or time is None:
            return None
        joint = JOINT.match(self.text, match.end())
        found = self.grammar.read(self.text, joint.end()) if joint else None
        if joint and found and found.reading.is_day and found.reading.kind is Kind.DATE:
            day = self._settled(joint.end(), found)
            span = Span.of(self.text, start, found.end)
            return replace(day, span=span, kind=Kind.TIME.value, value=day.value + time)
        days = self.day or self.published
        value = str(days.earliest) if days.is_day else "XXXX-XX-XX"
        return TimeMention(Span.of(self.text, start, match.end()), days, Kind.TIME.value, value + time, True)


def _until(days: DateRange, published: DateRange) -> DateRange:
    """Return the days from `days` on to the report's."""
    if published.latest and (days.latest is None or days.latest <= published.latest):
        return DateRange(days.earliest, published.latest)
    return days


def parse_date(words: str, language: str = "en") -> DateRange | None:
    """Return the days of a date that stands by itself, such as "16 June 2024"; None when it is none.

    Only a date with its year is known without a report; any blanks around it are ignored.
    """
    said = words.strip()
    found = grammar(language, False).read(said, 0)
    if not found or found.end != len(said.rstrip(".")) or found.reading.kind is not Kind.DATE:
        return None
    _, days = settle(found.reading, UNKNOWN_DATE, Headings(said, (), language).at(0))
    return days if days.is_known else None

"""Finding the time expressions of a text and the days that they stand for."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise

from dateline.extract.times.clock import time_of_day
from dateline.extract.times.grammar import LONGEST_LEAD, Found, Grammar, grammar
from dateline.extract.times.moments import ONE_DAY
from dateline.extract.times.periods import quarters_after
from dateline.extract.times.reading import Anchor, Heading, Kind, Reading, settle
from dateline.extract.times.tense import Headings
from dateline.model import UNKNOWN_DATE, DateRange, Span, TimeMention

_LOOK_BACK = 30
_NEAR = 400  # characters within which a quarter of a year still is what "a year ago" is set against


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
    The ends of a stretch ("between Monday and Wednesday") both get the range of all of it.
    `southern` reckons seasons by the southern hemisphere. Durations have a range only when they
    end or begin with the report ("the past week").
    """
    rules = grammar(language, southern)
    headings = Headings(text, sentences, language)
    reader = _Reader(text, published, rules, headings, is_history=rules.is_history(text))
    return tuple(_joined(text, list(reader.mentions()), rules))


@dataclass(slots=True)
class _Reader:
    """One pass over a text, with the day and the date that it spoke of last."""

    text: str
    published: DateRange
    grammar: Grammar
    headings: Headings
    is_history: bool
    day: DateRange | None = None
    last: DateRange | None = None
    quarter: TimeMention | None = None

    def mentions(self) -> Iterator[TimeMention]:
        """Yield the mentions in order."""
        position = 0
        for core in self.grammar.cores(self.text):
            position = max(position, core - LONGEST_LEAD)
            while (
                position <= core
                and (start := self.grammar.start_before(self.text, position, core)) is not None
            ):
                mention = self._time_at(start) or self._date_at(start)
                if mention:
                    yield mention
                position = mention.span.end if mention else start + 1

    def _date_at(self, start: int) -> TimeMention | None:
        found = self.grammar.read(self.text, start)
        return self._settled(start, found) if found else None

    def _settled(self, start: int, found: Found) -> TimeMention:
        reading = found.reading
        value, days = self._resolve(reading, start)
        if reading.is_date:
            # Also when its days are unknown: what is reckoned from them is unknown too.
            self.last = days
            self.day = days if reading.is_day else self.day
        span = Span.of(self.text, start, found.end)
        mention = TimeMention(span, days, reading.kind.value, value, reading.anchor is not Anchor.NOTHING)
        self.quarter = mention if "-Q" in value else self.quarter
        return mention

    def _resolve(self, reading: Reading, start: int) -> tuple[str, DateRange]:
        if reading.quarter_step is not None and self.quarter and start - self.quarter.span.end < _NEAR:
            return settle(
                replace(reading, at=quarters_after(4 * reading.quarter_step)),
                self.quarter.range,
                Heading.PAST,
            )
        if reading.anchor is Anchor.MENTIONED:
            return self._from_mention(reading)
        if self.is_history and self.last and reading.kind is Kind.DATE:
            return settle(reading, self.last, Heading.AROUND)
        return settle(reading, self.published, self.headings.at(start))

    def _from_mention(self, reading: Reading) -> tuple[str, DateRange]:
        told = self.day if reading.is_day else self.last
        if told:
            return settle(reading, told, Heading.PAST)
        value, days = settle(reading, self.published, Heading.PAST)
        return value, DateRange(None, self.published.latest) if days.is_known else UNKNOWN_DATE

    def _time_at(self, start: int) -> TimeMention | None:
        """Return a time of day with the day beside it: "9 p.m. on Friday", "the night of 3 May"."""
        part = self.grammar.part_of_day.match(self.text, start)
        if part:
            return self._of_day(
                start, part.end(), f"T{self.grammar.words.day_parts[part['day_part'].lower()]}"
            )
        match = self.grammar.clock.match(self.text, start)
        time = time_of_day(match, self.grammar.words) if match else None
        if match is None or time is None:
            return None
        joint = self.grammar.joint_of_day.match(self.text, match.end())
        beside = self._of_day(start, joint.end(), time) if joint else None
        return beside or self._of_told_day(start, match.end(), time)

    def _of_day(self, start: int, day_start: int, time: str) -> TimeMention | None:
        found = self.grammar.read(self.text, day_start)
        if not found or not found.reading.is_day or found.reading.kind is not Kind.DATE:
            return None
        day = self._settled(day_start, found)
        span = Span.of(self.text, start, found.end)
        return replace(day, span=span, kind=Kind.TIME.value, value=day.value + time)

    def _of_told_day(self, start: int, end: int, time: str) -> TimeMention:
        days = self.day or self.published
        value = str(days.earliest) if days.is_day else "XXXX-XX-XX"
        if self.day is None and days.earliest and days.earliest > date.min:
            days = DateRange(days.earliest - ONE_DAY, days.latest)  # the report may be of the morning after
        return TimeMention(Span.of(self.text, start, end), days, Kind.TIME.value, value + time, True)


def _joined(text: str, mentions: list[TimeMention], rules: Grammar) -> list[TimeMention]:
    """Return the mentions, the two ends of each stretch with the range of all of it."""
    for index, (first, second) in enumerate(pairwise(mentions)):
        whole = _stretch(text, first, second, rules)
        if whole:
            mentions[index] = replace(first, range=whole)
            mentions[index + 1] = replace(second, range=whole)
    return mentions


def _stretch(text: str, first: TimeMention, second: TimeMention, rules: Grammar) -> DateRange | None:
    joint = rules.joint_of_stretch.fullmatch(text, first.span.end, second.span.start)
    if not joint or not (_has_days(first) and _has_days(second)):
        return None
    if joint["joint"].lower() == rules.joint_after_between and not _is_one_stretch(
        text, first, second, rules
    ):
        return None
    start, end = first.range.earliest, second.range.latest
    return DateRange(start, end) if not (start and end) or start <= end else None


def _is_one_stretch(text: str, first: TimeMention, second: TimeMention, rules: Grammar) -> bool:
    """Return whether "and" joins the ends of a stretch, or two weekdays of one happening."""
    before = text[max(0, first.span.start - _LOOK_BACK) : first.span.start]
    is_pair = all(mention.span.quote.lower() in rules.words.weekdays for mention in (first, second))
    return is_pair or rules.between.search(before) is not None


def _has_days(mention: TimeMention) -> bool:
    return mention.range.is_known and mention.kind in (Kind.DATE, Kind.TIME)


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

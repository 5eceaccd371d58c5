"""Expressions of time that are reckoned from a happening: "three days after the attack", "the next day".

Which happening is meant only who reads the incidents of a report can say; here its days are taken as given.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from dateline.extract.times.grammar import grammar
from dateline.extract.times.reading import Anchor, Heading, Kind, Reading, settle
from dateline.language import lexicon
from dateline.model import DateRange, Span, TimeMention


@dataclass(frozen=True, slots=True)
class Reckoned:
    """An expression that waits for the days of a happening, which may be told right behind it.

    `takes_up` says that what is told behind takes up a happening told before ("two days after the attack").
    """

    span: Span
    reading: Reading
    is_told_behind: bool = False
    takes_up: bool = False

    def since(self, happening: DateRange) -> TimeMention:
        """Return the expression with the days that it stands for, given those of the happening."""
        value, days = settle(self.reading, happening, Heading.PAST)
        return TimeMention(self.span, days, Kind.DATE.value, value, relative=True)


@dataclass(frozen=True, slots=True)
class _Lexicon:
    behind: re.Pattern[str]
    taken_up: re.Pattern[str]
    alone: Mapping[str, str]
    some: str


@lru_cache(maxsize=8)
def _lexicon(language: str) -> _Lexicon:
    table = lexicon(language, "times")["reckoned"]
    behind, taken_up = (re.compile(table[words], re.IGNORECASE) for words in ("behind", "taken_up"))
    return _Lexicon(behind, taken_up, table["alone"], table["some"])


def reckoned(text: str, when: TimeMention, language: str = "en") -> Reckoned | None:
    """Return a time found in `text` as one that is reckoned from a happening, or None if it is none."""
    rules, words = grammar(language, southern=False), _lexicon(language)
    found = rules.read(text, when.span.start)
    if found and found.end == when.span.end and found.reading.anchor is Anchor.MENTIONED:
        return Reckoned(when.span, found.reading)
    behind = words.behind.match(text, when.span.end)
    if when.kind != Kind.DURATION or behind is None:
        return None
    # "Three days after the attack" is three days later than it; "days after the attack", several days later.
    said = f"{when.span.quote} {words.alone[behind['side'].lower()]}"
    readings = [found.reading for form in (said, f"{words.some} {said}") if (found := rules.read(form, 0))]
    counted = next((reading for reading in readings if reading.anchor is Anchor.MENTIONED), None)
    if counted is None:
        return None
    span = Span.of(text, when.span.start, behind.end())
    takes_up = words.taken_up.match(text, behind.end()) is not None
    return Reckoned(span, counted, is_told_behind=True, takes_up=takes_up)

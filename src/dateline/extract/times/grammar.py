"""All expressions of time of a language: where one may begin, and the readings of what stands there."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from dateline.extract.numerals import numeral_pattern
from dateline.extract.patterns import any_of
from dateline.extract.times import dates, periods, relative, stretches
from dateline.extract.times.reading import Reading
from dateline.extract.times.vocabulary import Vocabulary, vocabulary
from dateline.language import lexicon

Reader = Callable[[re.Match[str], Vocabulary], Reading | None]

_READERS: dict[str, Reader] = {
    reader.__name__: reader
    for reader in (
        dates.iso_date,
        dates.date_in_figures,
        dates.day_of_month,
        dates.holiday,
        relative.near_day,
        relative.this_part,
        relative.night,
        relative.weekday,
        periods.quarter,
        periods.quarter_told,
        periods.year_before,
        periods.named_period,
        periods.the_weekend,
        periods.part_of_running,
        periods.before_last,
        dates.ordinal_day,
        relative.ago,
        relative.day_beside,
        relative.mentioned,
        dates.month_alone,
        dates.season_of_year,
        periods.bare_season,
        dates.century,
        dates.decade,
        dates.year_alone,
        stretches.every,
        stretches.duration,
        stretches.stretch,
        stretches.repeated,
        stretches.bare_units,
        stretches.reference,
    )
}


Rule = tuple[re.Pattern[str], Reader]

# How far before its core ("week") an expression may begin ("more than the past twenty-five consecutive ...").
LONGEST_LEAD = 64
_LONGEST_CORE = 24
_LONGEST_MONTH = 16  # of another calendar, with what stands between it and its year
_NAMES = (
    *("months", "months_short", "weekdays", "weekdays_short", "seasons"),
    *("near_days", "ordinals", "decades", "parts"),
)
_YEAR = re.compile(r"(?<![\d,.$])(?:1[0-9]|20)\d\d(?![\d,.]\d)")
_YEARS_OF_A_HISTORY = 5
_YEARS_PER_NEAR_DAY = 5


@dataclass(frozen=True, slots=True)
class Found:
    """A reading and where it ends."""

    end: int
    reading: Reading


class Grammar:
    """The patterns of one language and hemisphere, compiled once."""

    def __init__(self, language: str, southern: bool) -> None:
        self.words = vocabulary(language, southern)
        table = lexicon(language, "times")
        forms, begin = table["forms"], table["begin"]
        self._after_letter = self._rules(forms, skipping=begin["with_figures_only"])
        self._after_figure = self._rules(forms, skipping=begin["with_letters_only"])
        self.clock = self.words.pattern(forms["time_of_day"][0])
        self.part_of_day = self.words.pattern(forms["part_of_day"][0])
        self._start = re.compile(_starts(self.words), re.IGNORECASE)
        self._core = re.compile(_cores(self.words), re.IGNORECASE)
        self.joint_of_day = self.words.pattern(table["joints"]["of_day"])
        self.joint_of_stretch = self.words.pattern(table["joints"]["of_stretch"])
        self.between = self.words.pattern(table["joints"]["between"])
        self.joint_after_between: str = table["joints"]["and"]
        self._era = self.words.pattern(table["other_calendars"]["behind"])
        self._other_month = self.words.pattern(table["other_calendars"]["before"])
        self._near = self.words.pattern(r"\b(?:<near_day>|<weekday>|tonight|overnight)\b")

    def _rules(self, forms: Mapping[str, Any], skipping: Sequence[str]) -> list[Rule]:
        return [
            (self.words.pattern(form), reader)
            for name, reader in _READERS.items()
            if name not in skipping
            for form in forms[name]
        ]

    def cores(self, text: str) -> Iterator[int]:
        """Yield the places of the words without which there is no expression of time, in order."""
        return (core.start() for core in self._core.finditer(text))

    def start_before(self, text: str, position: int, core: int) -> int | None:
        """Return where the next expression may begin, from `position` to the word at `core`."""
        start = self._start.search(text, position, core + _LONGEST_CORE)
        return start.start() if start and start.start() <= core else None

    def is_history(self, text: str) -> bool:
        """Return whether a text dates what it tells by years rather than by the days of the news."""
        years = len(_YEAR.findall(text))
        if years < _YEARS_OF_A_HISTORY:
            return False
        return _YEARS_PER_NEAR_DAY * len(self._near.findall(text)) <= years

    def read(self, text: str, position: int) -> Found | None:
        """Return the longest expression of our calendar that begins at `position`, or None."""
        best: Found | None = None
        is_figure = text[position : position + 1].isdecimal()
        for pattern, reader in self._after_figure if is_figure else self._after_letter:
            match = pattern.match(text, position)
            if match and (best is None or match.end() > best.end):
                reading = _read(match, reader, self.words)
                if reading:
                    best = Found(match.end(), reading)
        return None if best and self._is_of_other_calendar(text, position, best.end) else best

    def _is_of_other_calendar(self, text: str, start: int, end: int) -> bool:
        """Return whether the words around a date show that it is not a Gregorian one of our era."""
        lead = text[max(0, start - _LONGEST_MONTH) : start]
        return bool(
            self._era.match(text, end) or (text[start].isdecimal() and self._other_month.search(lead))
        )


def _read(match: re.Match[str], reader: Reader, words: Vocabulary) -> Reading | None:
    """Return the reading, or None for what has the form of a date but is none, such as 31 February."""
    try:
        return reader(match, words)
    except ValueError:
        return None


def _starts(words: Vocabulary) -> str:
    """Return the pattern of the places where an expression may begin."""
    tables = words.words
    phrases = {f"{name}s" for name in (*tables["units"], *tables["weekdays"])}
    phrases |= set(tables["beginnings"]["words"])
    for name in _NAMES:
        phrases |= tables[name].keys()
    for table in (*tables["relations"].values(), *tables["durations"].values(), *tables["holidays"].values()):
        phrases.update(table)
    phrases.update(words.references, words.sets, tables["sets"]["every"])
    first_words = any_of({re.split(r"[\s-]", phrase)[0] for phrase in phrases})
    no_part_of_a_word = r"(?<![\w$€£#])(?<!\d[.,:/])(?<![a-z]['’])"
    return rf"{no_part_of_a_word}(?=['’]?\d|(?:{first_words}|{numeral_pattern()})(?!\w))"


def _cores(words: Vocabulary) -> str:
    """Return the pattern of the words of which every expression of time has one."""
    tables = words.words
    phrases = {form for unit in tables["units"] for form in (unit, f"{unit}s")}
    phrases |= {f"{name}s" for name in (*words.day_parts, *tables["weekdays"])} | set(
        tables["cores"]["words"]
    )
    for name in ("months", "months_short", "weekdays", "near_days", "day_parts", "seasons", "decades"):
        phrases |= tables[name].keys()
    phrases.update(words.references, words.sets, *tables["holidays"].values())
    figures = r"\d{4}|\d{1,2}[/.:-]\d|\d0['’]?s\b|\d(?:st|nd|rd|th)\b|\d{1,2}[^\S\n]?[ap]\.?[^\S\n]?m\b"
    return rf"(?<!\w)['’]?(?:{figures}|(?:{any_of(phrases)})(?!\w))"


@lru_cache(maxsize=8)
def grammar(language: str, southern: bool) -> Grammar:
    """Return the grammar of a language and hemisphere, made once."""
    return Grammar(language, southern)

"""The words of one language's calendar, as look-ups and as pieces of patterns."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any

from dateline.extract.numerals import numeral_pattern, numeral_value
from dateline.extract.patterns import GAP, any_of
from dateline.extract.times.moments import Part, Unit
from dateline.language import lexicon

_PLACEHOLDER = re.compile(r"(?<!\?P)<(\w+)>")


class Vocabulary:
    """Look-ups from word to meaning, and `pattern`, which puts the words into a pattern."""

    def __init__(self, language: str, southern: bool) -> None:
        self.southern = southern
        words = lexicon(language, "calendar")
        self.words = words
        self.months: dict[str, int] = words["months"] | words["months_short"]
        self.weekdays: dict[str, int] = words["weekdays"] | words["weekdays_short"]
        self.seasons: dict[str, str] = words["seasons"]
        self.day_parts: dict[str, str] = words["day_parts"]
        self.near_days: dict[str, int] = words["near_days"]
        self.ordinals: dict[str, int] = words["ordinals"]
        self.decades: dict[str, int] = words["decades"]
        self.sets: dict[str, str] = {name: value for name, value in words["sets"].items() if name != "every"}
        self.references: dict[str, str] = words["references"]
        self._pieces = self._make_pieces(words)

    def _make_pieces(self, words: Any) -> dict[str, str]:
        plain = {name: any_of(table) for name, table in words["relations"].items()}
        durations = {f"for_{name}": any_of(table) for name, table in words["durations"].items()}
        units = any_of(words["units"])
        short_months = words["months_short"]
        return {
            **plain,
            **durations,
            "g": GAP,
            "month": rf"(?:{_capital(words['months'])}\b|{_capital(short_months)}\b\.?)",
            "weekday": rf"(?:{_capital(words['weekdays'])})",
            "any_weekday": rf"(?:{_capital(words['weekdays'])}\b|{_capital(words['weekdays_short'])}\b\.?)",
            "season": any_of(words["seasons"]),
            "unit": rf"(?:{units})",
            "units": rf"(?:{units})s?",
            "long_unit": r"(?:days?|weeks?|months?|quarters?|years?|decades?|century|centuries|fortnights?)",
            "day_part": any_of(words["day_parts"]),
            "near_day": any_of(words["near_days"]),
            "ordinal": any_of(words["ordinals"]),
            "decade": any_of(words["decades"]),
            "part": any_of(words["parts"]),
            "zone": any_of(words["clock"]["zones"]),
            "half_day": any_of(words["clock"]["half_days"]),
            "fixed_hour": any_of(("noon", "midday", "midnight")),
            "set": any_of(self.sets),
            "every": any_of(words["sets"]["every"]),
            "reference": any_of(words["references"]),
            "holiday": any_of(name for table in words["holidays"].values() for name in table),
            "number": numeral_pattern(),
            # A block of houses is not a year: "the 1900 block of Elm Street".
            "year": r"(?:1[5-9]\d\d|20\d\d)(?![\d%]|[^\S\n]blocks?\b)",
            "day": r"(?:0?[1-9]|[12]\d|3[01])(?:st|nd|rd|th)?(?!\d)",
        }

    def pattern(self, template: str) -> re.Pattern[str]:
        """Return the pattern of a template, in which "<month>" and the like stand for the words."""
        joined = "".join(template.splitlines())
        spaced = joined.replace(" ?", r"[^\S\n]?").replace(" ", GAP)
        filled = _PLACEHOLDER.sub(lambda piece: f"(?:{self._pieces[piece[1]]})", spaced)
        return re.compile(filled, re.IGNORECASE)

    def month(self, words: str) -> int:
        """Return the number of a month's name."""
        return self.months[words.lower().rstrip(".")]

    def weekday(self, words: str) -> int:
        """Return the ISO number of a weekday's name, 1 for Monday."""
        return self.weekdays[words.lower().rstrip(".")]

    def unit(self, words: str) -> Unit:
        """Return the unit of a word in singular or plural."""
        word = words.lower()
        table: dict[str, str] = self.words["units"]
        return Unit(table[word] if word in table else table[word.removesuffix("s")])

    def part(self, words: str | None) -> Part | None:
        """Return which part of a stretch the words mean, or None for the whole of it."""
        return Part(self.words["parts"][plain(words)]) if words else None

    def relation(self, words: str, *names: str) -> str:
        """Return which of the relations `names` the words stand for; the last one if none lists them."""
        said = plain(words)
        table = self.words["relations"]
        return next((name for name in names if said in table[name]), names[-1])

    def number(self, words: str) -> float:
        """Return what a number in words or figures comes to."""
        return numeral_value(words) or 0.0


def plain(words: str) -> str:
    """Return the words in lower case with single blanks: the form in which tables list them."""
    return " ".join(words.lower().split())


def _capital(words: Any) -> str:
    """Return a pattern for names as they are written: with a capital, or all in capitals."""
    names = [name.capitalize() for name in words] + [name.upper() for name in words]
    return f"(?-i:{any_of(names)})"


@lru_cache(maxsize=8)
def vocabulary(language: str, southern: bool) -> Vocabulary:
    """Return the vocabulary of a language and hemisphere, made once."""
    return Vocabulary(language, southern)

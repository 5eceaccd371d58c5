"""Ages, and the short notes that are a person: "a 12-year-old", "16 y/o", "17YOM", "M/14"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from dateline.extract.numerals import numeral_pattern
from dateline.extract.words import Word
from dateline.language import lexicon


@dataclass(frozen=True, slots=True)
class Note:
    """A person told as age and sex alone: the words from `start` to `end` (exclusive), and what they mean."""

    start: int
    end: int
    noun: str


@dataclass(frozen=True, slots=True)
class Ages:
    """The words of a text that are ages, and its short notes by the word that they begin with."""

    words: frozenset[int]
    notes: Mapping[int, Note]


@dataclass(frozen=True, slots=True)
class _Patterns:
    age: re.Pattern[str]
    note: re.Pattern[str]
    sexes: Mapping[str, str]


@lru_cache(maxsize=8)
def _patterns(language: str) -> _Patterns:
    table = lexicon(language, "persons")["ages"]
    old, sexes = "|".join(table["old"]), table["sexes"]
    sex, short = "|".join(sexes), "|".join(table["short"])
    return _Patterns(
        re.compile(rf"(?<![\w.,/])(?:{numeral_pattern(language)})(?:{old})(?!\w)", re.IGNORECASE),
        re.compile(
            rf"(?<![\w/])(?:\d{{1,2}}[^\S\n]?(?:{short})[^\S\n]?(?P<behind>{sex})|(?P<before>{sex})/\d{{1,2}})(?![\w/])",
            re.IGNORECASE,
        ),
        sexes,
    )


def find_ages(text: str, found: Sequence[Word], language: str) -> Ages:
    """Return the ages of a text by the numbers of its words, `found`."""
    known = _patterns(language)
    starts = {word.start: index for index, word in enumerate(found)}
    ends = {word.end: index + 1 for index, word in enumerate(found)}
    ages = (range(starts[m.start()], ends[m.end()]) for m in known.age.finditer(text) if m.start() in starts)
    return Ages(
        frozenset(index for age in ages for index in age),
        {note.start: note for note in _notes(text, known, starts, ends)},
    )


def _notes(text: str, known: _Patterns, starts: Mapping[int, int], ends: Mapping[int, int]) -> Iterator[Note]:
    for match in known.note.finditer(text):
        sex = (match["behind"] or match["before"]).lower()
        if match.start() in starts and match.end() in ends:
            yield Note(starts[match.start()], ends[match.end()], known.sexes[sex])

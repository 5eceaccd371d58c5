"""The words that say what a number of people counts, as phrases (codebook, section 4)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from dateline.extract.phrases import PhraseList, phrases
from dateline.language import lexicon
from dateline.model import OfWhom, What


@dataclass(frozen=True, slots=True)
class WhatWords:
    """The words of one `What`, by where they stand."""

    what: What
    before: PhraseList
    after: PhraseList
    noun: PhraseList
    toll: PhraseList
    one: PhraseList


@dataclass(frozen=True, slots=True)
class CountWords:
    """The words around numbers of people: language/*/counts.toml."""

    whats: tuple[WhatWords, ...]
    none: tuple[tuple[What, PhraseList], ...]
    part_before: PhraseList
    part_after: PhraseList
    of_whom: tuple[tuple[OfWhom, PhraseList], ...]
    includes_perpetrators: PhraseList
    acting: PhraseList
    died_by_own_hand: PhraseList
    only_tried: PhraseList
    finds: re.Pattern[str]
    nearly: re.Pattern[str]


_PARTS = ("before", "after", "noun", "toll", "one")


@lru_cache(maxsize=8)
def count_words(language: str) -> CountWords:
    """Return the words of a language, compiled once; DataError when it has no such table."""
    table = lexicon(language, "counts")
    scope = table["scope"]
    return CountWords(
        whats=tuple(
            WhatWords(what, *(phrases(table[what.value][part]) for part in _PARTS))
            for what in What
            if what is not What.PERPETRATORS
        ),
        none=tuple((What(what), phrases(words)) for what, words in table["none"].items()),
        part_before=phrases(scope["part_before"]),
        part_after=phrases(scope["part_after"]),
        of_whom=((OfWhom.CHILDREN, phrases(scope["children"])), (OfWhom.WOMEN, phrases(scope["women"]))),
        includes_perpetrators=phrases(scope["includes_perpetrators"]),
        acting=phrases(table["perpetrators"]["acting"]),
        died_by_own_hand=phrases(table["own_hand"]["died"]),
        only_tried=phrases(table["own_hand"]["not_died"]),
        finds=re.compile(table["others"]["finds"]),
        nearly=re.compile(table["others"]["nearly"]),
    )

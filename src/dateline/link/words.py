"""The words of a mention, weighted by how rare they are in news of violence.

Rarity comes from a table in the package and not from the batch, so that adding a report never
changes how two others compare.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources

_TOKEN = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*|\d+(?:[.,:]\d+)*(?:-year-old)?")
_POSSESSIVE = re.compile(r"['’]s$|['’]$")
_STARTS_SENTENCE = re.compile(r"(?:^|[.!?:\n]\s*[\"“‘']?)$")
_FULL_NAME = re.compile(r"\b([A-Z][\w'’-]+) (?:[A-Z]\. )?(?=([A-Z][\w'’-]+))")
_RARE = 8  # doublings: a word in fewer than one report of 256
_HEAD = 700  # characters: the title and the first sentences, where the news is
_MOST_TERMS = 90  # the heaviest terms of a text tell as much as all of them


@dataclass(frozen=True, slots=True)
class Rarity:
    """How rare words are: `-log2` of the share of background reports that a word stands in."""

    level: Mapping[str, int]
    highest: int

    @classmethod
    @lru_cache(maxsize=1)
    def shipped(cls) -> Rarity:
        """Return the table of the package, made by training/link/rarity.py."""
        level: dict[str, int] = {}
        for line in resources.files(__package__).joinpath("rarity.txt").read_text("utf-8").splitlines():
            if not line.startswith("#"):
                number, *words = line.split()
                level.update(dict.fromkeys(words, int(number)))
        return cls(level, max(level.values(), default=0) + 1)

    def of(self, word: str) -> float:
        """Return the rarity of a word, in doublings; words that the table does not know are the rarest."""
        return float(self.level.get(word, self.highest))


@dataclass(frozen=True, slots=True)
class WordBag:
    """The weighted terms of one text: all of it, its head, and those that are names or numbers."""

    weights: Mapping[str, float]  # of unit length
    head: Mapping[str, float]  # of unit length
    names: Mapping[str, float]  # rarity of each capitalised word
    full_names: frozenset[str]
    capitals: frozenset[str]  # every word that is capitalised anywhere
    numbers: frozenset[str]


def word_bag(text: str, rarity: Rarity) -> WordBag:
    """Return the terms of a text with weights: (1 + log count) x rarity, scaled to unit length."""
    counts: Counter[str] = Counter()
    capitals: Counter[str] = Counter()
    head: Counter[str] = Counter()
    written: set[str] = set()
    for token in _TOKEN.finditer(text):
        word = _plain(token[0])
        counts[word] += 1
        if token.start() < _HEAD:
            head[word] += 1
        if token[0][0].isupper():
            written.add(word)
            capitals[word] += not _starts_sentence(text, token.start())
    return WordBag(
        _weighted(counts, rarity),
        _weighted(head, rarity),
        {w: rarity.of(w) for w, n in capitals.items() if 2 * n > counts[w] and len(w) > 2},
        _full_names(text, rarity),
        frozenset(written),
        frozenset(w for w in counts if w[0].isdigit() and len(w) > 1),
    )


def _starts_sentence(text: str, at: int) -> bool:
    return bool(_STARTS_SENTENCE.search(text, max(0, at - 4), at)) or at == 0


def _weighted(counts: Mapping[str, int], rarity: Rarity) -> dict[str, float]:
    weights = {w: (1 + math.log(n)) * rarity.of(w) for w, n in counts.items() if len(w) > 1}
    heaviest = dict(sorted(weights.items(), key=lambda item: (-item[1], item[0]))[:_MOST_TERMS])
    length = math.sqrt(sum(weight * weight for weight in heaviest.values())) or 1.0
    return {word: weight / length for word, weight in heaviest.items()}


def _full_names(text: str, rarity: Rarity) -> frozenset[str]:
    """Return runs of two capitalised words, such as people and places are called, that are rare."""
    found = ((_plain(a), _plain(b)) for a, b in _FULL_NAME.findall(text))
    return frozenset(f"{a} {b}" for a, b in found if max(rarity.of(a), rarity.of(b)) >= _RARE)


def _plain(token: str) -> str:
    return _POSSESSIVE.sub("", token).replace("’", "'").casefold()

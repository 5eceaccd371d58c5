"""Spotting names of places in English text: which words may be one, and how strongly they look it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise
from math import log10
from types import MappingProxyType

from dateline.extract.resolution import Generic
from dateline.gazetteer import Candidate, Gazetteer, Level, PlaceKind, fold
from dateline.language import lexicon

LONGEST_NAME = 5  # words
LONGEST_HEADLINE = 250  # characters
LONGEST_TEXT = 200_000  # characters in which places are looked for; no news report is longer
ENOUGH = 0.6  # the least evidence that makes a spot a place

_WORD = re.compile(r"(?:[A-Za-z]\.){2,}|[^\W\d_](?:\w|['’ʼ](?=\w))*")
_POSSESSIVE = re.compile(r"['’ʼ][sS]$")
_JOINING_GAP = re.compile(r"[ \-]|\. |[ ]?[’'‘]$")
_DATELINE = re.compile(
    r"[^\S\n]*([A-Z][A-Za-z .,'’\-]{1,60}?)(?:,? \w{3,9}\.? \d{1,2})?,? ?"
    r"(?:\([A-Za-z ]{2,20}\) ?)?(?:--|[–—]| - )"
)


@dataclass(frozen=True, slots=True)
class Word:
    """A word of the text; `shouted` when its whole line is in capitals, so that its own say nothing."""

    start: int
    end: int
    text: str
    folded: str
    gap: str  # what stands between it and the word before
    shouted: bool
    titled: bool  # in a headline that capitalises nearly every word

    @property
    def is_capitalised(self) -> bool:
        """Return whether the word begins with a capital that means something or may mean something."""
        return self.text[0].isupper()


@dataclass(frozen=True, slots=True)
class Spot:
    """A stretch of text that may name a place, the words around it, and the evidence for it.

    `first` and `last` are the indexes of its words (`last` is not included). `is_people` marks
    "Syrian"; `is_location` is False where the name stands for a government or a body.
    """

    start: int
    end: int
    key: str
    candidates: tuple[Candidate, ...]
    first: int = 0
    last: int = 0
    is_people: bool = False
    is_location: bool = True
    generic: Generic | None = None
    evidence: float = 0.0

    @property
    def size(self) -> int:
        """Return the number of words."""
        return self.last - self.first


@lru_cache(maxsize=1)
def cues(language: str = "en") -> Mapping[str, frozenset[str]]:
    """Return the language's word lists about places, each as a set."""
    tables = lexicon(language, "places")
    lists = {name: words for name, words in tables.items() if isinstance(words, str)}
    lists |= tables["parts"] | tables["lists"]
    for table in ("common_words", "first_names"):
        lists |= lexicon(language, table)
    return MappingProxyType({name: frozenset(words.split()) for name, words in lists.items()})


@lru_cache(maxsize=1)
def generics(language: str = "en") -> Mapping[str, Generic]:
    """Return what each word such as "province" or "town" says of the place it stands beside."""
    table: Mapping[str, str] = lexicon(language, "places")["generic"]
    return {word: Generic(kind) for kind, words in table.items() for word in words.split()}


def words_of(text: str) -> list[Word]:
    """Return the words of a text, without possessive endings, at most the first 200,000 characters."""
    found: list[Word] = []
    before = 0
    for line in _lines(text[:LONGEST_TEXT]):
        shouted, titled = _is_shouted(text[line.start : line.stop]), _is_titled(text[line.start : line.stop])
        for match in _WORD.finditer(text, line.start, line.stop):
            word = _POSSESSIVE.sub("", match[0])
            start, end = match.start(), match.start() + len(word)
            found.append(Word(start, end, word, fold(word), text[before:start], shouted, titled))
            before = end
    return found


def _lines(text: str) -> Iterator[range]:
    start = 0
    for line in text.splitlines(keepends=True):
        yield range(start, start + len(line))
        start += len(line)


def _is_shouted(line: str) -> bool:
    letters = sum(map(str.isalpha, line))
    return letters >= 12 and sum(map(str.isupper, line)) > 0.75 * letters


def _is_titled(line: str) -> bool:
    if len(line) > LONGEST_HEADLINE:
        return False
    words = [word for word in line.split() if len(word) > 3 and word[0].isalpha()]
    return len(words) >= 4 and sum(word[0].isupper() for word in words) > 0.75 * len(words)


class Spotter:
    """Finds the spots of a text by looking runs of capitalised words up in a gazetteer."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        self.gazetteer = gazetteer

    def spots(self, text: str, words: Sequence[Word]) -> list[Spot]:
        """Return the longest names found from left to right, none overlapping, all still unjudged."""
        found: list[Spot] = []
        at = 0
        while at < len(words):
            spot = self._longest(text, words, at)
            if spot:
                found.append(spot)
            at = spot.last if spot else at + 1
        return found

    def _longest(self, text: str, words: Sequence[Word], first: int) -> Spot | None:
        if not _may_begin(words, first):
            return None
        for last in range(_reach(words, first), first, -1):
            if words[last - 1].is_capitalised and (spot := self._look_up(text, words, first, last)):
                return spot
        return None

    def _look_up(self, text: str, words: Sequence[Word], first: int, last: int) -> Spot | None:
        start, end = words[first].start, words[last - 1].end
        key = fold(text[start:end])
        if len(key) < 2 or (last - first == 1 and key in cues()["function_words"]):
            return None
        found = self.gazetteer.find(key)
        is_people = False
        if last - first <= 2 and (people := self.gazetteer.people(key)) and _is_rather_people(found):
            found, is_people = people, True
        if not found or not _is_fit(words[first], key, found, text[end : end + 1]):
            return None
        return Spot(start, end, key, found, first, last, is_people, not is_people)


def _is_rather_people(found: Sequence[Candidate]) -> bool:
    """Return whether no place of that name is well known: "Lao", "Pole" and "Turkmen" mean people."""
    return not any(place.kind is PlaceKind.COUNTRY or place.population > 1_000_000 for place in found)


def _may_begin(words: Sequence[Word], first: int) -> bool:
    word = words[first]
    if word.is_capitalised:
        return not (word.shouted and word.folded in cues()["links"] - cues()["articles"] - {"la"})
    following = words[first + 1] if first + 1 < len(words) else None
    return (
        word.folded in cues()["articles"]
        and following is not None
        and following.gap == "-"
        and following.is_capitalised
    )


def _reach(words: Sequence[Word], first: int) -> int:
    """Return the index after the last word that may belong to a name beginning at `first`."""
    last = first + 1
    while last < len(words) and last - first < LONGEST_NAME and _joins(words[last - 1], words[last]):
        last += 1
    return last


def _joins(before: Word, word: Word) -> bool:
    if word.gap not in (" ", "-") and not (word.gap == ". " and before.folded in cues()["abbreviated"]):
        return False
    return word.is_capitalised or word.folded in cues()["links"]


def _is_fit(word: Word, key: str, found: Sequence[Candidate], after: str) -> bool:
    """Return whether the way it is written fits: "US" and "La." are names, "us" and "La" are not."""
    if len(key) > 3 or word.shouted:
        return len(key) > 2 or key == "us"
    if len(key) == 2 and not word.text.isupper():
        return after == "." and any(place.kind is PlaceKind.ADMIN1 for place in found)
    return (
        word.text.isupper() or after == "." or any(p.is_primary and p.kind is PlaceKind.CITY for p in found)
    )


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What stands around a spot, and what the whole text says of the people in it."""

    text: str
    words: Sequence[Word]
    surnames: frozenset[str]
    datelines: Sequence[range]

    @classmethod
    def of(cls, text: str, words: Sequence[Word]) -> Surroundings:
        """Return the surroundings that all spots of a text share."""
        return cls(text, words, _surnames(words), tuple(_datelines(text)))

    def before(self, spot: Spot, steps: int = 1) -> Word | None:
        """Return the word `steps` before the spot in the same clause, or None."""
        at = spot.first - steps
        between = self.words[at + 1 : spot.first + 1]
        return self.words[at] if at >= 0 and all(w.gap in (" ", "-", " “") for w in between) else None

    def after(self, spot: Spot) -> Word | None:
        """Return the word right after the spot in the same clause, or None."""
        if spot.last >= len(self.words):
            return None
        word = self.words[spot.last]
        is_joined = word.gap in (" ", "-", "'s ", "’s ", "'S ", ". ") and (
            word.gap != ". " or self._is_short(spot)
        )
        return word if is_joined else None

    def generic(self, spot: Spot) -> Generic | None:
        """Return what words beside it say that it is: "Kunar province", "the city of Hama"."""
        after = self.after(spot)
        if after is not None and after.gap == " " and after.folded in generics():
            return generics()[after.folded]
        of, what = self.before(spot), self.before(spot, 2)
        is_named = of is not None and what is not None and of.folded == "of"
        return generics().get(what.folded) if is_named and what else None

    def _is_short(self, spot: Spot) -> bool:
        return len(spot.key) <= 5 and self.text[spot.end : spot.end + 1] == "."

    def in_dateline(self, spot: Spot) -> bool:
        """Return whether the spot stands in the dateline that opens a line."""
        return any(spot.start in line for line in self.datelines)


def _datelines(text: str) -> Iterator[range]:
    start = 0
    for line in text[:LONGEST_TEXT].splitlines(keepends=True):
        match = _DATELINE.match(line)
        if match and match[1].split(",")[0].split(" (")[0].isupper():
            yield range(start + match.start(1), start + match.end(1))
        start += len(line)


def _surnames(words: Sequence[Word]) -> frozenset[str]:
    """Return the capitalised words that follow a given name or a title somewhere in the text."""
    names, titles, known = cues()["first_names"], cues()["titles"], cues()
    found = set()
    for before, word in pairwise(words):
        if not word.is_capitalised or word.gap not in (" ", ". ") or word.shouted or word.titled:
            continue
        is_name = before.folded in names and before.is_capitalised
        if (is_name or before.folded in titles) and word.folded not in known["institution_words"]:
            found.add(word.folded)
    return frozenset(found)


def judged(spots: Sequence[Spot], around: Surroundings) -> list[Spot]:
    """Return the spots that look enough like places, with their evidence and their reading."""
    weighed = [_weighed(spot, around) for spot in spots]
    chains = [pair for pair in pairwise(weighed) if _is_chained(*pair, around)]
    chained = {id(spot) for pair in chains for spot in pair}
    weighed = [replace(s, evidence=s.evidence + 2.0) if id(s) in chained else s for s in weighed]
    certain = {spot.key for spot in weighed if spot.evidence >= ENOUGH + 0.6 and spot.size > 0}
    weighed = [replace(s, evidence=s.evidence + 0.8) if s.key in certain else s for s in weighed]
    return [spot for spot in weighed if spot.evidence >= ENOUGH]


def _is_chained(a: Spot, b: Spot, around: Surroundings) -> bool:
    """Return whether b is written as what a lies in: "Alexandria, Louisiana"."""
    gap = around.text[a.end : b.start]
    return gap in (", ", ". , ", " (", ".", ", in ") and contains_any(b, a)


def contains_any(outer: Spot, inner: Spot) -> bool:
    """Return whether some reading of `outer` contains some reading of `inner`."""
    countries = {place.country for place in inner.candidates}
    units = {unit for place in inner.candidates for unit in (place.admin1_id, place.admin2_id)}
    return any(
        any(map(place.contains, inner.candidates[:8]))
        if place.kind in (PlaceKind.REGION, PlaceKind.COUNTRY) and place.country in countries
        else place.id in units
        for place in outer.candidates
    )


def _weighed(spot: Spot, around: Surroundings) -> Spot:
    before, after = around.before(spot), around.after(spot)
    generic = around.generic(spot)
    evidence = _fame(spot) + _context(spot, around, before, after) - _doubts(spot, around, before, after)
    if generic:
        evidence += 1.2
    is_location = spot.is_location and not _stands_for_body(spot, before, after, generic)
    return replace(spot, evidence=evidence, generic=generic, is_location=is_location)


def _fame(spot: Spot) -> float:
    """Return how well known the best candidate is."""
    best = max(map(_fame_of, spot.candidates))
    return best + (0.8 if spot.size > 1 else 0.0) + (0.5 if spot.is_people else 0.0)


def _fame_of(place: Candidate) -> float:
    if place.kind is PlaceKind.COUNTRY:
        return 3.0
    if place.kind is PlaceKind.REGION:
        return 2.0
    if place.kind is PlaceKind.ADMIN1:
        return 1.8 if place.is_primary else 1.2
    if place.kind is PlaceKind.ADMIN2:
        return 1.5 if place.is_primary and " " in place.name else 0.0
    size = 0.7 * (log10(max(place.population, 300)) - 4.0)
    seat = 0.4 if place.level >= Level.SEAT1 else 0.0
    return size + seat - (0.0 if place.is_primary else 0.6)


def _context(spot: Spot, around: Surroundings, before: Word | None, after: Word | None) -> float:
    total = 0.0
    if before is not None:
        total += 1.2 * (before.folded in cues()["prepositions_of_place"])
        total += 0.3 * (before.folded in cues()["prepositions_of_any"])
    if around.in_dateline(spot):
        total += 2.5
    if after is not None and after.folded in cues()["institution_words"] and after.is_capitalised:
        total += 0.3
    return total


def _doubts(spot: Spot, around: Surroundings, before: Word | None, after: Word | None) -> float:
    word = around.words[spot.first]
    total = 0.0
    if spot.size == 1:
        total += 2.2 * (spot.key in cues()["common_words"])
        total += 0.9 * (spot.key in cues()["first_names"])
        total += 2.2 * (spot.key in around.surnames)
        total += 2.0 * (word.text.isupper() and not word.shouted and _is_acronym(spot))
        total += 0.4 * (before is None and not around.in_dateline(spot))
    if word.shouted:
        total += 0.9
    else:
        total += _neighbour_doubts(before, after) * (0.25 if word.titled else 1.0)
    if before is not None and before.folded in cues()["titles"] and spot.key != "us":
        total += 2.5
    return total


def _is_acronym(spot: Spot) -> bool:
    return not any(p.kind in (PlaceKind.COUNTRY, PlaceKind.REGION, PlaceKind.ADMIN1) for p in spot.candidates)


def _neighbour_doubts(before: Word | None, after: Word | None) -> float:
    """Return the doubt that capitalised neighbours raise: the name may be a part of a longer one."""
    total = 0.0
    if before is not None and before.is_capitalised and not _is_apart(before):
        total += 2.6 if before.folded in cues()["first_names"] else 1.4
    if after is not None and after.is_capitalised and after.gap == " ":
        is_known = after.folded in cues()["institution_words"] or after.folded in cues()["function_words"]
        total += 0.0 if is_known else 1.2
    return total


def _is_apart(before: Word) -> bool:
    """Return whether a capitalised word before a name does not make it a part of a longer one."""
    return before.folded in cues()["function_words"] or before.text.endswith(("'s", "’s"))


def _stands_for_body(spot: Spot, before: Word | None, after: Word | None, generic: Generic | None) -> bool:
    """Return whether the name stands for a government or for a body seated there."""
    if after is None or generic is not None:
        return False
    if after.gap == " " and after.is_capitalised and not after.shouted:
        return after.folded in cues()["institution_words"]
    is_state = any(p.kind is PlaceKind.COUNTRY or p.level is Level.CAPITAL for p in spot.candidates[:3])
    is_placed = before is not None and before.folded in cues()["prepositions_of_place"]
    return is_state and not is_placed and after.folded in cues()["government_verbs"]

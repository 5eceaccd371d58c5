"""Spotting runs of words that the gazetteer knows as names of places."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from dateline.extract.place_words import Style, Token, cues, names_of_things
from dateline.extract.resolution import Generic
from dateline.gazetteer import Candidate, Gazetteer, PlaceKind, fold

LONGEST_NAME = 5  # words
LARGE = 1_000_000  # people


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


class Spotter:
    """Finds the spots of a text by looking runs of capitalised words up in a gazetteer."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        self.gazetteer = gazetteer

    def spots(self, text: str, words: Sequence[Token]) -> list[Spot]:
        """Return the longest names found from left to right, none overlapping, all still unjudged."""
        found: list[Spot] = []
        at = 0
        while at < len(words):
            spot = self._longest(text, words, at) if may_begin(words, at) else None
            if spot:
                found.append(spot)
            at = spot.last if spot else at + 1
        return found

    def _longest(self, text: str, words: Sequence[Token], first: int) -> Spot | None:
        for last in range(_reach(words, first), first, -1):
            if words[last - 1].is_capitalised and (spot := self._look_up(text, words, first, last)):
                return spot
        return self._without_apostrophe(words, first)

    def _without_apostrophe(self, words: Sequence[Token], first: int) -> Spot | None:
        """Return the spot of a well-known name whose possessive lost its apostrophe ("Syrias north")."""
        word = words[first]
        if len(word.text) < 5 or not word.text.endswith("s") or not word.is_capitalised:
            return None
        found = self.gazetteer.find(word.folded[:-1])
        if not any(place.kind is PlaceKind.COUNTRY or place.population > LARGE for place in found[:3]):
            return None
        return Spot(word.start, word.end - 1, word.folded[:-1], found, first, first + 1)

    def _look_up(self, text: str, words: Sequence[Token], first: int, last: int) -> Spot | None:
        start, end = words[first].start, words[last - 1].end
        key = fold(text[start:end])
        if (
            len(key) < 2
            or key in names_of_things()
            or (last - first == 1 and key in cues()["function_words"])
        ):
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
    return not any(place.kind is PlaceKind.COUNTRY or place.population > LARGE for place in found)


def may_begin(words: Sequence[Token], first: int) -> bool:
    """Return whether a name may begin at a word: a capital, or an article joined to one ("al-Bab")."""
    word = words[first]
    if word.style is not Style.SHOUTED and not word.is_capitalised and word.folded not in cues()["articles"]:
        return False
    if word.folded in cues()["articles"] and first + 1 < len(words):
        following = words[first + 1]
        is_joined = following.gap == "-" and following.is_capitalised
        return is_joined or (word.is_capitalised and word.folded in ("al", "el"))
    if word.style is Style.SHOUTED:
        return word.folded == "la" or word.folded not in _unlikely_in_capitals()
    return word.is_capitalised


@lru_cache(maxsize=1)
def _unlikely_in_capitals() -> frozenset[str]:
    lists = ("links", "function_words", "prepositions_of_any", "government_verbs", "ordinary_words")
    return frozenset().union(*(cues()[name] for name in lists))


def _reach(words: Sequence[Token], first: int) -> int:
    """Return the index after the last word that may belong to a name beginning at `first`."""
    last = first + 1
    while last < len(words) and last - first < LONGEST_NAME and _joins(words[last - 1], words[last]):
        last += 1
    while last > first + 1 and words[last - 1].folded in cues()["function_words"]:
        last -= 1
    return last


def _joins(before: Token, word: Token) -> bool:
    if word.gap not in (" ", "-") and not (word.gap == ". " and before.folded in cues()["abbreviated"]):
        return False
    if word.style is Style.SHOUTED:
        return word.folded in cues()["links"] or word.folded not in _unlikely_in_capitals()
    return word.is_capitalised or word.folded in cues()["links"]


def _is_fit(word: Token, key: str, found: Sequence[Candidate], after: str) -> bool:
    """Return whether the way it is written fits: "US" and "La." are names, "us" and "La" are not."""
    if len(key) > 3 or word.style is Style.SHOUTED:
        return len(key) > 2 or key == "us"
    if len(key) == 2 and not word.text.isupper():
        return after == "." and any(place.kind is PlaceKind.ADMIN1 for place in found)
    return (
        word.text.isupper() or after == "." or any(p.is_primary and p.kind is PlaceKind.CITY for p in found)
    )

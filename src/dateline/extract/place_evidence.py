"""How strongly a spot looks like a place: what stands around it, and how well known the name is.

Evidence is counted in points. The weights were set by hand on news from open corpora: a cue that
nearly settles the matter is worth two points, a hint a half.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise
from math import log10

from dateline.extract.place_words import LONGEST_TEXT, Style, Token, cues, generics
from dateline.extract.resolution import Generic
from dateline.extract.toponyms import Spot
from dateline.gazetteer import Candidate, Level, PlaceKind

ENOUGH = 0.6  # the least evidence that makes a spot a place
LONGEST_ACRONYM = 5
WELL_KNOWN = 1.0  # fame of a city of about 300,000 people
STRONG = 2.0  # evidence from which a spot speaks for others

ADJECTIVE = re.compile(r"(?:ish|ian|ean|ern|ese|yan)s?$")
_IN_BLOCK = re.compile(r"\bblocks? of (?:(?:north|south|east|west|[NSEW])\.? )?\Z", re.I)
_CROSSES = re.compile(r"\b\d+(?:st|nd|rd|th) (?:and|&) \Z", re.I)
_CROSSED = re.compile(
    r" (?:and|&) \d+(?:st|nd|rd|th)\b(?=[.,;]|$| (?:in|on|at|near|streets?|avenues?|shortly|around|about)\b)",
    re.I,
)
_DATELINE = re.compile(
    r"[^\S\n]*([A-Z][A-Za-z .,'’\-]{1,60}?)(?:,? \w{3,9}\.? \d{1,2})?,? ?"
    r"(?:\([A-Za-z ]{2,20}\) ?)?(?:--|[–—]| - )"
)


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What stands around a spot, and what the whole text says of the people in it."""

    text: str
    words: Sequence[Token]
    surnames: frozenset[str]
    datelines: Sequence[range]

    @classmethod
    def of(cls, text: str, words: Sequence[Token]) -> Surroundings:
        """Return the surroundings that all spots of a text share."""
        return cls(text, words, _surnames(words), tuple(_datelines(text)))

    def before(self, spot: Spot, steps: int = 1) -> Token | None:
        """Return the word `steps` before the spot in the same clause, or None."""
        at = spot.first - steps
        between = self.words[at + 1 : spot.first + 1]
        return self.words[at] if at >= 0 and all(w.gap in (" ", "-", " “") for w in between) else None

    def after(self, spot: Spot) -> Token | None:
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
        if after is not None and after.gap == " " and after.folded in generics() and after.text[-1] != "s":
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


def _surnames(words: Sequence[Token]) -> frozenset[str]:
    """Return the capitalised words that follow a given name or a title somewhere in the text."""
    names, titles, known = cues()["first_names"], cues()["titles"], cues()
    found = set()
    for before, word in pairwise(words):
        if not word.is_capitalised or word.gap not in (" ", ". ") or word.style is Style.TITLED:
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
    weighed = [_lent(spot, 2.0 * (id(spot) in chained)) for spot in weighed]
    weighed = _supported(weighed, around)
    certain = {spot.key for spot in weighed if spot.evidence >= ENOUGH + 0.6 and spot.size > 0}
    weighed = [_lent(spot, 0.8 * (spot.key in certain)) for spot in weighed]
    return [spot for spot in weighed if spot.evidence >= ENOUGH]


def _supported(weighed: Sequence[Spot], around: Surroundings) -> list[Spot]:
    """Return the spots with what those that stand out lend to others in their countries and lists."""
    strong = [spot for spot in weighed if spot.evidence >= STRONG]
    countries = {spot.candidates[0].country for spot in strong}
    listed = [pair for pair in pairwise(weighed) if _is_listed(*pair, around)]
    lent = {id(b) for a, b in listed if a.evidence >= ENOUGH} | {
        id(a) for a, b in listed if b.evidence >= ENOUGH
    }
    return [
        _lent(
            _lent(spot, 0.5 * (not countries.isdisjoint(_countries(spot.candidates)))),
            0.8 * (id(spot) in lent),
        )
        for spot in weighed
    ]


def _lent(spot: Spot, evidence: float) -> Spot:
    """Return the spot with further evidence."""
    return replace(spot, evidence=spot.evidence + evidence) if evidence else spot


def _is_listed(a: Spot, b: Spot, around: Surroundings) -> bool:
    """Return whether two spots of one country stand in a list: "Rastan and Talbiseh"."""
    gap = around.text[a.end : b.start]
    return gap in (", ", " and ", ", and ", " or ", "; ") and bool(
        _countries(a.candidates) & _countries(b.candidates)
    )


def _is_chained(a: Spot, b: Spot, around: Surroundings) -> bool:
    """Return whether b is written as what a lies in: "Alexandria, Louisiana"."""
    gap = around.text[a.end : b.start]
    return gap in (", ", ". , ", " (", ".", ", in ") and contains_any(b, a)


def contains_any(outer: Spot, inner: Spot) -> bool:
    """Return whether some reading of `outer` contains some reading of `inner`."""
    return _contains_any(outer.candidates, inner.candidates)


@lru_cache(maxsize=4096)
def _contains_any(outer: tuple[Candidate, ...], inner: tuple[Candidate, ...]) -> bool:
    units = {unit for place in inner for unit in (place.admin1_id, place.admin2_id)}
    wide = [place for place in outer if place.kind in (PlaceKind.COUNTRY, PlaceKind.REGION)]
    if any(place.id in units for place in outer):
        return True
    return any(place.contains(other) for place in wide for other in inner)


@lru_cache(maxsize=4096)
def _countries(candidates: tuple[Candidate, ...]) -> frozenset[str]:
    return frozenset(place.country for place in candidates if place.country)


def _weighed(spot: Spot, around: Surroundings) -> Spot:
    before, after = around.before(spot), around.after(spot)
    generic = around.generic(spot)
    evidence = _fame(spot) + _context(spot, around, before, after) - _doubts(spot, around, before, after)
    if generic:
        evidence += 2.2 if before is not None and before.folded == "of" else 1.2
    is_location = spot.is_location and not _stands_for_body(spot, before, after, generic)
    return replace(spot, evidence=evidence, generic=generic, is_location=is_location)


def is_well_known(spot: Spot) -> bool:
    """Return whether a spot's best candidate is a country, a large unit or a large city."""
    return _best_fame(spot.candidates) >= WELL_KNOWN


def _fame(spot: Spot) -> float:
    """Return how well known the best candidate is."""
    return _best_fame(spot.candidates) + 0.8 * (spot.size > 1) + 0.5 * spot.is_people


@lru_cache(maxsize=4096)
def _best_fame(candidates: tuple[Candidate, ...]) -> float:
    return max(map(_fame_of, candidates))


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


def _context(spot: Spot, around: Surroundings, before: Token | None, after: Token | None) -> float:
    total = 0.0
    if before is not None:
        total += 1.2 * (before.folded in cues()["prepositions_of_place"])
        total += 0.3 * (before.folded in cues()["prepositions_of_any"])
        what = around.before(spot, 2) if before.folded == "of" else None
        total += 1.0 * (what is not None and what.folded in cues()["words_before_of"])
    if around.in_dateline(spot):
        total += 2.5
    if after is not None and after.folded in cues()["institution_words"] and after.is_capitalised:
        total += 0.3
    if after is not None and after.gap == " " and after.folded in cues()["people_of_place"]:
        total += 0.9
    return total


def _doubts(spot: Spot, around: Surroundings, before: Token | None, after: Token | None) -> float:
    word = around.words[spot.first]
    total = 0.0
    if spot.size == 1:
        total += 2.2 * (spot.key in cues()["common_words"])
        total += 0.9 * (spot.key in cues()["first_names"])
        total += 2.2 * (spot.key in around.surnames)
        total += 1.2 * (spot.key in cues()["surnames"])
        total += 3.5 * (_is_acronym(spot, word) and not around.in_dateline(spot))
        total += 0.4 * (before is None and not around.in_dateline(spot))
    if all(part in cues()["sides"] or part in generics() for part in spot.key.split()):
        total += 2.0  # "Eastern District" may be anywhere
    if word.style is Style.SHOUTED:
        total += 0.9
    else:
        total += _neighbour_doubts(before, after) * (0.25 if word.style is Style.TITLED else 1.0)
    if before is not None and before.folded in cues()["titles"] and spot.key != "us":
        total += 2.5
    return total


def _is_way(word: Token) -> bool:
    """Return whether a word is one for a street or a road."""
    return word.folded in cues()["street_words"] or word.folded in cues()["road_words"]


def is_of_street(spot: Spot, around: Surroundings) -> bool:
    """Return whether the name is a street's: "Judson Avenue", "the 400 block of Judson", "58th and Judson".

    The "Florida Highway Patrol" is none.
    """
    if _IN_BLOCK.search(around.text, max(0, spot.start - 40), spot.start):
        return True
    if _CROSSED.match(around.text, spot.end) or _CROSSES.search(
        around.text, max(0, spot.start - 12), spot.start
    ):
        return True
    after, beyond = around.after(spot), (*around.words[spot.last + 1 : spot.last + 2], None)[0]
    is_joined = after is not None and after.is_capitalised and after.gap == " "
    is_body = beyond is not None and beyond.gap == " " and beyond.folded in cues()["institution_words"]
    return is_joined and after is not None and _is_way(after) and not is_body


def _is_acronym(spot: Spot, word: Token) -> bool:
    if not word.text.isupper() or word.style is Style.SHOUTED or len(word.text) > LONGEST_ACRONYM:
        return False
    return not any(p.kind in (PlaceKind.COUNTRY, PlaceKind.REGION, PlaceKind.ADMIN1) for p in spot.candidates)


def _neighbour_doubts(before: Token | None, after: Token | None) -> float:
    """Return the doubt that capitalised neighbours raise: the name may be a part of a longer one."""
    total = 0.0
    if before is not None and before.is_capitalised and not _is_apart(before):
        total += 2.6 if before.folded in cues()["first_names"] else 1.4
    if after is not None and after.is_capitalised and after.gap == " ":
        is_known = any(
            after.folded in cues()[name] for name in ("institution_words", "site_words", "function_words")
        )
        total += 0.0 if is_known else 1.2
    if after is not None and after.folded in cues()["articles"] and after.text != "at" and after.text != "an":
        total += 1.5  # "Ras" in "Ras al-Ain"
    return total


def _is_apart(before: Token) -> bool:
    """Return whether a capitalised word before a name does not make it a part of a longer one."""
    is_demonym = ADJECTIVE.search(before.folded) is not None  # "Nigerian Chibok schoolgirls"
    return is_demonym or before.folded in cues()["function_words"] or before.text.endswith(("'s", "’s"))


def _stands_for_body(spot: Spot, before: Token | None, after: Token | None, generic: Generic | None) -> bool:
    """Return whether the name stands for a government or for a body seated there."""
    if after is None or generic is not None:
        return False
    if after.gap == " " and after.is_capitalised and after.style is not Style.SHOUTED:
        return after.folded in cues()["institution_words"]
    is_state = any(p.kind is PlaceKind.COUNTRY or p.level is Level.CAPITAL for p in spot.candidates[:3])
    is_placed = before is not None and before.folded in cues()["prepositions_of_place"]
    return is_state and not is_placed and after.folded in cues()["government_verbs"]

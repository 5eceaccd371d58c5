"""Names of places that no gazetteer holds, recognised by the words around them.

Villages, quarters and roads of a conflict are often in no list. A capitalised name in "the village of
X", "the X district" or "in X" is a place all the same; where it lies is known from the places named
beside it, and only as well as those are.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import zip_longest

from dateline.extract.place_evidence import ADJECTIVE, Surroundings, is_of_street, is_well_known
from dateline.extract.place_words import Style, Token, cues, generics, names_of_things, written
from dateline.extract.toponyms import Spot, may_begin
from dateline.gazetteer import Candidate, PlaceKind, fold
from dateline.model import Place, PlaceMention, Span

LOCALITY = "locality"  # the kind of a mention of a place that is in no gazetteer
LONGEST = 4  # words
NEAR_BY = 220  # characters within which a place in the same sentence says where an unlisted one lies
# How far from a town's centre a place may be that is named beside it.
BESIDE_A_TOWN_KM = 25.0
# The share of a report's places that must lie in one unit for an unlisted one to be taken to lie there too.
MAJORITY = 0.6

_IN_TOWN = re.compile(r" in (?:the )?(?:[a-z]+ ){0,2}")
_WORD_AFTER = re.compile(r" (\w+)")
_WORD_BEFORE = re.compile(r"(\w+) of (?:the )?\Z")
_SENTENCE_END = re.compile(r"[.!?…\n](?:\s|$)")
_INSIDE = re.compile(
    r",? (?:(?:a|the) )?(?:[\w\-]+ ){0,3}?(?:in|of|outside|near) (?:the )?(?:[\w\-]+ ){0,2}?|, "
)


def unlisted(words: Sequence[Token], spots: Sequence[Spot], around: Surroundings) -> list[Spot]:
    """Return the names among `words` that look like places and overlap none of `spots`."""
    taken = {index for spot in spots for index in range(spot.first, spot.last)}
    runs = [
        spot
        for spot in _runs(words, taken, around)
        if _is_placed(spot, around) and not is_of_street(spot, around)
    ]
    return [replace(spot, generic=around.generic(spot)) for spot in runs]


def is_swallowed(spot: Spot, around: Surroundings) -> bool:
    """Return whether a spot is a piece of a longer name that is no place of the gazetteer.

    "Tal" in "the village of Tal Shamiran" is not the town of Tal. Well-known names stay as they are.
    """
    first, last = spot.first, spot.last
    while first > 0 and _is_same_name(around.words[first - 1], around.words[first], around, first - 1):
        first -= 1
    while last < len(around.words) and _is_same_name(
        around.words[last - 1], around.words[last], around, last
    ):
        last += 1
    if (first, last) == (spot.first, spot.last) or spot.is_people or is_well_known(spot):
        return False
    start, end = around.words[first].start, around.words[last - 1].end
    return _is_placed(Spot(start, end, fold(around.text[start:end]), (), first, last), around)


def _is_same_name(before: Token, word: Token, around: Surroundings, other: int) -> bool:
    """Return whether two words are of one name, where `other` is the one beyond it so far."""
    beyond = around.words[other]
    is_plain = beyond.style is Style.PLAIN and beyond.is_capitalised and beyond.folded not in generics()
    is_word = any(beyond.folded in cues()[name] for name in ("institution_words", "site_words"))
    return word.gap == " " and is_plain and not is_word and not before.text.endswith(("'s", "’s"))


def _runs(words: Sequence[Token], taken: set[int], around: Surroundings) -> Iterator[Spot]:
    """Yield the runs of capitalised words that touch no spot, as spots without candidates."""
    at = 0
    while at < len(words):
        last = _run_end(words, at, taken) if may_begin(words, at) else at
        if last > at:
            start, end = words[at].start, words[last - 1].end
            yield Spot(start, end, fold(around.text[start:end]), (), at, last)
        at = max(last, at + 1)


def _run_end(words: Sequence[Token], first: int, taken: set[int]) -> int:
    """Return the index after a run that begins at `first`, or `first` when none does."""
    last = first
    while last < len(words) and last not in taken and last - first < 2 * LONGEST:
        word = words[last]
        is_joined = last == first or word.gap in (" ", "-")
        if not is_joined or word.style is not Style.PLAIN or not may_begin(words, last):
            break
        last += 1
    is_piece = last < len(words) and last in taken and words[last].gap in (" ", "-")
    return first if is_piece else last


def _is_placed(spot: Spot, around: Surroundings) -> bool:
    """Return whether the surroundings make a capitalised run a place."""
    words = named_words(around.words[spot.first : spot.last])
    is_adjective = spot.size == 1 and ADJECTIVE.search(spot.key)
    if spot.size > LONGEST or len(spot.key) < 3 or is_adjective or not words:
        return False
    before, after = around.before(spot), around.after(spot)
    if _is_ordinary(words, spot, around):
        return False
    if words[-1].folded in cues()["street_words"]:
        return False  # the town that it is in is the place
    if around.generic(spot):
        return before is not None
    is_in = before is not None and before.folded in cues()["prepositions_of_unlisted"]
    is_whole = after is None or not after.is_capitalised
    return is_in and is_whole and not all(w.text.isupper() for w in words) and _is_in_prose(spot, around)


def named_words(words: Sequence[Token]) -> list[Token]:
    """Return the capitalised words of a name but the articles joined to them: "Bab" of "Al-Bab"."""
    return [
        word
        for word, following in zip_longest(words, words[1:])
        if word.is_capitalised and not (word.folded in cues()["articles"] and _is_tied(following))
    ]


def _is_tied(word: Token | None) -> bool:
    return word is not None and word.gap == "-"


def _is_in_prose(spot: Spot, around: Surroundings) -> bool:
    """Return whether words around the spot are in lower case, as they are not in headlines."""
    near = [*around.words[max(0, spot.first - 4) : spot.first], *around.words[spot.last : spot.last + 4]]
    return any(len(word.text) > 3 and word.text.islower() for word in near)


def _is_ordinary(words: Sequence[Token], spot: Spot, around: Surroundings) -> bool:
    """Return whether the run is made of ordinary words, or names a person or a body."""
    never = ("function_words", "institution_words", "names_of_other_things")
    if any(word.folded in cues()[name] for word in (words[0], words[-1]) for name in never):
        return True
    if _is_called_settlement(spot, around) and len(words) > 1:
        return all(map(_is_word, words))
    if any(word.folded in cues()["titles"] for word in (words[0], words[-1])):
        return True
    if spot.key in names_of_things() or all(map(_is_word, words)):
        return True
    is_person = words[0].folded in cues()["first_names"] or not around.surnames.isdisjoint(
        w.folded for w in words
    )
    return is_person or spot.key in cues()["surnames"]


def _is_called_settlement(spot: Spot, around: Surroundings) -> bool:
    """Return whether a quarter or a village may bear a person's name: "the Omar Khalid neighbourhood"."""
    after = around.after(spot)
    return after is not None and after.gap == " " and after.folded in cues()["settlements"]


def _is_word(word: Token) -> bool:
    known = ("ordinary_words", "common_words", "site_words")
    return word.folded in generics() or any(word.folded in cues()[name] for name in known)


def located(
    text: str, spot: Spot, known: Sequence[PlaceMention], *, is_in_town: bool = False
) -> PlaceMention | None:
    """Return the mention of an unlisted place: it lies where the places beside it lie; None when nowhere."""
    part = is_in_town or is_quarter(text, spot.start, spot.end) or _is_in_city(text, spot, known)
    beside = _holder_of(text, spot, known, is_in_town=part)
    if beside is None or beside.place is None:
        return None
    span = Span.of(text, spot.start, spot.end)
    mention = PlaceMention(span, _within(beside.place, beside.kind, written(span.quote)), LOCALITY, 0.5)
    return _in_town(mention, beside) if part else mention


def in_town_of(text: str, spot: Spot, home: Candidate) -> PlaceMention:
    """Return the mention of an unlisted part of a town, or of a place in a county."""
    span = Span.of(text, spot.start, spot.end)
    outer = PlaceMention(span, home.place(), home.kind.value, 0.5)
    mention = PlaceMention(span, _within(home.place(), home.kind, written(span.quote)), LOCALITY, 0.5)
    return _in_town(mention, outer)


def is_called_as_town(mention: PlaceMention) -> bool:
    """Return whether a district goes by the name of its town: "El Tambo", but not "Orange County"."""
    return mention.kind == PlaceKind.ADMIN2 and generics().keys().isdisjoint(fold(mention.span.quote).split())


def _holder_of(
    text: str, spot: Spot, known: Sequence[PlaceMention], *, is_in_town: bool
) -> PlaceMention | None:
    """Return the place that tells where an unlisted one lies, or None.

    What lies in a town, and has none beside it, lies in the one that was named last.
    """
    beside = _beside(text, spot, known)
    if is_in_town and (beside is None or _is_wide(beside)) and (town := _town_before(spot, known)):
        return town
    holder = beside or _majority(known)
    if holder is None or holder.place is None or not _is_wide(holder):
        return holder
    return _unit_in(holder.place.country, known) or holder


def _town_before(spot: Spot, known: Sequence[PlaceMention]) -> PlaceMention | None:
    at = home(known)
    before = (m for m in known if m.kind == PlaceKind.CITY and m.span.end <= spot.start and _can_hold(m))
    at_home = [m for m in before if m.place is not None and m.place.country == at]
    return max(at_home, key=lambda m: m.span.end, default=None)


def _is_in_city(text: str, spot: Spot, known: Sequence[PlaceMention]) -> bool:
    """Return whether a name is said to lie in a town: "at Wilson Park in Baltimore"."""
    behind = (m for m in known if m.kind == PlaceKind.CITY and m.span.start >= spot.end)
    return any(_IN_TOWN.fullmatch(text[spot.end : mention.span.start]) for mention in behind)


def is_quarter(text: str, start: int, end: int) -> bool:
    """Return whether a name is said to be a part of a town: "the X district", "the quarter of X"."""
    after, before = _WORD_AFTER.match(text, end), _WORD_BEFORE.search(text, max(0, start - 40), start)
    return any(found is not None and found[1].lower() in cues()["quarters"] for found in (after, before))


def _in_town(mention: PlaceMention, outer: PlaceMention) -> PlaceMention:
    """Return a part of a town, or a site in it, with the town, where `outer` is one."""
    place, holder = mention.place, outer.place
    is_town = outer.kind == PlaceKind.CITY or is_called_as_town(outer)
    if place is None or holder is None or not (is_town or holder.town):
        return mention
    return replace(mention, place=replace(place, town=holder.town or holder.name))


def _within(outer: Place, kind: str, name: str) -> Place:
    if outer.radius_km is None:
        return replace(outer, name=name, town=None)
    radius = outer.radius_km + (BESIDE_A_TOWN_KM if kind == PlaceKind.CITY else 0.0)
    return replace(outer, name=name, radius_km=radius, geonames_id=None, town=None)


def _beside(text: str, spot: Spot, known: Sequence[PlaceMention]) -> PlaceMention | None:
    """Return the place that the spot is said to lie in, else the nearest one in its sentence."""
    near = [m for m in known if _can_hold(m) and _gap(text, spot, m) is not None]
    for mention in near:
        if mention.span.start >= spot.end and _INSIDE.fullmatch(text[spot.end : mention.span.start]):
            return mention
    at = home(known)
    at_home = [mention for mention in near if mention.place and mention.place.country == at]
    return min(at_home, key=lambda m: (_is_wide(m), _distance(spot, m)), default=None)


def home(known: Sequence[PlaceMention]) -> str | None:
    """Return the country that most of the report's places, peoples and governments belong to."""
    tally = Counter(m.place.country for m in known if m.place is not None and m.place.country)
    return min(tally, key=lambda country: (-tally[country], country), default=None)


def _can_hold(mention: PlaceMention) -> bool:
    return mention.is_location and mention.place is not None and mention.place.country is not None


def _gap(text: str, spot: Spot, mention: PlaceMention) -> str | None:
    """Return the text between the two, or None when a sentence ends there or they are far apart."""
    first, last = sorted([(spot.start, spot.end), (mention.span.start, mention.span.end)])
    between = text[first[1] : last[0]]
    return None if len(between) > NEAR_BY or _SENTENCE_END.search(between) else between


def _distance(spot: Spot, mention: PlaceMention) -> int:
    return max(mention.span.start - spot.end, spot.start - mention.span.end)


def _is_wide(mention: PlaceMention) -> bool:
    return mention.kind == PlaceKind.COUNTRY or mention.place is None or mention.place.admin1 is None


def _majority(known: Sequence[PlaceMention]) -> PlaceMention | None:
    """Return the unit, or else the country, that most of the report's places lie in; it may lack a point."""
    placed = [m.place for m in known if m.place is not None and m.place.country]
    for kind in (PlaceKind.ADMIN1, PlaceKind.COUNTRY):
        tally = Counter(map(_AREA_OF[kind], placed))
        area = min(tally, key=lambda area: (-tally[area], str(area)), default=None)
        if area and all(area) and tally[area] >= MAJORITY * len(placed):
            named = (m for m in known if m.place and m.kind == kind and _AREA_OF[kind](m.place) == area)
            country, unit = area
            bare = Place(country=country, admin1=unit if kind is PlaceKind.ADMIN1 else None)
            return next(named, None) or replace(known[0], place=bare, kind=kind.value)
    return None


def _unit_in(country: str | None, known: Sequence[PlaceMention]) -> PlaceMention | None:
    """Return the unit that most of the places lie in that the report names within a country."""
    inside = [m for m in known if m.place is not None and m.place.country == country and m.place.admin1]
    area = _majority(inside)
    return area if area is not None and not _is_wide(area) else None


_AREA_OF: Mapping[PlaceKind, Callable[[Place], tuple[str | None, str | None]]] = {
    PlaceKind.ADMIN1: lambda place: (place.country, place.admin1),
    PlaceKind.COUNTRY: lambda place: (place.country, place.country),
}

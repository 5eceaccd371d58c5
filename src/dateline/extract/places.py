"""Places in a report: finding their names and resolving them together."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise

from dateline.extract.named_sites import named_sites
from dateline.extract.place_evidence import (
    Surroundings,
    contains_any,
    is_of_street,
    is_well_known,
    judged,
)
from dateline.extract.place_words import Token, cues, generics, tokens, written
from dateline.extract.police_home import astray, at_home, police_home
from dateline.extract.resolution import Choice, Generic, Name, resolve
from dateline.extract.toponyms import Spot, Spotter
from dateline.extract.unlisted import LOCALITY, home, in_town_of, is_quarter, is_swallowed, located, unlisted
from dateline.gazetteer import Candidate, Gazetteer, Level, PlaceKind, displaced, fold
from dateline.language import lexicon
from dateline.model import Place, PlaceMention, Span

AREA = "area"  # the kind of a mention that is given by distance from a named place
KM_PER_MILE = 1.609344
FURTHEST_QUARTER_KM = 25.0  # from the middle of its town
# A rounded distance may be off by about a sixth, and so may the direction.
DISTANCE_ERROR = 0.17

_DISTANCE = re.compile(
    r"(?:about |around |some |nearly |roughly )?(\d{1,4}(?:[.,]\d{1,3})?) ?"
    r"(km|kilometers|kilometres|miles|mi)\.? (?:(?:to the )?([a-z]{4,5}-?[a-z]{0,4}) )?"
    r"(?:of|from|outside) (?:the )?(?:city |town |village |capital )?(?:of )?$",
    re.IGNORECASE,
)
_LONGEST_DISTANCE_PHRASE = 80
_BORDER = re.compile(
    r"\bborders?(?: area| region)? (?:with|of|to|near|between) (?:the )?$|\bbordering (?:the )?$",
    re.IGNORECASE,
)
_LIES_IN = re.compile(
    r"[.]?,? (?:(?:a |the )?[a-z]{3,13} ){0,2}?(?:in|of) (?:the )?(?:[a-z\-]{4,14} )?(?:[a-z]{4,10} of )?",
    re.IGNORECASE,
)


class PlaceFinder:
    """Finds the places that a report names and says where they are.

    The result depends on the text, the hint and the gazetteer alone.
    """

    def __init__(self, gazetteer: Gazetteer) -> None:
        self.gazetteer = gazetteer
        self._spotter = Spotter(gazetteer)

    def find(self, text: str, country_hint: str | None = None) -> tuple[PlaceMention, ...]:
        """Return the places named in `text`, in its order.

        `country_hint` is the ISO alpha-2 code of the country that the report is likely about. Names that
        stand for governments, bodies or people ("Moscow said", "Syrian") have `is_location` False;
        a place in no gazetteer lies where the places named beside it lie (kind "locality"). "120 km
        west of X" gives one mention of its own, of kind "area", whose radius grows with the distance.
        """
        words = tokens(text)
        around = Surroundings.of(text, words)
        spots = judged(self._spotter.spots(text, words), around)
        spots = [spot for spot in spots if not (is_swallowed(spot, around) or is_of_street(spot, around))]
        others = unlisted(words, spots, around)
        others = self._spelled_alike(_mentions(text, spots, country_hint, keep_unsupported=False), others)
        spots = sorted([*spots, *(spot for spot in others if spot.candidates)], key=lambda spot: spot.start)
        elsewhere = _elsewhere(text, spots)
        unknown = [*elsewhere, *(spot for spot in others if not spot.candidates)]
        spots = [spot for spot in spots if spot not in elsewhere]
        spots, quarters = _near_police(text, spots, country_hint, around)
        named = _mentions(text, spots, country_hint, keep_unsupported=False)
        found = [mention for mention in named if mention.place is not None]
        unknown += [spot for spot, mention in zip(spots, named, strict=True) if mention.place is None]
        found += filter(None, [located(text, spot, found) for spot in unknown])
        found += quarters
        found = with_named_sites(found, named_sites(around, found))
        areas = [area for mention in found if (area := _area(text, mention))]
        aside = {area.span.end for area in areas}
        found = [
            replace(m, is_location=False) if m.span.end in aside or _is_border(text, m) else m for m in found
        ]
        return tuple(sorted([*found, *areas], key=lambda mention: (mention.span.start, mention.span.end)))

    def resolve(
        self, text: str, spans: Iterable[tuple[int, int]], country_hint: str | None = None
    ) -> tuple[PlaceMention, ...]:
        """Return what the names at the given (start, end) offsets stand for, in the order given.

        A name that the gazetteer does not know at all has no place.
        """
        words = tokens(text)
        around = Surroundings.of(text, words)
        spots = [self._given(text, words, around, start, end) for start, end in spans]
        return tuple(_mentions(text, spots, country_hint, keep_unsupported=True))

    def _spelled_alike(self, named: Sequence[PlaceMention], others: Sequence[Spot]) -> list[Spot]:
        """Return the unlisted spots, with the candidates in the report's country that sound like them."""
        country = home(named)
        return [
            replace(spot, candidates=tuple(p for p in self.gazetteer.alike(spot.key) if p.country == country))
            for spot in others
        ]

    def _given(self, text: str, words: Sequence[Token], around: Surroundings, start: int, end: int) -> Spot:
        first = sum(word.end <= start for word in words)
        last = sum(word.start < end for word in words)
        spot = Spot(start, end, fold(text[start:end]), self._any_reading(text[start:end]), first, last)
        return replace(spot, generic=around.generic(spot)) if first < last else spot

    def _any_reading(self, phrase: str) -> tuple[Candidate, ...]:
        """Return the candidates of a phrase that is known to name a place, as written or nearly so."""
        for form in _forms(phrase):
            found = self.gazetteer.find(form) or self.gazetteer.people(form)
            if found:
                return found
        return ()


def with_named_sites(found: Sequence[PlaceMention], sites: Sequence[PlaceMention]) -> list[PlaceMention]:
    """Return the places with the named sites, instead of pieces of their names that no gazetteer holds."""
    kept = [
        mention
        for mention in found
        if mention.kind != LOCALITY or not any(site.span.overlaps(mention.span) for site in sites)
    ]
    return [*kept, *sites]


def _forms(phrase: str) -> list[str]:
    """Return the phrase, then what may be left of it: without generic words, sides and further parts."""
    bare = [word for word in fold(phrase).split() if word not in generics() and word not in ("the", "of")]
    core = [word for word in bare if word not in cues()["sides"]]
    parts = [phrase.partition(mark)[0] for mark in ",-"]
    longer = [" ".join([*bare, word]) for word in ("county", "city")]
    forms = [phrase, " ".join(bare), " ".join(core), *parts, *longer]
    return [form for form in forms if form.strip()]


def _mentions(
    text: str, spots: Sequence[Spot], country_hint: str | None, *, keep_unsupported: bool
) -> list[PlaceMention]:
    chosen = _choices(text, spots, country_hint)
    towns = [choice.candidate for choice in chosen if choice is not None and choice.is_supported]
    return [
        _mention(text, spot, choice, keep_unsupported, towns)
        for spot, choice in zip(spots, chosen, strict=True)
    ]


def _near_police(
    text: str, spots: Sequence[Spot], country_hint: str | None, around: Surroundings
) -> tuple[list[Spot], list[PlaceMention]]:
    """Return the spots, small towns elsewhere with what they may be near the police's home, and its quarters.

    A town that has no reading there is a quarter of that home.
    """
    choices = _choices(text, spots, country_hint)
    base = police_home(spots, choices, around)
    if base is None:
        return list(spots), []
    inside = _containers(text, spots)
    contained = frozenset(spot.key for spot in spots if id(spot) in inside)
    near = {id(spot): at_home(spot, base) for spot in astray(spots, choices, contained, base, around)}
    read = [near.get(id(spot), spot) for spot in spots]
    quarters = [in_town_of(text, spot, base) for spot in read if not spot.candidates]
    return [spot for spot in read if spot.candidates], quarters


def _choices(text: str, spots: Sequence[Spot], country_hint: str | None) -> list[Choice | None]:
    """Return for each spot what it stands for, all resolved together."""
    inside = _containers(text, spots)
    names = {id(spot): _name(spot, inside.get(id(spot))) for spot in spots}
    candidates = {names[id(spot)]: spot.candidates for spot in spots}
    containers = {names[id(spot)]: inside[id(spot)].candidates for spot in spots if id(spot) in inside}
    choices = resolve(candidates, containers, country_hint)
    return [choices.get(names[id(spot)]) for spot in spots]


def _name(spot: Spot, container: Spot | None) -> Name:
    return Name(spot.key, spot.generic or Generic.OTHER, container.key if container else "", spot.is_people)


def _containers(text: str, spots: Sequence[Spot]) -> Mapping[int, Spot]:
    """Return for each spot the one that is written as what it lies in: "X, Y" and "X in Y province"."""
    found: dict[int, Spot] = {}
    for inner, outer in pairwise(spots):
        gap = text[inner.end : outer.start]
        is_linked = gap in (", ", " (") or (len(gap) < 40 and _LIES_IN.fullmatch(gap) is not None)
        if is_linked and not outer.is_people and contains_any(outer, inner):
            found[id(inner)] = outer
    return found


def _elsewhere(text: str, spots: Sequence[Spot]) -> list[Spot]:
    """Return the little-known spots that are none of their candidates: "X neighbourhood in Y" lies in Y."""
    found = []
    for inner, outer in pairwise(spots):
        gap = text[inner.end : outer.start]
        is_inside = inner.generic is not None and len(gap) < 40 and _LIES_IN.fullmatch(gap) is not None
        is_unit = any(place.kind in (PlaceKind.ADMIN1, PlaceKind.COUNTRY) for place in outer.candidates)
        is_apart = is_unit and not contains_any(outer, inner)
        is_far = is_quarter(text, inner.start, inner.end) and not _is_near(inner, outer)
        if is_inside and (is_apart or is_far) and not is_well_known(inner):
            found.append(inner)
    return found


def _is_near(part: Spot, town: Spot) -> bool:
    """Return whether some reading of a quarter lies where a reading of its town does, or in it."""
    pairs = ((one, other) for one in part.candidates for other in town.candidates)
    return any(other.contains(one) or one.km_to(other) <= FURTHEST_QUARTER_KM for one, other in pairs)


def _mention(
    text: str, spot: Spot, choice: Choice | None, keep_unsupported: bool, towns: Sequence[Candidate]
) -> PlaceMention:
    span = Span.of(text, spot.start, spot.end)
    if choice is None or not (choice.is_supported or keep_unsupported):
        return PlaceMention(span, None, "place", 0.0, spot.is_location)
    place = choice.candidate
    is_short = spot.key.split(" ")[0] in cues()["abbreviated"]
    named = place.place(
        place.name if spot.is_people or is_short or place.kind is PlaceKind.COUNTRY else written(span.quote)
    )
    if place.level is Level.QUARTER or is_quarter(text, spot.start, spot.end):
        named = replace(named, town=_town_of(place, towns))
    return PlaceMention(span, named, place.kind.value, round(choice.score, 4), spot.is_location)


def _town_of(part: Candidate, towns: Sequence[Candidate]) -> str | None:
    """Return the nearest larger town of its unit that the report names, None when none is near."""
    near = [
        (part.km_to(town), town.name)
        for town in towns
        if town.kind is PlaceKind.CITY
        and town.level is not Level.QUARTER
        and (town.country, town.admin1_id) == (part.country, part.admin1_id)
        and town.population > part.population
    ]
    km, name = min(near, default=(math.inf, None))
    return name if km <= FURTHEST_QUARTER_KM else None


def _area(text: str, mention: PlaceMention) -> PlaceMention | None:
    """Return the place that is given by distance and direction from a mention, or None."""
    base = mention.place
    head = text[max(0, mention.span.start - _LONGEST_DISTANCE_PHRASE) : mention.span.start]
    match = _DISTANCE.search(head)
    if match is None or base is None or base.latitude is None or base.longitude is None:
        return None
    km = float(match[1].replace(",", "")) * (KM_PER_MILE if match[2].lower().startswith("mi") else 1.0)
    bearing = lexicon("en", "places")["compass"].get((match[3] or "").lower())
    if match[3] and bearing is None and match[3].lower() not in ("away",):
        return None
    span = Span.of(text, mention.span.start - len(match[0]), mention.span.end)
    return replace(
        mention, span=span, place=_moved(base, span.quote, km, bearing), kind=AREA, is_location=True
    )


def _moved(base: Place, words: str, km: float, bearing: float | None) -> Place:
    radius = base.radius_km or 0.0
    assert base.latitude is not None
    assert base.longitude is not None
    if bearing is None:
        return replace(base, name=words, radius_km=round(km + radius, 1), geonames_id=None)
    lat, lon = displaced(base.latitude, base.longitude, km, bearing)
    return replace(
        base,
        name=words,
        admin1=None if km > radius else base.admin1,
        latitude=round(lat, 4),
        longitude=round(lon, 4),
        radius_km=round(max(2.0, DISTANCE_ERROR * km) + min(radius, km), 1),
        geonames_id=None,
    )


def _is_border(text: str, mention: PlaceMention) -> bool:
    """Return whether the mention only says which border something happened near."""
    return bool(_BORDER.search(text[max(0, mention.span.start - 40) : mention.span.start]))

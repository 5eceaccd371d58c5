"""Deciding together which places the names of one report stand for.

Every name starts from how well known its candidates are. In a few rounds, each name's likely
countries, units and neighbourhoods then lend weight to the candidates of all the other names. Rounds
look at the state before them only, so the order of names and candidates changes nothing.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from math import exp, log10, sqrt

from dateline.gazetteer import Candidate, Level, PlaceKind

ROUNDS = 3
MOST_CANDIDATES = 60
# Weights of the evidence, in the units of `_renown`: one is a tenfold population.
SAME_COUNTRY, SAME_UNIT, SAME_DISTRICT, NEAR_BY = 1.1, 1.3, 1.0, 0.7
CONTAINER, GENERIC, HINTED = 6.0, 3.0, 2.0
LARGE_CITY = 300_000  # people
SMALL_UNIT = 60_000  # people below which a first-level unit is no better known than a district
STRAY = 4.0  # renown below which a town in a unit that nothing else in the report is in is none,
OBSCURE = 3.5  # and one from which a single other name does not do,
OTHERS_TOGETHER = 2  # where so many other names lie together in another unit of its country
UNSUPPORTED = 4.5  # renown below which a place in a country that nothing else in the report is in is none


class Generic(StrEnum):
    """What a word beside a name says that it is: "province", "county", "town", or anything else."""

    UNIT = "unit"
    DISTRICT = "district"
    CITY = "city"
    OTHER = "other"


@dataclass(frozen=True, slots=True, order=True)
class Name:
    """A name as the report uses it: folded, with what it is called and the name of what it lies in."""

    key: str
    generic: Generic = Generic.OTHER
    container: str = ""
    is_people: bool = False


@dataclass(frozen=True, slots=True)
class Choice:
    """What a name was resolved to, and the share of belief in it among its candidates (0 to 1)."""

    candidate: Candidate
    score: float
    is_supported: bool


_NEIGHBOURS = [(i, j) for i in (-1, 0, 1) for j in (-1, 0, 1)]

Beliefs = dict[Name, dict[Candidate, float]]


def resolve(
    names: Mapping[Name, Sequence[Candidate]],
    containers: Mapping[Name, Sequence[Candidate]],
    country_hint: str | None = None,
) -> dict[Name, Choice]:
    """Return the choice for each name that has a candidate.

    `containers` holds, for names written with what they lie in ("Alexandria, Louisiana"), the
    candidates of that. `country_hint` is an ISO alpha-2 code that the report is likely about.
    """
    rounds = _rounds(names, containers, country_hint)
    best = {name: _best(of_name) for name, of_name in rounds.items()}
    return {name: _choice(name, rounds[name], best) for name in rounds}


def beliefs(
    names: Mapping[Name, Sequence[Candidate]],
    containers: Mapping[Name, Sequence[Candidate]],
    country_hint: str | None = None,
) -> Beliefs:
    """Return for each name the share of belief in each of its candidates, as `resolve` weighs them."""
    return {name: _softmax(scores) for name, scores in _rounds(names, containers, country_hint).items()}


def _rounds(
    names: Mapping[Name, Sequence[Candidate]],
    containers: Mapping[Name, Sequence[Candidate]],
    country_hint: str | None,
) -> Beliefs:
    """Return the scores of all candidates after the last round."""
    scores = {
        name: _first_scores(name, _shortlist(names[name], containers.get(name, ())), containers, country_hint)
        for name in sorted(names)
        if names[name]
    }
    rounds = scores
    for _ in range(ROUNDS):
        shares = {name: _softmax(of_name) for name, of_name in rounds.items()}
        rounds = _round(scores, shares)
    return rounds


def _shortlist(candidates: Sequence[Candidate], containers: Sequence[Candidate]) -> list[Candidate]:
    """Return the candidates worth weighing, in an order that does not hang on that of the input."""
    ordered = sorted(candidates, key=lambda place: (-_renown(place), place.id))
    held = [c for c in ordered[MOST_CANDIDATES:] if any(outer.contains(c) for outer in containers)]
    return ordered[:MOST_CANDIDATES] + held


def _first_scores(
    name: Name,
    candidates: Sequence[Candidate],
    containers: Mapping[Name, Sequence[Candidate]],
    country_hint: str | None,
) -> dict[Candidate, float]:
    cities = [place for place in candidates if _is_large(place)]
    held_by = containers.get(name, ())
    return {
        place: _renown(place)
        + _FITTING.get((name.generic, place.kind), 0.0)
        + CONTAINER * any(outer.contains(place) for outer in held_by)
        + HINTED * (place.country == country_hint and country_hint is not None)
        - _yields_to_seat(place, cities)
        for place in candidates
    }


def _renown(place: Candidate) -> float:
    """Return how likely news means this place when nothing else is known, in tenfold populations."""
    if place.kind is PlaceKind.COUNTRY:
        return 8.0 + 0.15 * log10(place.population + 1)
    if place.kind is PlaceKind.REGION:
        return 7.5
    other = 0.0 if place.is_primary else 0.8
    size = log10(place.population + 100)
    if place.kind is PlaceKind.ADMIN1 and place.population >= SMALL_UNIT:
        return 4.4 + 0.35 * size - other
    if place.kind is PlaceKind.ADMIN1:
        return 2.0 + 0.65 * size - other
    if place.kind is PlaceKind.ADMIN2:
        return 1.0 + 0.65 * size - other
    seat = {Level.CAPITAL: 1.5, Level.SEAT1: 0.5, Level.SEAT2: 0.2, Level.QUARTER: -0.6}
    return 0.95 * size + seat.get(place.level, 0.0) - other


_FITTING = {
    (Generic.UNIT, PlaceKind.ADMIN1): GENERIC,
    (Generic.UNIT, PlaceKind.ADMIN2): GENERIC / 2,
    (Generic.DISTRICT, PlaceKind.ADMIN2): GENERIC,
    (Generic.DISTRICT, PlaceKind.ADMIN1): GENERIC / 3,
    (Generic.CITY, PlaceKind.CITY): 2.0,
}
_UNFITTING = {(PlaceKind.ADMIN1, Generic.DISTRICT), (PlaceKind.ADMIN1, Generic.CITY)}


def _is_large(place: Candidate) -> bool:
    return place.kind is PlaceKind.CITY and (place.level >= Level.SEAT1 or place.population > LARGE_CITY)


def _yields_to_seat(place: Candidate, cities: Sequence[Candidate]) -> float:
    """Return what a unit loses to a large city of its own name that lies in it: the city is meant."""
    if place.kind not in (PlaceKind.ADMIN1, PlaceKind.ADMIN2):
        return 0.0
    return 1.5 * any(place.contains(city) for city in cities)


def _softmax(scores: Mapping[Candidate, float]) -> dict[Candidate, float]:
    best = max(scores.values())
    raised = {place: exp(score - best) for place, score in scores.items()}
    total = sum(raised.values())
    return {place: value / total for place, value in raised.items() if value > 0.02 * total}


@dataclass(frozen=True, slots=True)
class Masses:
    """How much belief lies in each country, unit, district, and around each square degree."""

    countries: Counter[str]
    units: Counter[int]
    districts: Counter[int]
    squares: Counter[tuple[int, int]]

    @classmethod
    def of(cls, beliefs: Iterable[tuple[Name, Mapping[Candidate, float]]]) -> Masses:
        """Return the sums over the names given; people's names count half and only for countries."""
        masses = cls(Counter(), Counter(), Counter(), Counter())
        for name, of_name in beliefs:
            for place, belief in of_name.items():
                masses._add(place, belief * (0.5 if name.is_people else 1.0))
        return masses

    def _add(self, place: Candidate, belief: float) -> None:
        if place.country:
            self.countries[place.country] += belief  # type: ignore[assignment]
        if unit := _unit_of(place):
            self.units[unit] += belief  # type: ignore[assignment]
        if district := _district_of(place):
            self.districts[district] += belief  # type: ignore[assignment]
        if place.kind in (PlaceKind.CITY, PlaceKind.ADMIN2):
            row, column = _square(place)
            for i, j in _NEIGHBOURS:
                self.squares[row + i, column + j] += belief  # type: ignore[assignment]

    def support(self, place: Candidate, own: Masses) -> float:
        """Return how much the other names speak for a candidate; `own` is its own name's part."""
        total = 0.0
        if place.country:
            total += SAME_COUNTRY * _less(self.countries[place.country] - own.countries[place.country])
        if unit := _unit_of(place):
            total += SAME_UNIT * _less(self.units[unit] - own.units[unit])
        if district := _district_of(place):
            total += SAME_DISTRICT * _less(self.districts[district] - own.districts[district])
        if place.kind in (PlaceKind.CITY, PlaceKind.ADMIN2):
            total += NEAR_BY * _less(self.squares[_square(place)] - own.squares[_square(place)])
        return total


def _less(mass: float) -> float:
    """Return a mass with diminishing returns, so that a long list of places does not drown a name."""
    return sqrt(min(4.0, max(0.0, mass)))


def _unit_of(place: Candidate) -> int | None:
    return place.id if place.kind is PlaceKind.ADMIN1 else place.admin1_id


def _district_of(place: Candidate) -> int | None:
    return place.id if place.kind is PlaceKind.ADMIN2 else place.admin2_id


def _square(place: Candidate) -> tuple[int, int]:
    return int(place.latitude // 1), int(place.longitude // 1)


def _round(scores: Beliefs, beliefs: Beliefs) -> Beliefs:
    everyone = Masses.of(beliefs.items())
    senses: dict[str, dict[Candidate, float]] = {}
    alike: dict[str, list[Name]] = {}
    for name, of_name in beliefs.items():
        alike.setdefault(name.key, []).append(name)
        if name.container:
            senses.setdefault(name.key, {}).update(of_name)
    updated: Beliefs = {}
    for name, of_name in scores.items():
        if len(of_name) == 1:
            updated[name] = of_name
            continue
        # Other spellings out of the same name ("Kunar", "Kunar province") are no further evidence.
        own = Masses.of((other, beliefs[other]) for other in alike[name.key])
        said = senses.get(name.key, {}) if not name.container else {}
        updated[name] = {
            place: score + everyone.support(place, own) + CONTAINER / 2 * said.get(place, 0.0)
            for place, score in of_name.items()
        }
    return updated


def _best(scores: Mapping[Candidate, float]) -> Candidate:
    return min(scores, key=lambda place: (-scores[place], place.id))


def _choice(name: Name, scores: Mapping[Candidate, float], best: Mapping[Name, Candidate]) -> Choice:
    place = best[name]
    elsewhere = Counter(other.country for key, other in best.items() if key.key != name.key)
    is_alone = (
        not name.container and place.country not in elsewhere and max(elsewhere.values(), default=0) > 1
    )
    is_named_fully = place.kind is PlaceKind.ADMIN2 and place.is_primary
    is_little_known = _renown(place) < UNSUPPORTED and not is_named_fully
    is_doubtful = is_little_known or (place.kind, name.generic) in _UNFITTING
    is_supported = not (is_alone and is_doubtful) and not _is_stray(name, place, best)
    return Choice(place, _softmax(scores)[place], is_supported)


def _is_stray(name: Name, place: Candidate, best: Mapping[Name, Candidate]) -> bool:
    """Return whether a little-known town lies in another unit than all the rest of the report's country.

    "Old Town" among the streets of Chicago is no town in Maine, but a quarter that no gazetteer holds.
    """
    known = _renown(place)
    if place.kind is not PlaceKind.CITY or name.container or known >= STRAY:
        return False
    others = (other for key, other in best.items() if key.key != name.key and other.country == place.country)
    units = Counter(unit for other in others if (unit := _unit_of(other)))
    needed = 1 if known < OBSCURE else OTHERS_TOGETHER
    return _unit_of(place) not in units and max(units.values(), default=0) >= needed

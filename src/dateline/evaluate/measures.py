"""What is scored: each measure compares one field of two incidents and tallies facts."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from dateline.evaluate.matching import (
    CountKey,
    content_words,
    count_key,
    date_closeness,
    is_spoken,
    pairs,
    same_actor,
    same_name,
    same_speaker,
)
from dateline.model import (
    Actor,
    CaptivityStatus,
    Count,
    DateRange,
    IncidentAnnotation,
    Place,
    Quoted,
    Scope,
)

T = TypeVar("T")
Maybe = IncidentAnnotation | None


@dataclass(frozen=True, slots=True)
class Tally:
    """Facts found right, facts in the reference and facts predicted; `hits` may hold halves."""

    hits: float = 0.0
    reference: int = 0
    predicted: int = 0

    def __add__(self, other: Tally) -> Tally:
        return Tally(
            self.hits + other.hits, self.reference + other.reference, self.predicted + other.predicted
        )

    @property
    def precision(self) -> float:
        """Return the share of predicted facts that are right, 0 when none was predicted."""
        return self.hits / self.predicted if self.predicted else 0.0

    @property
    def recall(self) -> float:
        """Return the share of reference facts that were found, 0 when there are none."""
        return self.hits / self.reference if self.reference else 0.0

    @property
    def f1(self) -> float:
        """Return the harmonic mean of precision and recall, 0 when both are 0."""
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0


@dataclass(frozen=True, slots=True)
class Measure:
    """One row of the table. `tally` takes the reference's and the predicted incident of a pair;
    one of them is None for a miss or a false alarm. `is_fact` says whether it counts in FACTS.
    """

    name: str
    tally: Callable[[Maybe, Maybe], Tally]
    is_fact: bool = True


def measures() -> tuple[Measure, ...]:
    """Return all measures in the order of the table."""
    return (
        Measure("type", _single(lambda i: i.type, _equal)),
        Measure("focus", _single(lambda i: i.focus, _equal)),
        Measure("reality", _single(lambda i: i.reality, _equal)),
        Measure("date", _single(_date, date_closeness)),
        Measure("country", _single(_place_part(lambda place: place.country), _equal)),
        Measure("admin1", _single(_place_part(lambda place: place.admin1), same_name)),
        Measure("place", _single(_place_part(lambda place: place.name), same_name)),
        Measure("site", _single(_place_part(lambda place: place.site), same_name)),
        Measure("perpetrators", _listed(lambda i: i.perpetrators, same_actor)),
        Measure("perpetrator_category", _set(lambda i: [_category(a) for a in i.perpetrators])),
        Measure("targets", _listed(lambda i: i.targets, same_actor)),
        Measure("target_category", _set(lambda i: [_category(a) for a in i.targets])),
        Measure("weapons", _set(lambda i: [weapon.value.value for weapon in i.weapons])),
        Measure("counts", _counts),
        Measure("speakers", _listed(_counts_where(lambda c: is_spoken(c.attribution)), same_speaker)),
        Measure("status", _single(_status, _equal)),
        Measure("demands", _listed(lambda i: i.demands, _same_demand)),
        Measure("claimed_by", _single(_claimant, same_name)),
        Measure("scope", _listed(_counts_where(_is_part), _same_number), False),
        Measure("hedged", _listed(_counts_where(lambda c: c.attribution.hedged), _same_number), False),
    )


def _single(
    value: Callable[[IncidentAnnotation], T | None], likeness: Callable[[T, T], float]
) -> Callable[[Maybe, Maybe], Tally]:
    def tally(reference: Maybe, predicted: Maybe) -> Tally:
        mine = value(reference) if reference else None
        other = value(predicted) if predicted else None
        hits = float(likeness(mine, other)) if mine is not None and other is not None else 0.0
        return Tally(hits, int(mine is not None), int(other is not None))

    return tally


def _listed(
    values: Callable[[IncidentAnnotation], Sequence[T]], same: Callable[[T, T], bool]
) -> Callable[[Maybe, Maybe], Tally]:
    def tally(reference: Maybe, predicted: Maybe) -> Tally:
        mine = values(reference) if reference else ()
        other = values(predicted) if predicted else ()
        return Tally(pairs(mine, other, same), len(mine), len(other))

    return tally


def _set(values: Callable[[IncidentAnnotation], Sequence[str]]) -> Callable[[Maybe, Maybe], Tally]:
    def tally(reference: Maybe, predicted: Maybe) -> Tally:
        mine = set(values(reference)) if reference else set()
        other = set(values(predicted)) if predicted else set()
        return Tally(len(mine & other), len(mine), len(other))

    return tally


def _counts(reference: Maybe, predicted: Maybe) -> Tally:
    """1 for an equal number of equal people, 1/2 where only the people differ."""
    mine, other = _distinct_counts(reference), _distinct_counts(predicted)
    exact = mine & other
    left = [sorted((c[0] for c in side - exact), key=str) for side in (mine, other)]
    return Tally(len(exact) + 0.5 * pairs(left[0], left[1], _equal), len(mine), len(other))


def _distinct_counts(incident: Maybe) -> set[tuple[CountKey, str]]:
    counts = incident.counts if incident else ()
    return {(count_key(c.value), c.value.who.value) for c in counts}


def _counts_where(
    wanted: Callable[[Quoted[Count]], bool],
) -> Callable[[IncidentAnnotation], Sequence[Quoted[Count]]]:
    return lambda incident: [count for count in incident.counts if wanted(count)]


def _is_part(count: Quoted[Count]) -> bool:
    return count.value.scope is Scope.PART


def _place_part(part: Callable[[Place], str | None]) -> Callable[[IncidentAnnotation], str | None]:
    return lambda incident: part(incident.place.value) or None if incident.place else None


def _date(incident: IncidentAnnotation) -> DateRange | None:
    return incident.date.value if incident.date else None


def _category(actor: Quoted[Actor]) -> str:
    return actor.value.category.value


def _status(incident: IncidentAnnotation) -> CaptivityStatus | None:
    return None if incident.status is CaptivityStatus.UNKNOWN else incident.status


def _claimant(incident: IncidentAnnotation) -> str | None:
    claimed = incident.claimed_by
    return (claimed.value.name or claimed.quote) if claimed else None


def _same_demand(a: Quoted[str], b: Quoted[str]) -> bool:
    return bool(content_words(a.value) & content_words(b.value))


def _same_number(a: Quoted[Count], b: Quoted[Count]) -> bool:
    return count_key(a.value) == count_key(b.value)


def _equal(a: object, b: object) -> bool:
    return a == b

"""How each value came about: the words, what they were read against, and what was inferred.

An explanation is not kept but found again: reading is deterministic, so that the same document and the
same gazetteer give the same steps as when the claim was made.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from dateline.extract.passages import is_southern
from dateline.extract.places import PlaceFinder
from dateline.extract.quantities import find_quantities
from dateline.extract.resolution import Name, beliefs
from dateline.extract.sentences import sentences
from dateline.extract.times import find_times
from dateline.gazetteer import Candidate, Gazetteer, fold
from dateline.model import (
    Claim,
    Count,
    DateRange,
    Document,
    Field,
    Place,
    PlaceMention,
    PublishedBasis,
    Span,
    TimeMention,
)

CANDIDATES = 3  # readings of a name that are named
_LEAST_BELIEF = 0.01
_BASIS = {
    PublishedBasis.STATED: "as the input says",
    PublishedBasis.METADATA: "as the page's metadata say",
    PublishedBasis.PAGE: "as the page shows, which may be the day it was saved",
    PublishedBasis.INFERRED: "inferred",
    PublishedBasis.UNKNOWN: "of unknown basis",
}


@dataclass(frozen=True, slots=True)
class Step:
    """One step from words to a value: `words` are those of the report, None where none say it."""

    words: str | None
    says: str


class Explainer:
    """Explains the claims of one document."""

    def __init__(self, document: Document, gazetteer: Gazetteer) -> None:
        self._document = document
        self._gazetteer = gazetteer
        self._published = document.published.range
        self._bounds = sentences(document.text)
        self._places: tuple[PlaceMention, ...] = ()

    def steps(self, claim: Claim) -> tuple[Step, ...]:
        """Return how the value of a claim of this document came about."""
        if claim.field is Field.DATE and isinstance(claim.value, DateRange):
            return tuple(self._date(claim, claim.value))
        if claim.field is Field.PLACE and isinstance(claim.value, Place):
            return tuple(self._place(claim, claim.value))
        if isinstance(claim.value, Count) and not claim.inferred:
            return tuple(self._count(claim, claim.value))
        return ()

    # When

    def _date(self, claim: Claim, value: DateRange) -> Iterator[Step]:
        published = f"{self._published} ({_BASIS[self._document.published.basis]})"
        if claim.inferred:
            yield Step(
                None, f"no words say when; taken from the publication, {published}, or from other reports"
            )
            return
        found = self._time(claim.span)
        if found is None:
            yield Step(claim.span.quote, f"read as {value}")
            return
        against = f"reckoned from the publication, {published}" if found.relative else "names the date itself"
        yield Step(found.span.quote, f"TIMEX3 {found.value}, {against}: {found.range}")
        if value != found.range:
            yield Step(None, f"cut to {value}: what has happened happened before the report")

    def _time(self, span: Span) -> TimeMention | None:
        southern = is_southern(self._found_places())
        times = find_times(self._document.text, self._published, self._bounds, southern=southern)
        return next((time for time in times if time.span.overlaps(span)), None)

    # Where

    def _place(self, claim: Claim, value: Place) -> Iterator[Step]:
        if claim.inferred:
            yield Step(
                None, f"no words say where; {value.country or 'the site'} is what the report's places share"
            )
            return
        found = next((m for m in self._found_places() if m.span.overlaps(claim.span)), None)
        if found is None or found.place is None:
            yield Step(claim.span.quote, f"read as {value}")
            return
        yield Step(found.span.quote, f"{found.kind}, belief {found.score:.0%} among the readings of the name")
        yield from self._readings(found)
        yield from self._extent(found.place)

    def _found_places(self) -> tuple[PlaceMention, ...]:
        if not self._places:
            self._places = PlaceFinder(self._gazetteer).find(self._document.text)
        return self._places

    def _readings(self, found: PlaceMention) -> Iterator[Step]:
        """Yield the readings of a name, weighed with all names of the report."""
        named = {fold(m.span.quote): self._gazetteer.find(m.span.quote) for m in self._found_places()}
        shares = beliefs({Name(key): readings for key, readings in named.items() if readings}, {})
        readings = shares.get(Name(fold(found.span.quote)), {})
        told = [(share, place) for place, share in readings.items() if share >= _LEAST_BELIEF]
        for share, place in sorted(told, key=lambda each: (-each[0], each[1].id))[:CANDIDATES]:
            yield Step(None, f"by the report's names alone {share:.0%}: {_reading(place)}")

    def _extent(self, place: Place) -> Iterator[Step]:
        if place.latitude is not None and place.longitude is not None:
            point = f"{place.latitude:.3f}, {place.longitude:.3f}"
            yield Step(None, f"the point {point} stands for a circle of {place.radius_km or 0:.0f} km")

    # How many

    def _count(self, claim: Claim, value: Count) -> Iterator[Step]:
        quantities = find_quantities(claim.span.quote)
        for quantity in quantities:
            if (quantity.low, quantity.high, quantity.vague) == (value.low, value.high, value.vague):
                yield Step(quantity.span.quote, _interval(value))
                return
        is_one = value.is_exact and value.low == 1
        yield Step(claim.span.quote, "a single person counts 1" if is_one else _interval(value))


def explained(
    claims: Sequence[Claim], documents: Mapping[str, Document], gazetteer: Gazetteer
) -> dict[str, tuple[Step, ...]]:
    """Return the steps to each claim's value, by the claim's id; claims that need none are left out."""
    explainers = {report_id: Explainer(document, gazetteer) for report_id, document in documents.items()}
    found = {
        claim.id: explainers[claim.report_id].steps(claim)
        for claim in claims
        if claim.report_id in explainers
    }
    return {claim_id: steps for claim_id, steps in found.items() if steps}


def _reading(place: Candidate) -> str:
    inside = ", ".join(part for part in (place.admin1, place.country) if part and part != place.name)
    people = f", {place.population:,} people" if place.population else ""
    source = f", imported from {place.source}" if place.source else ""
    return f"{place.name} ({place.kind.value}), {inside}{people}{source}"


def _interval(value: Count) -> str:
    """Return a count's ends in words (codebook, section 4)."""
    if value.high == 0:
        return "none at all"
    low, high = ("open" if end is None else str(end) for end in (value.low, value.high))
    ends = f"low {low}, high {high}"
    return f"vague: {ends}; a rule may read it otherwise" if value.vague else ends

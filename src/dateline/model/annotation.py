"""What one report says of incidents, in the form of the codebook, section 8.

Reference annotations, predictions that are scored against them, and `dateline extract --format
reference` all speak this form. Words are held as quotes, not as offsets, because an annotator
marks words; everything else is the same values that claims carry.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any, Generic, TypeVar

from dateline.model.codebook import CaptivityStatus, Focus, IncidentType, Reality, WeaponKind
from dateline.model.mention import OUTLET, Attribution
from dateline.model.value import Actor, Count, DateRange, Place

V = TypeVar("V", bound=DateRange | Place | Actor | WeaponKind | Count | str)


@dataclass(frozen=True, slots=True)
class Quoted(Generic[V]):
    """A value, the exact words that say it (None where no words do), and who says it."""

    value: V
    quote: str | None
    attribution: Attribution = OUTLET


@dataclass(frozen=True, slots=True)
class IncidentAnnotation:
    """One incident of one report. `key` names it within the report, `incident` across reports."""

    key: str
    type: IncidentType
    focus: Focus
    reality: Reality
    quote: str
    incident: str | None = None
    also: tuple[IncidentType, ...] = ()
    date: Quoted[DateRange] | None = None
    place: Quoted[Place] | None = None
    perpetrators: tuple[Quoted[Actor], ...] = ()
    targets: tuple[Quoted[Actor], ...] = ()
    weapons: tuple[Quoted[WeaponKind], ...] = ()
    counts: tuple[Quoted[Count], ...] = ()
    demands: tuple[Quoted[str], ...] = ()
    motive: Quoted[str] | None = None
    claimed_by: Quoted[Actor] | None = None
    status: CaptivityStatus | None = None

    @property
    def quotes(self) -> tuple[str, ...]:
        """Return every quote of the annotation, its own first."""
        single: tuple[Quoted[Any] | None, ...] = (self.date, self.place, self.motive, self.claimed_by)
        many: tuple[Quoted[Any], ...] = (
            *self.perpetrators,
            *self.targets,
            *self.weapons,
            *self.counts,
            *self.demands,
        )
        found = (item.quote for item in (*single, *many) if item)
        return (self.quote, *(quote for quote in found if quote))

    def to_json(self) -> dict[str, Any]:
        """Return the annotation as section 8 writes it; what is not said is left out."""
        whole: dict[str, Any] = {
            "key": self.key,
            "incident": self.incident,
            "focus": self.focus.value,
            "reality": self.reality.value,
            "type": self.type.value,
            "also": [kind.value for kind in self.also],
            "quote": self.quote,
            "date": self.date and {**self.date.value.to_json(), "quote": self.date.quote},
            "place": self.place and _place(self.place),
            "perpetrators": [_actor(item) for item in self.perpetrators],
            "targets": [_actor(item) for item in self.targets],
            "weapons": [{"quote": item.quote, "kind": item.value.value} for item in self.weapons],
            "counts": [_count(item) for item in self.counts],
            "demands": [_words(item) for item in self.demands],
            "motive": self.motive and _words(self.motive),
            "claimed_by": self.claimed_by and _claimant(self.claimed_by),
            "status": self.status and self.status.value,
        }
        return {name: value for name, value in whole.items() if value}


@dataclass(frozen=True, slots=True)
class ReportAnnotation:
    """All incidents of one report, in the order of the text. `id` is the carrier's own name for it."""

    id: str
    incidents: tuple[IncidentAnnotation, ...] = field(default=())
    published: date | None = None
    outlet: str | None = None

    def to_json(self) -> dict[str, Any]:
        """Return one line of section 8."""
        return {
            "id": self.id,
            "published": self.published.isoformat() if self.published else None,
            "outlet": self.outlet,
            "incidents": [incident.to_json() for incident in self.incidents],
        }


def _speaker(attribution: Attribution) -> dict[str, Any]:
    said: dict[str, Any] = {}
    if attribution.words or attribution.name or attribution.kind:
        said["speaker"] = attribution.words or attribution.name
        said["speaker_kind"] = attribution.kind.value if attribution.kind else None
    if attribution.hedged:
        said["hedged"] = True
    if attribution.denies:
        said["denies"] = True
    return said


def _place(item: Quoted[Place]) -> dict[str, Any]:
    place = item.value
    return {
        "name": place.full_name,
        "admin1": place.admin1,
        "country": place.country,
        "site": place.site,
        "quote": item.quote,
    }


def _actor(item: Quoted[Actor]) -> dict[str, Any]:
    name = {"name": item.value.name} if item.value.name else {}
    return {
        "quote": item.quote,
        **name,
        "category": item.value.category.value,
        **_speaker(item.attribution),
    }


def _claimant(item: Quoted[Actor]) -> dict[str, Any]:
    return {"quote": item.quote, "name": item.value.name, **_speaker(item.attribution)}


def _count(item: Quoted[Count]) -> dict[str, Any]:
    count = item.value
    rare: dict[str, Any] = {"of_whom": count.of_whom.value} if count.of_whom else {}
    if count.includes_perpetrators:
        rare["includes_perpetrators"] = True
    return {
        "what": count.what.value,
        "who": count.who.value,
        "low": count.low,
        "high": count.high,
        "vague": count.vague,
        "scope": count.scope.value,
        **rare,
        "quote": item.quote,
        **_speaker(item.attribution),
    }


def _words(item: Quoted[str]) -> dict[str, Any]:
    return {"quote": item.quote, **_speaker(item.attribution)}

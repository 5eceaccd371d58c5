"""What a reviewer should look at: why two mentions were joined or parted, and what is most in doubt.

A doubt weighs as much as a decision on it would change: how undecided it is, from 0 to 1, times the
logarithm of the reports that it touches. What a reviewer decided is in no doubt any more.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product

from dateline.link import Explanation, Linkable, explain, nearest, shared_keys
from dateline.model import Incident, IncidentMention, Judgement, Resolution, Standing
from dateline.ontology import ontology

REACH = 2.0  # log-odds from the threshold within which a pair is in doubt: 12 to 88 in a hundred


@dataclass(frozen=True, slots=True)
class Side:
    """One of two mentions that are compared, with the incident that it belongs to, if to any."""

    mention: IncidentMention
    outlet: str | None
    incident_id: str | None


@dataclass(frozen=True, slots=True)
class Comparison:
    """Why two mentions are one incident or two.

    `keys` are what made them worth comparing, none where they were never compared. `together` says
    whether they are one incident now: a cluster may decide otherwise than the pair would alone.
    """

    one: Side
    other: Side
    explanation: Explanation
    keys: tuple[str, ...]
    together: bool
    among: int = 1  # pairs of mentions that this is the likeliest of


@dataclass(frozen=True, slots=True)
class LinkDoubt:
    """Two mentions that are nearly as likely one incident as two."""

    one: Side
    other: Side
    score: float  # log-odds above the threshold
    together: bool
    weight: float

    @property
    def decide(self) -> str:
        """Return the command that says the two are one incident."""
        return f"dateline judge same {self.one.mention.id} {self.other.mention.id}"

    @property
    def otherwise(self) -> str:
        """Return the command that says they are two."""
        return f"dateline judge different {self.one.mention.id} {self.other.mention.id}"


@dataclass(frozen=True, slots=True)
class FieldDoubt:
    """A field of an incident of which not all claims can be true, and nobody decided which is."""

    incident: Incident
    resolution: Resolution
    weight: float

    @property
    def decide(self) -> str:
        """Return the command that accepts the value that is shown."""
        return f"dateline judge accept {self.resolution.supporting[0]}"

    @property
    def otherwise(self) -> str:
        """Return the command that accepts the first value that stands against it."""
        return f"dateline judge accept {self.resolution.opposing[0]}"


def compared(
    sides: tuple[Sequence[Linkable], Sequence[Linkable]],
    judgements: Iterable[Judgement],
    incident_of: Mapping[str, str],
) -> Comparison:
    """Return why the likeliest pair of two sets of mentions is one incident or two."""
    judged, parents = tuple(judgements), ontology().parents
    pairs = [(one, other) for one, other in product(*sides) if one.id != other.id]
    explained = [(explain(one, other, judged, parents=parents), one, other) for one, other in pairs]
    found, one, other = max(explained, key=lambda each: (each[0].score, each[1].id, each[2].id))
    keys = shared_keys(one, other, parents=parents)
    shown = _side(one, incident_of), _side(other, incident_of)
    return Comparison(*shown, found, keys, _together(*shown), len(pairs))


def link_doubts(
    items: Sequence[Linkable], judgements: Iterable[Judgement], incident_of: Mapping[str, str]
) -> tuple[LinkDoubt, ...]:
    """Return the pairs nearest to the threshold, one for each two incidents, the weightiest first."""
    by_id = {item.id: item for item in items}
    sizes: dict[str, int] = {}
    for incident_id in incident_of.values():
        sizes[incident_id] = sizes.get(incident_id, 0) + 1
    best: dict[frozenset[str], LinkDoubt] = {}
    for near in nearest(items, judgements, within=REACH, parents=ontology().parents):
        one, other = (_side(by_id[mention_id], incident_of) for mention_id in (near.one, near.other))
        incidents = frozenset(side.incident_id or side.mention.id for side in (one, other))
        touched = sum(sizes.get(incident_id, 1) for incident_id in incidents)
        doubt = LinkDoubt(one, other, near.score, _together(one, other), near.doubt * math.log1p(touched))
        if incidents not in best or best[incidents].weight < doubt.weight:
            best[incidents] = doubt
    return tuple(sorted(best.values(), key=lambda d: (-d.weight, d.one.mention.id, d.other.mention.id)))


def field_doubts(incidents: Iterable[Incident]) -> tuple[FieldDoubt, ...]:
    """Return the contested fields that nobody decided, the weightiest first."""
    found = [doubt for incident in incidents for doubt in _contested(incident)]
    return tuple(sorted(found, key=lambda d: (-d.weight, d.incident.id, d.resolution.slot.key)))


def _contested(incident: Incident) -> Iterator[FieldDoubt]:
    claims = incident.claims_by_id
    for resolution in incident.resolutions:
        if resolution.standing is not Standing.CONTESTED or resolution.judged or not resolution.opposing:
            continue
        sides = (resolution.supporting, set(resolution.opposing) - set(resolution.rejected))
        origins = [len({claims[claim_id].origin for claim_id in side}) for side in sides]
        balance = 2 * min(origins) / sum(origins) if sum(origins) else 0.0
        if balance:
            yield FieldDoubt(incident, resolution, balance * math.log1p(len(incident.report_ids)))


def _side(item: Linkable, incident_of: Mapping[str, str]) -> Side:
    return Side(item.mention, item.outlet, incident_of.get(item.id))


def _together(one: Side, other: Side) -> bool:
    return one.incident_id is not None and one.incident_id == other.incident_id

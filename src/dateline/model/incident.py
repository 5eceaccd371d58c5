"""The incident as computed: rebuilt from claims, judgements, a rule and the ledger, never edited."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from dateline.model.claim import Anchor, Claim, Slot
from dateline.model.codebook import Field, IncidentType, Reality, Scope, What
from dateline.model.value import Value


class Standing(StrEnum):
    """How the claims of one slot stand to each other (docs/design.md, section 1)."""

    AGREED = "agreed"  # independent origins whose intervals meet
    REVISED = "revised"  # a later total by the same or a better placed speaker
    CONTESTED = "contested"  # about the same scope and time, and not all can be true
    SINGLE = "single"  # one origin only
    UNKNOWN = "unknown"  # nothing said, or nothing left after review


@dataclass(frozen=True, slots=True)
class Resolution:
    """What a rule makes of the claims of one slot.

    `values` holds one value, or several for a field that holds many (perpetrators), best first.
    `supporting` and `opposing` are ids of claims; `reason` says in words why the rule chose so.
    """

    slot: Slot
    standing: Standing
    values: tuple[Value, ...]
    rule: str
    reason: str
    supporting: tuple[str, ...] = ()
    opposing: tuple[str, ...] = ()
    judged: bool = False  # a reviewer decided
    rejected: tuple[str, ...] = ()  # those of `opposing` that a reviewer rejected

    @property
    def value(self) -> Value | None:
        """Return the first value, or None when nothing is known."""
        return self.values[0] if self.values else None


@dataclass(frozen=True, slots=True)
class Incident:
    """One incident across all its reports, with a resolution for every slot that anything is said of."""

    id: str
    mention_ids: tuple[str, ...]
    report_ids: tuple[str, ...]
    resolutions: tuple[Resolution, ...]
    claims: tuple[Claim, ...] = ()
    related: tuple[str, ...] = ()  # incidents that this one is a part of, or has as a part

    def resolution(self, field: Field) -> Resolution | None:
        """Return the resolution of a field other than a count, or None when nothing is said."""
        return next((r for r in self.resolutions if r.slot.field is field), None)

    def value(self, field: Field) -> Value | None:
        """Return the chosen value of a field other than a count, or None."""
        found = self.resolution(field)
        return found.value if found else None

    def counts(self, what: What, scope: Scope = Scope.TOTAL) -> tuple[Resolution, ...]:
        """Return the resolutions of all counts of one kind, one for each side that is counted."""
        return tuple(r for r in self.resolutions if r.slot.what is what and r.slot.scope is scope)

    @property
    def type(self) -> IncidentType:
        """Return the incident's type."""
        found = self.value(Field.TYPE)
        return found if isinstance(found, IncidentType) else IncidentType.OTHER_VIOLENCE

    @property
    def reality(self) -> Reality:
        """Return whether it is given as having happened."""
        found = self.value(Field.REALITY)
        return found if isinstance(found, Reality) else Reality.ACTUAL

    def claim(self, claim_id: str) -> Claim:
        """Return one of the incident's claims by id; KeyError when it has no such claim."""
        return self.claims_by_id[claim_id]

    @property
    def claims_by_id(self) -> Mapping[str, Claim]:
        """Return the incident's claims under their ids."""
        return {claim.id: claim for claim in self.claims}


class LedgerAct(StrEnum):
    """What happened to an incident's id."""

    MINTED = "minted"
    MERGED = "merged"  # into `target`: the id redirects
    SPLIT = "split"  # out of `target`, which keeps the older core
    DELETED = "deleted"  # a tombstone


@dataclass(frozen=True, slots=True)
class LedgerEntry:
    """One line of the ledger of ids: what became of an id, when, and because of which report."""

    incident_id: str
    act: LedgerAct
    at: datetime
    target: str | None = None
    report_id: str | None = None


@dataclass(frozen=True, slots=True)
class Ledger:
    """Which id an incident got when it was first seen: an explicit input of reconciliation.

    `holders` says which incident each mention anchor last belonged to; `entries` is the history.
    """

    holders: Mapping[Anchor, str] = field(default_factory=dict)
    entries: tuple[LedgerEntry, ...] = ()

    def redirect(self, incident_id: str) -> str:
        """Return the id that `incident_id` stands for now, following merges that were not undone."""
        return self.redirects().get(incident_id, incident_id)

    def redirects(self) -> Mapping[str, str]:
        """Return where each merged id leads now."""
        last = {entry.incident_id: entry for entry in self.entries}
        merged = {i: e.target for i, e in last.items() if e.act is LedgerAct.MERGED and e.target}
        return {incident_id: _end_of(incident_id, merged) for incident_id in merged}


def _end_of(incident_id: str, merged: Mapping[str, str]) -> str:
    seen: set[str] = set()
    while incident_id in merged and incident_id not in seen:
        seen.add(incident_id)
        incident_id = merged[incident_id]
    return incident_id


def slots_of(claims: Iterable[Claim]) -> tuple[Slot, ...]:
    """Return every slot that the claims are about, in a fixed order."""
    return tuple(sorted({claim.slot for claim in claims}, key=lambda slot: slot.key))

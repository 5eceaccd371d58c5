"""Incidents as last computed, and what changed in them, when and because of what."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, delete, func, insert, select

from dateline.model import Claim, Field, Incident, Json, canonical_json
from dateline.store.findings import Findings
from dateline.store.lookup import one_id, portions
from dateline.store.rows import incident_from_json, incident_to_json, slot_from_json
from dateline.store.tables import changes, incidents, settled


@dataclass(frozen=True, slots=True)
class Change:
    """One change of one slot of an incident: from what to what (standing and values), and why."""

    incident_id: str
    at: datetime
    slot: str
    before: Json
    after: Json
    report_id: str | None = None
    judgement_id: str | None = None


_FOCUS = canonical_json({"field": Field.FOCUS.value})  # each further report adds to it


def changes_in(
    before: Mapping[str, Any] | None, incident: Incident, at: datetime, judgement_id: str | None = None
) -> tuple[Change, ...]:
    """Return what is different in an incident from the state it had before, slot by slot.

    The cause is the judgement, if given, else the report of the last claim that is new, else the one that
    corrected a claim.
    """
    old = {_slot_key(resolution): resolution for resolution in before["resolutions"]} if before else {}
    state = incident_to_json(incident)
    new = {_slot_key(resolution): resolution for resolution in state["resolutions"]}
    found = []
    for key in sorted({*old, *new}):
        was, now = old.get(key), new.get(key)
        if _shown(was) != _shown(now) and key != _FOCUS:
            cause = None if judgement_id else _cause(was, now, incident.claims)
            slot = slot_from_json((now or was or {})["slot"]).key
            found.append(Change(incident.id, at, slot, _shown(was), _shown(now), cause, judgement_id))
    return tuple(found)


def _slot_key(resolution: Mapping[str, Any]) -> str:
    return canonical_json(resolution["slot"])


def _shown(resolution: Mapping[str, Any] | None) -> Json:
    return {name: resolution[name] for name in ("standing", "values")} if resolution else None


def _cause(
    was: Mapping[str, Any] | None, now: Mapping[str, Any] | None, claims: Sequence[Claim]
) -> str | None:
    known = {*was["supporting"], *was["opposing"]} if was else set()
    cited = {*now["supporting"], *now["opposing"]} if now else set()
    fresh = [claim.report_id for claim in claims if claim.id in cited and claim.id not in known]
    corrections = [claim.corrected_by for claim in claims if claim.id in cited and claim.corrected_by]
    return next(reversed([*corrections, *fresh]), None)


class Computed:
    """The cache of incidents; `changes` is its history and is only ever added to."""

    def __init__(self, connection: Connection, findings: Findings) -> None:
        self._connection = connection
        self._findings = findings

    def put(self, incident: Incident, rule: str, basis: str = "") -> Mapping[str, Any] | None:
        """Keep an incident as computed from what `basis` is the hash of.

        Return the state that it had before, or None when it is new.
        """
        before = self._state(incident.id)
        row = {"id": incident.id, "rule": rule, "state": incident_to_json(incident), "basis": basis}
        self._connection.execute(delete(incidents).where(incidents.c.id == incident.id))
        self._connection.execute(insert(incidents).values(**row))
        return before

    def bases(self, incident_ids: Iterable[str]) -> dict[str, str]:
        """Return the hash of what each of these incidents was last computed from, if it was."""
        found: dict[str, str] = {}
        for some in portions(incident_ids):
            query = select(incidents.c.id, incidents.c.basis).where(incidents.c.id.in_(some))
            rows = self._connection.execute(query.where(incidents.c.basis.is_not(None)))
            found.update((row.id, row.basis) for row in rows)
        return found

    def basis_of(self, step: str) -> str | None:
        """Return the hash of what a step was last done with, or None when it has not been done."""
        return self._connection.execute(select(settled.c.basis).where(settled.c.step == step)).scalar()

    def settle(self, step: str, basis: str) -> None:
        """Note what a step was done with."""
        self._connection.execute(delete(settled).where(settled.c.step == step))
        self._connection.execute(insert(settled).values(step=step, basis=basis))

    def _state(self, incident_id: str) -> Mapping[str, Any] | None:
        query = select(incidents.c.state).where(incidents.c.id == incident_id)
        return self._connection.execute(query).scalar()

    def drop(self, incident_ids: Iterable[str]) -> None:
        """Take incidents that are no more out of the cache."""
        for incident_id in incident_ids:
            self._connection.execute(delete(incidents).where(incidents.c.id == incident_id))

    def ids(self) -> tuple[str, ...]:
        """Return the ids of all incidents, sorted."""
        return tuple(self._connection.execute(select(incidents.c.id).order_by(incidents.c.id)).scalars())

    def incident(self, incident_id: str) -> Incident:
        """Return the incident whose id begins with `incident_id`; NotFoundError when there is not one."""
        whole = one_id(self._connection, incidents.c.id, incident_id, "incident")
        state = self._state(whole) or {}
        return incident_from_json(state, self._findings.claims(state["mentions"]))

    def incidents(self) -> Iterator[Incident]:
        """Yield all incidents with their claims, by id."""
        return (self.incident(incident_id) for incident_id in self.ids())

    def states(self) -> tuple[tuple[str, str], ...]:
        """Return (id, canonical JSON) of every incident: equal stores have equal states."""
        rows = self._connection.execute(select(incidents.c.id, incidents.c.state).order_by(incidents.c.id))
        return tuple((row.id, canonical_json(row.state)) for row in rows)

    def count(self) -> int:
        """Return the number of incidents."""
        return self._connection.execute(select(func.count()).select_from(incidents)).scalar_one()

    def record(self, found: Iterable[Change]) -> None:
        """Add changes to the history."""
        rows = [
            {
                "incident_id": change.incident_id,
                "at": change.at,
                "slot": change.slot,
                "before": change.before,
                "after": change.after,
                "report_id": change.report_id,
                "judgement_id": change.judgement_id,
            }
            for change in found
        ]
        if rows:
            self._connection.execute(insert(changes), rows)

    def history(self, incident_ids: Iterable[str]) -> tuple[Change, ...]:
        """Return what changed in the incidents, oldest first."""
        query = select(changes).where(changes.c.incident_id.in_(tuple(incident_ids))).order_by(changes.c.n)
        return tuple(
            Change(row.incident_id, row.at, row.slot, row.before, row.after, row.report_id, row.judgement_id)
            for row in self._connection.execute(query)
        )

"""What the extractor found: mentions and claims, replaced when a document is read again."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from sqlalchemy import Connection, Text, delete, func, insert, select, type_coerce, update

from dateline.model import Claim, DateRange, IncidentMention, sha256_hex
from dateline.store.lookup import one_id, portions
from dateline.store.rows import claim_columns, claim_from, mention_columns, mention_from
from dateline.store.tables import claims, documents, mentions, reports, unlinked


@dataclass(frozen=True, slots=True)
class Bound:
    """The date of a mention as other reports bound it, why, and the mentions it follows from."""

    date: DateRange
    reason: str
    because: tuple[str, ...]


def bound_to_json(bound: Bound) -> Mapping[str, Any]:
    """Return a bound in JSON terms."""
    return {"date": bound.date.to_json(), "reason": bound.reason, "because": list(bound.because)}


def bound_from_json(data: Mapping[str, Any]) -> Bound:
    """Return the bound that `bound_to_json` wrote."""
    return Bound(DateRange.from_json(data["date"]), data["reason"], tuple(data["because"]))


class Findings:
    """Mentions with their claims, and which incident each mention belongs to."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def replace(self, report_id: str, found: Sequence[IncidentMention], said: Sequence[Claim]) -> None:
        """Put a report's mentions and claims in place of those it had, to be linked anew."""
        self._connection.execute(delete(unlinked).where(unlinked.c.report_id == report_id))
        self._connection.execute(insert(unlinked).values(report_id=report_id))
        self._connection.execute(delete(claims).where(claims.c.report_id == report_id))
        self._connection.execute(delete(mentions).where(mentions.c.report_id == report_id))
        if found:
            rows = [mention_columns(m) | {"position": n} for n, m in enumerate(found)]
            self._connection.execute(insert(mentions), rows)
        self._insert_claims(said)

    def replace_claims(self, report_id: str, said: Sequence[Claim]) -> None:
        """Put a report's claims in place of those it had, and leave its mentions."""
        self._connection.execute(delete(claims).where(claims.c.report_id == report_id))
        self._insert_claims(said)

    def _insert_claims(self, said: Sequence[Claim]) -> None:
        if said:
            rows = [claim_columns(c) | {"position": n} for n, c in enumerate(said)]
            self._connection.execute(insert(claims), rows)

    def mentions(self, report_id: str | None = None) -> Iterator[IncidentMention]:
        """Yield the mentions of one report, or of all in the order of arrival and of the text."""
        query = select(mentions).join(reports).order_by(reports.c.n, mentions.c.position)
        if report_id is not None:
            query = query.where(mentions.c.report_id == report_id)
        for row in self._connection.execute(query.execution_options(yield_per=200)):
            yield mention_from(row)

    def mention(self, mention_id: str) -> IncidentMention:
        """Return the mention whose id begins with `mention_id`; NotFoundError when there is not one."""
        whole = one_id(self._connection, mentions.c.id, mention_id, "mention")
        return mention_from(self._connection.execute(select(mentions).where(mentions.c.id == whole)).one())

    def mentions_by_id(self, mention_ids: Iterable[str]) -> dict[str, IncidentMention]:
        """Return those mentions that are stored, by id."""
        found: dict[str, IncidentMention] = {}
        for some in portions(mention_ids):
            rows = self._connection.execute(select(mentions).where(mentions.c.id.in_(some)))
            found.update((row.id, mention_from(row)) for row in rows)
        return found

    def claim(self, claim_id: str) -> Claim:
        """Return the claim whose id begins with `claim_id`; NotFoundError when there is not one."""
        whole = one_id(self._connection, claims.c.id, claim_id, "claim")
        return claim_from(self._connection.execute(select(claims).where(claims.c.id == whole)).one())

    def claims(self, mention_ids: Iterable[str]) -> tuple[Claim, ...]:
        """Return the claims of the mentions, in the order of arrival and of the text."""
        found: list[tuple[int, int, Claim]] = []
        for some in portions(mention_ids):
            query = select(claims, reports.c.n).join(reports).where(claims.c.mention_id.in_(some))
            rows = self._connection.execute(query)
            found.extend((row.n, row.position, claim_from(row)) for row in rows)
        return tuple(claim for _, _, claim in sorted(found, key=lambda item: item[:2]))

    def unlinked(self) -> tuple[str, ...]:
        """Return the reports whose findings changed since mentions were last linked, in order of arrival."""
        query = select(unlinked.c.report_id).join(reports, reports.c.id == unlinked.c.report_id)
        return tuple(self._connection.execute(query.order_by(reports.c.n)).scalars())

    def mark_linked(self) -> None:
        """Note that all mentions are linked."""
        self._connection.execute(delete(unlinked))

    def narrow(self, bounds: Mapping[str, Bound], mention_ids: Iterable[str]) -> frozenset[str]:
        """Note the dates of mentions as other reports bound them, by mention id, and forget the others'.

        Return the ids of the reports whose mentions have another bound than before.
        """
        changed: set[str] = set()
        columns = (mentions.c.id, mentions.c.report_id, mentions.c.narrowed)
        for some in portions(mention_ids):
            for row in self._connection.execute(select(*columns).where(mentions.c.id.in_(some))).all():
                bound = bounds.get(row.id)
                if (bound_from_json(row.narrowed) if row.narrowed else None) != bound:
                    narrowed = bound_to_json(bound) if bound else None
                    change = update(mentions).where(mentions.c.id == row.id)
                    self._connection.execute(change.values(narrowed=narrowed))
                    changed.add(row.report_id)
        return frozenset(changed)

    def bounds(self, report_ids: Iterable[str]) -> dict[str, Bound]:
        """Return the dates of reports' mentions that other reports bound, by mention id."""
        found: dict[str, Bound] = {}
        for some in portions(report_ids):
            query = select(mentions.c.id, mentions.c.narrowed).where(mentions.c.report_id.in_(some))
            rows = self._connection.execute(query.where(mentions.c.narrowed.is_not(None)))
            found.update((row.id, bound_from_json(row.narrowed)) for row in rows)
        return found

    def assign(self, incident_of: Mapping[str, str | None]) -> None:
        """Note which incident mentions belong to, or that they belong to none."""
        held = self.incident_of(incident_of)
        for mention_id, incident_id in incident_of.items():
            if held.get(mention_id) != incident_id:
                self._set_incident(mention_id, incident_id)

    def _set_incident(self, mention_id: str, incident_id: str | None) -> None:
        query = update(mentions).where(mentions.c.id == mention_id)
        self._connection.execute(query.values(incident_id=incident_id))

    def incident_of(self, mention_ids: Iterable[str] | None = None) -> dict[str, str]:
        """Return the incident of those mentions, or of all, that have one."""
        query = select(mentions.c.id, mentions.c.incident_id).where(mentions.c.incident_id.is_not(None))
        if mention_ids is None:
            return {row.id: row.incident_id for row in self._connection.execute(query)}
        asked = (query.where(mentions.c.id.in_(some)) for some in portions(mention_ids))
        return {row.id: row.incident_id for part in asked for row in self._connection.execute(part)}

    def incidents_of(self, report_ids: Iterable[str]) -> frozenset[str]:
        """Return the incidents that reports tell of."""
        found: set[str] = set()
        for some in portions(report_ids):
            query = select(mentions.c.incident_id).where(mentions.c.report_id.in_(some))
            found.update(self._connection.execute(query.where(mentions.c.incident_id.is_not(None))).scalars())
        return frozenset(found)

    def incidents_in(self, content_sha256s: Iterable[str]) -> frozenset[str]:
        """Return the incidents that texts tell of, in any of their prints."""
        printed = [
            select(documents.c.report_id).where(documents.c.content_sha256.in_(some))
            for some in portions(content_sha256s)
        ]
        return self.incidents_of(r for query in printed for r in self._connection.execute(query).scalars())

    def members(self, incident_ids: Iterable[str]) -> dict[str, tuple[str, ...]]:
        """Return the mentions of incidents, by incident and sorted."""
        found: dict[str, list[str]] = {}
        for some in portions(incident_ids):
            query = select(mentions.c.id, mentions.c.incident_id).where(mentions.c.incident_id.in_(some))
            for row in self._connection.execute(query.order_by(mentions.c.id)):
                found.setdefault(row.incident_id, []).append(row.id)
        return {incident_id: tuple(ids) for incident_id, ids in found.items()}

    def claim_digest(self, mention_ids: Iterable[str]) -> tuple[tuple[str, str], ...]:
        """Return, for each mention, the hash of its claims and the hash of the text that it stands in."""
        found: dict[str, tuple[str, str]] = {}
        columns = [type_coerce(column, Text) for column in claims.c]
        for some in portions(mention_ids):
            query = select(claims.c.mention_id, claims.c.content_sha256, *columns)
            rows = self._connection.execute(
                query.where(claims.c.mention_id.in_(some)).order_by(claims.c.mention_id, claims.c.position)
            )
            for (mention_id, content), of_mention in groupby(rows, key=lambda row: (row[0], row[1])):
                found[mention_id] = (sha256_hex(repr([tuple(row) for row in of_mention])), content)
        return tuple(found[mention_id] for mention_id in sorted(found))

    def count(self) -> int:
        """Return the number of mentions."""
        return self._connection.execute(select(func.count()).select_from(mentions)).scalar_one()

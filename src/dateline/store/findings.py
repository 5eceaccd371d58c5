"""What the extractor found: mentions and claims, replaced when a document is read again."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from itertools import groupby
from typing import Any

from sqlalchemy import Connection, Text, delete, func, insert, select, type_coerce, update

from dateline.model import Claim, DateRange, IncidentMention, sha256_hex
from dateline.store.lookup import one_id, portions
from dateline.store.rows import claim_columns, claim_from, mention_columns, mention_from
from dateline.store.tables import claims, documents, mentions, reports

# Columns of a mention that the extractor gave, and not the steps after it.
_FOUND = frozenset(column.name for column in mentions.c) - {"incident_id", "narrowed", "position"}


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
        """Put a report's mentions and claims in place of those it had."""
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

    def narrow(self, bounds: Mapping[str, Bound]) -> frozenset[str]:
        """Note the dates that other reports bound, by mention id, and forget the others.

        Return the ids of the reports whose mentions have another bound than before.
        """
        changed: set[str] = set()
        query = select(mentions.c.id, mentions.c.report_id, mentions.c.narrowed)
        for row in self._connection.execute(query).all():
            bound = bounds.get(row.id)
            if (bound_from_json(row.narrowed) if row.narrowed else None) != bound:
                narrowed = bound_to_json(bound) if bound else None
                change = update(mentions).where(mentions.c.id == row.id)
                self._connection.execute(change.values(narrowed=narrowed))
                changed.add(row.report_id)
        return frozenset(changed)

    def bounds(self) -> dict[str, Bound]:
        """Return the dates that other reports bound, by mention id."""
        query = select(mentions.c.id, mentions.c.narrowed).where(mentions.c.narrowed.is_not(None))
        return {row.id: bound_from_json(row.narrowed) for row in self._connection.execute(query)}

    def assign(self, incident_of: Mapping[str, str]) -> None:
        """Note which incident each mention belongs to; mentions not named belong to none."""
        for mention_id, held in tuple(self.incident_of().items()):
            if incident_of.get(mention_id) != held:
                self._set_incident(mention_id, None)
        held_now = self.incident_of()
        for mention_id, incident_id in incident_of.items():
            if held_now.get(mention_id) != incident_id:
                self._set_incident(mention_id, incident_id)

    def _set_incident(self, mention_id: str, incident_id: str | None) -> None:
        query = update(mentions).where(mentions.c.id == mention_id)
        self._connection.execute(query.values(incident_id=incident_id))

    def incident_of(self) -> dict[str, str]:
        """Return the incident of every mention that has one."""
        query = select(mentions.c.id, mentions.c.incident_id).where(mentions.c.incident_id.is_not(None))
        return {row.id: row.incident_id for row in self._connection.execute(query)}

    def digest(self) -> str:
        """Return the hash of all mentions and of the documents that they stand in."""
        digest = sha256()
        of_mentions = select(*(type_coerce(column, Text) for column in mentions.c if column.name in _FOUND))
        of_documents = select(documents.c.report_id, documents.c.copy_of, documents.c.extractor)
        for query in (of_mentions.order_by(mentions.c.id), of_documents.order_by(documents.c.report_id)):
            for row in self._connection.execute(query.execution_options(yield_per=500)):
                digest.update(repr(tuple(row)).encode("utf-8", "surrogatepass"))
        return digest.hexdigest()

    def claim_digests(self) -> dict[str, tuple[str, str]]:
        """Return, for each mention, the hash of its claims and the hash of the text that it stands in."""
        found: dict[str, tuple[str, str]] = {}
        columns = [type_coerce(column, Text) for column in claims.c]
        query = select(claims.c.mention_id, claims.c.content_sha256, *columns).order_by(
            claims.c.mention_id, claims.c.position
        )
        rows = self._connection.execute(query.execution_options(yield_per=500))
        for (mention_id, content), of_mention in groupby(rows, key=lambda row: (row[0], row[1])):
            said = repr([tuple(row) for row in of_mention])
            found[mention_id] = (sha256_hex(said), content)
        return found

    def count(self) -> int:
        """Return the number of mentions."""
        return self._connection.execute(select(func.count()).select_from(mentions)).scalar_one()

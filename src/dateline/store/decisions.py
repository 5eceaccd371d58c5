"""Reviewers' judgements and the ledger of incident ids: added to, never taken from."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, delete, insert, or_, select, update

from dateline.errors import UsageError
from dateline.link import names_of
from dateline.model import Anchor, Json, Judgement, Ledger, LedgerEntry
from dateline.store.custody import CustodyKind, CustodyLog
from dateline.store.lookup import next_number, one_id, portions
from dateline.store.rows import (
    anchor_from_json,
    anchor_to_json,
    entry_from,
    judgement_columns,
    judgement_from,
)
from dateline.store.tables import holders, judgements, ledger


class Decisions:
    """What people decided, and which id each incident got."""

    def __init__(self, connection: Connection, custody: CustodyLog) -> None:
        self._connection = connection
        self._custody = custody

    def judge(self, judgement: Judgement) -> None:
        """Keep a judgement."""
        number = next_number(self._connection, judgements.c.n)
        self._connection.execute(insert(judgements).values(n=number, **judgement_columns(judgement)))
        self._custody.append(CustodyKind.JUDGED, judgement.id, judgement_payload(judgement), judgement.at)

    def withdraw(self, judgement_id: str, by: str, at: datetime) -> Judgement:
        """Withdraw the judgement whose id begins with `judgement_id`, and return it; it stays on record."""
        judgement = self.judgement(judgement_id)
        if not judgement.stands:
            raise UsageError(f"judgement {judgement.id} is withdrawn already, since {judgement.withdrawn_at}")
        query = update(judgements).where(judgements.c.id == judgement.id)
        self._connection.execute(query.values(withdrawn_at=at, withdrawn_by=by))
        self._custody.append(CustodyKind.WITHDRAWN, judgement.id, withdrawal_payload(by, at), at)
        return replace(judgement, withdrawn_at=at, withdrawn_by=by)

    def judgement(self, judgement_id: str) -> Judgement:
        """Return the judgement whose id begins with `judgement_id`; NotFoundError when there is not one."""
        whole = one_id(self._connection, judgements.c.id, judgement_id, "judgement")
        query = select(judgements).where(judgements.c.id == whole)
        return judgement_from(self._connection.execute(query).one())

    def made_together(self, judgement: Judgement) -> tuple[Judgement, ...]:
        """Return the judgements of one act: by the same person, at the same moment, of the same kind."""
        act = (judgement.verdict, judgement.by, judgement.at)
        return tuple(j for j in self.judgements() if (j.verdict, j.by, j.at) == act)

    def judgements(self) -> Iterator[Judgement]:
        """Yield all judgements, withdrawn ones too, oldest first."""
        for row in self._connection.execute(select(judgements).order_by(judgements.c.n)):
            yield judgement_from(row)

    def standing(self) -> tuple[Judgement, ...]:
        """Return the judgements that have not been withdrawn, oldest first."""
        return tuple(judgement for judgement in self.judgements() if judgement.stands)

    def ledger(self) -> Ledger:
        """Return the ledger: which incident holds each anchor, and the history of ids."""
        held = self._connection.execute(select(holders).order_by(holders.c.anchor_id))
        holding = {anchor_from_json(row.anchor): row.incident_id for row in held}
        return Ledger(holding, self._all())

    def _all(self) -> tuple[LedgerEntry, ...]:
        rows = self._connection.execute(select(ledger).order_by(ledger.c.n))
        return tuple(entry_from(row) for row in rows)

    def ledger_of(self, anchors: Collection[Anchor]) -> Ledger:
        """Return what the ledger says of the texts that anchors stand in, and of the ids these may get.

        The history of an id is there as a whole, and that of the ids it leads to.
        """
        texts = {anchor.content_sha256 for anchor in anchors}
        holding: dict[Anchor, str] = {}
        for some in portions(sorted(texts)):
            rows = self._connection.execute(select(holders).where(holders.c.content_sha256.in_(some)))
            holding.update((anchor_from_json(row.anchor), row.incident_id) for row in rows)
        ids = {*holding.values(), *(name for anchor in {*holding, *anchors} for name in names_of(anchor))}
        return Ledger(holding, self._history(ids))

    def ledger_named(self, prefix: str) -> Ledger:
        """Return the history of the ids that begin with `prefix`, and of those they lead to."""
        begun = ledger.c.incident_id.startswith(prefix, autoescape=True)
        return Ledger(
            {}, self._history(self._connection.execute(select(ledger.c.incident_id).where(begun)).scalars())
        )

    def lines(self, incident_id: str) -> tuple[LedgerEntry, ...]:
        """Return what became of an id, and which other ids came to it or out of it, oldest first."""
        met = or_(ledger.c.incident_id == incident_id, ledger.c.target == incident_id)
        rows = self._connection.execute(select(ledger).where(met).order_by(ledger.c.n))
        return tuple(entry_from(row) for row in rows)

    def _history(self, incident_ids: Iterable[str]) -> tuple[LedgerEntry, ...]:
        """Return all entries of ids and of those that they lead to, oldest first."""
        entries: dict[int, LedgerEntry] = {}
        waiting, asked = set(incident_ids), set[str]()
        while waiting:
            asked |= waiting
            for some in portions(sorted(waiting)):
                rows = self._connection.execute(select(ledger).where(ledger.c.incident_id.in_(some)))
                entries.update((row.n, entry_from(row)) for row in rows)
            waiting = {entry.target for entry in entries.values() if entry.target} - asked
        return tuple(entries[number] for number in sorted(entries))

    def enter(self, entries: Iterable[LedgerEntry]) -> None:
        """Add lines to the history of ids."""
        rows = [
            {
                "incident_id": entry.incident_id,
                "act": entry.act.value,
                "at": entry.at,
                "target": entry.target,
                "report_id": entry.report_id,
            }
            for entry in entries
        ]
        if rows:
            self._connection.execute(insert(ledger), rows)

    def hold(self, held: Mapping[Anchor, str]) -> None:
        """Make `held` what the ledger says of these anchors; what it says of others stays."""
        stored: dict[str, str] = {}
        for some in portions(anchor.id for anchor in held):
            query = select(holders.c.anchor_id, holders.c.incident_id).where(holders.c.anchor_id.in_(some))
            stored.update((row.anchor_id, row.incident_id) for row in self._connection.execute(query))
        moved = {anchor: holder for anchor, holder in held.items() if stored.get(anchor.id) != holder}
        for some in portions(anchor.id for anchor in moved if anchor.id in stored):
            self._connection.execute(delete(holders).where(holders.c.anchor_id.in_(some)))
        rows = [
            {
                "anchor_id": anchor.id,
                "content_sha256": anchor.content_sha256,
                "anchor": anchor_to_json(anchor),
                "incident_id": holder,
            }
            for anchor, holder in moved.items()
        ]
        if rows:
            self._connection.execute(insert(holders), rows)


def judgement_payload(judgement: Judgement) -> Json:
    """Return what the custody log says of a judgement."""
    columns: dict[str, Any] = judgement_columns(judgement)
    return columns | {"at": judgement.at.isoformat()}


def withdrawal_payload(by: str, at: datetime) -> Json:
    """Return what the custody log says of a withdrawal."""
    return {"by": by, "at": at.isoformat()}

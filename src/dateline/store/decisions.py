"""Reviewers' judgements and the ledger of incident ids: added to, never taken from."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, delete, insert, select, update

from dateline.errors import UsageError
from dateline.model import Anchor, Json, Judgement, Ledger, LedgerEntry
from dateline.store.custody import CustodyKind, CustodyLog
from dateline.store.lookup import next_number, one_id
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
        return Ledger(holding, self.entries())

    def entries(self) -> tuple[LedgerEntry, ...]:
        """Return the history of ids, oldest first."""
        rows = self._connection.execute(select(ledger).order_by(ledger.c.n))
        return tuple(entry_from(row) for row in rows)

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
        query = select(holders.c.anchor_id, holders.c.incident_id)
        stored = {row.anchor_id: row.incident_id for row in self._connection.execute(query)}
        moved = {anchor: holder for anchor, holder in held.items() if stored.get(anchor.id) != holder}
        for anchor in moved:
            if anchor.id in stored:
                self._connection.execute(delete(holders).where(holders.c.anchor_id == anchor.id))
        rows = [
            {"anchor_id": anchor.id, "anchor": anchor_to_json(anchor), "incident_id": holder}
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

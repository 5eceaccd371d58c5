"""The custody log: what came in and what was decided, each entry chained to the last by SHA-256.

An entry's hash covers its number, time, kind, subject, the hash of its payload and the hash of
the entry before it, so that no entry can be changed, dropped or put between without a trace.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum

from sqlalchemy import Connection, func, insert, select

from dateline.model import Json, canonical_json, sha256_hex
from dateline.store.rows import AnyRow
from dateline.store.tables import custody

GENESIS = "0" * 64


class CustodyKind(StrEnum):
    """What an entry of the log says happened."""

    RUN_STARTED = "run started"
    RUN_FINISHED = "run finished"
    RECEIVED = "report received"
    READ = "report read"
    REJECTED = "rejected"
    JUDGED = "judged"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class CustodyEntry:
    """One entry: the n-th, at a time, of a kind, about a subject (an id), with what it says."""

    n: int
    at: datetime
    kind: CustodyKind
    subject: str
    payload: Json
    payload_sha256: str
    previous: str
    hash: str

    @property
    def true_hash(self) -> str:
        """Return what the hash must be for what the entry says."""
        moment = self.at.astimezone(UTC).isoformat()
        parts = [self.n, moment, self.kind.value, self.subject, self.payload_sha256, self.previous]
        return sha256_hex(canonical_json(parts))

    @property
    def true_payload_sha256(self) -> str:
        """Return what the hash of the payload must be."""
        return sha256_hex(canonical_json(self.payload))


class CustodyLog:
    """The log in one transaction; it has no way to change or remove an entry."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def append(self, kind: CustodyKind, subject: str, payload: Json, at: datetime) -> CustodyEntry:
        """Add an entry about `subject` and return it."""
        n, previous = self.head()
        draft = CustodyEntry(n + 1, at, kind, subject, payload, "", previous, "")
        digest = draft.true_payload_sha256
        sealed = CustodyEntry(n + 1, at, kind, subject, payload, digest, previous, "")
        entry = CustodyEntry(n + 1, at, kind, subject, payload, digest, previous, sealed.true_hash)
        self._connection.execute(insert(custody).values(**_columns(entry)))
        return entry

    def head(self) -> tuple[int, str]:
        """Return the number and hash of the last entry: what a witness would write down."""
        last = select(custody.c.n, custody.c.hash).order_by(custody.c.n.desc()).limit(1)
        row = self._connection.execute(last).first()
        return (row.n, row.hash) if row else (0, GENESIS)

    def count(self) -> int:
        """Return the number of entries."""
        return self._connection.execute(select(func.count()).select_from(custody)).scalar_one()

    def entries(self) -> Iterator[CustodyEntry]:
        """Yield all entries, oldest first."""
        query = select(custody).order_by(custody.c.n).execution_options(yield_per=500)
        for row in self._connection.execute(query):
            yield _entry_from(row)


def _entry_from(row: AnyRow) -> CustodyEntry:
    return CustodyEntry(
        row.n,
        row.at,
        CustodyKind(row.kind),
        row.subject,
        row.payload,
        row.payload_sha256,
        row.previous,
        row.hash,
    )


def _columns(entry: CustodyEntry) -> dict[str, object]:
    return {
        "n": entry.n,
        "at": entry.at,
        "kind": entry.kind.value,
        "subject": entry.subject,
        "payload": entry.payload,
        "payload_sha256": entry.payload_sha256,
        "previous": entry.previous,
        "hash": entry.hash,
    }

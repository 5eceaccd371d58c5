"""Checking a store against its custody log: bytes, texts, decisions and the chain itself."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import Connection, Table, func, select

from dateline.model import Json, canonical_json, sha256_hex
from dateline.store.custody import GENESIS, CustodyKind, CustodyLog
from dateline.store.decisions import judgement_payload, withdrawal_payload
from dateline.store.evidence import document_payload, report_payload
from dateline.store.rows import document_from, judgement_from, report_from
from dateline.store.tables import blobs, documents, judgements, reports

Sealed = dict[tuple[CustodyKind, str], str]  # what the log says of a subject: the hash of its payload


@dataclass(frozen=True, slots=True)
class Verification:
    """What was checked, the hash of the last entry to write down elsewhere, and what is wrong.

    A log whose last entries were cut off together with all that they speak of can only be found
    out by comparing `entries` and `head` with a note made earlier.
    """

    entries: int
    head: str
    blobs: int
    reports: int
    judgements: int
    faults: tuple[str, ...] = ()

    @property
    def holds(self) -> bool:
        """Return whether nothing is wrong."""
        return not self.faults


def verify(connection: Connection) -> Verification:
    """Hash everything again and return what was checked and every fault found."""
    custody = CustodyLog(connection)
    faults: list[str] = []
    sealed: Sealed = {}
    faults.extend(_chain(custody, sealed))
    faults.extend(_blobs(connection))
    faults.extend(_reports(connection, sealed))
    faults.extend(_documents(connection, sealed))
    faults.extend(_judgements(connection, sealed))
    faults.extend(_missing(sealed))
    entries, head = custody.head()
    counts = {table.name: _size(connection, table) for table in (blobs, reports, judgements)}
    return Verification(entries, head, faults=tuple(faults), **counts)


def _size(connection: Connection, table: Table) -> int:
    return connection.execute(select(func.count()).select_from(table)).scalar_one()


def _chain(custody: CustodyLog, sealed: Sealed) -> Iterator[str]:
    expected, previous = 1, GENESIS
    for entry in custody.entries():
        if entry.n != expected:
            yield f"custody entry {expected} is missing (found {entry.n} in its place)"
        if entry.previous != previous:
            yield f"custody entry {entry.n} is not chained to the entry before it"
        if entry.payload_sha256 != entry.true_payload_sha256:
            yield f"custody entry {entry.n} ({entry.kind}, {entry.subject}): what it says was altered"
        if entry.hash != entry.true_hash:
            yield f"custody entry {entry.n} ({entry.kind}, {entry.subject}) was altered"
        sealed[entry.kind, entry.subject] = entry.payload_sha256
        expected, previous = entry.n + 1, entry.hash


def _blobs(connection: Connection) -> Iterator[str]:
    for row in connection.execute(select(blobs).execution_options(yield_per=20)):
        if sha256_hex(row.content) != row.sha256:
            yield f"the stored bytes of blob {row.sha256[:16]} were altered"


def _reports(connection: Connection, sealed: Sealed) -> Iterator[str]:
    query = select(reports, blobs.c.content, blobs.c.media_type).outerjoin(blobs)
    for row in connection.execute(query.execution_options(yield_per=20)):
        if row.content is None:
            sealed.pop((CustodyKind.RECEIVED, row.id), None)
            yield f"the stored bytes of report {row.id} are missing"
            continue
        payload = report_payload(report_from(row), row.supersedes)
        yield from _compare(sealed, CustodyKind.RECEIVED, row.id, payload, "report")


def _documents(connection: Connection, sealed: Sealed) -> Iterator[str]:
    for row in connection.execute(select(documents).execution_options(yield_per=100)):
        if sha256_hex(row.text) != row.content_sha256:
            yield f"the text of report {row.report_id} was altered"
        payload = document_payload(document_from(row))
        yield from _compare(sealed, CustodyKind.READ, row.report_id, payload, "the document of report")


def _judgements(connection: Connection, sealed: Sealed) -> Iterator[str]:
    for row in connection.execute(select(judgements)):
        judgement = judgement_from(row)
        payload = judgement_payload(judgement)
        yield from _compare(sealed, CustodyKind.JUDGED, judgement.id, payload, "judgement")
        if judgement.withdrawn_at:
            withdrawal = withdrawal_payload(judgement.withdrawn_by or "", judgement.withdrawn_at)
            yield from _compare(sealed, CustodyKind.WITHDRAWN, judgement.id, withdrawal, "the withdrawal of")


def _compare(sealed: Sealed, kind: CustodyKind, subject: str, payload: Json, what: str) -> Iterator[str]:
    logged = sealed.pop((kind, subject), None)
    if logged is None:
        yield f"{what} {subject} is not in the custody log"
    elif logged != sha256_hex(canonical_json(payload)):
        yield f"{what} {subject} is not as the custody log has it"


def _missing(sealed: Sealed) -> Iterator[str]:
    kept = (CustodyKind.RECEIVED, CustodyKind.READ, CustodyKind.JUDGED, CustodyKind.WITHDRAWN)
    for kind, subject in sealed:
        if kind in kept:
            yield f"the custody log has {subject} ({kind}), but it is not in the store"

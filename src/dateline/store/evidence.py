"""Reports as received, the documents they were read as, and what could not be read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime

from sqlalchemy import Connection, func, insert, select, update

from dateline.model import Document, Json, MediaType, Rejection, Report, Retrieval, identity
from dateline.store.custody import CustodyKind, CustodyLog
from dateline.store.lookup import next_number, one_id, portions
from dateline.store.rows import (
    document_columns,
    document_from,
    published_to_json,
    rejection_from,
    report_columns,
    report_from,
)
from dateline.store.tables import blobs, documents, rejections, reports, retrievals

_ITS_REPORT = documents.c.report_id == reports.c.id


class Evidence:
    """What came in: only ever added to."""

    def __init__(self, connection: Connection, custody: CustodyLog) -> None:
        self._connection = connection
        self._custody = custody

    def receive(self, report: Report, at: datetime) -> bool:
        """Keep a report and return True; of one that is known, only the retrieval, and return False.

        Other bytes than before at the same address supersede what was there.
        """
        known = self._has(report.id)
        if not known:
            self._keep_blob(report)
            self._keep_report(report, at)
        moment = report.retrieved_at or at
        retrieval = insert(retrievals).values(report_id=report.id, location=report.location, at=moment)
        self._connection.execute(retrieval)
        return not known

    def _has(self, report_id: str) -> bool:
        query = select(reports.c.id).where(reports.c.id == report_id)
        return self._connection.execute(query).first() is not None

    def _keep_blob(self, report: Report) -> None:
        blob = report.blob
        if self._connection.execute(select(blobs.c.sha256).where(blobs.c.sha256 == blob.sha256)).first():
            return
        row = {
            "sha256": blob.sha256,
            "media_type": blob.media_type.value,
            "size": len(blob.content),
            "content": blob.content,
        }
        self._connection.execute(insert(blobs).values(**row))

    def _keep_report(self, report: Report, at: datetime) -> None:
        address = address_of(report)
        supersedes = self._latest_at(address, report.outlet)
        row = report_columns(report) | {"address": address, "supersedes": supersedes}
        number = next_number(self._connection, reports.c.n)
        self._connection.execute(insert(reports).values(n=number, **row))
        self._custody.append(CustodyKind.RECEIVED, report.id, report_payload(report, supersedes), at)

    def _latest_at(self, address: str, outlet: str | None) -> str | None:
        same = select(reports.c.id).where(reports.c.address == address, reports.c.outlet == outlet)
        return self._connection.execute(same.order_by(reports.c.n.desc()).limit(1)).scalar()

    def keep(self, document: Document, at: datetime) -> None:
        """Keep what a report was read as: its text, its outlet and its publication date."""
        row = document_columns(document)
        self._connection.execute(insert(documents).values(**row))
        self._custody.append(CustodyKind.READ, document.report_id, document_payload(document), at)

    def reject(self, rejection: Rejection, at: datetime) -> bool:
        """Keep why something was not read; return False when the same is known already."""
        parts = (rejection.location, rejection.reason.value, rejection.detail, rejection.blob_sha256)
        key = identity("x", *parts)
        if self._connection.execute(select(rejections.c.id).where(rejections.c.id == key)).first():
            return False
        row = {
            "id": key,
            "n": next_number(self._connection, rejections.c.n),
            "location": rejection.location,
            "reason": rejection.reason.value,
            "detail": rejection.detail,
            "blob_sha256": rejection.blob_sha256,
            "report_id": rejection.report_id,
            "at": at,
        }
        self._connection.execute(insert(rejections).values(**row))
        self._custody.append(CustodyKind.REJECTED, rejection.report_id or key, list(parts), at)
        return True

    def read_already(self, report_ids: Iterable[str]) -> frozenset[str]:
        """Return those of the reports that have a document."""
        found: set[str] = set()
        for some in portions(report_ids):
            query = select(documents.c.report_id).where(documents.c.report_id.in_(some))
            found.update(self._connection.execute(query).scalars())
        return frozenset(found)

    def report(self, report_id: str) -> Report:
        """Return the report whose id begins with `report_id`; NotFoundError when there is not one."""
        whole = one_id(self._connection, reports.c.id, report_id, "report")
        joined = select(reports, blobs.c.content, blobs.c.media_type).join(blobs)
        return report_from(self._connection.execute(joined.where(reports.c.id == whole)).one())

    def document(self, report_id: str) -> Document | None:
        """Return what the report was read as, or None when it was rejected."""
        query = select(documents).where(documents.c.report_id == report_id)
        row = self._connection.execute(query).first()
        return document_from(row) if row else None

    def documents(self) -> Iterator[Document]:
        """Yield all documents in the order of arrival."""
        query = (
            select(documents)
            .join(reports, _ITS_REPORT)
            .order_by(reports.c.n)
            .execution_options(yield_per=200)
        )
        for row in self._connection.execute(query):
            yield document_from(row)

    def read_otherwise(self, extractor: str) -> tuple[str, ...]:
        """Return the ids of documents that `extractor`, a version, has not read, in order of arrival."""
        # Not !=, which no index serves: this is asked in every run.
        before, behind = documents.c.extractor < extractor, documents.c.extractor > extractor
        other = before | behind | documents.c.extractor.is_(None)
        query = select(documents.c.report_id).join(reports, _ITS_REPORT).where(other).order_by(reports.c.n)
        return tuple(self._connection.execute(query).scalars())

    def mark_read(self, report_id: str, extractor: str) -> None:
        """Note which version of the extractor read a document last."""
        self._set(report_id, extractor=extractor)

    def read_by(self, report_id: str) -> str:
        """Return which version of the extractor read a document last, or "" when none has."""
        query = select(documents.c.extractor).where(documents.c.report_id == report_id)
        return self._connection.execute(query).scalar() or ""

    def unsigned(self) -> tuple[str, ...]:
        """Return the ids of documents without a signature, in the order of arrival."""
        query = select(documents.c.report_id).join(reports, _ITS_REPORT)
        waiting = query.where(documents.c.signature.is_(None)).order_by(reports.c.n)
        return tuple(self._connection.execute(waiting).scalars())

    def copies(self, report_ids: Iterable[str]) -> dict[str, str]:
        """Return the original of those documents that are copies, by report id."""
        found: dict[str, str] = {}
        for some in portions(report_ids):
            query = select(documents.c.report_id, documents.c.copy_of).where(documents.c.report_id.in_(some))
            rows = self._connection.execute(query.where(documents.c.copy_of.is_not(None)))
            found.update((row.report_id, row.copy_of) for row in rows)
        return found

    def mark_copy(self, report_id: str, copy_of: str | None) -> None:
        """Note which report a document is a copy of, or that it is none."""
        self._set(report_id, copy_of=copy_of)

    def _set(self, report_id: str, **columns: Json) -> None:
        query = update(documents).where(documents.c.report_id == report_id)
        self._connection.execute(query.values(**columns))

    def retrievals(self, report_id: str) -> tuple[Retrieval, ...]:
        """Return when and from where the report's bytes came, first time first."""
        query = select(retrievals).where(retrievals.c.report_id == report_id).order_by(retrievals.c.n)
        return tuple(Retrieval(row.location, row.at) for row in self._connection.execute(query))

    def corrected_by(self, report_id: str) -> str | None:
        """Return the last report that came to the address of another after it, or None."""
        query = select(reports.c.id).where(reports.c.supersedes == report_id)
        return self._connection.execute(query.order_by(reports.c.n.desc()).limit(1)).scalar()

    def corrected(self, report_ids: Iterable[str]) -> frozenset[str]:
        """Return the reports that some of these correct."""
        found: set[str] = set()
        for some in portions(report_ids):
            query = select(reports.c.supersedes).where(reports.c.id.in_(some))
            found.update(self._connection.execute(query.where(reports.c.supersedes.is_not(None))).scalars())
        return frozenset(found)

    def superseded(self) -> dict[str, str]:
        """Return, for each report that corrects an earlier one at its address, the earlier one's id."""
        query = select(reports.c.id, reports.c.supersedes).where(reports.c.supersedes.is_not(None))
        return {row.id: row.supersedes for row in self._connection.execute(query)}

    def rejections(self) -> Iterator[Rejection]:
        """Yield everything that was not read, oldest first."""
        for row in self._connection.execute(select(rejections).order_by(rejections.c.n)):
            yield rejection_from(row)

    def count(self) -> int:
        """Return the number of reports that have a document."""
        return self._connection.execute(select(func.count()).select_from(documents)).scalar_one()


def address_of(report: Report) -> str:
    """Return where other bytes would be another version of the report.

    That is its url, else the id that its carrier gives it, else its file; a line of a file without
    either has no address but itself, since lines move.
    """
    if report.url:
        return report.url
    if name := report.stated.get("id"):
        return f"id:{name}"
    return report.id if report.blob.media_type is MediaType.JSON else report.location


def report_payload(report: Report, supersedes: str | None) -> Json:
    """Return what the custody log says of a report that came in."""
    return {
        "blob": report.blob.sha256,
        "location": report.location,
        "outlet": report.outlet,
        "url": report.url,
        "stated": dict(report.stated),
        "supersedes": supersedes,
    }


def document_payload(document: Document) -> Json:
    """Return what the custody log says of what a report was read as."""
    return {
        "text": document.content_sha256,
        "outlet": document.outlet,
        "language": document.language,
        "published": published_to_json(document.published),
    }

"""The signatures of documents, found again by any band of equal hashes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sqlalchemy import Connection, bindparam, insert, select, update

from dateline.model import Json
from dateline.store.lookup import portions
from dateline.store.tables import copy_bands, documents, reports


class Signatures:
    """What is kept of documents to know copies of them, as JSON terms, and the bands they are found by."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def sign(self, report_id: str, signature: Json, bands: Iterable[int]) -> None:
        """Keep the signature of a document that has none."""
        query = update(documents).where(documents.c.report_id == report_id)
        self._connection.execute(query.values(signature=signature))
        number = self._connection.execute(select(reports.c.n).where(reports.c.id == report_id)).scalar_one()
        self._connection.execute(insert(copy_bands), [{"band": b, "n": number} for b in sorted(set(bands))])

    def of(self, report_ids: Iterable[str]) -> dict[str, Json]:
        """Return the signatures of those documents that have one, by report id."""
        found: dict[str, Json] = {}
        for some in portions(report_ids):
            query = select(documents.c.report_id, documents.c.signature).where(
                documents.c.report_id.in_(some)
            )
            rows = self._connection.execute(query.where(documents.c.signature.is_not(None)))
            found.update((row.report_id, row.signature) for row in rows)
        return found

    def in_bands(self, bands: Sequence[int], most: int) -> frozenset[str]:
        """Return the reports that share a band, at most `most` for each of the bands, the first to come."""
        of_band = (
            select(reports.c.id)
            .join(copy_bands, copy_bands.c.n == reports.c.n)
            .where(copy_bands.c.band == bindparam("band"))
            .order_by(copy_bands.c.n)
            .limit(most)
        )
        found: set[str] = set()
        for band in bands:
            found.update(self._connection.execute(of_band, {"band": band}).scalars())
        return frozenset(found)

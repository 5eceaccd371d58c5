"""The day on which an HTML page was published: {id, file, url} to {id, date}."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import trafilatura

from benchmarks.tasks.html_text import Row, markup_of
from dateline.ingest.page_dates import published_of


def predict(rows: Iterable[Row]) -> Iterator[Row]:
    """Yield the latest day on which each page can have been published; null where nothing says."""
    for row in rows:
        tree = trafilatura.load_html(markup_of(row))
        latest = published_of(tree, row.get("url")).range.latest if tree is not None else None
        yield {"id": row["id"], "date": latest.isoformat() if latest else None}

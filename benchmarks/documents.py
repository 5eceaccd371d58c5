"""Rows of a benchmark as the documents that the product's own reader and parser make of them."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from dateline.config import Settings
from dateline.ingest import parse, read
from dateline.model import Document, Rejection

Row = dict[str, Any]
CARRIED = ("id", "outlet", "published", "date", "title", "text")


def documents(rows: Iterable[Row], settings: Settings | None = None) -> Iterator[tuple[Row, Document]]:
    """Yield each row with its document, in order; a row that the product rejects is left out."""
    settings = settings or Settings()
    for row in rows:
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder) / "row.jsonl"
            file.write_text(json.dumps({k: row.get(k) for k in CARRIED if row.get(k)}) + "\n", "utf-8")
            for report in read(file, settings):
                found = report if isinstance(report, Rejection) else parse(report, settings)
                if isinstance(found, Document):
                    yield row, found

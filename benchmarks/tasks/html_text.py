"""The article's text of an HTML page: {id, file, url} to {id, text}."""

from __future__ import annotations

import gzip
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from dateline.ingest.encoding import UndecodableError, decode
from dateline.ingest.page import NoArticleError, article_of

Row = dict[str, Any]


def markup_of(row: Row) -> str:
    """Return the markup in a row's gzipped file; an empty text when its encoding cannot be told."""
    try:
        return decode(gzip.decompress(Path(row["file"]).read_bytes()))
    except UndecodableError:
        return ""


def predict(rows: Iterable[Row]) -> Iterator[Row]:
    """Yield the body of each page, in whatever language, without its headline."""
    for row in rows:
        try:
            text = article_of(markup_of(row), row.get("url")).body
        except NoArticleError:
            text = ""
        yield {"id": row["id"], "text": text}

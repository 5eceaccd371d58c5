"""Incident mentions in the codebook's form, linked: all reports of the input are one casebook."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from benchmarks.documents import documents
from dateline.export.reference import annotate
from dateline.extract.rules import RuleExtractor

Row = dict[str, Any]


def predict(rows: Iterable[Row]) -> Iterator[Row]:
    """Yield one annotation a report."""
    extractor = RuleExtractor()
    for row, document in documents(rows):
        yield annotate(row["id"], document, extractor.extract(document)).to_json()

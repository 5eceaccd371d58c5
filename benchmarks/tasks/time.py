"""Time expressions in TIMEX3 terms: {id, dct, text} to {id, timexes: [{start, end, type, value}]}."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from dateline.extract.sentences import sentences
from dateline.extract.times import find_times, parse_date
from dateline.model import UNKNOWN_DATE


def predict(rows: Iterable[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """Yield the time expressions of each row's text."""
    for row in rows:
        text = row["text"]
        published = parse_date((row.get("dct") or "").partition("T")[0]) or UNKNOWN_DATE
        mentions = find_times(text, published, sentences(text))
        yield {
            "id": row["id"],
            "timexes": [
                {"start": m.span.start, "end": m.span.end, "type": m.kind, "value": m.value} for m in mentions
            ],
        }

"""The fields of the main incident of a summary."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from benchmarks.documents import documents
from dateline.extract.reader import shipped_extractor
from dateline.model import Count, Focus, IncidentMention, Scope, What, Who

Row = dict[str, Any]
ASKED = {
    "killed": (What.KILLED,),
    "wounded": (What.WOUNDED,),
    "kidnapped": (What.ABDUCTED, What.HOSTAGES),
    "arrested": (What.ARRESTED,),
}


def predict(rows: Iterable[Row]) -> Iterator[Row]:
    """Yield the fields of each row's main incident; counts are lower bounds."""
    extractor = shipped_extractor(accidents=True)
    for row, document in documents(rows):
        mentions = extractor.extract(document)
        if mentions:
            yield {"id": row["id"], **fields(mentions)}


def fields(mentions: Sequence[IncidentMention]) -> Row:
    """Return date, place and type of the main mention, and the tolls of all: a summary is of one incident."""
    main = next((m for m in mentions if m.focus is Focus.MAIN), mentions[0])
    place = main.place
    counts = [count for mention in mentions for count in mention.counts]
    return {
        "type": main.type.value,
        "date": main.date.to_json() if main.date.is_known else None,
        "country": place.country if place else None,
        "admin1": place.admin1 if place else None,
        "place": place.name if place else None,
        **{name: toll(counts, whats) for name, whats in ASKED.items()},
    }


def toll(counts: Iterable[Count], whats: Sequence[What]) -> int | None:
    """Return the lower bound of a toll: the undivided total, or the sum of its sides."""
    totals = [c for c in counts if c.what in whats and c.scope is Scope.TOTAL and c.low is not None]
    if not totals:
        return None
    by_side: dict[Who, int] = {}
    for count in totals:
        by_side[count.who] = max(by_side.get(count.who, 0), count.low or 0)
    undivided = by_side.pop(Who.UNSPECIFIED, 0)
    return max(undivided, sum(by_side.values()))

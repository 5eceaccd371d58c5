"""Task `geo`: places found in a text, with coordinates."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from dateline.extract.places import AREA, PlaceFinder
from dateline.gazetteer import Gazetteer
from dateline.model import PlaceMention

Row = dict[str, Any]


def predict(rows: Iterable[Row]) -> Iterator[Row]:
    """Yield the toponyms of each text; all readings count, locations or not."""
    finder = PlaceFinder(Gazetteer.shipped())
    for row in rows:
        found = (mention for mention in finder.find(row["text"]) if mention.kind != AREA)
        yield {"id": row["id"], "toponyms": [toponym(mention) for mention in found]}


def toponym(mention: PlaceMention) -> Row:
    """Return a mention in the scorer's form."""
    place = mention.place
    return {
        "start": mention.span.start,
        "end": mention.span.end,
        "phrase": mention.span.quote,
        "lat": place.latitude if place else None,
        "lon": place.longitude if place else None,
    }

"""Mentions with the incident that each is known to be of: what link weights are fitted and tried on."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

from benchmarks.casebook import main_of

from dateline.extract.extractor import Extractor
from dateline.extract.places import PlaceFinder
from dateline.extract.sentences import sentences
from dateline.link import Linkable, linkables
from dateline.model import (
    UNKNOWN_DATE,
    Actor,
    Argument,
    CaptivityStatus,
    Count,
    DateRange,
    Document,
    Field,
    Focus,
    IncidentMention,
    IncidentType,
    PerpetratorCategory,
    Place,
    Published,
    PublishedBasis,
    Reality,
    Span,
    TargetCategory,
    Value,
)

Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class World:
    """Mentions, and the incident of each, None where it is not known."""

    name: str
    items: tuple[Linkable, ...]
    incidents: tuple[str | None, ...]


def rows(path: Path) -> list[dict[str, Any]]:
    """Return the rows of a JSON Lines file, gzipped or not."""
    data = path.read_bytes()
    lines = gzip.decompress(data) if path.suffix == ".gz" else data
    return [json.loads(line) for line in lines.decode("utf-8").splitlines() if line.strip()]


def told(path: Path, extractor: Extractor) -> World:
    """Return the main incidents of reports that are known to tell one each (`incident_id`)."""
    kept = [row for row in rows(path) if not row.get("flags") and len(row.get("incident_ids", [0])) == 1]
    incidents = {row["id"]: row["incident_id"] for row in kept}
    items: list[Linkable] = []
    labels: list[str | None] = []
    for row in kept:
        document = _document(row)
        mentions = extractor.extract(document)
        found, main = linkables(document, mentions), main_of(mentions)
        items += found
        labels += [incidents[row["id"]] if item.mention == main else None for item in found]
    return World(path.stem, tuple(items), tuple(labels))


def _document(row: Row) -> Document:
    day = row.get("published") or row.get("date")
    dates = DateRange.day(date.fromisoformat(day)) if day else UNKNOWN_DATE
    published = Published(dates, PublishedBasis.STATED if day else PublishedBasis.UNKNOWN)
    return Document.of(row["id"], row["title"], row["text"], outlet=row.get("outlet"), published=published)


def annotated(annotations: Path, reports: Path, finder: PlaceFinder) -> World:
    """Return the incidents of annotated reports as coded by hand; each `incident` id is one incident."""
    documents = {row["id"]: _document(row) for row in rows(reports)}
    items: list[Linkable] = []
    labels: list[str | None] = []
    for row in rows(annotations):
        document = documents[row["id"]]
        mentions = tuple(_mention(document, coded, finder) for coded in row["incidents"])
        items += linkables(document, mentions)
        labels += [coded.get("incident") or f"{row['id']}/{coded['key']}" for coded in row["incidents"]]
    return World(annotations.stem, tuple(items), tuple(labels))


def _mention(document: Document, coded: Row, finder: PlaceFinder) -> IncidentMention:
    span = _span(document, coded.get("quote"))
    arguments = [
        Argument(field, value, _span(document, quote))
        for field, value, quote in _values(coded, finder)
        if value is not None
    ]
    inside = [(a.span.start, a.span.end) for a in arguments if a.span.start]
    told_by = tuple(
        s for s in sentences(document.text) if any(s[0] <= at < s[1] for at, _ in [*inside, (span.start, 0)])
    )
    return IncidentMention(
        document.report_id,
        IncidentType(coded["type"]),
        Focus(coded["focus"]),
        Reality(coded["reality"]),
        span,
        tuple(arguments),
        sentences=told_by,
    )


def _span(document: Document, quote: str | None) -> Span:
    at = document.text.find(quote) if quote else -1
    return document.span(at, at + len(quote)) if quote and at >= 0 else document.span(0, 0)


def _values(coded: Row, finder: PlaceFinder) -> Iterator[tuple[Field, Value | None, str | None]]:
    if dates := coded.get("date"):
        yield Field.DATE, DateRange.from_json(dates), dates.get("quote")
    if where := coded.get("place"):
        yield Field.PLACE, _place(where, finder), where.get("quote")
    for actor in coded.get("perpetrators") or ():
        category = PerpetratorCategory(actor["category"])
        yield Field.PERPETRATOR, Actor(actor["quote"], category, actor.get("name")), actor["quote"]
    for actor in coded.get("targets") or ():
        yield Field.TARGET, Actor(actor["quote"], TargetCategory(actor["category"])), actor["quote"]
    for count in coded.get("counts") or ():
        yield Field.COUNT, Count.from_json(count), count["quote"]
    if status := coded.get("status"):
        yield Field.STATUS, CaptivityStatus(status), None


def _place(coded: Row, finder: PlaceFinder) -> Place:
    said = Place(coded.get("name"), coded.get("admin1"), coded.get("country"), coded.get("site"))
    for found in finder.find(said.name or "", said.country):
        if found.place and found.place.country == said.country:
            return replace(found.place, name=said.name, admin1=said.admin1, site=said.site)
    return said

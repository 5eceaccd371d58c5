"""CSV: one row an incident, one row a count, one row a claim.

Reports are written by strangers, and a spreadsheet takes a cell that begins with = + - or @ for a
formula to be run; such text gets an apostrophe in front.
"""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TextIO

from dateline.export.format import Manifest
from dateline.export.precision import precision
from dateline.export.summary import Summary, count_columns
from dateline.model import Citation, Claim, Count, Incident, Place, Resolution

Cell = str | int | float | bool | None
Row = Mapping[str, Cell]
Rows = Callable[[Incident, Mapping[str, Citation]], Iterable[Row]]

_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")  # fullwidth forms run as well


def safe_cell(cell: Cell) -> Cell:
    """Return the cell so that no spreadsheet runs it: text that looks like a formula gets an apostrophe."""
    if isinstance(cell, bool):
        return str(cell).lower()
    if isinstance(cell, str):
        plain = cell.replace("\0", "")
        return "'" + plain if plain.lstrip(" ").startswith(_FORMULA) else plain
    return cell


@dataclass(frozen=True, slots=True)
class CsvFormat:
    """A table whose `columns` never change with the data; the last one names the rule."""

    name: str
    description: str
    columns: tuple[str, ...]
    rows: Rows

    def write(
        self,
        incidents: Iterable[Incident],
        citations: Mapping[str, Citation],
        manifest: Manifest,
        out: TextIO,
    ) -> None:
        """Write the header and the rows of each incident."""
        table = csv.writer(out, lineterminator="\n")
        table.writerow((*self.columns, "rule"))
        for incident in incidents:
            for row in self.rows(incident, citations):
                cells = (*(row[column] for column in self.columns), manifest.rule)
                table.writerow([safe_cell(cell) for cell in cells])


def tables() -> tuple[CsvFormat, ...]:
    """Return the three tables."""
    return (
        CsvFormat("csv", "one row an incident, the chosen values", _INCIDENT_COLUMNS, _incident_rows),
        CsvFormat("csv-counts", "one row a count of an incident, as numbers", _COUNT_COLUMNS, _count_rows),
        CsvFormat(
            "csv-claims", "one row a claim, with its words and its report", _CLAIM_COLUMNS, _claim_rows
        ),
    )


_INCIDENT_COLUMNS = (
    "incident",
    "type",
    "reality",
    "date_earliest",
    "date_latest",
    "place",
    "town",
    "admin1",
    "country",
    "site",
    "latitude",
    "longitude",
    "radius_km",
    "precision",
    "perpetrators",
    "targets",
    "weapons",
    *count_columns().values(),
    "status",
    "claimed_by",
    "contested",
    "reports",
    "outlets",
    "first_published",
)


def _incident_rows(incident: Incident, citations: Mapping[str, Citation]) -> Iterator[Row]:
    summary = Summary.of(incident, citations)
    place = summary.place or Place()
    days = summary.date.to_json()
    yield {
        "incident": incident.id,
        "type": incident.type.value,
        "reality": incident.reality.value,
        "date_earliest": days["earliest"],
        "date_latest": days["latest"],
        "place": place.name,
        "town": place.town,
        "admin1": place.admin1,
        "country": place.country,
        "site": place.site,
        "latitude": place.latitude,
        "longitude": place.longitude,
        "radius_km": place.radius_km,
        "precision": precision(summary.place).value,
        "perpetrators": summary.perpetrators,
        "targets": summary.targets,
        "weapons": summary.weapons,
        **summary.counts,
        "status": summary.status,
        "claimed_by": summary.claimed_by,
        "contested": summary.contested,
        "reports": len(incident.report_ids),
        "outlets": "; ".join(summary.outlets),
        "first_published": summary.first_published,
    }


_COUNT_COLUMNS = (
    "incident",
    "what",
    "who",
    "scope",
    "of_whom",
    "low",
    "high",
    "vague",
    "includes_perpetrators",
    "standing",
    "reason",
    "judged",
    "supporting_claims",
    "opposing_claims",
    "outlets",
)


def _count_rows(incident: Incident, citations: Mapping[str, Citation]) -> Iterator[Row]:
    for resolution in incident.resolutions:
        if isinstance(resolution.value, Count):
            yield _count_row(incident, resolution, resolution.value, citations)


def _count_row(
    incident: Incident, resolution: Resolution, count: Count, citations: Mapping[str, Citation]
) -> Row:
    claims = incident.claims_by_id
    reports = (claims[claim_id].report_id for claim_id in resolution.supporting if claim_id in claims)
    return {
        **count.to_json(),
        "incident": incident.id,
        "standing": resolution.standing.value,
        "reason": resolution.reason,
        "judged": resolution.judged,
        "supporting_claims": len(resolution.supporting),
        "opposing_claims": len(resolution.opposing),
        "outlets": "; ".join(dict.fromkeys(citations[report_id].name for report_id in reports)),
    }


_CLAIM_COLUMNS = (
    "incident",
    "claim",
    "field",
    "key",
    "value",
    "quote",
    "start",
    "end",
    "speaker",
    "speaker_kind",
    "hedged",
    "denies",
    "standing",
    "chosen",
    "rejected",
    "inferred",
    "corrected_by",
    "score",
    "report",
    "outlet",
    "url",
    "location",
    "published_earliest",
    "published_latest",
    "published_basis",
    "content_sha256",
    "origin",
    "extractor",
)


def _claim_rows(incident: Incident, citations: Mapping[str, Citation]) -> Iterator[Row]:
    resolutions = {resolution.slot: resolution for resolution in incident.resolutions}
    for claim in incident.claims:
        yield _claim_row(incident, claim, resolutions.get(claim.slot), citations[claim.report_id])


def _claim_row(incident: Incident, claim: Claim, resolution: Resolution | None, source: Citation) -> Row:
    days = source.published.range.to_json()
    said = claim.attribution
    return {
        "incident": incident.id,
        "claim": claim.id,
        "field": claim.field.value,
        "key": claim.slot.key,
        "value": str(claim.value),
        "quote": claim.span.quote,
        "start": claim.span.start,
        "end": claim.span.end,
        "speaker": said.speaker,
        "speaker_kind": said.kind.value if said.kind else None,
        "hedged": said.hedged,
        "denies": said.denies,
        "standing": resolution.standing.value if resolution else None,
        "chosen": claim.id in resolution.supporting if resolution else None,
        "rejected": claim.id in resolution.rejected if resolution else None,
        "inferred": claim.inferred,
        "corrected_by": claim.corrected_by,
        "score": claim.score,
        "report": claim.report_id,
        "outlet": source.outlet,
        "url": source.url,
        "location": source.location,
        "published_earliest": days["earliest"],
        "published_latest": days["latest"],
        "published_basis": source.published.basis.value,
        "content_sha256": claim.content_sha256,
        "origin": claim.origin,
        "extractor": claim.extractor,
    }

"""GeoJSON (RFC 7946): one feature an incident, with the radius within which it lies."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, TextIO

from dateline.export.format import Manifest
from dateline.export.precision import precision
from dateline.export.summary import Summary
from dateline.model import Citation, Incident, Place


@dataclass(frozen=True, slots=True)
class GeoJsonFormat:
    """A feature collection; an incident whose place is on no map has a null geometry."""

    name: str = "geojson"
    description: str = "incidents as points, each with its radius in km and its precision"

    def write(
        self,
        incidents: Iterable[Incident],
        citations: Mapping[str, Citation],
        manifest: Manifest,
        out: TextIO,
    ) -> None:
        """Write the file without holding it in memory."""
        metadata = json.dumps({"rule": manifest.rule, "dateline": manifest.version})
        out.write(f'{{"type": "FeatureCollection", "metadata": {metadata}, "features": [')
        separator = "\n"
        for incident in incidents:
            out.write(separator + json.dumps(_feature(incident, citations), ensure_ascii=False))
            separator = ",\n"
        out.write("\n]}\n")


def _feature(incident: Incident, citations: Mapping[str, Citation]) -> dict[str, Any]:
    summary = Summary.of(incident, citations)
    return {
        "type": "Feature",
        "id": incident.id,
        "geometry": _geometry(summary.place),
        "properties": {
            "incident": incident.id,
            "type": incident.type.value,
            "reality": incident.reality.value,
            **summary.date.to_json(),
            **_place(summary.place),
            **{name: words or None for name, words in summary.counts.items()},
            "perpetrators": summary.perpetrators or None,
            "status": summary.status or None,
            "claimed_by": summary.claimed_by or None,
            "outlets": list(summary.outlets),
            "reports": len(incident.report_ids),
        },
    }


def _geometry(place: Place | None) -> dict[str, Any] | None:
    if place is None or place.latitude is None or place.longitude is None:
        return None
    return {"type": "Point", "coordinates": [place.longitude, place.latitude]}


def _place(place: Place | None) -> dict[str, Any]:
    known = place or Place()
    return {
        "place": known.name,
        "town": known.town,
        "admin1": known.admin1,
        "country": known.country,
        "site": known.site,
        "radius_km": known.radius_km,
        "precision": precision(place).value,
    }

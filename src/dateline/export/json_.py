"""JSON: every incident with its resolutions, its claims and the reports they stand in."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, TextIO

from dateline.errors import InputError
from dateline.export.format import Manifest
from dateline.export.records import incident_of, incident_record
from dateline.model import Citation, Incident

FORMAT = "dateline-incidents-1"


@dataclass(frozen=True, slots=True)
class Exported:
    """What a JSON export holds."""

    incidents: tuple[Incident, ...]
    citations: Mapping[str, Citation]
    manifest: Manifest


@dataclass(frozen=True, slots=True)
class JsonFormat:
    """One object: what the file is, then the incidents, one a line."""

    name: str = "json"
    description: str = "incidents with every claim, its words and its report"

    def write(
        self,
        incidents: Iterable[Incident],
        citations: Mapping[str, Citation],
        manifest: Manifest,
        out: TextIO,
    ) -> None:
        """Write the file without holding it in memory."""
        head = {"format": FORMAT, "rule": manifest.rule, "dateline": manifest.version}
        out.write(_compact(head)[:-1] + ', "incidents": [')
        separator = "\n"
        for incident in incidents:
            out.write(separator + _compact(incident_record(incident, citations)))
            separator = ",\n"
        out.write("\n]}\n")


def read(source: TextIO) -> Exported:
    """Return what `JsonFormat` wrote; InputError when it is another file."""
    try:
        whole = json.load(source)
    except json.JSONDecodeError as error:
        raise InputError(f"not a Dateline export: {error}") from error
    if not isinstance(whole, dict) or whole.get("format") != FORMAT:
        raise InputError(f"not a Dateline export: expected an object with format {FORMAT!r}")
    records: list[dict[str, Any]] = whole["incidents"]
    cited = (Citation.from_json(report) for record in records for report in record["reports"])
    return Exported(
        incidents=tuple(incident_of(record) for record in records),
        citations={citation.report_id: citation for citation in cited},
        manifest=Manifest(whole["rule"], whole["dateline"]),
    )


def _compact(value: Mapping[str, Any]) -> str:
    return json.dumps(value, ensure_ascii=False)

"""What reading commands print with --json."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from dateline.export.records import claim_record
from dateline.model import Incident, IncidentMention, LedgerEntry, Standing, What
from dateline.query import ReportView, TimelineEntry
from dateline.store import Change, CustodyEntry
from dateline.values import date_of, place_of, toll
from dateline.why import Step


def incident_row(incident: Incident) -> dict[str, Any]:
    """Return an incident in short: what the table shows."""
    return {
        "id": incident.id,
        "type": incident.type.value,
        "reality": incident.reality.value,
        "date": date_of(incident).to_json(),
        "place": place_of(incident).to_json(),
        "killed": _ends(toll(incident, What.KILLED)),
        "wounded": _ends(toll(incident, What.WOUNDED)),
        "hostages": _ends(toll(incident, What.HOSTAGES)),
        "abducted": _ends(toll(incident, What.ABDUCTED)),
        "reports": len(incident.report_ids),
        "contested": [r.slot.key for r in incident.resolutions if r.standing is Standing.CONTESTED],
    }


def _ends(found: tuple[int, int | None] | None) -> dict[str, int | None] | None:
    return {"low": found[0], "high": found[1]} if found else None


def timeline_row(entry: TimelineEntry) -> dict[str, Any]:
    """Return what one report says of an incident."""
    return {
        "report": entry.source.to_json(),
        "claims": [claim_record(claim) | {"new": claim.id in entry.new} for claim in entry.claims],
    }


def why_rows(why: Mapping[str, Sequence[Step]]) -> dict[str, Any]:
    """Return the steps to each claim's value, by the claim's id."""
    return {
        claim_id: [{"words": step.words, "says": step.says} for step in steps]
        for claim_id, steps in why.items()
    }


def report_row(view: ReportView) -> dict[str, Any]:
    """Return a report with its text and its mentions."""
    report, document = view.report, view.document
    return {
        "id": report.id,
        "location": report.location,
        "url": report.url,
        "outlet": document.outlet if document else report.outlet,
        "blob_sha256": report.blob.sha256,
        "media_type": report.blob.media_type.value,
        "retrievals": [{"location": r.location, "at": r.at.isoformat()} for r in view.retrievals],
        "supersedes": view.supersedes,
        "superseded_by": list(view.superseded_by),
        "rejected": [{"reason": r.reason.value, "detail": r.detail} for r in view.rejections],
        "document": document and {
            "title": document.title,
            "text": document.text,
            "language": document.language,
            "published": document.published.range.to_json() | {"basis": document.published.basis.value},
            "copy_of": document.copy_of,
        },
        "mentions": [mention_row(mention, view.incident_of.get(mention.id)) for mention in view.mentions],
    }  # fmt: skip


def mention_row(mention: IncidentMention, incident_id: str | None) -> dict[str, Any]:
    """Return a mention in short, with the incident that it belongs to."""
    return {
        "id": mention.id,
        "incident": incident_id,
        "type": mention.type.value,
        "focus": mention.focus.value,
        "reality": mention.reality.value,
        "start": mention.span.start,
        "end": mention.span.end,
        "quote": mention.span.quote,
    }


def history_row(change: Change) -> dict[str, Any]:
    """Return one change of one value."""
    return {
        "at": change.at.isoformat(),
        "slot": change.slot,
        "before": change.before,
        "after": change.after,
        "report": change.report_id,
        "judgement": change.judgement_id,
    }


def ledger_row(entry: LedgerEntry) -> dict[str, Any]:
    """Return one line of the ledger of ids."""
    return {
        "at": entry.at.isoformat(),
        "incident": entry.incident_id,
        "act": entry.act.value,
        "target": entry.target,
        "report": entry.report_id,
    }


def custody_row(entry: CustodyEntry) -> dict[str, Any]:
    """Return one entry of the custody log, with all that its hash covers."""
    return {
        "n": entry.n,
        "at": entry.at.isoformat(),
        "kind": entry.kind.value,
        "subject": entry.subject,
        "payload": entry.payload,
        "payload_sha256": entry.payload_sha256,
        "previous": entry.previous,
        "hash": entry.hash,
    }

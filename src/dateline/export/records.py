"""An incident with all its evidence in JSON terms, and back."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Any, TypeVar

from dateline.model import (
    Attribution,
    Citation,
    Claim,
    DateRange,
    Field,
    Incident,
    OfWhom,
    Resolution,
    Scope,
    Slot,
    Span,
    SpeakerKind,
    Standing,
    What,
    Who,
    value_from_json,
    value_to_json,
)

E = TypeVar("E", bound=StrEnum)


def incident_record(incident: Incident, citations: Mapping[str, Citation]) -> dict[str, Any]:
    """Return the incident: a resolution for each field, every claim with its words, every report."""
    return {
        "id": incident.id,
        "type": incident.type.value,
        "reality": incident.reality.value,
        "resolutions": [resolution_record(resolution) for resolution in incident.resolutions],
        "claims": [claim_record(claim) for claim in incident.claims],
        "reports": [citations[report_id].to_json() for report_id in incident.report_ids],
        "mentions": list(incident.mention_ids),
        "related": list(incident.related),
    }


def resolution_record(resolution: Resolution) -> dict[str, Any]:
    """Return what the rule chose for one field or count, why, and the ids of the claims for and against."""
    return {
        **_slot_record(resolution.slot),
        "standing": resolution.standing.value,
        "values": [value_to_json(value) for value in resolution.values],
        "text": "; ".join(str(value) for value in resolution.values),
        "rule": resolution.rule,
        "reason": resolution.reason,
        "judged": resolution.judged,
        "supporting": list(resolution.supporting),
        "opposing": list(resolution.opposing),
        "rejected": list(resolution.rejected),
    }


def claim_record(claim: Claim) -> dict[str, Any]:
    """Return one claim: the value, the words with their offsets, and who says them."""
    said = claim.attribution
    return {
        "id": claim.id,
        "field": claim.field.value,
        "value": value_to_json(claim.value),
        "text": str(claim.value),
        "quote": claim.span.quote,
        "start": claim.span.start,
        "end": claim.span.end,
        "report_id": claim.report_id,
        "content_sha256": claim.content_sha256,
        "mention_id": claim.mention_id,
        "speaker": {
            "words": said.words,
            "name": said.name,
            "kind": said.kind.value if said.kind else None,
            "hedged": said.hedged,
            "denies": said.denies,
        },
        "as_of": claim.as_of.to_json(),
        "origin": claim.origin,
        "extractor": claim.extractor,
        "score": claim.score,
        "inferred": claim.inferred,
        "corrected_by": claim.corrected_by,
    }


def incident_of(record: Mapping[str, Any]) -> Incident:
    """Return the incident that `incident_record` wrote."""
    return Incident(
        id=record["id"],
        mention_ids=tuple(record["mentions"]),
        report_ids=tuple(report["report_id"] for report in record["reports"]),
        resolutions=tuple(_resolution_of(each) for each in record["resolutions"]),
        claims=tuple(_claim_of(each) for each in record["claims"]),
        related=tuple(record["related"]),
    )


def _slot_record(slot: Slot) -> dict[str, Any]:
    parts = (slot.what, slot.who, slot.scope, slot.of_whom)
    names = ("what", "who", "scope", "of_whom")
    counted = {name: part.value if part else None for name, part in zip(names, parts, strict=True)}
    return {"key": slot.key, "field": slot.field.value, **(counted if slot.what else {})}


def _slot_of(record: Mapping[str, Any]) -> Slot:
    return Slot(
        Field(record["field"]),
        _member(What, record.get("what")),
        _member(Who, record.get("who")),
        _member(Scope, record.get("scope")),
        _member(OfWhom, record.get("of_whom")),
    )


def _resolution_of(record: Mapping[str, Any]) -> Resolution:
    slot = _slot_of(record)
    return Resolution(
        slot=slot,
        standing=Standing(record["standing"]),
        values=tuple(value_from_json(slot.field, value) for value in record["values"]),
        rule=record["rule"],
        reason=record["reason"],
        supporting=tuple(record["supporting"]),
        opposing=tuple(record["opposing"]),
        judged=record["judged"],
        rejected=tuple(record["rejected"]),
    )


def _claim_of(record: Mapping[str, Any]) -> Claim:
    field, said = Field(record["field"]), record["speaker"]
    return Claim(
        mention_id=record["mention_id"],
        report_id=record["report_id"],
        content_sha256=record["content_sha256"],
        field=field,
        value=value_from_json(field, record["value"]),
        span=Span(record["start"], record["end"], record["quote"]),
        attribution=Attribution(
            said["words"], _member(SpeakerKind, said["kind"]), said["name"], said["hedged"], said["denies"]
        ),
        as_of=DateRange.from_json(record["as_of"]),
        origin=record["origin"],
        extractor=record["extractor"],
        score=record["score"],
        inferred=record["inferred"],
        corrected_by=record.get("corrected_by"),
    )


def _member(vocabulary: type[E], word: str | None) -> E | None:
    return vocabulary(word) if word else None

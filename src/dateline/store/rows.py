"""Between rows of the tables and the types of the model: one function each way for each type."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from sqlalchemy import Row

from dateline.model import (
    Anchor,
    Argument,
    Attribution,
    Blob,
    Claim,
    DateRange,
    Document,
    Field,
    Focus,
    Incident,
    IncidentMention,
    IncidentType,
    Judgement,
    LedgerAct,
    LedgerEntry,
    MediaType,
    OfWhom,
    Published,
    PublishedBasis,
    Reality,
    Rejection,
    RejectionReason,
    Report,
    Resolution,
    Scope,
    Slot,
    Span,
    SpeakerKind,
    Standing,
    Verdict,
    What,
    Who,
    value_from_json,
    value_to_json,
)

AnyRow = Row[Any]
Columns = dict[str, Any]


def span_from(row: AnyRow) -> Span:
    """Return the span in the columns start, end and quote."""
    return Span(row.start, row.end, row.quote)


def _span_columns(span: Span) -> Columns:
    return {"start": span.start, "end": span.end, "quote": span.quote}


def report_from(row: AnyRow) -> Report:
    """Return the report of a row of `reports` joined with its blob."""
    blob = Blob(row.blob_sha256, row.content, MediaType(row.media_type))
    stated = MappingProxyType(dict(row.stated))
    return Report(row.id, blob, row.location, row.outlet, row.url, stated, row.retrieved_at)


def report_columns(report: Report) -> Columns:
    """Return the columns of `reports` that the report itself gives."""
    return {
        "id": report.id,
        "blob_sha256": report.blob.sha256,
        "location": report.location,
        "outlet": report.outlet,
        "url": report.url,
        "stated": dict(report.stated),
        "retrieved_at": report.retrieved_at,
    }


def published_to_json(published: Published) -> Columns:
    """Return the publication date with its basis and the words that say it."""
    return published.range.to_json() | {"basis": published.basis.value, "quote": published.quote}


def published_from_json(data: Mapping[str, Any]) -> Published:
    """Return the publication date that `published_to_json` wrote."""
    return Published(DateRange.from_json(data), PublishedBasis(data["basis"]), data["quote"])


def document_from(row: AnyRow) -> Document:
    """Return the document of a row, with its publication date as it was read."""
    return Document(
        row.report_id,
        row.text,
        row.body_start,
        row.outlet,
        row.language,
        published_from_json(row.published),
        row.copy_of,
    )


def document_columns(document: Document) -> Columns:
    """Return the columns of `documents`."""
    return {
        "report_id": document.report_id,
        "content_sha256": document.content_sha256,
        "text": document.text,
        "body_start": document.body_start,
        "outlet": document.outlet,
        "language": document.language,
        "published": published_to_json(document.published),
        "copy_of": document.copy_of,
    }


def rejection_from(row: AnyRow) -> Rejection:
    """Return the rejection of a row."""
    return Rejection(row.location, RejectionReason(row.reason), row.detail, row.blob_sha256, row.report_id)


def attribution_to_json(attribution: Attribution) -> Columns:
    """Return who says something, in JSON terms."""
    return {
        "words": attribution.words,
        "kind": attribution.kind.value if attribution.kind else None,
        "name": attribution.name,
        "hedged": attribution.hedged,
        "denies": attribution.denies,
    }


def attribution_from_json(data: Mapping[str, Any]) -> Attribution:
    """Return the attribution that `attribution_to_json` wrote."""
    kind = SpeakerKind(data["kind"]) if data["kind"] else None
    return Attribution(data["words"], kind, data["name"], data["hedged"], data["denies"])


def _argument_to_json(argument: Argument) -> Columns:
    return _span_columns(argument.span) | {
        "field": argument.field.value,
        "value": value_to_json(argument.value),
        "attribution": attribution_to_json(argument.attribution),
        "score": argument.score,
        "inferred": argument.inferred,
    }


def _argument_from_json(data: Mapping[str, Any]) -> Argument:
    field = Field(data["field"])
    return Argument(
        field,
        value_from_json(field, data["value"]),
        Span(data["start"], data["end"], data["quote"]),
        attribution_from_json(data["attribution"]),
        data["score"],
        data["inferred"],
    )


def mention_from(row: AnyRow) -> IncidentMention:
    """Return the incident mention of a row."""
    return IncidentMention(
        row.report_id,
        IncidentType(row.type),
        Focus(row.focus),
        Reality(row.reality),
        span_from(row),
        tuple(_argument_from_json(argument) for argument in row.arguments),
        tuple(IncidentType(kind) for kind in row.also),
        tuple((start, end) for start, end in row.sentences),
        row.retold,
        row.score,
    )


def mention_columns(mention: IncidentMention) -> Columns:
    """Return the columns of `mentions` that the mention itself gives."""
    return _span_columns(mention.span) | {
        "id": mention.id,
        "report_id": mention.report_id,
        "type": mention.type.value,
        "focus": mention.focus.value,
        "reality": mention.reality.value,
        "also": [kind.value for kind in mention.also],
        "sentences": [list(sentence) for sentence in mention.sentences],
        "arguments": [_argument_to_json(argument) for argument in mention.arguments],
        "retold": mention.retold,
        "score": mention.score,
    }


def claim_from(row: AnyRow) -> Claim:
    """Return the claim of a row."""
    field = Field(row.field)
    kind = SpeakerKind(row.speaker_kind) if row.speaker_kind else None
    return Claim(
        row.mention_id,
        row.report_id,
        row.content_sha256,
        field,
        value_from_json(field, row.value),
        span_from(row),
        Attribution(row.speaker_words, kind, row.speaker_name, row.hedged, row.denies),
        DateRange(row.as_of_earliest, row.as_of_latest),
        row.origin,
        row.extractor,
        row.score,
        row.inferred,
        row.corrected_by,
    )


def claim_columns(claim: Claim) -> Columns:
    """Return the columns of `claims` that the claim itself gives."""
    said = claim.attribution
    return _span_columns(claim.span) | {
        "id": claim.id,
        "mention_id": claim.mention_id,
        "report_id": claim.report_id,
        "content_sha256": claim.content_sha256,
        "field": claim.field.value,
        "value": value_to_json(claim.value),
        "speaker_words": said.words,
        "speaker_kind": said.kind.value if said.kind else None,
        "speaker_name": said.name,
        "hedged": said.hedged,
        "denies": said.denies,
        "as_of_earliest": claim.as_of.earliest,
        "as_of_latest": claim.as_of.latest,
        "origin": claim.origin,
        "extractor": claim.extractor,
        "score": claim.score,
        "inferred": claim.inferred,
        "corrected_by": claim.corrected_by,
    }


def anchor_to_json(anchor: Anchor) -> Columns:
    """Return where an anchor points, in JSON terms."""
    return {
        "content_sha256": anchor.content_sha256,
        "start": anchor.start,
        "end": anchor.end,
        "quote": anchor.quote,
        "field": anchor.field.value if anchor.field else None,
        "value": anchor.value,
    }


def anchor_from_json(data: Mapping[str, Any]) -> Anchor:
    """Return the anchor that `anchor_to_json` wrote."""
    field = Field(data["field"]) if data["field"] else None
    return Anchor(data["content_sha256"], data["start"], data["end"], data["quote"], field, data["value"])


def judgement_from(row: AnyRow) -> Judgement:
    """Return the judgement of a row."""
    other = anchor_from_json(row.other) if row.other else None
    anchor = anchor_from_json(row.anchor)
    verdict = Verdict(row.verdict)
    return Judgement(verdict, anchor, row.by, row.at, row.reason, other, row.withdrawn_at, row.withdrawn_by)


def judgement_columns(judgement: Judgement) -> Columns:
    """Return the columns of `judgements` that never change; withdrawal is written apart."""
    return {
        "id": judgement.id,
        "verdict": judgement.verdict.value,
        "anchor": anchor_to_json(judgement.anchor),
        "other": anchor_to_json(judgement.other) if judgement.other else None,
        "by": judgement.by,
        "at": judgement.at,
        "reason": judgement.reason,
    }


def entry_from(row: AnyRow) -> LedgerEntry:
    """Return the ledger entry of a row."""
    return LedgerEntry(row.incident_id, LedgerAct(row.act), row.at, row.target, row.report_id)


def slot_to_json(slot: Slot) -> Columns:
    """Return what a resolution is about, in JSON terms, without the parts that are empty."""
    named = ((name, getattr(slot, name)) for name in ("field", "what", "who", "scope", "of_whom"))
    return {name: part.value for name, part in named if part is not None}


def slot_from_json(data: Mapping[str, Any]) -> Slot:
    """Return the slot that `slot_to_json` wrote."""
    kinds = {"what": What, "who": Who, "scope": Scope, "of_whom": OfWhom}
    parts: dict[str, Any] = {name: kind(data[name]) for name, kind in kinds.items() if name in data}
    return Slot(Field(data["field"]), **parts)


def resolution_to_json(resolution: Resolution) -> Columns:
    """Return a resolution in JSON terms."""
    return {
        "slot": slot_to_json(resolution.slot),
        "standing": resolution.standing.value,
        "values": [value_to_json(value) for value in resolution.values],
        "rule": resolution.rule,
        "reason": resolution.reason,
        "supporting": list(resolution.supporting),
        "opposing": list(resolution.opposing),
        "rejected": list(resolution.rejected),
        "judged": resolution.judged,
    }


def resolution_from_json(data: Mapping[str, Any]) -> Resolution:
    """Return the resolution that `resolution_to_json` wrote."""
    slot = slot_from_json(data["slot"])
    return Resolution(
        slot,
        Standing(data["standing"]),
        tuple(value_from_json(slot.field, value) for value in data["values"]),
        data["rule"],
        data["reason"],
        tuple(data["supporting"]),
        tuple(data["opposing"]),
        judged=data["judged"],
        rejected=tuple(data["rejected"]),
    )


def incident_to_json(incident: Incident) -> Columns:
    """Return an incident in JSON terms, without its claims, which have rows of their own."""
    return {
        "id": incident.id,
        "mentions": list(incident.mention_ids),
        "reports": list(incident.report_ids),
        "related": list(incident.related),
        "resolutions": [resolution_to_json(resolution) for resolution in incident.resolutions],
    }


def incident_from_json(data: Mapping[str, Any], claims: tuple[Claim, ...]) -> Incident:
    """Return the incident that `incident_to_json` wrote, with its claims."""
    return Incident(
        data["id"],
        tuple(data["mentions"]),
        tuple(data["reports"]),
        tuple(resolution_from_json(resolution) for resolution in data["resolutions"]),
        claims,
        tuple(data["related"]),
    )

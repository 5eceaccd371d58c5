"""The types that everything else speaks in. Standard library only.

Read `claim.py` and `incident.py` first: a claim is the smallest thing that is stored, and an
incident is computed from claims and judgements.
"""

from dateline.model.annotation import IncidentAnnotation, Quoted, ReportAnnotation
from dateline.model.citation import Citation
from dateline.model.claim import Anchor, Claim, Slot, text_anchor
from dateline.model.codebook import (
    CaptivityStatus,
    Field,
    Focus,
    IncidentType,
    OfWhom,
    PerpetratorCategory,
    PublishedBasis,
    Reality,
    Scope,
    SpeakerKind,
    TargetCategory,
    WeaponKind,
    What,
    Who,
)
from dateline.model.document import Document, Published, Span
from dateline.model.identity import Json, canonical_json, identity, sha256_hex
from dateline.model.incident import (
    Incident,
    Ledger,
    LedgerAct,
    LedgerEntry,
    Resolution,
    Standing,
    slots_of,
)
from dateline.model.judgement import Judgement, Verdict
from dateline.model.mention import (
    OUTLET,
    Argument,
    Attribution,
    IncidentMention,
    PlaceMention,
    QuantityMention,
    StatementMention,
    TimeMention,
)
from dateline.model.report import Blob, MediaType, Rejection, RejectionReason, Report, Retrieval
from dateline.model.value import (
    UNKNOWN_DATE,
    Actor,
    Count,
    DateRange,
    Place,
    Value,
    interval,
    value_from_json,
    value_to_json,
)

__all__ = [
    "OUTLET",
    "UNKNOWN_DATE",
    "Actor",
    "Anchor",
    "Argument",
    "Attribution",
    "Blob",
    "CaptivityStatus",
    "Citation",
    "Claim",
    "Count",
    "DateRange",
    "Document",
    "Field",
    "Focus",
    "Incident",
    "IncidentAnnotation",
    "IncidentMention",
    "IncidentType",
    "Json",
    "Judgement",
    "Ledger",
    "LedgerAct",
    "LedgerEntry",
    "MediaType",
    "OfWhom",
    "PerpetratorCategory",
    "Place",
    "PlaceMention",
    "Published",
    "PublishedBasis",
    "QuantityMention",
    "Quoted",
    "Reality",
    "Rejection",
    "RejectionReason",
    "Report",
    "ReportAnnotation",
    "Resolution",
    "Retrieval",
    "Scope",
    "Slot",
    "Span",
    "SpeakerKind",
    "Standing",
    "StatementMention",
    "TargetCategory",
    "TimeMention",
    "Value",
    "Verdict",
    "WeaponKind",
    "What",
    "Who",
    "canonical_json",
    "identity",
    "interval",
    "sha256_hex",
    "slots_of",
    "text_anchor",
    "value_from_json",
    "value_to_json",
]

"""The tables, as SQLAlchemy Core describes them: no SQL here belongs to one database only.

Evidence (`blobs`, `reports`, `retrievals`, `documents`, `rejections`) and decisions
(`judgements`, `ledger`) are only ever added to. Findings (`mentions`, `claims`) are replaced
when a report is read by another extractor. `incidents` is a cache that can be computed again.
"""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Date,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
)

from dateline.store.columns import CanonicalJson, Instant, Packed

metadata = MetaData()

blobs = Table(
    "blobs",
    metadata,
    Column("sha256", String(64), primary_key=True),
    Column("media_type", Text, nullable=False),
    Column("size", Integer, nullable=False),
    Column("content", Packed, nullable=False),
)

reports = Table(
    "reports",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("n", Integer, nullable=False, unique=True),  # order of arrival
    Column("blob_sha256", ForeignKey("blobs.sha256"), nullable=False, index=True),
    Column("location", Text, nullable=False),
    Column("address", Text, nullable=False, index=True),
    Column("outlet", Text),
    Column("url", Text),
    Column("stated", CanonicalJson, nullable=False),
    Column("retrieved_at", Instant),
    Column("supersedes", ForeignKey("reports.id"), index=True),
)

retrievals = Table(
    "retrievals",
    metadata,
    Column("n", Integer, primary_key=True),
    Column("report_id", ForeignKey("reports.id"), nullable=False, index=True),
    Column("location", Text, nullable=False),
    Column("at", Instant, nullable=False),
)

documents = Table(
    "documents",
    metadata,
    Column("report_id", ForeignKey("reports.id"), primary_key=True),
    Column("content_sha256", String(64), nullable=False, index=True),
    Column("text", Text, nullable=False),
    Column("body_start", Integer, nullable=False),
    Column("outlet", Text),
    Column("language", Text, nullable=False),
    Column("published", CanonicalJson, nullable=False),
    Column("copy_of", ForeignKey("reports.id")),
    Column("signature", CanonicalJson),  # by which copies are found; null: not looked for yet
    Column("extractor", Text, index=True),  # version that read it; null: to be read
)

rejections = Table(
    "rejections",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("n", Integer, nullable=False, unique=True),
    Column("location", Text, nullable=False),
    Column("reason", Text, nullable=False),
    Column("detail", Text, nullable=False),
    Column("blob_sha256", String(64)),
    Column("report_id", String(32), index=True),
    Column("at", Instant, nullable=False),
)

mentions = Table(
    "mentions",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("report_id", ForeignKey("reports.id"), nullable=False, index=True),
    Column("position", Integer, nullable=False),
    Column("type", Text, nullable=False),
    Column("focus", Text, nullable=False),
    Column("reality", Text, nullable=False),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
    Column("quote", Text, nullable=False),
    Column("also", CanonicalJson, nullable=False),
    Column("sentences", CanonicalJson, nullable=False),
    Column("arguments", CanonicalJson, nullable=False),
    Column("retold", Boolean, nullable=False),
    Column("score", Float, nullable=False),
    Column("incident_id", String(32), index=True),
    Column("narrowed", CanonicalJson),  # the date as bounded by what the report retells, and why
)

claims = Table(
    "claims",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("mention_id", ForeignKey("mentions.id"), nullable=False, index=True),
    Column("report_id", ForeignKey("reports.id"), nullable=False, index=True),
    Column("position", Integer, nullable=False),
    Column("content_sha256", String(64), nullable=False),
    Column("field", Text, nullable=False),
    Column("value", CanonicalJson, nullable=False),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
    Column("quote", Text, nullable=False),
    Column("speaker_words", Text),
    Column("speaker_kind", Text),
    Column("speaker_name", Text),
    Column("hedged", Boolean, nullable=False),
    Column("denies", Boolean, nullable=False),
    Column("as_of_earliest", Date),
    Column("as_of_latest", Date),
    Column("origin", Text, nullable=False),
    Column("extractor", Text, nullable=False),
    Column("score", Float, nullable=False),
    Column("inferred", Boolean, nullable=False),
    Column("corrected_by", String(32)),  # the report that has replaced this one at its address
)

judgements = Table(
    "judgements",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("n", Integer, nullable=False, unique=True),
    Column("verdict", Text, nullable=False),
    Column("anchor", CanonicalJson, nullable=False),
    Column("other", CanonicalJson),
    Column("by", Text, nullable=False),
    Column("at", Instant, nullable=False),
    Column("reason", Text, nullable=False),
    Column("withdrawn_at", Instant),
    Column("withdrawn_by", Text),
)

ledger = Table(
    "ledger",
    metadata,
    Column("n", Integer, primary_key=True),
    Column("incident_id", String(32), nullable=False, index=True),
    Column("act", Text, nullable=False),
    Column("at", Instant, nullable=False),
    Column("target", String(32), index=True),
    Column("report_id", String(32)),
)

holders = Table(
    "holders",
    metadata,
    Column("anchor_id", String(32), primary_key=True),
    Column("content_sha256", String(64), nullable=False, index=True),
    Column("anchor", CanonicalJson, nullable=False),
    Column("incident_id", String(32), nullable=False, index=True),
)

custody = Table(
    "custody",
    metadata,
    Column("n", Integer, primary_key=True, autoincrement=False),
    Column("at", Instant, nullable=False),
    Column("kind", Text, nullable=False),
    Column("subject", Text, nullable=False, index=True),
    Column("payload", CanonicalJson, nullable=False),
    Column("payload_sha256", String(64), nullable=False),
    Column("previous", String(64), nullable=False),
    Column("hash", String(64), nullable=False, unique=True),
)

incidents = Table(
    "incidents",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("rule", Text, nullable=False),
    Column("state", CanonicalJson, nullable=False),
    Column("basis", String(64)),  # hash of all that it was computed from
)

settled = Table(
    "settled",
    metadata,
    Column("step", String(32), primary_key=True),
    Column("basis", String(64), nullable=False),  # hash of all that the step was last done with
)

changes = Table(
    "changes",
    metadata,
    Column("n", Integer, primary_key=True),
    Column("incident_id", String(32), nullable=False),
    Column("at", Instant, nullable=False),
    Column("slot", Text, nullable=False),
    Column("before", CanonicalJson),
    Column("after", CanonicalJson),
    Column("report_id", String(32)),
    Column("judgement_id", String(32)),
    Index("ix_changes_incident", "incident_id", "n"),
)

# The index of linking, which can be computed again from the mentions (`links.py`).

link_mentions = Table(
    "link_mentions",
    metadata,
    Column("number", BigInteger, primary_key=True, autoincrement=False),
    Column("id", String(32), nullable=False),
    Column("report_id", String(32), nullable=False, index=True),
    Column("content_sha256", String(64), nullable=False, index=True),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
    Column("quote", Text, nullable=False),
    Column("type", Text, nullable=False),
    Column("focus", Text, nullable=False),
    Column("traits", LargeBinary, nullable=False),
    Column("keys", LargeBinary, nullable=False),
)

link_blocks = Table(
    "link_blocks",
    metadata,
    Column("key", BigInteger, primary_key=True, autoincrement=False),
    Column("middle", Integer, primary_key=True, autoincrement=False),
    Column("number", BigInteger, primary_key=True, autoincrement=False),
    sqlite_with_rowid=False,
)

link_edges = Table(
    "link_edges",
    metadata,
    Column("one", BigInteger, primary_key=True, autoincrement=False),
    Column("other", BigInteger, primary_key=True, autoincrement=False, index=True),
    Column("score", Float, nullable=False),
    Column("met", Integer, nullable=False),
    sqlite_with_rowid=False,
)

# Reports whose findings changed since mentions were last linked.
unlinked = Table("unlinked", metadata, Column("report_id", String(32), primary_key=True))

# The bands of hashes by which copies of a document are found.
copy_bands = Table(
    "copy_bands",
    metadata,
    Column("band", BigInteger, primary_key=True, autoincrement=False),
    Column("n", Integer, primary_key=True, autoincrement=False),  # the report's
    sqlite_with_rowid=False,
)

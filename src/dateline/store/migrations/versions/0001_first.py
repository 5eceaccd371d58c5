"""Evidence, findings, decisions, custody log and the cache of incidents."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

ID = sa.String(32)
HASH = sa.String(64)


def upgrade() -> None:
    """Create every table."""
    _evidence()
    _findings()
    _decisions()
    _log()
    _computed()


def _evidence() -> None:
    op.create_table(
        "blobs",
        sa.Column("sha256", HASH, primary_key=True),
        sa.Column("media_type", sa.Text, nullable=False),
        sa.Column("size", sa.Integer, nullable=False),
        sa.Column("content", sa.LargeBinary, nullable=False),
    )
    op.create_table(
        "reports",
        sa.Column("id", ID, primary_key=True),
        sa.Column("n", sa.Integer, nullable=False, unique=True),
        sa.Column("blob_sha256", HASH, sa.ForeignKey("blobs.sha256"), nullable=False, index=True),
        sa.Column("location", sa.Text, nullable=False),
        sa.Column("address", sa.Text, nullable=False, index=True),
        sa.Column("outlet", sa.Text),
        sa.Column("url", sa.Text),
        sa.Column("stated", sa.Text, nullable=False),
        sa.Column("retrieved_at", sa.Text),
        sa.Column("supersedes", ID, sa.ForeignKey("reports.id")),
    )
    op.create_table(
        "retrievals",
        sa.Column("n", sa.Integer, primary_key=True),
        sa.Column("report_id", ID, sa.ForeignKey("reports.id"), nullable=False, index=True),
        sa.Column("location", sa.Text, nullable=False),
        sa.Column("at", sa.Text, nullable=False),
    )
    op.create_table(
        "documents",
        sa.Column("report_id", ID, sa.ForeignKey("reports.id"), primary_key=True),
        sa.Column("content_sha256", HASH, nullable=False, index=True),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("body_start", sa.Integer, nullable=False),
        sa.Column("outlet", sa.Text),
        sa.Column("language", sa.Text, nullable=False),
        sa.Column("published", sa.Text, nullable=False),
        sa.Column("copy_of", ID, sa.ForeignKey("reports.id")),
        sa.Column("extractor", sa.Text),
    )
    op.create_table(
        "rejections",
        sa.Column("id", ID, primary_key=True),
        sa.Column("n", sa.Integer, nullable=False, unique=True),
        sa.Column("location", sa.Text, nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("detail", sa.Text, nullable=False),
        sa.Column("blob_sha256", HASH),
        sa.Column("report_id", ID, index=True),
        sa.Column("at", sa.Text, nullable=False),
    )


def _findings() -> None:
    op.create_table(
        "mentions",
        sa.Column("id", ID, primary_key=True),
        sa.Column("report_id", ID, sa.ForeignKey("reports.id"), nullable=False, index=True),
        sa.Column("position", sa.Integer, nullable=False),
        sa.Column("type", sa.Text, nullable=False),
        sa.Column("focus", sa.Text, nullable=False),
        sa.Column("reality", sa.Text, nullable=False),
        sa.Column("start", sa.Integer, nullable=False),
        sa.Column("end", sa.Integer, nullable=False),
        sa.Column("quote", sa.Text, nullable=False),
        sa.Column("also", sa.Text, nullable=False),
        sa.Column("sentences", sa.Text, nullable=False),
        sa.Column("arguments", sa.Text, nullable=False),
        sa.Column("retold", sa.Boolean, nullable=False),
        sa.Column("score", sa.Float, nullable=False),
        sa.Column("incident_id", ID, index=True),
        sa.Column("narrowed", sa.Text),
    )
    op.create_table(
        "claims",
        sa.Column("id", ID, primary_key=True),
        sa.Column("mention_id", ID, sa.ForeignKey("mentions.id"), nullable=False, index=True),
        sa.Column("report_id", ID, sa.ForeignKey("reports.id"), nullable=False, index=True),
        sa.Column("position", sa.Integer, nullable=False),
        sa.Column("content_sha256", HASH, nullable=False),
        sa.Column("field", sa.Text, nullable=False),
        sa.Column("value", sa.Text, nullable=False),
        sa.Column("start", sa.Integer, nullable=False),
        sa.Column("end", sa.Integer, nullable=False),
        sa.Column("quote", sa.Text, nullable=False),
        sa.Column("speaker_words", sa.Text),
        sa.Column("speaker_kind", sa.Text),
        sa.Column("speaker_name", sa.Text),
        sa.Column("hedged", sa.Boolean, nullable=False),
        sa.Column("denies", sa.Boolean, nullable=False),
        sa.Column("as_of_earliest", sa.Date),
        sa.Column("as_of_latest", sa.Date),
        sa.Column("origin", sa.Text, nullable=False),
        sa.Column("extractor", sa.Text, nullable=False),
        sa.Column("score", sa.Float, nullable=False),
        sa.Column("inferred", sa.Boolean, nullable=False),
    )


def _decisions() -> None:
    op.create_table(
        "judgements",
        sa.Column("id", ID, primary_key=True),
        sa.Column("n", sa.Integer, nullable=False, unique=True),
        sa.Column("verdict", sa.Text, nullable=False),
        sa.Column("anchor", sa.Text, nullable=False),
        sa.Column("other", sa.Text),
        sa.Column("by", sa.Text, nullable=False),
        sa.Column("at", sa.Text, nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("withdrawn_at", sa.Text),
        sa.Column("withdrawn_by", sa.Text),
    )
    op.create_table(
        "ledger",
        sa.Column("n", sa.Integer, primary_key=True),
        sa.Column("incident_id", ID, nullable=False, index=True),
        sa.Column("act", sa.Text, nullable=False),
        sa.Column("at", sa.Text, nullable=False),
        sa.Column("target", ID),
        sa.Column("report_id", ID),
    )
    op.create_table(
        "holders",
        sa.Column("anchor_id", ID, primary_key=True),
        sa.Column("anchor", sa.Text, nullable=False),
        sa.Column("incident_id", ID, nullable=False, index=True),
    )


def _log() -> None:
    op.create_table(
        "custody",
        sa.Column("n", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("at", sa.Text, nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("subject", sa.Text, nullable=False, index=True),
        sa.Column("payload", sa.Text, nullable=False),
        sa.Column("payload_sha256", HASH, nullable=False),
        sa.Column("previous", HASH, nullable=False),
        sa.Column("hash", HASH, nullable=False, unique=True),
    )


def _computed() -> None:
    op.create_table(
        "incidents",
        sa.Column("id", ID, primary_key=True),
        sa.Column("rule", sa.Text, nullable=False),
        sa.Column("state", sa.Text, nullable=False),
    )
    op.create_table(
        "changes",
        sa.Column("n", sa.Integer, primary_key=True),
        sa.Column("incident_id", ID, nullable=False),
        sa.Column("at", sa.Text, nullable=False),
        sa.Column("slot", sa.Text, nullable=False),
        sa.Column("before", sa.Text),
        sa.Column("after", sa.Text),
        sa.Column("report_id", ID),
        sa.Column("judgement_id", ID),
    )
    op.create_index("ix_changes_incident", "changes", ["incident_id", "n"])

"""What linking keeps, so that a new report is linked without looking at all the others again."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Add the index; the next run signs all documents and links all mentions once more."""
    op.create_table(
        "link_mentions",
        sa.Column("number", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("report_id", sa.String(32), nullable=False, index=True),
        sa.Column("content_sha256", sa.String(64), nullable=False, index=True),
        sa.Column("start", sa.Integer, nullable=False),
        sa.Column("end", sa.Integer, nullable=False),
        sa.Column("quote", sa.Text, nullable=False),
        sa.Column("type", sa.Text, nullable=False),
        sa.Column("focus", sa.Text, nullable=False),
        sa.Column("traits", sa.LargeBinary, nullable=False),
        sa.Column("keys", sa.LargeBinary, nullable=False),
    )
    op.create_table(
        "link_blocks",
        sa.Column("key", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("middle", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("number", sa.BigInteger, primary_key=True, autoincrement=False),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "link_edges",
        sa.Column("one", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("other", sa.BigInteger, primary_key=True, autoincrement=False, index=True),
        sa.Column("score", sa.Float, nullable=False),
        sa.Column("met", sa.Integer, nullable=False),
        sqlite_with_rowid=False,
    )
    op.create_table("unlinked", sa.Column("report_id", sa.String(32), primary_key=True))
    op.create_table(
        "copy_bands",
        sa.Column("band", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("n", sa.Integer, primary_key=True, autoincrement=False),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_documents_extractor", "documents", ["extractor"])
    op.create_index("ix_ledger_target", "ledger", ["target"])
    op.create_index("ix_reports_supersedes", "reports", ["supersedes"])
    op.add_column("holders", sa.Column("content_sha256", sa.String(64), nullable=False, server_default=""))
    op.execute("UPDATE holders SET content_sha256 = json_extract(anchor, '$.content_sha256')")
    op.create_index("ix_holders_content_sha256", "holders", ["content_sha256"])
    op.execute("UPDATE documents SET signature = NULL")
    op.execute("DELETE FROM settled")

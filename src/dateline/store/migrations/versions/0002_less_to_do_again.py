"""What spares work: signatures by which copies are found, and what each step was last done with."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Add columns and a table; what is in the store is signed and computed again in the next run."""
    op.add_column("documents", sa.Column("signature", sa.Text))
    op.add_column("incidents", sa.Column("basis", sa.String(64)))
    op.create_table(
        "settled",
        sa.Column("step", sa.String(32), primary_key=True),
        sa.Column("basis", sa.String(64), nullable=False),
    )

"""Which claims their outlets have since corrected."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Add the column, and fill it for the reports that others have replaced at their address."""
    op.add_column("claims", sa.Column("corrected_by", sa.String(32)))
    op.execute(
        "UPDATE claims SET corrected_by = (SELECT max(later.id) FROM reports AS later "
        "WHERE later.supersedes = claims.report_id AND later.n = (SELECT max(last.n) FROM reports AS last "
        "WHERE last.supersedes = claims.report_id))"
    )

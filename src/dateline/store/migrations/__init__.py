"""Schema versions, oldest first in `versions/`; an older database is brought up when it is opened."""

from __future__ import annotations

from sqlalchemy import Connection

HEAD = "0004"


def upgrade(connection: Connection, to: str = HEAD) -> None:
    """Bring the database behind `connection` from whatever version it has to a newer one."""
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", "dateline.store:migrations")
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    command.upgrade(config, to)

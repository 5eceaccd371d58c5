"""Runs a migration on the connection that `dateline.store.migrations.upgrade` passes in."""

from alembic import context

from dateline.store.tables import metadata

context.configure(connection=context.config.attributes["connection"], target_metadata=metadata)
context.run_migrations()

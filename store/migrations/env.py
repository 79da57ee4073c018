"""Runs the migrations on the connection that `store.migrate` hands over, in its transaction."""

from __future__ import annotations

from alembic import context

from store.schema import METADATA, VERSION_TABLE

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=METADATA,
    version_table=VERSION_TABLE,
    render_as_batch=True,
    transactional_ddl=True,
)
with context.begin_transaction():
    context.run_migrations()

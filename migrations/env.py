"""Alembic's way in: the connection is handed over by `core.migrate`, never read from a file."""

from alembic import context

from app import models

context.configure(connection=context.config.attributes["connection"], target_metadata=models().metadata,
                  render_as_batch=True, compare_type=True)
with context.begin_transaction():
    context.run_migrations()

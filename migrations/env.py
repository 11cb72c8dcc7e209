"""Alembic's way in: the connection is handed over by `core.migrate`, never read from a file."""

from alembic import context

from app import models
from core.database import UtcDateTime


def plainly(kind, thing, _context):
    """Migrations name plain types: they must still run when the program's own have moved on."""
    return "sa.DateTime()" if kind == "type" and isinstance(thing, UtcDateTime) else False


context.configure(connection=context.config.attributes["connection"], target_metadata=models().metadata,
                  render_as_batch=True, compare_type=True, render_item=plainly)
with context.begin_transaction():
    context.run_migrations()

"""Each sign-in seals the texts its browser keeps with a key of its own, which signing out erases."""

import secrets

import sqlalchemy as sa
from alembic import op

revision = '0021'
down_revision = '0020'


def upgrade():
    _put('sign_in')
    with op.batch_alter_table('user') as table:
        table.drop_column('draft_key')


def downgrade():
    _put('user')
    with op.batch_alter_table('sign_in') as table:
        table.drop_column('draft_key')


def _put(name):
    with op.batch_alter_table(name) as table:
        table.add_column(sa.Column('draft_key', sa.String(64), nullable=True))
    rows = sa.table(name, sa.column('id'), sa.column('draft_key'))
    for row_id in op.get_bind().scalars(sa.select(rows.c.id)).all():
        op.execute(rows.update().where(rows.c.id == row_id).values(draft_key=secrets.token_urlsafe(32)))
    with op.batch_alter_table(name) as table:
        table.alter_column('draft_key', existing_type=sa.String(64), nullable=False)

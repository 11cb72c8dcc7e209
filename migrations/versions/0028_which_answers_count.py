"""A role keeps the fingerprint of its words, so that lists can tell which answers count; lists go by the day it is due."""

import hashlib

import sqlalchemy as sa
from alembic import op

revision = '0028'
down_revision = '0027'


def upgrade():
    with op.batch_alter_table('action_item') as table:
        table.add_column(sa.Column('stands', sa.String(64), nullable=True))
    roles = sa.table('action_item', *(sa.column(each) for each in ('id', 'what', 'agency_id', 'member_id', 'rank', 'stands')),
                     sa.column('due_on', sa.Date()), sa.column('until_on', sa.Date()))
    connection = op.get_bind()
    for role in connection.execute(sa.select(roles)).all():
        connection.execute(roles.update().where(roles.c.id == role.id).values(stands=_fingerprint(role)))
    with op.batch_alter_table('action_item') as table:
        table.alter_column('stands', existing_type=sa.String(64), nullable=False)
        table.create_index('ix_action_item_due_on', ['due_on', 'id'])


def downgrade():
    with op.batch_alter_table('action_item') as table:
        table.drop_index('ix_action_item_due_on')
        table.drop_column('stands')


def _fingerprint(role):
    parts = [role.what, role.agency_id, role.member_id, role.due_on.isoformat() if role.due_on else None, role.rank]
    return hashlib.sha256(repr(parts + [role.until_on.isoformat()] if role.until_on else parts).encode()).hexdigest()

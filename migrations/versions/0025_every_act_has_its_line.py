"""Every act is one on a line."""

import sqlalchemy as sa
from alembic import op

revision = '0025'
down_revision = '0024'


def upgrade():
    with op.batch_alter_table('room_act') as table:
        table.alter_column('entry_id', existing_type=sa.Integer(), nullable=False)


def downgrade():
    with op.batch_alter_table('room_act') as table:
        table.alter_column('entry_id', existing_type=sa.Integer(), nullable=True)

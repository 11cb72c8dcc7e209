"""How long a step of the agenda stood still between its runs: going back to it adds to its time instead of filling the gap."""

import sqlalchemy as sa
from alembic import op

revision = '0016'
down_revision = '0015'


def upgrade():
    with op.batch_alter_table('agenda_item') as table:
        table.add_column(sa.Column('stood_seconds', sa.Integer(), nullable=True))
    op.execute('UPDATE agenda_item SET stood_seconds = 0')
    with op.batch_alter_table('agenda_item') as table:
        table.alter_column('stood_seconds', existing_type=sa.Integer(), nullable=False)


def downgrade():
    with op.batch_alter_table('agenda_item') as table:
        table.drop_column('stood_seconds')

"""Every text of a line says whether it was limited."""

import sqlalchemy as sa
from alembic import op

revision = '0026'
down_revision = '0025'


def upgrade():
    with op.batch_alter_table('entry_revision') as table:
        table.add_column(sa.Column('limited', sa.Boolean(), nullable=True))
    op.execute('UPDATE entry_revision SET limited = (SELECT entry.limited FROM entry WHERE entry.id = entry_revision.entry_id)')
    with op.batch_alter_table('entry_revision') as table:
        table.alter_column('limited', existing_type=sa.Boolean(), nullable=False)


def downgrade():
    with op.batch_alter_table('entry_revision') as table:
        table.drop_column('limited')

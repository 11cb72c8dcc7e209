"""Forms of the office that were never put to use may be deleted. Of those from before nobody knows: they stay."""

import sqlalchemy as sa
from alembic import op

revision = '0049'
down_revision = '0048'


def upgrade():
    with op.batch_alter_table('own_form') as table:
        table.add_column(sa.Column('tried_only', sa.Boolean(), nullable=False, server_default=sa.false()))
    with op.batch_alter_table('own_form') as table:
        table.alter_column('tried_only', server_default=None)


def downgrade():
    with op.batch_alter_table('own_form') as table:
        table.drop_column('tried_only')

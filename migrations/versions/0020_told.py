"""A line knows by which version of its meeting it last changed, so that the news of one line is one line."""

import sqlalchemy as sa
from alembic import op

revision = '0020'
down_revision = '0019'


def upgrade():
    with op.batch_alter_table('entry') as table:
        table.add_column(sa.Column('told', sa.Integer(), nullable=True))
    op.execute('UPDATE entry SET told = 0')
    with op.batch_alter_table('entry') as table:
        table.alter_column('told', existing_type=sa.Integer(), nullable=False)


def downgrade():
    with op.batch_alter_table('entry') as table:
        table.drop_column('told')

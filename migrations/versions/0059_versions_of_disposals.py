"""A list of a disposal knows its version: whoever decides or carries out has seen it as it stands."""

import sqlalchemy as sa
from alembic import op

revision = '0059'
down_revision = '0058'


def upgrade():
    op.add_column('disposal', sa.Column('version', sa.Integer(), server_default='1', nullable=False))
    with op.batch_alter_table('disposal') as batch:
        batch.alter_column('version', server_default=None)


def downgrade():
    with op.batch_alter_table('disposal') as batch:
        batch.drop_column('version')

"""The office's own classes of retention."""

import sqlalchemy as sa
from alembic import op

from core.database import UtcDateTime

revision = '0061'
down_revision = '0059'


def upgrade():
    op.create_table('retention_class',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('name', sa.String(length=20), nullable=False),
        sa.Column('years', sa.Integer(), nullable=True),
        sa.Column('dropped_at', UtcDateTime(), nullable=True),
        sa.PrimaryKeyConstraint('id', name='pk_retention_class'),
        sa.UniqueConstraint('name', name='uq_retention_class_name'))


def downgrade():
    op.drop_table('retention_class')

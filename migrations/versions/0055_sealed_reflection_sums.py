"""The office's sums of reflections stay sealed while their quarter runs (the worker seals what lies there plain)."""

import sqlalchemy as sa
from alembic import op

revision = '0055'
down_revision = '0054'


def upgrade():
    op.create_table('reflection_sealed',
        sa.Column('begins', sa.Date(), nullable=False),
        sa.Column('sums', sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint('begins', name='pk_reflection_sealed'))


def downgrade():
    op.drop_table('reflection_sealed')

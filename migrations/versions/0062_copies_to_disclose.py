"""Copies to disclose stand beside the working copies."""

import sqlalchemy as sa
from alembic import op

revision = '0062'
down_revision = '0061'


def upgrade():
    _variants(('record', 'distribution', 'disclosure', 'disclosed'))


def downgrade():
    op.execute("UPDATE paper_copy SET variant = 'disclosure' WHERE variant = 'disclosed'")
    _variants(('record', 'distribution', 'disclosure'))


def _variants(values):
    with op.batch_alter_table('paper_copy') as table:
        table.drop_constraint(table.f('ck_paper_copy_variant'), type_='check')
        table.create_check_constraint(table.f('ck_paper_copy_variant'), sa.column('variant').in_(values))

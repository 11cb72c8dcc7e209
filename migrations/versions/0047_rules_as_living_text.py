"""The next edition of the ground rules as a draft; who published an edition, when and why."""

import sqlalchemy as sa
from alembic import op

from core.database import UtcDateTime

revision = '0047'
down_revision = '0046'
TEXTS = ('compliance_ja', 'compliance_en', 'safety_ja', 'safety_en', 'procedure_ja', 'procedure_en')


def upgrade():
    with op.batch_alter_table('edition') as batch:
        batch.add_column(sa.Column('note', sa.Text(), nullable=False, server_default=sa.text("''")))
        batch.add_column(sa.Column('published_at', UtcDateTime(), nullable=True))
        batch.add_column(sa.Column('published_by_id', sa.Integer(), nullable=True))
        batch.create_foreign_key('fk_edition_published_by_id', 'user', ['published_by_id'], ['id'])
    op.create_table('edition_draft',
        sa.Column('id', sa.Integer(), nullable=False),
        *(sa.Column(each, sa.Text(), nullable=False) for each in TEXTS),
        sa.Column('note', sa.Text(), nullable=False),
        sa.Column('begun_by_id', sa.Integer(), nullable=False),
        sa.Column('version', sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(['begun_by_id'], ['user.id'], name='fk_edition_draft_begun_by_id'),
        sa.PrimaryKeyConstraint('id', name='pk_edition_draft'))


def downgrade():
    op.drop_table('edition_draft')
    with op.batch_alter_table('edition') as batch:
        batch.drop_constraint('fk_edition_published_by_id', type_='foreignkey')
        batch.drop_column('published_by_id')
        batch.drop_column('published_at')
        batch.drop_column('note')

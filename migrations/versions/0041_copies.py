"""Copies of minutes and to whom they went; what is withheld of final minutes, on which ground, and who decided it."""

import sqlalchemy as sa
from alembic import op

revision = '0041'
down_revision = '0040'


def upgrade():
    op.create_table('withholding_ground',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('code', sa.String(20), nullable=False),
        sa.Column('name', sa.String(40), nullable=False),
        sa.Column('article', sa.String(200), nullable=False),
        sa.Column('reason', sa.String(400), nullable=False),
        sa.Column('position', sa.Integer(), nullable=False),
        sa.Column('active', sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint('id', name='pk_withholding_ground'))
    op.create_table('paper_copy',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('meeting_id', sa.Integer(), nullable=False),
        sa.Column('version_id', sa.Integer(), nullable=True),
        sa.Column('number', sa.Integer(), nullable=False),
        sa.Column('variant', sa.Enum('record', 'distribution', 'disclosure', name='variant', native_enum=False, create_constraint=True, length=20), nullable=False),
        sa.Column('agency_id', sa.Integer(), nullable=True),
        sa.Column('recipient', sa.String(160), nullable=False),
        sa.Column('sections', sa.JSON(), nullable=False),
        sa.Column('check', sa.String(64), nullable=False),
        sa.Column('file_hash', sa.String(64), nullable=False),
        sa.Column('file', sa.LargeBinary(), nullable=False),
        sa.Column('made_at', sa.DateTime(), nullable=False),
        sa.Column('made_by_id', sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(['agency_id'], ['agency.id'], name='fk_paper_copy_agency_id'),
        sa.ForeignKeyConstraint(['made_by_id'], ['user.id'], name='fk_paper_copy_made_by_id'),
        sa.ForeignKeyConstraint(['meeting_id'], ['meeting.id'], name='fk_paper_copy_meeting_id', ondelete='CASCADE'),
        sa.ForeignKeyConstraint(['version_id'], ['minutes_version.id'], name='fk_paper_copy_version_id'),
        sa.PrimaryKeyConstraint('id', name='pk_paper_copy'),
        sa.UniqueConstraint('meeting_id', 'number', name='uq_paper_copy_meeting_id_number'))
    op.create_index('ix_paper_copy_check', 'paper_copy', ['check'])
    op.create_index('ix_paper_copy_meeting_id', 'paper_copy', ['meeting_id'])
    op.create_table('withholding_approval',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('version_id', sa.Integer(), nullable=False),
        sa.Column('decided_by', sa.String(120), nullable=False),
        sa.Column('decided_on', sa.Date(), nullable=False),
        sa.Column('digest', sa.String(64), nullable=False),
        sa.Column('by_id', sa.Integer(), nullable=False),
        sa.Column('at', sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(['by_id'], ['user.id'], name='fk_withholding_approval_by_id'),
        sa.ForeignKeyConstraint(['version_id'], ['minutes_version.id'], name='fk_withholding_approval_version_id'),
        sa.PrimaryKeyConstraint('id', name='pk_withholding_approval'))
    op.create_index('ix_withholding_approval_version_id', 'withholding_approval', ['version_id'])
    op.create_table('withholding_mark',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('version_id', sa.Integer(), nullable=False),
        sa.Column('place', sa.String(120), nullable=False),
        sa.Column('start', sa.Integer(), nullable=False),
        sa.Column('end', sa.Integer(), nullable=True),
        sa.Column('opened', sa.Boolean(), nullable=False),
        sa.Column('kind', sa.String(40), nullable=False),
        sa.Column('article', sa.String(200), nullable=False),
        sa.Column('reason', sa.String(400), nullable=False),
        sa.Column('carried', sa.Boolean(), nullable=False),
        sa.Column('by_id', sa.Integer(), nullable=False),
        sa.Column('at', sa.DateTime(), nullable=False),
        sa.Column('lifted_at', sa.DateTime(), nullable=True),
        sa.Column('lifted_by_id', sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(['by_id'], ['user.id'], name='fk_withholding_mark_by_id'),
        sa.ForeignKeyConstraint(['lifted_by_id'], ['user.id'], name='fk_withholding_mark_lifted_by_id'),
        sa.ForeignKeyConstraint(['version_id'], ['minutes_version.id'], name='fk_withholding_mark_version_id'),
        sa.PrimaryKeyConstraint('id', name='pk_withholding_mark'))
    op.create_index('ix_withholding_mark_version_id', 'withholding_mark', ['version_id'])
    op.create_table('copy_delivery',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('copy_id', sa.Integer(), nullable=False),
        sa.Column('on', sa.Date(), nullable=False),
        sa.Column('how', sa.Enum('hand', 'post', 'internal', 'screen', name='how', native_enum=False, create_constraint=True, length=20), nullable=False),
        sa.Column('pieces', sa.Integer(), nullable=False),
        sa.Column('recall', sa.Boolean(), nullable=False),
        sa.Column('by_id', sa.Integer(), nullable=False),
        sa.Column('at', sa.DateTime(), nullable=False),
        sa.Column('returned_on', sa.Date(), nullable=True),
        sa.Column('returned_by_id', sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(['by_id'], ['user.id'], name='fk_copy_delivery_by_id'),
        sa.ForeignKeyConstraint(['copy_id'], ['paper_copy.id'], name='fk_copy_delivery_copy_id', ondelete='CASCADE'),
        sa.ForeignKeyConstraint(['returned_by_id'], ['user.id'], name='fk_copy_delivery_returned_by_id'),
        sa.PrimaryKeyConstraint('id', name='pk_copy_delivery'))
    op.create_index('ix_copy_delivery_copy_id', 'copy_delivery', ['copy_id'])
    op.create_table('paper_copy_hearing',
        sa.Column('copy_id', sa.Integer(), nullable=False),
        sa.Column('hearing_id', sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(['copy_id'], ['paper_copy.id'], name='fk_paper_copy_hearing_copy_id', ondelete='CASCADE'),
        sa.ForeignKeyConstraint(['hearing_id'], ['hearing.id'], name='fk_paper_copy_hearing_hearing_id', ondelete='CASCADE'),
        sa.PrimaryKeyConstraint('copy_id', 'hearing_id', name='pk_paper_copy_hearing'))


def downgrade():
    op.drop_table('paper_copy_hearing')
    op.drop_index('ix_copy_delivery_copy_id', table_name='copy_delivery')
    op.drop_table('copy_delivery')
    op.drop_index('ix_withholding_mark_version_id', table_name='withholding_mark')
    op.drop_table('withholding_mark')
    op.drop_index('ix_withholding_approval_version_id', table_name='withholding_approval')
    op.drop_table('withholding_approval')
    op.drop_index('ix_paper_copy_meeting_id', table_name='paper_copy')
    op.drop_index('ix_paper_copy_check', table_name='paper_copy')
    op.drop_table('paper_copy')
    op.drop_table('withholding_ground')

"""How long records are kept, and what stops their disposal."""

import sqlalchemy as sa
from alembic import op

revision = '0040'
down_revision = '0039'


def upgrade():
    op.create_table('retention_choice',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('kind', sa.Enum('juso', 'shien', 'premeeting', 'general', name='kind', native_enum=False, create_constraint=True, length=20), nullable=True),
        sa.Column('meeting_id', sa.Integer(), nullable=True),
        sa.Column('name', sa.String(20), nullable=False),
        sa.Column('years', sa.Integer(), nullable=True),
        sa.Column('until', sa.Date(), nullable=True),
        sa.Column('reason', sa.Text(), nullable=False),
        sa.Column('by_id', sa.Integer(), nullable=False),
        sa.Column('at', sa.DateTime(), nullable=False),
        sa.CheckConstraint('(kind is null) <> (meeting_id is null)', name='of_a_kind_or_of_one'),
        sa.ForeignKeyConstraint(['meeting_id'], ['meeting.id'], name='fk_retention_choice_meeting_id'),
        sa.ForeignKeyConstraint(['by_id'], ['user.id'], name='fk_retention_choice_by_id'),
        sa.PrimaryKeyConstraint('id', name='pk_retention_choice'))
    op.create_index('ix_retention_choice_meeting_id', 'retention_choice', ['meeting_id'])
    op.create_table('retention_hold',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('meeting_id', sa.Integer(), nullable=False),
        sa.Column('reason', sa.Text(), nullable=False),
        sa.Column('source', sa.String(80), nullable=False),
        sa.Column('until', sa.Date(), nullable=True),
        sa.Column('by_id', sa.Integer(), nullable=False),
        sa.Column('at', sa.DateTime(), nullable=False),
        sa.Column('released_at', sa.DateTime(), nullable=True),
        sa.Column('released_by_id', sa.Integer(), nullable=True),
        sa.Column('released_reason', sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(['meeting_id'], ['meeting.id'], name='fk_retention_hold_meeting_id'),
        sa.ForeignKeyConstraint(['by_id'], ['user.id'], name='fk_retention_hold_by_id'),
        sa.ForeignKeyConstraint(['released_by_id'], ['user.id'], name='fk_retention_hold_released_by_id'),
        sa.PrimaryKeyConstraint('id', name='pk_retention_hold'))
    op.create_index('ix_retention_hold_meeting_id', 'retention_hold', ['meeting_id'])
    op.create_index('ix_retention_hold_source', 'retention_hold', ['source'])


def downgrade():
    op.drop_table('retention_hold')
    op.drop_table('retention_choice')

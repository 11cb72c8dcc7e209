"""Councils: who is in them from when to when, who keeps them, and which meetings are their sessions."""

import sqlalchemy as sa
from alembic import op

revision = '0050'
down_revision = '0049'


def upgrade():
    op.create_table('council',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('name', sa.String(length=80), nullable=False),
        sa.Column('purpose', sa.Text(), nullable=False),
        sa.Column('ground', sa.String(length=200), nullable=False),
        sa.Column('chair_title', sa.String(length=20), nullable=False),
        sa.Column('quorum', sa.Enum('none', 'majority', 'half', 'two_thirds', name='quorum', native_enum=False, create_constraint=True, length=20), nullable=False),
        sa.Column('proxies_count', sa.Boolean(), nullable=False),
        sa.Column('public', sa.Boolean(), nullable=False),
        sa.Column('through', sa.Boolean(), nullable=False),
        sa.Column('ended_on', sa.Date(), nullable=True),
        sa.Column('version', sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint('id', name='pk_council'))
    op.create_table('council_keeper',
        sa.Column('council_id', sa.Integer(), nullable=False),
        sa.Column('user_id', sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(['council_id'], ['council.id'], name='fk_council_keeper_council_id', ondelete='CASCADE'),
        sa.ForeignKeyConstraint(['user_id'], ['user.id'], name='fk_council_keeper_user_id'),
        sa.PrimaryKeyConstraint('council_id', 'user_id', name='pk_council_keeper'))
    op.create_table('council_member',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('council_id', sa.Integer(), nullable=False),
        sa.Column('member_id', sa.Integer(), nullable=False),
        sa.Column('post', sa.Enum('chair', 'vice', 'member', 'observer', name='post', native_enum=False, create_constraint=True, length=20), nullable=False),
        sa.Column('category', sa.String(length=40), nullable=False),
        sa.Column('since', sa.Date(), nullable=False),
        sa.Column('until', sa.Date(), nullable=True),
        sa.Column('version', sa.Integer(), nullable=False),
        sa.CheckConstraint('until IS NULL OR until >= since', name='until_after_since'),
        sa.ForeignKeyConstraint(['council_id'], ['council.id'], name='fk_council_member_council_id', ondelete='CASCADE'),
        sa.ForeignKeyConstraint(['member_id'], ['member.id'], name='fk_council_member_member_id'),
        sa.PrimaryKeyConstraint('id', name='pk_council_member'))
    op.create_index('ix_council_member_council_id', 'council_member', ['council_id'])
    op.create_index('ix_council_member_member_id', 'council_member', ['member_id'])
    op.create_table('council_session',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('council_id', sa.Integer(), nullable=False),
        sa.Column('meeting_id', sa.Integer(), nullable=False),
        sa.Column('number', sa.Integer(), nullable=False),
        sa.Column('public', sa.Boolean(), nullable=False),
        sa.Column('closed_reason', sa.String(length=200), nullable=False),
        sa.Column('visitors', sa.Integer(), nullable=True),
        sa.Column('topics', sa.Text(), nullable=False),
        sa.Column('materials', sa.Text(), nullable=False),
        sa.Column('version', sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(['council_id'], ['council.id'], name='fk_council_session_council_id'),
        sa.ForeignKeyConstraint(['meeting_id'], ['meeting.id'], name='fk_council_session_meeting_id', ondelete='CASCADE'),
        sa.PrimaryKeyConstraint('id', name='pk_council_session'),
        sa.UniqueConstraint('meeting_id', name='uq_council_session_meeting_id'))
    op.create_index('ix_council_session_council_id', 'council_session', ['council_id'])


def downgrade():
    for table in ('council_session', 'council_member', 'council_keeper', 'council'):
        op.drop_table(table)

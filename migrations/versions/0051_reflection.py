"""Reflections after meetings: sealed boxes, bands, and the office's sums by quarter."""

import sqlalchemy as sa
from alembic import op

revision = '0051'
down_revision = '0050'
QUESTIONS = ('blame', 'speaking', 'role', 'wish', 'moving')


def upgrade():
    question = sa.Enum(*QUESTIONS, name='question', native_enum=False, create_constraint=True, length=20)
    op.create_table('reflection_box',
        sa.Column('meeting_id', sa.Integer(), nullable=False),
        sa.Column('screen', sa.LargeBinary(), nullable=False),
        sa.Column('paper', sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(['meeting_id'], ['meeting.id'], name='fk_reflection_box_meeting_id', ondelete='CASCADE'),
        sa.PrimaryKeyConstraint('meeting_id', name='pk_reflection_box'))
    op.create_table('reflection_mark',
        sa.Column('mark', sa.String(length=64), nullable=False),
        sa.Column('meeting_id', sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(['meeting_id'], ['reflection_box.meeting_id'], name='fk_reflection_mark_meeting_id', ondelete='CASCADE'),
        sa.PrimaryKeyConstraint('mark', name='pk_reflection_mark'),
        sqlite_with_rowid=False)  # a rowid would tell the order of answering
    op.create_index('ix_reflection_mark_meeting_id', 'reflection_mark', ['meeting_id'])
    op.create_table('reflection_result',
        sa.Column('meeting_id', sa.Integer(), nullable=False),
        sa.Column('question', question, nullable=False),
        sa.Column('band', sa.Enum('mostly', 'divided', 'seldom', name='band', native_enum=False, create_constraint=True, length=20), nullable=False),
        sa.ForeignKeyConstraint(['meeting_id'], ['meeting.id'], name='fk_reflection_result_meeting_id', ondelete='CASCADE'),
        sa.PrimaryKeyConstraint('meeting_id', 'question', name='pk_reflection_result'))
    op.create_table('reflection_quarter',
        sa.Column('begins', sa.Date(), nullable=False),
        sa.Column('question', question, nullable=False),
        sa.Column('meetings', sa.Integer(), nullable=False),
        sa.Column('answers', sa.Integer(), nullable=False),
        sa.Column('yes', sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint('begins', 'question', name='pk_reflection_quarter'))


def downgrade():
    for name in ('reflection_quarter', 'reflection_result', 'reflection_mark', 'reflection_box'):
        op.drop_table(name)

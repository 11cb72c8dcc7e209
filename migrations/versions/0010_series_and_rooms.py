"""Recurring meetings and the office's meeting rooms."""

import sqlalchemy as sa
from alembic import op

revision = '0010'
down_revision = '0009'


def upgrade():
    op.create_table('meeting_room',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('name', sa.String(length=120), nullable=False),
    sa.Column('seats', sa.Integer(), nullable=True),
    sa.Column('note', sa.String(length=200), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_meeting_room')),
    sa.UniqueConstraint('name', name=op.f('uq_meeting_room_name'))
    )
    op.create_table('meeting_series',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('name', sa.String(length=80), nullable=False),
    sa.Column('kind', sa.Enum('juso', 'shien', 'premeeting', 'general', name='kind', native_enum=False, create_constraint=True, length=20), nullable=False),
    sa.Column('pattern', sa.Enum('monthly', 'weekly', name='pattern', native_enum=False, create_constraint=True, length=20), nullable=False),
    sa.Column('weekday', sa.Integer(), nullable=False),
    sa.Column('ordinals', sa.String(length=20), nullable=False),
    sa.Column('weeks', sa.Integer(), nullable=False),
    sa.Column('starts', sa.Time(), nullable=False),
    sa.Column('ends', sa.Time(), nullable=False),
    sa.Column('place', sa.String(length=120), nullable=False),
    sa.Column('online_url', sa.String(length=300), nullable=False),
    sa.Column('mode', sa.Enum('in_person', 'online', 'both', name='mode', native_enum=False, create_constraint=True, length=20), nullable=False),
    sa.Column('template', sa.String(length=40), nullable=False),
    sa.Column('first_on', sa.Date(), nullable=False),
    sa.Column('last_on', sa.Date(), nullable=False),
    sa.Column('on_closed', sa.Enum('skip', 'next', name='onclosed', native_enum=False, create_constraint=True, length=20), nullable=False),
    sa.Column('planned_by_id', sa.Integer(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.CheckConstraint('ends > starts', name=op.f('ck_meeting_series_ends_after_start')),
    sa.CheckConstraint('last_on >= first_on', name=op.f('ck_meeting_series_last_after_first')),
    sa.ForeignKeyConstraint(['planned_by_id'], ['user.id'], name=op.f('fk_meeting_series_planned_by_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_meeting_series'))
    )
    op.create_table('series_exception',
    sa.Column('series_id', sa.Integer(), nullable=False),
    sa.Column('rule_day', sa.Date(), nullable=False),
    sa.Column('moved_to', sa.Date(), nullable=True),
    sa.ForeignKeyConstraint(['series_id'], ['meeting_series.id'], name=op.f('fk_series_exception_series_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('series_id', 'rule_day', name=op.f('pk_series_exception'))
    )
    op.create_table('series_meeting',
    sa.Column('meeting_id', sa.Integer(), nullable=False),
    sa.Column('series_id', sa.Integer(), nullable=False),
    sa.Column('rule_day', sa.Date(), nullable=False),
    sa.Column('laid_at', sa.DateTime(), nullable=False),
    sa.ForeignKeyConstraint(['meeting_id'], ['meeting.id'], name=op.f('fk_series_meeting_meeting_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['series_id'], ['meeting_series.id'], name=op.f('fk_series_meeting_series_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('meeting_id', name=op.f('pk_series_meeting')),
    sa.UniqueConstraint('series_id', 'rule_day', name=op.f('uq_series_meeting_series_id_rule_day'))
    )


def downgrade():
    op.drop_table('series_meeting')
    op.drop_table('series_exception')
    op.drop_table('meeting_series')
    op.drop_table('meeting_room')

"""What calendars hold of a meeting or a series, personal feeds, answers that came by mail."""

import uuid

import sqlalchemy as sa
from alembic import op

revision = '0035'
down_revision = '0034'

OUTCOMES = ('kept', 'older', 'unknown', 'unreadable')


def upgrade():
    op.create_table('held_entry',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('meeting_id', sa.Integer(), nullable=False),
        sa.Column('member_id', sa.Integer(), nullable=False),
        sa.Column('address', sa.String(254), nullable=False),
        sa.Column('uid', sa.String(80), nullable=False),
        sa.Column('recurs', sa.DateTime(), nullable=True),
        sa.Column('sequence', sa.Integer(), nullable=False),
        sa.Column('begins', sa.DateTime(), nullable=True),
        sa.Column('ends', sa.DateTime(), nullable=True),
        sa.Column('location', sa.String(500), nullable=False),
        sa.Column('sent_at', sa.DateTime(), nullable=False),
        sa.Column('called_off_at', sa.DateTime(), nullable=True),
        sa.ForeignKeyConstraint(['meeting_id'], ['meeting.id'], name='fk_held_entry_meeting_id', ondelete='CASCADE'),
        sa.ForeignKeyConstraint(['member_id'], ['member.id'], name='fk_held_entry_member_id'),
        sa.PrimaryKeyConstraint('id', name='pk_held_entry'),
        sa.UniqueConstraint('meeting_id', 'address', name='uq_held_entry_meeting_id_address'))
    op.create_index('ix_held_entry_uid', 'held_entry', ['uid'])
    op.create_table('series_entry',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('series_id', sa.Integer(), nullable=False),
        sa.Column('member_id', sa.Integer(), nullable=False),
        sa.Column('address', sa.String(254), nullable=False),
        sa.Column('sequence', sa.Integer(), nullable=False),
        sa.Column('starts', sa.Text(), nullable=False),
        sa.Column('content', sa.String(64), nullable=False),
        sa.Column('sent_at', sa.DateTime(), nullable=False),
        sa.Column('called_off_at', sa.DateTime(), nullable=True),
        sa.ForeignKeyConstraint(['series_id'], ['meeting_series.id'], name='fk_series_entry_series_id', ondelete='CASCADE'),
        sa.ForeignKeyConstraint(['member_id'], ['member.id'], name='fk_series_entry_member_id'),
        sa.PrimaryKeyConstraint('id', name='pk_series_entry'),
        sa.UniqueConstraint('series_id', 'address', name='uq_series_entry_series_id_address'))
    op.create_table('feed',
        sa.Column('user_id', sa.Integer(), nullable=False),
        sa.Column('token_hash', sa.String(64), nullable=False),
        sa.Column('made_at', sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(['user_id'], ['user.id'], name='fk_feed_user_id'),
        sa.PrimaryKeyConstraint('user_id', name='pk_feed'),
        sa.UniqueConstraint('token_hash', name='uq_feed_token_hash'))
    op.create_table('calendar_answer',
        sa.Column('key', sa.String(64), nullable=False),
        sa.Column('outcome', sa.Enum(*OUTCOMES, name='outcome', native_enum=False, create_constraint=True, length=20), nullable=False),
        sa.Column('at', sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint('key', name='pk_calendar_answer'))
    with op.batch_alter_table('meeting_series') as table:
        table.add_column(sa.Column('uid', sa.String(80), nullable=True))
    connection = op.get_bind()
    for id, in connection.execute(sa.text('SELECT id FROM meeting_series')).all():
        connection.execute(sa.text('UPDATE meeting_series SET uid = :uid WHERE id = :id'), dict(id=id, uid=f'{uuid.uuid4()}@kurumaza'))
    with op.batch_alter_table('meeting_series') as table:
        table.alter_column('uid', existing_type=sa.String(80), nullable=False)
    # whoever was invited holds the wording of then; which time and place it said was not kept
    op.execute("INSERT INTO held_entry (meeting_id, member_id, address, uid, sequence, location, sent_at, called_off_at) "
               "SELECT meeting.id, min(member.id), member.email, meeting.uid, max(coalesce(seat.invited_sequence, 0)), '', "
               "max(seat.invited_at), max(meeting.cancelled_at) FROM seat JOIN hearing ON hearing.id = seat.hearing_id "
               "JOIN meeting ON meeting.id = hearing.meeting_id JOIN member ON member.id = seat.member_id "
               "WHERE seat.invited_at IS NOT NULL AND member.email <> '' GROUP BY meeting.id, meeting.uid, member.email")


def downgrade():
    with op.batch_alter_table('meeting_series') as table:
        table.drop_column('uid')
    for table in ('calendar_answer', 'feed', 'series_entry', 'held_entry'):
        op.drop_table(table)

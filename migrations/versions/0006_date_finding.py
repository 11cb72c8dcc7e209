"""Date finding: days offered, answers, letters."""

import sqlalchemy as sa
from alembic import op

revision = '0006'
down_revision = '0005'


def upgrade():
    op.create_table('date_poll',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('meeting_id', sa.Integer(), nullable=False),
    sa.Column('answer_by', sa.Date(), nullable=False),
    sa.Column('opened_by_id', sa.Integer(), nullable=False),
    sa.Column('opened_at', sa.DateTime(), nullable=False),
    sa.Column('closed_at', sa.DateTime(), nullable=True),
    sa.Column('closed_by_id', sa.Integer(), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['closed_by_id'], ['user.id'], name=op.f('fk_date_poll_closed_by_id')),
    sa.ForeignKeyConstraint(['meeting_id'], ['meeting.id'], name=op.f('fk_date_poll_meeting_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['opened_by_id'], ['user.id'], name=op.f('fk_date_poll_opened_by_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_date_poll'))
    )
    with op.batch_alter_table('date_poll', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_date_poll_meeting_id'), ['meeting_id'], unique=False)
        batch_op.create_index('uq_date_poll_open', ['meeting_id'], unique=True, sqlite_where=sa.text('closed_at IS NULL'), postgresql_where=sa.text('closed_at IS NULL'))

    op.create_table('date_letter',
    sa.Column('poll_id', sa.Integer(), nullable=False),
    sa.Column('member_id', sa.Integer(), nullable=False),
    sa.Column('on', sa.Date(), nullable=False),
    sa.ForeignKeyConstraint(['member_id'], ['member.id'], name=op.f('fk_date_letter_member_id')),
    sa.ForeignKeyConstraint(['poll_id'], ['date_poll.id'], name=op.f('fk_date_letter_poll_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('poll_id', 'member_id', 'on', name=op.f('pk_date_letter'))
    )
    op.create_table('date_reply',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('poll_id', sa.Integer(), nullable=False),
    sa.Column('member_id', sa.Integer(), nullable=False),
    sa.Column('word', sa.String(length=200), nullable=False),
    sa.Column('by_id', sa.Integer(), nullable=False),
    sa.Column('at', sa.DateTime(), nullable=False),
    sa.ForeignKeyConstraint(['by_id'], ['user.id'], name=op.f('fk_date_reply_by_id')),
    sa.ForeignKeyConstraint(['member_id'], ['member.id'], name=op.f('fk_date_reply_member_id')),
    sa.ForeignKeyConstraint(['poll_id'], ['date_poll.id'], name=op.f('fk_date_reply_poll_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_date_reply')),
    sa.UniqueConstraint('poll_id', 'member_id', name=op.f('uq_date_reply_poll_id_member_id'))
    )
    with op.batch_alter_table('date_reply', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_date_reply_member_id'), ['member_id'], unique=False)

    op.create_table('date_slot',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('poll_id', sa.Integer(), nullable=False),
    sa.Column('starts_at', sa.DateTime(), nullable=False),
    sa.Column('ends_at', sa.DateTime(), nullable=False),
    sa.Column('chosen_at', sa.DateTime(), nullable=True),
    sa.CheckConstraint('ends_at > starts_at', name=op.f('ck_date_slot_ends_after_start')),
    sa.ForeignKeyConstraint(['poll_id'], ['date_poll.id'], name=op.f('fk_date_slot_poll_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_date_slot')),
    sa.UniqueConstraint('poll_id', 'starts_at', 'ends_at', name=op.f('uq_date_slot_poll_id_starts_at_ends_at'))
    )
    op.create_table('date_mark',
    sa.Column('reply_id', sa.Integer(), nullable=False),
    sa.Column('slot_id', sa.Integer(), nullable=False),
    sa.Column('mark', sa.Enum('yes', 'maybe', 'no', name='mark', native_enum=False, create_constraint=True, length=20), nullable=False),
    sa.ForeignKeyConstraint(['reply_id'], ['date_reply.id'], name=op.f('fk_date_mark_reply_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['slot_id'], ['date_slot.id'], name=op.f('fk_date_mark_slot_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('reply_id', 'slot_id', name=op.f('pk_date_mark'))
    )
    with op.batch_alter_table('date_mark', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_date_mark_slot_id'), ['slot_id'], unique=False)


def downgrade():
    with op.batch_alter_table('date_mark', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_date_mark_slot_id'))

    op.drop_table('date_mark')
    op.drop_table('date_slot')
    with op.batch_alter_table('date_reply', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_date_reply_member_id'))

    op.drop_table('date_reply')
    op.drop_table('date_letter')
    with op.batch_alter_table('date_poll', schema=None) as batch_op:
        batch_op.drop_index('uq_date_poll_open', sqlite_where=sa.text('closed_at IS NULL'), postgresql_where=sa.text('closed_at IS NULL'))
        batch_op.drop_index(batch_op.f('ix_date_poll_meeting_id'))

    op.drop_table('date_poll')

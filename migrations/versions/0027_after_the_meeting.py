"""After the meeting: how roles go on, what people are told, personal links, work that comes round, the office's times."""

import sqlalchemy as sa
from alembic import op

revision = '0027'
down_revision = '0026'

PROGRESS = ('open', 'started', 'done', 'stuck', 'dropped')
KINDS = ('confirm', 'change_asked', 'change_answered', 'answered', 'due', 'overdue', 'stuck', 'handed_over', 'draft', 'remark',
         'remark_answered', 'minutes_final', 'minutes_late', 'reply')
OFFICE = lambda: (
    sa.Column('confirm_within', sa.Integer(), server_default='3', nullable=False),
    sa.Column('minutes_within', sa.Integer(), server_default='10', nullable=False),
    sa.Column('remarks_within', sa.Integer(), server_default='10', nullable=False),
    sa.Column('deemed', sa.Boolean(), server_default=sa.false(), nullable=False),
    sa.Column('remind_before', sa.Integer(), server_default='3', nullable=False),
    sa.Column('remind_after', sa.Integer(), server_default='3', nullable=False),
    sa.Column('digest_at', sa.Time(), server_default=sa.text("'08:30:00'"), nullable=False),
    sa.Column('quiet_from', sa.Time(), server_default=sa.text("'20:00:00'"), nullable=False),
    sa.Column('quiet_to', sa.Time(), server_default=sa.text("'07:00:00'"), nullable=False),
    sa.Column('link_days', sa.Integer(), server_default='14', nullable=False),
)


def _choice(values, name):
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=20)


def upgrade():
    for column in OFFICE():
        op.add_column('office', column)
    with op.batch_alter_table('letter') as table:
        table.add_column(sa.Column('key', sa.String(120), nullable=True))
        table.add_column(sa.Column('secret', sa.Boolean(), nullable=True))
        table.create_unique_constraint('uq_letter_key', ['key'])
    op.execute('UPDATE letter SET secret = FALSE')
    with op.batch_alter_table('letter') as table:
        table.alter_column('secret', existing_type=sa.Boolean(), nullable=False)
    with op.batch_alter_table('action_item') as table:
        table.add_column(sa.Column('state', sa.String(20), nullable=True))
        table.create_check_constraint(table.f('ck_action_item_progress'), sa.column('state').in_(PROGRESS))
        table.create_index('ix_action_item_state', ['state'])
    op.execute("UPDATE action_item SET state = 'open'")
    with op.batch_alter_table('action_item') as table:
        table.alter_column('state', existing_type=sa.String(20), nullable=False)
    op.create_table('progress_step',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('action_id', sa.Integer(), nullable=False),
        sa.Column('state', _choice(PROGRESS, 'progress'), nullable=False),
        sa.Column('note', sa.Text(), nullable=False),
        sa.Column('by_id', sa.Integer(), nullable=True),
        sa.Column('at', sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(['action_id'], ['action_item.id'], name='fk_progress_step_action_id'),
        sa.ForeignKeyConstraint(['by_id'], ['user.id'], name='fk_progress_step_by_id'),
        sa.PrimaryKeyConstraint('id', name='pk_progress_step'))
    op.create_index('ix_progress_step_action_id', 'progress_step', ['action_id'])
    op.create_table('job',
        sa.Column('name', sa.String(80), nullable=False),
        sa.Column('due_at', sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint('name', name='pk_job'))
    op.create_table('notice',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('member_id', sa.Integer(), nullable=False),
        sa.Column('kind', _choice(KINDS, 'noticekind'), nullable=False),
        sa.Column('about', sa.String(200), nullable=False),
        sa.Column('path', sa.String(200), nullable=False),
        sa.Column('topic', sa.String(80), nullable=False),
        sa.Column('number', sa.Integer(), nullable=False),
        sa.Column('answer_by', sa.Date(), nullable=True),
        sa.Column('key', sa.String(120), nullable=False),
        sa.Column('at', sa.DateTime(), nullable=False),
        sa.Column('seen_at', sa.DateTime(), nullable=True),
        sa.Column('mailed_at', sa.DateTime(), nullable=True),
        sa.ForeignKeyConstraint(['member_id'], ['member.id'], name='fk_notice_member_id'),
        sa.PrimaryKeyConstraint('id', name='pk_notice'),
        sa.UniqueConstraint('key', name='uq_notice_key'))
    for column in ('member_id', 'topic', 'at'):
        op.create_index(f'ix_notice_{column}', 'notice', [column])
    op.create_table('link',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('meeting_id', sa.Integer(), nullable=False),
        sa.Column('member_id', sa.Integer(), nullable=False),
        sa.Column('token_hash', sa.String(64), nullable=False),
        sa.Column('code_hash', sa.String(64), nullable=False),
        sa.Column('code_tries', sa.Integer(), nullable=False),
        sa.Column('issued_by_id', sa.Integer(), nullable=False),
        sa.Column('issued_at', sa.DateTime(), nullable=False),
        sa.Column('expires_at', sa.DateTime(), nullable=False),
        sa.Column('revoked_at', sa.DateTime(), nullable=True),
        sa.Column('entered_at', sa.DateTime(), nullable=True),
        sa.ForeignKeyConstraint(['meeting_id'], ['meeting.id'], name='fk_link_meeting_id'),
        sa.ForeignKeyConstraint(['member_id'], ['member.id'], name='fk_link_member_id'),
        sa.ForeignKeyConstraint(['issued_by_id'], ['user.id'], name='fk_link_issued_by_id'),
        sa.PrimaryKeyConstraint('id', name='pk_link'),
        sa.UniqueConstraint('token_hash', name='uq_link_token_hash'))
    for column in ('meeting_id', 'member_id'):
        op.create_index(f'ix_link_{column}', 'link', [column])


def downgrade():
    for table in ('link', 'notice', 'job', 'progress_step'):
        op.drop_table(table)
    with op.batch_alter_table('action_item') as table:
        table.drop_constraint(table.f('ck_action_item_progress'), type_='check')
        table.drop_index('ix_action_item_state')
        table.drop_column('state')
    with op.batch_alter_table('letter') as table:
        table.drop_constraint('uq_letter_key', type_='unique')
        table.drop_column('secret')
        table.drop_column('key')
    for column in reversed(OFFICE()):
        op.drop_column('office', column.name)

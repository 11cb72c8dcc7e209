"""Notices that ask for nothing any more, how people want to be told, and one more kind: roles nobody answered."""

import sqlalchemy as sa
from alembic import op

revision = '0032'
down_revision = '0031'

KINDS = ('confirm', 'change_asked', 'change_answered', 'answered', 'due', 'overdue', 'stuck', 'handed_over', 'draft', 'remark',
         'remark_answered', 'minutes_final', 'minutes_late', 'reply', 'link_locked')


def upgrade():
    op.add_column('notice', sa.Column('settled_at', sa.DateTime(), nullable=True))
    _kinds((*KINDS, 'unanswered'))
    op.create_table('notice_setting',
        sa.Column('member_id', sa.Integer(), nullable=False),
        sa.Column('by_mail', sa.Enum('at_once', 'daily', 'never', name='bymail', native_enum=False, create_constraint=True, length=20), nullable=False),
        sa.Column('reminders', sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(['member_id'], ['member.id'], name='fk_notice_setting_member_id'),
        sa.PrimaryKeyConstraint('member_id', name='pk_notice_setting'))


def downgrade():
    op.drop_table('notice_setting')
    with op.batch_alter_table('notice') as table:
        table.drop_column('settled_at')
    op.execute("DELETE FROM notice WHERE kind = 'unanswered'")
    _kinds(KINDS)


def _kinds(values):
    with op.batch_alter_table('notice') as table:
        table.drop_constraint(table.f('ck_notice_noticekind'), type_='check')
        table.create_check_constraint(table.f('ck_notice_noticekind'), sa.column('kind').in_(values))

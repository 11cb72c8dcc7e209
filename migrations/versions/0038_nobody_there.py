"""One more kind of notice: a role whose holder is gone."""

import sqlalchemy as sa
from alembic import op

revision = '0038'
down_revision = '0037'

KINDS = ('confirm', 'change_asked', 'change_answered', 'answered', 'due', 'overdue', 'stuck', 'handed_over', 'draft', 'remark',
         'remark_answered', 'minutes_final', 'minutes_late', 'reply', 'link_locked', 'unanswered')


def upgrade():
    _kinds((*KINDS, 'unheld'))


def downgrade():
    op.execute("DELETE FROM notice WHERE kind = 'unheld'")
    _kinds(KINDS)


def _kinds(values):
    with op.batch_alter_table('notice') as table:
        table.drop_constraint(table.f('ck_notice_noticekind'), type_='check')
        table.create_check_constraint(table.f('ck_notice_noticekind'), sa.column('kind').in_(values))

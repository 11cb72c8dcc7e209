"""Of which roles' days somebody was reminded."""

import sqlalchemy as sa
from alembic import op

revision = '0036'
down_revision = '0035'


def upgrade():
    op.create_table('reminder',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('action_id', sa.Integer(), nullable=False),
        sa.Column('member_id', sa.Integer(), nullable=False),
        sa.Column('kind', sa.Enum('due', 'overdue', name='about', native_enum=False, create_constraint=True, length=20), nullable=False),
        sa.Column('due_on', sa.Date(), nullable=False),
        sa.Column('on', sa.Date(), nullable=False),
        sa.Column('notice_id', sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(['action_id'], ['action_item.id'], name='fk_reminder_action_id'),
        sa.ForeignKeyConstraint(['member_id'], ['member.id'], name='fk_reminder_member_id'),
        sa.ForeignKeyConstraint(['notice_id'], ['notice.id'], name='fk_reminder_notice_id', ondelete='SET NULL'),
        sa.PrimaryKeyConstraint('id', name='pk_reminder'),
        sa.UniqueConstraint('action_id', 'member_id', 'kind', 'due_on', 'on', name='uq_reminder_action_id_member_id_kind_due_on_on'))
    op.create_index('ix_reminder_action_id', 'reminder', ['action_id'])
    op.create_index('ix_reminder_notice_id', 'reminder', ['notice_id'])


def downgrade():
    op.drop_table('reminder')

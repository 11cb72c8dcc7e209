"""fixed members of each kind of meeting"""

import sqlalchemy as sa
from alembic import op

revision = '0008'
down_revision = '0007'


def upgrade():
    kinds = sa.Enum('juso', 'shien', 'premeeting', 'general', name='kind', native_enum=False, create_constraint=True, length=20)
    op.create_table(
        'core_member',
        sa.Column('kind', kinds, nullable=False),
        sa.Column('member_id', sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(['member_id'], ['member.id'], name=op.f('fk_core_member_member_id')),
        sa.PrimaryKeyConstraint('kind', 'member_id', name=op.f('pk_core_member')))
    with op.batch_alter_table('core_member') as table:
        table.create_index(table.f('ix_core_member_member_id'), ['member_id'])


def downgrade():
    with op.batch_alter_table('core_member') as table:
        table.drop_index(table.f('ix_core_member_member_id'))
    op.drop_table('core_member')

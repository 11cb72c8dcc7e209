"""How a report came in, who acts for whom, what was handed over, what goes on from an earlier meeting."""

import sqlalchemy as sa
from alembic import op

revision = '0030'
down_revision = '0029'

PROGRESS = ('open', 'started', 'done', 'stuck', 'dropped')
VIA = ('screen', 'link', 'paper', 'phone', 'told')
CAUSES = ('transfer', 'leave', 'other')


def _choice(values, name):
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=20)


def _states(values):
    for name in ('action_item', 'progress_step'):
        with op.batch_alter_table(name) as table:
            table.drop_constraint(table.f(f'ck_{name}_progress'), type_='check')
            table.create_check_constraint(table.f(f'ck_{name}_progress'), sa.column('state').in_(values))


def upgrade():
    _states((*PROGRESS, 'carried'))
    with op.batch_alter_table('action_item') as table:
        table.add_column(sa.Column('carried_from_id', sa.Integer(), nullable=True))
        table.create_foreign_key('fk_action_item_carried_from_id', 'action_item', ['carried_from_id'], ['id'])
        table.create_index('ix_action_item_carried_from_id', ['carried_from_id'])
    with op.batch_alter_table('progress_step') as table:
        table.add_column(sa.Column('via', sa.String(20), nullable=True))
        table.add_column(sa.Column('link_id', sa.Integer(), nullable=True))
        table.add_column(sa.Column('deputised', sa.Boolean(), nullable=True))
        table.create_check_constraint(table.f('ck_progress_step_via'), sa.column('via').in_(VIA))
        table.create_foreign_key('fk_progress_step_link_id', 'link', ['link_id'], ['id'])
    op.execute("UPDATE progress_step SET via = 'screen', deputised = FALSE")
    with op.batch_alter_table('progress_step') as table:
        table.alter_column('via', existing_type=sa.String(20), nullable=False)
        table.alter_column('deputised', existing_type=sa.Boolean(), nullable=False)
    op.create_table('absence',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('member_id', sa.Integer(), nullable=False),
        sa.Column('deputy_id', sa.Integer(), nullable=False),
        sa.Column('from_on', sa.Date(), nullable=False),
        sa.Column('to_on', sa.Date(), nullable=False),
        sa.Column('by_id', sa.Integer(), nullable=False),
        sa.Column('at', sa.DateTime(), nullable=False),
        sa.Column('ended_at', sa.DateTime(), nullable=True),
        sa.CheckConstraint('to_on >= from_on', name=op.f('ck_absence_ends_after_start')),
        sa.ForeignKeyConstraint(['member_id'], ['member.id'], name='fk_absence_member_id'),
        sa.ForeignKeyConstraint(['deputy_id'], ['member.id'], name='fk_absence_deputy_id'),
        sa.ForeignKeyConstraint(['by_id'], ['user.id'], name='fk_absence_by_id'),
        sa.PrimaryKeyConstraint('id', name='pk_absence'))
    op.create_table('handover',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('from_id', sa.Integer(), nullable=False),
        sa.Column('to_id', sa.Integer(), nullable=False),
        sa.Column('cause', _choice(CAUSES, 'cause'), nullable=False),
        sa.Column('by_id', sa.Integer(), nullable=False),
        sa.Column('at', sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(['from_id'], ['member.id'], name='fk_handover_from_id'),
        sa.ForeignKeyConstraint(['to_id'], ['member.id'], name='fk_handover_to_id'),
        sa.ForeignKeyConstraint(['by_id'], ['user.id'], name='fk_handover_by_id'),
        sa.PrimaryKeyConstraint('id', name='pk_handover'))
    op.create_table('handover_item',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('handover_id', sa.Integer(), nullable=False),
        sa.Column('action_id', sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(['handover_id'], ['handover.id'], name='fk_handover_item_handover_id'),
        sa.ForeignKeyConstraint(['action_id'], ['action_item.id'], name='fk_handover_item_action_id'),
        sa.PrimaryKeyConstraint('id', name='pk_handover_item'))
    op.create_table('settlement',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('entry_id', sa.Integer(), nullable=False),
        sa.Column('hearing_id', sa.Integer(), nullable=False),
        sa.Column('note', sa.Text(), nullable=False),
        sa.Column('by_id', sa.Integer(), nullable=False),
        sa.Column('at', sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(['entry_id'], ['entry.id'], name='fk_settlement_entry_id'),
        sa.ForeignKeyConstraint(['hearing_id'], ['hearing.id'], name='fk_settlement_hearing_id'),
        sa.ForeignKeyConstraint(['by_id'], ['user.id'], name='fk_settlement_by_id'),
        sa.PrimaryKeyConstraint('id', name='pk_settlement'),
        sa.UniqueConstraint('entry_id', name='uq_settlement_entry_id'))
    for table, columns in INDEXED.items():
        for column in columns:
            op.create_index(f'ix_{table}_{column}', table, [column])


INDEXED = dict(absence=('member_id', 'deputy_id'), handover=('from_id', 'to_id'), handover_item=('handover_id', 'action_id'),
               settlement=('hearing_id',))


def downgrade():
    for table in ('settlement', 'handover_item', 'handover', 'absence'):
        op.drop_table(table)
    op.execute("DELETE FROM progress_step WHERE state = 'carried'")
    op.execute("UPDATE action_item SET state = 'open' WHERE state = 'carried'")
    with op.batch_alter_table('progress_step') as table:
        table.drop_constraint(table.f('ck_progress_step_via'), type_='check')
        table.drop_constraint('fk_progress_step_link_id', type_='foreignkey')
        for column in ('deputised', 'link_id', 'via'):
            table.drop_column(column)
    with op.batch_alter_table('action_item') as table:
        table.drop_index('ix_action_item_carried_from_id')
        table.drop_constraint('fk_action_item_carried_from_id', type_='foreignkey')
        table.drop_column('carried_from_id')
    _states(PROGRESS)

"""Lines with room between them, a journal of acts to undo, who is said to have said each text, what was made of a line."""

import sqlalchemy as sa
from alembic import op

revision = '0018'
down_revision = '0017'

# every line to a round place, in the order of today; a subquery is read whole before the first row changes
PLACES = '''UPDATE entry SET position = ordered.place FROM
    (SELECT id, {step} * row_number() OVER (PARTITION BY hearing_id ORDER BY position, id) AS place FROM entry) AS ordered
    WHERE ordered.id = entry.id'''


def upgrade():
    op.execute(PLACES.format(step=1024))
    with op.batch_alter_table('entry') as table:
        table.drop_index('ix_entry_hearing_id_position')
        table.create_unique_constraint(op.f('uq_entry_hearing_id_position'), ['hearing_id', 'position'])
    for name, other in (('entry_revision', 'agency'), ('action_item', 'entry'), ('resource_idea', 'entry')):
        with op.batch_alter_table(name) as table:
            table.add_column(sa.Column(f'{other}_id', sa.Integer(), nullable=True))
            table.create_foreign_key(op.f(f'fk_{name}_{other}_id'), other, [f'{other}_id'], ['id'])
    op.execute('UPDATE entry_revision SET agency_id = (SELECT entry.agency_id FROM entry WHERE entry.id = entry_revision.entry_id '
               'AND entry.number = entry_revision.number)')
    op.create_table(
        'room_act',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('hearing_id', sa.Integer(), nullable=False),
        sa.Column('by_id', sa.Integer(), nullable=False),
        sa.Column('at', sa.DateTime(), nullable=False),
        sa.Column('kind', sa.String(length=20), nullable=False),
        sa.Column('entry_id', sa.Integer(), nullable=True),
        sa.Column('before', sa.JSON(), nullable=False),
        sa.Column('after', sa.JSON(), nullable=False),
        sa.Column('undone', sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(['hearing_id'], ['hearing.id'], name=op.f('fk_room_act_hearing_id')),
        sa.ForeignKeyConstraint(['by_id'], ['user.id'], name=op.f('fk_room_act_by_id')),
        sa.ForeignKeyConstraint(['entry_id'], ['entry.id'], name=op.f('fk_room_act_entry_id')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_room_act')),
    )
    op.create_index(op.f('ix_room_act_entry_id'), 'room_act', ['entry_id'])
    op.create_index('ix_room_act_hearing_id_by_id', 'room_act', ['hearing_id', 'by_id'])


def downgrade():
    op.drop_table('room_act')
    for name, other in (('resource_idea', 'entry'), ('action_item', 'entry'), ('entry_revision', 'agency')):
        with op.batch_alter_table(name) as table:
            table.drop_constraint(op.f(f'fk_{name}_{other}_id'), type_='foreignkey')
            table.drop_column(f'{other}_id')
    with op.batch_alter_table('entry') as table:
        table.drop_constraint(op.f('uq_entry_hearing_id_position'), type_='unique')
        table.create_index('ix_entry_hearing_id_position', ['hearing_id', 'position'])

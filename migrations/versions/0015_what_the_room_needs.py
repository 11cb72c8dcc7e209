"""What a step of the agenda says and who shares in it; lines shared with some of the table only (限定共有)."""

import sqlalchemy as sa
from alembic import op

revision = '0015'
down_revision = '0014'

# table: column, type, what rows of today get
COLUMNS = {
    'agenda_item': [('say', sa.Text(), "''"), ('limited', sa.Boolean(), 'false')],
    'entry': [('limited', sa.Boolean(), 'false')],
    'seat': [('confidant', sa.Boolean(), 'true')],
}


def upgrade():
    for name, columns in COLUMNS.items():
        with op.batch_alter_table(name) as table:
            for column, kind, _value in columns:
                table.add_column(sa.Column(column, kind, nullable=True))
        for column, _kind, value in columns:
            op.execute(f'UPDATE {name} SET {column} = {value}')
        with op.batch_alter_table(name) as table:
            for column, kind, _value in columns:
                table.alter_column(column, existing_type=kind, nullable=False)
    with op.batch_alter_table('entry') as table:
        table.drop_index('ix_entry_hearing_id')
        table.create_index('ix_entry_hearing_id_position', ['hearing_id', 'position'])


def downgrade():
    with op.batch_alter_table('entry') as table:
        table.drop_index('ix_entry_hearing_id_position')
        table.create_index('ix_entry_hearing_id', ['hearing_id'])
    for name, columns in COLUMNS.items():
        with op.batch_alter_table(name) as table:
            for column, _kind, _value in columns:
                table.drop_column(column)

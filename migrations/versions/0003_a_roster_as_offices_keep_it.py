"""A roster as offices keep it: whom letters address, days of coming and leaving, imports."""

import sqlalchemy as sa
from alembic import op

revision = '0003'
down_revision = '0002'

WORDS = {
    'agency': [('head', 80), ('postal', 8), ('address', 200), ('phone', 40), ('fax', 40), ('contract', 80), ('remarks', 1000)],
    'member': [('section', 80), ('deputy', 80), ('remarks', 400)],
}
DAYS = {'domain': ['left_on'], 'agency': ['left_on'], 'member': ['since', 'left_on']}


def upgrade():
    for table, columns in WORDS.items():
        for name, length in columns:
            op.add_column(table, sa.Column(name, sa.String(length=length), server_default='', nullable=False))
    for table, columns in DAYS.items():
        for name in columns:
            op.add_column(table, sa.Column(name, sa.Date(), nullable=True))
    op.execute('UPDATE member SET left_on = CURRENT_DATE WHERE NOT active')  # the day itself was not written down so far
    op.add_column('domain', sa.Column('version', sa.Integer(), server_default='1', nullable=False))
    op.create_table('roster_import',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('user_id', sa.Integer(), nullable=False),
    sa.Column('file_name', sa.String(length=200), nullable=False),
    sa.Column('started_at', sa.DateTime(), nullable=False),
    sa.Column('expires_at', sa.DateTime(), nullable=False),
    sa.Column('content', sa.LargeBinary(), nullable=True),
    sa.Column('choices', sa.JSON(), nullable=False),
    sa.Column('done_at', sa.DateTime(), nullable=True),
    sa.Column('report', sa.JSON(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['user_id'], ['user.id'], name=op.f('fk_roster_import_user_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_roster_import'))
    )
    with op.batch_alter_table('roster_import', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_roster_import_user_id'), ['user_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_roster_import_done_at'), ['done_at'], unique=False)


def downgrade():
    op.drop_table('roster_import')
    for table, names in [('domain', ['version', 'left_on']), ('member', ['left_on', 'since']), ('agency', ['left_on'])]:
        for name in names:
            op.execute(f'ALTER TABLE {table} DROP COLUMN {name}')
    for table in ('member', 'agency'):
        for name, _length in reversed(WORDS[table]):
            op.execute(f'ALTER TABLE {table} DROP COLUMN {name}')

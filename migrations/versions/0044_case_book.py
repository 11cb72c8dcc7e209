"""The case book: examples, what became of them, and findings that somebody confirmed."""

import sqlalchemy as sa
from alembic import op

revision = '0044'
down_revision = '0043'


def upgrade():
    op.create_table(
        'case_example',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('case_id', sa.Integer(), nullable=True),
        sa.Column('fiscal_year', sa.Integer(), nullable=False),
        sa.Column('state', sa.Enum('draft', 'ready', 'withdrawn', name='examplestate', native_enum=False, create_constraint=True, length=20), nullable=False),
        sa.Column('widened', sa.Boolean(), nullable=False),
        sa.Column('facts', sa.JSON(), nullable=False),
        sa.Column('title', sa.String(80), nullable=False),
        *(sa.Column(name, sa.Text(), nullable=False) for name in ('overview', 'troubles', 'flow', 'decided', 'worked', 'remains', 'missing')),
        sa.Column('written_by_id', sa.Integer(), nullable=False),
        sa.Column('version', sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(['case_id'], ['case.id'], name=op.f('fk_case_example_case_id_case'), ondelete='SET NULL'),
        sa.ForeignKeyConstraint(['written_by_id'], ['user.id'], name=op.f('fk_case_example_written_by_id_user')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_case_example')),
    )
    op.create_index(op.f('ix_case_example_case_id'), 'case_example', ['case_id'])
    op.create_index(op.f('ix_case_example_fiscal_year'), 'case_example', ['fiscal_year'])
    for table, own in (('case_example_step', [sa.Column('state', sa.Enum('draft', 'ready', 'withdrawn', name='examplestep_state', native_enum=False, create_constraint=True, length=20), nullable=False),
                                              sa.Column('note', sa.String(400), nullable=False)]),
                       ('case_example_confirmation', [sa.Column('key', sa.String(16), nullable=False), sa.Column('reason', sa.String(200), nullable=False),
                                                      sa.UniqueConstraint('example_id', 'key', name=op.f('uq_case_example_confirmation_example_id_key'))])):
        op.create_table(
            table,
            sa.Column('id', sa.Integer(), nullable=False),
            sa.Column('example_id', sa.Integer(), nullable=False),
            sa.Column('by_id', sa.Integer(), nullable=False),
            sa.Column('at', sa.DateTime(), nullable=False),
            *own,
            sa.ForeignKeyConstraint(['example_id'], ['case_example.id'], name=op.f(f'fk_{table}_example_id_case_example'), ondelete='CASCADE'),
            sa.ForeignKeyConstraint(['by_id'], ['user.id'], name=op.f(f'fk_{table}_by_id_user')),
            sa.PrimaryKeyConstraint('id', name=op.f(f'pk_{table}')),
        )
        op.create_index(op.f(f'ix_{table}_example_id'), table, ['example_id'])


def downgrade():
    op.drop_table('case_example_confirmation')
    op.drop_table('case_example_step')
    op.drop_table('case_example')

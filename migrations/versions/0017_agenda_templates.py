"""Agendas to start a meeting from become the office's own."""

import sqlalchemy as sa
from alembic import op

revision = '0017'
down_revision = '0016'


def upgrade():
    op.create_table('agenda_template',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('key', sa.String(length=40), nullable=False),
    sa.Column('part', sa.String(length=20), nullable=False),
    sa.Column('purpose', sa.Enum('talk', 'fit', 'evaluation', 'resources', 'no_case', name='purpose', native_enum=False, create_constraint=True, length=20), nullable=False),
    sa.Column('ja', sa.String(length=80), nullable=False),
    sa.Column('en', sa.String(length=80), nullable=False),
    sa.Column('hint_ja', sa.String(length=200), nullable=False),
    sa.Column('hint_en', sa.String(length=200), nullable=False),
    sa.Column('active', sa.Boolean(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_agenda_template')),
    sa.UniqueConstraint('key', name=op.f('uq_agenda_template_key'))
    )
    op.create_table('template_step',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('template_id', sa.Integer(), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('minutes', sa.Integer(), nullable=False),
    sa.Column('screen', sa.String(length=20), nullable=False),
    sa.Column('limited', sa.Boolean(), nullable=False),
    sa.Column('title_ja', sa.String(length=120), nullable=False),
    sa.Column('title_en', sa.String(length=120), nullable=False),
    sa.Column('say_ja', sa.Text(), nullable=False),
    sa.Column('say_en', sa.Text(), nullable=False),
    sa.ForeignKeyConstraint(['template_id'], ['agenda_template.id'], name=op.f('fk_template_step_template_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_template_step'))
    )
    with op.batch_alter_table('template_step') as table:
        table.create_index(table.f('ix_template_step_template_id'), ['template_id'])


def downgrade():
    with op.batch_alter_table('template_step') as table:
        table.drop_index(table.f('ix_template_step_template_id'))
    op.drop_table('template_step')
    op.drop_table('agenda_template')

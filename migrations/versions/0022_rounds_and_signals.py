"""Rounds in which everybody writes before anybody speaks; quiet signals, of which nothing but their number is kept."""

import sqlalchemy as sa
from alembic import op

revision = '0022'
down_revision = '0021'


def upgrade():
    op.create_table('round',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('hearing_id', sa.Integer(), nullable=False),
    sa.Column('key', sa.String(length=40), nullable=False),
    sa.Column('question', sa.Text(), nullable=False),
    sa.Column('limited', sa.Boolean(), nullable=False),
    sa.Column('opened_by_id', sa.Integer(), nullable=False),
    sa.Column('opened_at', sa.DateTime(), nullable=False),
    sa.Column('revealed_at', sa.DateTime(), nullable=True),
    sa.Column('ended_at', sa.DateTime(), nullable=True),
    sa.ForeignKeyConstraint(['hearing_id'], ['hearing.id'], name=op.f('fk_round_hearing_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['opened_by_id'], ['user.id'], name=op.f('fk_round_opened_by_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_round')),
    sa.UniqueConstraint('key', name=op.f('uq_round_key'))
    )
    with op.batch_alter_table('round') as table:
        table.create_index(op.f('ix_round_hearing_id'), ['hearing_id'])
    op.create_table('round_word',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('round_id', sa.Integer(), nullable=False),
    sa.Column('seat_id', sa.Integer(), nullable=False),
    sa.Column('key', sa.String(length=40), nullable=False),
    sa.Column('text', sa.Text(), nullable=False),
    sa.Column('passed', sa.Boolean(), nullable=False),
    sa.Column('written_by_id', sa.Integer(), nullable=False),
    sa.Column('handed_in_at', sa.DateTime(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['round_id'], ['round.id'], name=op.f('fk_round_word_round_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['seat_id'], ['seat.id'], name=op.f('fk_round_word_seat_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['written_by_id'], ['user.id'], name=op.f('fk_round_word_written_by_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_round_word')),
    sa.UniqueConstraint('key', name=op.f('uq_round_word_key')),
    sa.UniqueConstraint('round_id', 'seat_id', name=op.f('uq_round_word_round_id_seat_id'))
    )
    with op.batch_alter_table('round_word') as table:
        table.create_index(op.f('ix_round_word_seat_id'), ['seat_id'])
    op.create_table('signal_count',
    sa.Column('hearing_id', sa.Integer(), nullable=False),
    sa.Column('kind', sa.Enum('slower', 'word', 'breathe', name='signal', native_enum=False, create_constraint=True, length=20), nullable=False),
    sa.Column('raised', sa.Integer(), nullable=False),
    sa.Column('seen', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['hearing_id'], ['hearing.id'], name=op.f('fk_signal_count_hearing_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('hearing_id', 'kind', name=op.f('pk_signal_count'))
    )


def downgrade():
    op.drop_table('signal_count')
    op.drop_table('round_word')
    op.drop_table('round')

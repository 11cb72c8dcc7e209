"""Clue cards (糸口カード): the office's deck, and which card was used where."""

import sqlalchemy as sa
from alembic import op

revision = '0024'
down_revision = '0023'


def words():
    return [sa.Column('title_ja', sa.String(length=80), nullable=False),
            sa.Column('title_en', sa.String(length=120), nullable=False),
            *(sa.Column(name, sa.Text(), nullable=False) for name in ('question_ja', 'question_en', 'how_ja', 'how_en'))]


def upgrade():
    op.create_table('clue_card',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('key', sa.String(length=40), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('active', sa.Boolean(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    *words(),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_clue_card')),
    sa.UniqueConstraint('key', name=op.f('uq_clue_card_key'))
    )
    op.create_table('card_use',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('hearing_id', sa.Integer(), nullable=False),
    sa.Column('rule', sa.Boolean(), nullable=False),
    sa.Column('limited', sa.Boolean(), nullable=False),
    sa.Column('shown_by_id', sa.Integer(), nullable=False),
    sa.Column('shown_at', sa.DateTime(), nullable=False),
    sa.Column('ended_at', sa.DateTime(), nullable=True),
    sa.Column('outcome', sa.Text(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    *words(),
    sa.ForeignKeyConstraint(['hearing_id'], ['hearing.id'], name=op.f('fk_card_use_hearing_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['shown_by_id'], ['user.id'], name=op.f('fk_card_use_shown_by_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_card_use'))
    )
    with op.batch_alter_table('card_use') as table:
        table.create_index(table.f('ix_card_use_hearing_id'), ['hearing_id'])


def downgrade():
    with op.batch_alter_table('card_use') as table:
        table.drop_index(table.f('ix_card_use_hearing_id'))
    op.drop_table('card_use')
    op.drop_table('clue_card')

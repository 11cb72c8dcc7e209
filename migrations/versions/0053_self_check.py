"""The self-check of a fiscal year: its sections, answers, and who began, finished and reopened it."""

import sqlalchemy as sa
from alembic import op

from core.database import UtcDateTime

revision = '0053'
down_revision = '0052'


def upgrade():
    op.create_table('self_check',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('fiscal_year', sa.Integer(), nullable=False),
        sa.Column('survey_key', sa.String(length=20), nullable=False),
        sa.Column('state', sa.Enum('draft', 'finished', name='checkstate', native_enum=False, create_constraint=True, length=20), nullable=False),
        sa.Column('evidence', sa.JSON(), nullable=False),
        sa.Column('resolve', sa.Text(), nullable=False),
        sa.Column('version', sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint('id', name='pk_self_check'),
        sa.UniqueConstraint('fiscal_year', name='uq_self_check_fiscal_year'))
    op.create_table('self_check_part',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('check_id', sa.Integer(), nullable=False),
        sa.Column('section', sa.String(length=20), nullable=False),
        sa.Column('saved_at', UtcDateTime(), nullable=True),
        sa.Column('saved_by_id', sa.Integer(), nullable=True),
        sa.Column('version', sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(['check_id'], ['self_check.id'], name='fk_self_check_part_check_id', ondelete='CASCADE'),
        sa.ForeignKeyConstraint(['saved_by_id'], ['user.id'], name='fk_self_check_part_saved_by_id'),
        sa.PrimaryKeyConstraint('id', name='pk_self_check_part'),
        sa.UniqueConstraint('check_id', 'section', name='uq_self_check_part_check_id_section'))
    op.create_index('ix_self_check_part_check_id', 'self_check_part', ['check_id'])
    op.create_table('self_check_answer',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('part_id', sa.Integer(), nullable=False),
        sa.Column('question', sa.String(length=40), nullable=False),
        sa.Column('chosen', sa.JSON(), nullable=False),
        sa.Column('note', sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(['part_id'], ['self_check_part.id'], name='fk_self_check_answer_part_id', ondelete='CASCADE'),
        sa.PrimaryKeyConstraint('id', name='pk_self_check_answer'),
        sa.UniqueConstraint('part_id', 'question', name='uq_self_check_answer_part_id_question'))
    op.create_index('ix_self_check_answer_part_id', 'self_check_answer', ['part_id'])
    op.create_table('self_check_step',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('check_id', sa.Integer(), nullable=False),
        sa.Column('state', sa.Enum('draft', 'finished', name='checkstep_state', native_enum=False, create_constraint=True, length=20), nullable=False),
        sa.Column('by_id', sa.Integer(), nullable=False),
        sa.Column('at', UtcDateTime(), nullable=False),
        sa.Column('words', sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(['by_id'], ['user.id'], name='fk_self_check_step_by_id'),
        sa.ForeignKeyConstraint(['check_id'], ['self_check.id'], name='fk_self_check_step_check_id', ondelete='CASCADE'),
        sa.PrimaryKeyConstraint('id', name='pk_self_check_step'))
    op.create_index('ix_self_check_step_check_id', 'self_check_step', ['check_id'])


def downgrade():
    for table in ('self_check_step', 'self_check_answer', 'self_check_part', 'self_check'):
        op.drop_table(table)

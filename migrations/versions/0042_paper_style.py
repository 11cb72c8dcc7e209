"""How the office's papers look, and the running numbers of its documents."""

import sqlalchemy as sa
from alembic import op

revision = '0042'
down_revision = '0041'


def upgrade():
    op.create_table(
        'paper_style',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('body_font', sa.String(40), nullable=False),
        sa.Column('heading_font', sa.String(40), nullable=False),
        *(sa.Column(name, sa.Double(), nullable=False) for name in ('body_size', 'table_size', 'left', 'right', 'top', 'bottom')),
        sa.Column('lines', sa.Integer(), nullable=False),
        sa.Column('characters', sa.Integer(), nullable=False),
        sa.Column('numbering', sa.String(20), nullable=False),
        sa.Column('comma', sa.String(1), nullable=False),
        sa.Column('days', sa.String(20), nullable=False),
        sa.Column('times', sa.String(20), nullable=False),
        sa.Column('box_title', sa.String(10), nullable=False),
        sa.Column('box_labels', sa.String(200), nullable=False),
        sa.Column('header_text', sa.String(40), nullable=False),
        sa.Column('footer_text', sa.String(80), nullable=False),
        sa.Column('logo', sa.LargeBinary(), nullable=False),
        sa.Column('logo_words', sa.String(80), nullable=False),
        sa.Column('annexes', sa.Boolean(), nullable=False),
        sa.Column('captions', sa.Boolean(), nullable=False),
        sa.Column('number_rule', sa.String(40), nullable=False),
        sa.Column('version', sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_paper_style')),
    )
    op.create_table(
        'document_count',
        sa.Column('year', sa.Integer(), autoincrement=False, nullable=False),
        sa.Column('last', sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint('year', name=op.f('pk_document_count')),
    )


def downgrade():
    op.drop_table('document_count')
    op.drop_table('paper_style')

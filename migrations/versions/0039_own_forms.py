"""The office's own forms (自庁様式) and their versions."""

import sqlalchemy as sa
from alembic import op

revision = '0039'
down_revision = '0038'


def upgrade():
    op.create_table('own_form',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('name', sa.String(80), nullable=False),
        sa.Column('paper', sa.Enum('minutes', 'summary', 'roles', name='formpaper', native_enum=False, create_constraint=True, length=20), nullable=False),
        sa.Column('used_number', sa.Integer(), nullable=True),
        sa.Column('standard', sa.Boolean(), nullable=False),
        sa.Column('version', sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint('id', name='pk_own_form'))
    op.create_table('own_form_version',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('form_id', sa.Integer(), nullable=False),
        sa.Column('number', sa.Integer(), nullable=False),
        sa.Column('content', sa.LargeBinary(), nullable=False),
        sa.Column('hash', sa.String(64), nullable=False),
        sa.Column('size', sa.Integer(), nullable=False),
        sa.Column('note', sa.String(200), nullable=False),
        sa.Column('left_out', sa.JSON(), nullable=False),
        sa.Column('made_at', sa.DateTime(), nullable=False),
        sa.Column('made_by_id', sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(['form_id'], ['own_form.id'], name='fk_own_form_version_form_id'),
        sa.ForeignKeyConstraint(['made_by_id'], ['user.id'], name='fk_own_form_version_made_by_id'),
        sa.PrimaryKeyConstraint('id', name='pk_own_form_version'),
        sa.UniqueConstraint('form_id', 'number', name='uq_own_form_version_form_id_number'))
    op.create_index('ix_own_form_version_form_id', 'own_form_version', ['form_id'])


def downgrade():
    op.drop_index('ix_own_form_version_form_id', 'own_form_version')
    op.drop_table('own_form_version')
    op.drop_table('own_form')

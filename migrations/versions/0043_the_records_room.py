"""The records room: parts in which final minutes are found, where they are filed, and how far an export of a year has come."""

import sqlalchemy as sa
from alembic import op

revision = '0043'
down_revision = '0042'


def upgrade():
    op.create_table(
        'minutes_part',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('version_id', sa.Integer(), nullable=False),
        sa.Column('hearing_id', sa.Integer(), nullable=True),
        sa.Column('limited', sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(['version_id'], ['minutes_version.id'], name=op.f('fk_minutes_part_version_id')),
        sa.ForeignKeyConstraint(['hearing_id'], ['hearing.id'], name=op.f('fk_minutes_part_hearing_id')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_minutes_part')))
    op.create_index(op.f('ix_minutes_part_version_id'), 'minutes_part', ['version_id'])
    op.create_index(op.f('ix_minutes_part_hearing_id'), 'minutes_part', ['hearing_id'])
    op.execute("INSERT INTO minutes_part (version_id, hearing_id, limited) SELECT id, NULL, false FROM minutes_version")
    for limited in ('false', 'true'):
        op.execute(f"INSERT INTO minutes_part (version_id, hearing_id, limited) SELECT v.id, h.id, {limited} "
                   "FROM minutes_version v JOIN hearing h ON h.meeting_id = v.meeting_id")
    op.execute('DELETE FROM search_head')  # the index is written anew when the program starts
    op.create_table(
        'filing',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('version_id', sa.Integer(), nullable=False),
        sa.Column('binder', sa.String(80), nullable=False),
        sa.Column('number', sa.String(60), nullable=False),
        sa.Column('at', sa.DateTime(), nullable=False),
        sa.Column('by_id', sa.Integer(), nullable=False),
        sa.Column('undone_at', sa.DateTime(), nullable=True),
        sa.Column('undone_by_id', sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(['version_id'], ['minutes_version.id'], name=op.f('fk_filing_version_id')),
        sa.ForeignKeyConstraint(['by_id'], ['user.id'], name=op.f('fk_filing_by_id')),
        sa.ForeignKeyConstraint(['undone_by_id'], ['user.id'], name=op.f('fk_filing_undone_by_id')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_filing')))
    op.create_index(op.f('ix_filing_version_id'), 'filing', ['version_id'])
    op.execute("INSERT INTO filing (version_id, binder, number, at, by_id) "
               "SELECT id, '', '', filed_at, filed_by_id FROM minutes_version WHERE filed_at IS NOT NULL")
    op.create_table(
        'year_export',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('key', sa.String(40), nullable=False),
        sa.Column('by_id', sa.Integer(), nullable=True),
        sa.Column('year', sa.Integer(), nullable=False),
        sa.Column('kind', sa.String(20), nullable=False),
        sa.Column('total', sa.Integer(), nullable=False),
        sa.Column('done', sa.Integer(), nullable=False),
        sa.Column('size', sa.BigInteger(), nullable=False),
        sa.Column('manifest', sa.String(64), nullable=False),
        sa.Column('started_at', sa.DateTime(), nullable=False),
        sa.Column('ended_at', sa.DateTime(), nullable=True),
        sa.ForeignKeyConstraint(['by_id'], ['user.id'], name=op.f('fk_year_export_by_id')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_year_export')))
    op.create_index(op.f('ix_year_export_by_id_key'), 'year_export', ['by_id', 'key'])
    op.create_index(op.f('ix_minutes_version_finalised_at'), 'minutes_version', ['finalised_at'])
    op.create_index(op.f('ix_meeting_fiscal_year'), 'meeting', ['fiscal_year'])


def downgrade():
    op.drop_index(op.f('ix_meeting_fiscal_year'), 'meeting')
    op.drop_index(op.f('ix_minutes_version_finalised_at'), 'minutes_version')
    for table in ('year_export', 'filing', 'minutes_part'):
        op.drop_table(table)
    op.execute('DELETE FROM search_head')

"""Asking for a pledge; what citations said before; at whose word an idea was written down."""

import sqlalchemy as sa
from alembic import op

from core.database import UtcDateTime

revision = '0058'
down_revision = '0056'

WORDS = dict(ja=sa.String(120), en=sa.String(120), as_of=sa.Date(), note=sa.Text())
NOTICES = ('confirm', 'change_asked', 'change_answered', 'answered', 'due', 'overdue', 'stuck', 'handed_over', 'draft', 'remark',
           'remark_answered', 'minutes_final', 'minutes_late', 'reply', 'link_locked', 'unanswered', 'unheld', 'wish_real', 'wish_dropped')


def upgrade():
    _notices((*NOTICES, 'pledge'))
    op.create_table('citation_version',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('key', sa.String(40), nullable=False),
        sa.Column('number', sa.Integer(), nullable=False),
        sa.Column('ja', sa.String(120), nullable=False),
        sa.Column('en', sa.String(120), nullable=False),
        sa.Column('since', sa.Date(), nullable=True),
        sa.Column('as_of', sa.Date(), nullable=False),
        sa.Column('note', sa.Text(), nullable=False),
        sa.Column('written_at', UtcDateTime(), nullable=True),
        sa.Column('written_by_id', sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(['key'], ['citation.key'], name=op.f('fk_citation_version_key_citation')),
        sa.ForeignKeyConstraint(['written_by_id'], ['user.id'], name=op.f('fk_citation_version_written_by_id_user')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_citation_version')),
        sa.UniqueConstraint('key', 'number', name=op.f('uq_citation_version_key_number')))
    op.execute("INSERT INTO citation_version (key, number, ja, en, as_of, note) SELECT key, 1, ja, en, as_of, note FROM citation ORDER BY key")
    with op.batch_alter_table('citation') as table:
        table.add_column(sa.Column('version', sa.Integer(), nullable=False, server_default='1'))
        for name in WORDS:
            table.drop_column(name)
    with op.batch_alter_table('citation') as table:
        table.alter_column('version', existing_type=sa.Integer(), server_default=None)
    with op.batch_alter_table('resource_idea') as table:
        table.add_column(sa.Column('suggested_by_id', sa.Integer(), nullable=True))
        table.create_foreign_key(table.f('fk_resource_idea_suggested_by_id_member'), 'member', ['suggested_by_id'], ['id'])


def downgrade():
    with op.batch_alter_table('resource_idea') as table:
        table.drop_constraint(table.f('fk_resource_idea_suggested_by_id_member'), type_='foreignkey')
        table.drop_column('suggested_by_id')
    with op.batch_alter_table('citation') as table:
        for name, kind in WORDS.items():
            table.add_column(sa.Column(name, kind, nullable=True))
    newest = "(SELECT {0} FROM citation_version WHERE citation_version.key = citation.key ORDER BY number DESC LIMIT 1)"
    op.execute("UPDATE citation SET " + ", ".join(f"{name} = {newest.format(name)}" for name in WORDS))
    with op.batch_alter_table('citation') as table:
        table.drop_column('version')
        for name, kind in WORDS.items():
            table.alter_column(name, existing_type=kind, nullable=False)
    op.drop_table('citation_version')
    op.execute("DELETE FROM notice WHERE kind = 'pledge'")
    _notices(NOTICES)


def _notices(values):
    with op.batch_alter_table('notice') as table:
        table.drop_constraint(table.f('ck_notice_noticekind'), type_='check')
        table.create_check_constraint(table.f('ck_notice_noticekind'), sa.column('kind').in_(values))

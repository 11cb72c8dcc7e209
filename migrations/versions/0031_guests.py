"""Guests behind a personal link: their sittings, who revoked a link, when it was mailed. The notice of a locked link.

Links issued until now had hashes without a key; nobody can enter by them any more, and they are revoked.
"""

import sqlalchemy as sa
from alembic import op

revision = '0031'
down_revision = '0030'

KINDS = ('confirm', 'change_asked', 'change_answered', 'answered', 'due', 'overdue', 'stuck', 'handed_over', 'draft', 'remark',
         'remark_answered', 'minutes_final', 'minutes_late', 'reply')


def _kinds(values):
    with op.batch_alter_table('notice') as table:
        table.drop_constraint(table.f('ck_notice_noticekind'), type_='check')
        table.create_check_constraint(table.f('ck_notice_noticekind'), sa.column('kind').in_(values))


def upgrade():
    op.create_table('guest_sitting',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('link_id', sa.Integer(), nullable=False),
        sa.Column('secret_hash', sa.String(64), nullable=False),
        sa.Column('at', sa.DateTime(), nullable=False),
        sa.Column('ended_at', sa.DateTime(), nullable=True),
        sa.ForeignKeyConstraint(['link_id'], ['link.id'], name='fk_guest_sitting_link_id'),
        sa.PrimaryKeyConstraint('id', name='pk_guest_sitting'),
        sa.UniqueConstraint('secret_hash', name='uq_guest_sitting_secret_hash'))
    op.create_index('ix_guest_sitting_link_id', 'guest_sitting', ['link_id'])
    with op.batch_alter_table('link') as table:
        table.add_column(sa.Column('revoked_by_id', sa.Integer(), nullable=True))
        table.add_column(sa.Column('mailed_at', sa.DateTime(), nullable=True))
        table.create_foreign_key('fk_link_revoked_by_id', 'user', ['revoked_by_id'], ['id'])
    op.execute('UPDATE link SET revoked_at = issued_at WHERE revoked_at IS NULL')
    _kinds((*KINDS, 'link_locked'))


def downgrade():
    op.execute("DELETE FROM notice WHERE kind = 'link_locked'")
    _kinds(KINDS)
    with op.batch_alter_table('link') as table:
        table.drop_constraint('fk_link_revoked_by_id', type_='foreignkey')
        table.drop_column('mailed_at')
        table.drop_column('revoked_by_id')
    op.drop_table('guest_sitting')

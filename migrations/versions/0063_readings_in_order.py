"""Resources stand in the order of their readings, on either database."""

import sqlalchemy as sa
from alembic import op

from core.kana import order

revision = '0063'
down_revision = '0062'

BY_CODE = sa.String(400).with_variant(sa.String(400, collation='C'), 'postgresql')


def upgrade():
    op.add_column('social_resource', sa.Column('place', BY_CODE, server_default=sa.text("''"), nullable=False))
    op.create_index(op.f('ix_social_resource_place'), 'social_resource', ['place'])
    there = sa.table('social_resource', sa.column('id'), sa.column('name'), sa.column('kana'), sa.column('place'))
    rows = op.get_bind().execute(sa.select(there.c.id, there.c.kana, there.c.name)).all()
    for number, kana, name in rows:
        op.execute(there.update().where(there.c.id == number).values(place=order(kana or name)))


def downgrade():
    op.drop_index(op.f('ix_social_resource_place'), 'social_resource')
    op.drop_column('social_resource', 'place')

"""What the facilitator holds on the wall, and whether the person's own words stand there; the person and the family do not
share in limited parts (限定共有) at the tables that are set already, unless it is chosen."""

import sqlalchemy as sa
from alembic import op

revision = '0023'
down_revision = '0022'


def upgrade():
    with op.batch_alter_table('hearing') as table:
        table.add_column(sa.Column('shown', sa.String(20), nullable=True))
        table.add_column(sa.Column('words_shown', sa.Boolean(), nullable=True))
    op.execute("UPDATE hearing SET shown = '', words_shown = false")
    with op.batch_alter_table('hearing') as table:
        table.alter_column('shown', existing_type=sa.String(20), nullable=False)
        table.alter_column('words_shown', existing_type=sa.Boolean(), nullable=False)
    op.execute("UPDATE seat SET confidant = false WHERE member_id IN (SELECT member.id FROM member JOIN agency_domain "
               "ON agency_domain.agency_id = member.agency_id WHERE agency_domain.domain_code = 'FAM')")


def downgrade():
    with op.batch_alter_table('hearing') as table:
        table.drop_column('words_shown')
        table.drop_column('shown')

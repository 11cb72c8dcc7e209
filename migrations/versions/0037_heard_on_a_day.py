"""An answer that somebody else wrote down says on which day it was heard."""

import sqlalchemy as sa
from alembic import op

revision = '0037'
down_revision = '0036'


def upgrade():
    op.add_column('confirmation', sa.Column('heard_on', sa.Date(), nullable=True))


def downgrade():
    with op.batch_alter_table('confirmation') as table:
        table.drop_column('heard_on')

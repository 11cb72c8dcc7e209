"""A decision on a passage remembers whether the line was limited then; working copies without their marks are known."""

from io import BytesIO
from zipfile import BadZipFile, ZipFile

from alembic import op
import sqlalchemy as sa

revision = '0064'
down_revision = '0063'

INTERNAL = '内部検討用・交付不可'


def upgrade():
    with op.batch_alter_table('withholding_mark') as table:
        table.add_column(sa.Column('limited', sa.Boolean(), nullable=False, server_default=sa.false()))
    with op.batch_alter_table('paper_copy') as table:
        table.add_column(sa.Column('unmarked', sa.Boolean(), nullable=False, server_default=sa.false()))
    op.execute(sa.update(sa.table('withholding_mark', sa.column('limited'))).values(limited=sa.true()))  # what was opened before stays so
    copy = sa.table('paper_copy', sa.column('id'), sa.column('variant'), sa.column('file', sa.LargeBinary), sa.column('unmarked', sa.Boolean))
    connection = op.get_bind()
    for number in connection.scalars(sa.select(copy.c.id).where(copy.c.variant == 'disclosure')).all():  # one file at a time: there may be many
        if not _marked(connection.scalar(sa.select(copy.c.file).where(copy.c.id == number))):
            connection.execute(sa.update(copy).where(copy.c.id == number).values(unmarked=True))
    with op.batch_alter_table('withholding_mark') as table:
        table.alter_column('limited', server_default=None)
    with op.batch_alter_table('paper_copy') as table:
        table.alter_column('unmarked', server_default=None)


def downgrade():
    with op.batch_alter_table('paper_copy') as table:
        table.drop_column('unmarked')
    with op.batch_alter_table('withholding_mark') as table:
        table.drop_column('limited')


def _marked(file):
    """Whether the pages of a Word file say that it stays in the office."""
    try:
        with ZipFile(BytesIO(file)) as paper:
            return any(INTERNAL in paper.read(name).decode('utf-8', 'replace') for name in paper.namelist() if 'header' in name)
    except BadZipFile:
        return False

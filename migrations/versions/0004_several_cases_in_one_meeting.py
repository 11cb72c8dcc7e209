"""several cases in one meeting: each with its own turn, aims, next date and opening"""

import sqlalchemy as sa
from alembic import op

revision = '0004'
down_revision = '0003'
AIMS = ("purpose", "to_decide", "next_meeting")


def upgrade():
    with op.batch_alter_table('hearing') as table:
        for name in AIMS:
            table.add_column(sa.Column(name, sa.Text(), nullable=True))
        table.add_column(sa.Column('opened_at', sa.DateTime(), nullable=True))
    for name in (*AIMS, "opened_at"):
        op.execute(f"UPDATE hearing SET {name} = (SELECT meeting.{name} FROM meeting WHERE meeting.id = hearing.meeting_id)")
    with op.batch_alter_table('hearing') as table:
        for name in AIMS:
            table.alter_column(name, existing_type=sa.Text(), nullable=False)
    with op.batch_alter_table('agenda_item') as table:
        table.add_column(sa.Column('hearing_id', sa.Integer(), nullable=True))
        table.create_index(table.f('ix_agenda_item_hearing_id'), ['hearing_id'])
        table.create_foreign_key(table.f('fk_agenda_item_hearing_id'), 'hearing', ['hearing_id'], ['id'], ondelete='CASCADE')
    with op.batch_alter_table('meeting') as table:
        table.add_column(sa.Column('frame', sa.Boolean(), nullable=True))
    op.execute(sa.text("UPDATE meeting SET frame = :no").bindparams(sa.bindparam("no", False, sa.Boolean())))
    with op.batch_alter_table('meeting') as table:
        table.alter_column('frame', existing_type=sa.Boolean(), nullable=False)
        for name in AIMS:
            table.drop_column(name)


def downgrade():
    with op.batch_alter_table('meeting') as table:
        for name in AIMS:
            table.add_column(sa.Column(name, sa.Text(), nullable=True))
    for name in AIMS:
        op.execute(f"UPDATE meeting SET {name} = coalesce((SELECT hearing.{name} FROM hearing WHERE hearing.meeting_id = meeting.id "
                   "ORDER BY hearing.position LIMIT 1), '')")
    with op.batch_alter_table('meeting') as table:
        for name in AIMS:
            table.alter_column(name, existing_type=sa.Text(), nullable=False)
        table.drop_column('frame')
    with op.batch_alter_table('agenda_item') as table:
        table.drop_constraint(table.f('fk_agenda_item_hearing_id'), type_='foreignkey')
        table.drop_index(table.f('ix_agenda_item_hearing_id'))
        table.drop_column('hearing_id')
    with op.batch_alter_table('hearing') as table:
        for name in ("opened_at", *AIMS):
            table.drop_column(name)

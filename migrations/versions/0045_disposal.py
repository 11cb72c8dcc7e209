"""The disposal of records whose term has ended, decided by a second person."""

import sqlalchemy as sa
from alembic import op

revision = '0045'
down_revision = '0044'


def upgrade():
    with op.batch_alter_table('meeting') as batch:
        batch.add_column(sa.Column('disposed_at', sa.DateTime(), nullable=True))
    op.create_table('disposal',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('year', sa.Integer(), nullable=False),
        sa.Column('note', sa.Text(), nullable=False),
        sa.Column('proposed_by_id', sa.Integer(), nullable=False),
        sa.Column('proposed_at', sa.DateTime(), nullable=False),
        sa.Column('closed_at', sa.DateTime(), nullable=True),
        sa.Column('closed_by_id', sa.Integer(), nullable=True),
        sa.Column('certificate', sa.Text(), nullable=False),
        sa.Column('certificate_hash', sa.String(64), nullable=False),
        sa.ForeignKeyConstraint(['proposed_by_id'], ['user.id'], name='fk_disposal_proposed_by_id'),
        sa.ForeignKeyConstraint(['closed_by_id'], ['user.id'], name='fk_disposal_closed_by_id'),
        sa.PrimaryKeyConstraint('id', name='pk_disposal'))
    op.create_table('disposal_item',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('disposal_id', sa.Integer(), nullable=False),
        sa.Column('meeting_id', sa.Integer(), nullable=False),
        sa.Column('reference', sa.String(40), nullable=False),
        sa.Column('kept', sa.String(20), nullable=False),
        sa.Column('ends', sa.Date(), nullable=False),
        sa.Column('versions', sa.JSON(), nullable=False),
        sa.Column('decision', sa.Enum('pending', 'approved', 'refused', 'transferred', name='decision', native_enum=False, create_constraint=True, length=20), nullable=False),
        sa.Column('reason', sa.Text(), nullable=False),
        sa.Column('decided_by_id', sa.Integer(), nullable=True),
        sa.Column('decided_at', sa.DateTime(), nullable=True),
        sa.Column('executed_at', sa.DateTime(), nullable=True),
        sa.Column('executed_by_id', sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(['disposal_id'], ['disposal.id'], name='fk_disposal_item_disposal_id'),
        sa.ForeignKeyConstraint(['meeting_id'], ['meeting.id'], name='fk_disposal_item_meeting_id'),
        sa.ForeignKeyConstraint(['decided_by_id'], ['user.id'], name='fk_disposal_item_decided_by_id'),
        sa.ForeignKeyConstraint(['executed_by_id'], ['user.id'], name='fk_disposal_item_executed_by_id'),
        sa.PrimaryKeyConstraint('id', name='pk_disposal_item'))
    op.create_index('ix_disposal_item_disposal_id', 'disposal_item', ['disposal_id'])
    op.create_index('ix_disposal_item_meeting_id', 'disposal_item', ['meeting_id'])


def downgrade():
    op.drop_table('disposal_item')
    op.drop_table('disposal')
    with op.batch_alter_table('meeting') as batch:
        batch.drop_column('disposed_at')

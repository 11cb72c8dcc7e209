"""守秘に関する誓約: who gave one, for how long, on screen or on paper."""

import sqlalchemy as sa
from alembic import op

from core.database import UtcDateTime

revision = '0052'
down_revision = '0051'


def upgrade():
    op.create_table('pledge',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('meeting_id', sa.Integer(), nullable=False),
        sa.Column('member_id', sa.Integer(), nullable=False),
        sa.Column('edition_id', sa.Integer(), nullable=False),
        sa.Column('kind', sa.Enum('juso', 'shien', 'premeeting', 'general', name='kind', native_enum=False, create_constraint=True, length=20), nullable=False),
        sa.Column('fiscal_year', sa.Integer(), nullable=False),
        sa.Column('term', sa.Enum('year', 'case', name='term', native_enum=False, create_constraint=True, length=20), nullable=False),
        sa.Column('method', sa.Enum('screen', 'paper', name='pledgemethod', native_enum=False, create_constraint=True, length=20), nullable=False),
        sa.Column('given_on', sa.Date(), nullable=False),
        sa.Column('recorded_by_id', sa.Integer(), nullable=False),
        sa.Column('at', UtcDateTime(), nullable=False),
        sa.Column('struck_at', UtcDateTime(), nullable=True),
        sa.Column('struck_by_id', sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(['meeting_id'], ['meeting.id'], name='fk_pledge_meeting_id'),
        sa.ForeignKeyConstraint(['member_id'], ['member.id'], name='fk_pledge_member_id'),
        sa.ForeignKeyConstraint(['edition_id'], ['edition.id'], name='fk_pledge_edition_id'),
        sa.ForeignKeyConstraint(['recorded_by_id'], ['user.id'], name='fk_pledge_recorded_by_id'),
        sa.ForeignKeyConstraint(['struck_by_id'], ['user.id'], name='fk_pledge_struck_by_id'),
        sa.PrimaryKeyConstraint('id', name='pk_pledge'))
    for column in ('meeting_id', 'member_id', 'fiscal_year', 'given_on'):
        op.create_index(f'ix_pledge_{column}', 'pledge', [column])


def downgrade():
    op.drop_table('pledge')

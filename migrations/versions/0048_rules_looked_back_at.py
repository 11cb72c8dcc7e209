"""Whether a meeting kept its rules, and the acknowledgement of proxies for themselves."""

import sqlalchemy as sa
from alembic import op

from core.database import UtcDateTime

revision = '0048'
down_revision = '0047'


def upgrade():
    op.create_table('proxy_acknowledgement',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('meeting_id', sa.Integer(), nullable=False),
        sa.Column('member_id', sa.Integer(), nullable=False),
        sa.Column('name', sa.String(length=80), nullable=False),
        sa.Column('edition_id', sa.Integer(), nullable=False),
        sa.Column('method', sa.Enum('screen', 'paper', 'aloud', name='ackmethod', native_enum=False, create_constraint=True, length=20), nullable=False),
        sa.Column('at', UtcDateTime(), nullable=False),
        sa.Column('recorded_by_id', sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(['meeting_id'], ['meeting.id'], name='fk_proxy_acknowledgement_meeting_id'),
        sa.ForeignKeyConstraint(['member_id'], ['member.id'], name='fk_proxy_acknowledgement_member_id'),
        sa.ForeignKeyConstraint(['edition_id'], ['edition.id'], name='fk_proxy_acknowledgement_edition_id'),
        sa.ForeignKeyConstraint(['recorded_by_id'], ['user.id'], name='fk_proxy_acknowledgement_recorded_by_id'),
        sa.PrimaryKeyConstraint('id', name='pk_proxy_acknowledgement'),
        sa.UniqueConstraint('meeting_id', 'member_id', 'name', 'edition_id', name='uq_proxy_acknowledgement_meeting_id_member_id_name_edition_id'))
    op.create_index('ix_proxy_acknowledgement_meeting_id', 'proxy_acknowledgement', ['meeting_id'])
    op.create_index('ix_proxy_acknowledgement_member_id', 'proxy_acknowledgement', ['member_id'])
    op.create_table('rule_review',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('meeting_id', sa.Integer(), nullable=False),
        sa.Column('edition_id', sa.Integer(), nullable=False),
        sa.Column('note', sa.Text(), nullable=False),
        sa.Column('by_id', sa.Integer(), nullable=False),
        sa.Column('at', UtcDateTime(), nullable=False),
        sa.Column('version', sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(['meeting_id'], ['meeting.id'], name='fk_rule_review_meeting_id'),
        sa.ForeignKeyConstraint(['edition_id'], ['edition.id'], name='fk_rule_review_edition_id'),
        sa.ForeignKeyConstraint(['by_id'], ['user.id'], name='fk_rule_review_by_id'),
        sa.PrimaryKeyConstraint('id', name='pk_rule_review'),
        sa.UniqueConstraint('meeting_id', name='uq_rule_review_meeting_id'))
    op.create_table('rule_finding',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('review_id', sa.Integer(), nullable=False),
        sa.Column('part', sa.Enum('compliance', 'safety', 'procedure', name='part', native_enum=False, create_constraint=True, length=20), nullable=False),
        sa.Column('number', sa.Integer(), nullable=False),
        sa.Column('kept', sa.Enum('partly', 'not', name='kept', native_enum=False, create_constraint=True, length=20), nullable=False),
        sa.ForeignKeyConstraint(['review_id'], ['rule_review.id'], name='fk_rule_finding_review_id', ondelete='CASCADE'),
        sa.PrimaryKeyConstraint('id', name='pk_rule_finding'),
        sa.UniqueConstraint('review_id', 'part', 'number', name='uq_rule_finding_review_id_part_number'))
    op.create_index('ix_rule_finding_review_id', 'rule_finding', ['review_id'])


def downgrade():
    for table in ('rule_finding', 'rule_review', 'proxy_acknowledgement'):
        op.drop_table(table)

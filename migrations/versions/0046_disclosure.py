"""Requests for disclosure: what exists about a person, what is decided, the papers that went out."""

import sqlalchemy as sa
from alembic import op

from core.database import UtcDateTime

revision = '0046'
down_revision = '0045'


def upgrade():
    op.create_table('disclosure_terms',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('days', sa.Integer(), nullable=False),
        sa.Column('extension', sa.Integer(), nullable=False),
        sa.Column('closed', sa.String(length=10), nullable=False),
        sa.Column('own', sa.Text(), nullable=False),
        sa.Column('foi', sa.Text(), nullable=False),
        sa.Column('remedies', sa.Text(), nullable=False),
        sa.Column('version', sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint('id', name='pk_disclosure_terms'))
    op.create_table('disclosure_request',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('fiscal_year', sa.Integer(), nullable=False),
        sa.Column('serial', sa.Integer(), nullable=False),
        sa.Column('received_on', sa.Date(), nullable=False),
        sa.Column('capacity', sa.Enum('self', 'legal', 'proxy', 'anyone', name='capacity', native_enum=False, create_constraint=True, length=20), nullable=False),
        sa.Column('identity_by', sa.String(length=120), nullable=False),
        sa.Column('authority_by', sa.String(length=120), nullable=False),
        sa.Column('wanted', sa.Text(), nullable=False),
        sa.Column('corrected_days', sa.Integer(), nullable=False),
        sa.Column('days', sa.Integer(), nullable=False),
        sa.Column('extension', sa.Integer(), nullable=False),
        sa.Column('closed_rule', sa.String(length=10), nullable=False),
        sa.Column('extended_on', sa.Date(), nullable=True),
        sa.Column('extension_reason', sa.Text(), nullable=False),
        sa.Column('state', sa.Enum('received', 'searching', 'review', 'decided', 'done', 'withdrawn', name='state', native_enum=False, create_constraint=True, length=20), nullable=False),
        sa.Column('decision', sa.Enum('open', 'partly', 'withheld', 'absent', 'unconfirmed', 'rejected', name='decision', native_enum=False, create_constraint=True, length=20), nullable=True),
        sa.Column('decided_on', sa.Date(), nullable=True),
        sa.Column('decided_by', sa.String(length=80), nullable=False),
        sa.Column('ground', sa.Text(), nullable=False),
        sa.Column('reason', sa.Text(), nullable=False),
        sa.Column('delivered_on', sa.Date(), nullable=True),
        sa.Column('delivery', sa.Enum('look', 'copy', 'post', 'file', name='delivery', native_enum=False, create_constraint=True, length=20), nullable=True),
        sa.Column('delivery_note', sa.String(length=200), nullable=False),
        sa.Column('gathered_at', UtcDateTime(), nullable=True),
        sa.Column('opened_by_id', sa.Integer(), nullable=False),
        sa.Column('opened_at', UtcDateTime(), nullable=False),
        sa.Column('version', sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(['opened_by_id'], ['user.id'], name='fk_disclosure_request_opened_by_id'),
        sa.PrimaryKeyConstraint('id', name='pk_disclosure_request'),
        sa.UniqueConstraint('fiscal_year', 'serial', name='uq_disclosure_request_fiscal_year_serial'))
    op.create_index('ix_disclosure_request_state', 'disclosure_request', ['state'])
    op.create_table('disclosure_item',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('request_id', sa.Integer(), nullable=False),
        sa.Column('position', sa.Integer(), nullable=False),
        sa.Column('kind', sa.String(length=40), nullable=False),
        sa.Column('record', sa.String(length=80), nullable=False),
        sa.Column('case_id', sa.Integer(), nullable=True),
        sa.Column('meeting_id', sa.Integer(), nullable=True),
        sa.Column('number', sa.String(length=80), nullable=False),
        sa.Column('dated_on', sa.Date(), nullable=True),
        sa.Column('count', sa.Integer(), nullable=False),
        sa.Column('place', sa.String(length=40), nullable=False),
        sa.Column('standing', sa.String(length=20), nullable=False),
        sa.Column('direct', sa.Boolean(), nullable=False),
        sa.Column('keeper', sa.String(length=200), nullable=False),
        sa.Column('verdict', sa.Enum('waiting', 'open', 'partly', 'withheld', 'outside', name='verdict', native_enum=False, create_constraint=True, length=20), nullable=False),
        sa.Column('ground', sa.String(length=200), nullable=False),
        sa.Column('note', sa.String(length=400), nullable=False),
        sa.Column('judged_by_id', sa.Integer(), nullable=True),
        sa.Column('judged_at', UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(['case_id'], ['case.id'], name='fk_disclosure_item_case_id', ondelete='SET NULL'),
        sa.ForeignKeyConstraint(['judged_by_id'], ['user.id'], name='fk_disclosure_item_judged_by_id'),
        sa.ForeignKeyConstraint(['meeting_id'], ['meeting.id'], name='fk_disclosure_item_meeting_id', ondelete='SET NULL'),
        sa.ForeignKeyConstraint(['request_id'], ['disclosure_request.id'], name='fk_disclosure_item_request_id', ondelete='CASCADE'),
        sa.PrimaryKeyConstraint('id', name='pk_disclosure_item'),
        sa.UniqueConstraint('request_id', 'kind', 'record', name='uq_disclosure_item_request_id_kind_record'))
    op.create_index('ix_disclosure_item_case_id', 'disclosure_item', ['case_id'])
    op.create_index('ix_disclosure_item_meeting_id', 'disclosure_item', ['meeting_id'])
    op.create_index('ix_disclosure_item_request_id', 'disclosure_item', ['request_id'])
    op.create_table('disclosure_opinion',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('request_id', sa.Integer(), nullable=False),
        sa.Column('party', sa.String(length=80), nullable=False),
        sa.Column('asked_on', sa.Date(), nullable=False),
        sa.Column('answer_by', sa.Date(), nullable=True),
        sa.Column('answer', sa.Enum('none', 'agrees', 'objects', name='answer', native_enum=False, create_constraint=True, length=20), nullable=False),
        sa.Column('answered_on', sa.Date(), nullable=True),
        sa.Column('by_id', sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(['by_id'], ['user.id'], name='fk_disclosure_opinion_by_id'),
        sa.ForeignKeyConstraint(['request_id'], ['disclosure_request.id'], name='fk_disclosure_opinion_request_id', ondelete='CASCADE'),
        sa.PrimaryKeyConstraint('id', name='pk_disclosure_opinion'))
    op.create_index('ix_disclosure_opinion_request_id', 'disclosure_opinion', ['request_id'])
    op.create_table('disclosure_paper',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('request_id', sa.Integer(), nullable=False),
        sa.Column('kind', sa.Enum('inventory', 'notice', 'extension', name='paperkind', native_enum=False, create_constraint=True, length=20), nullable=False),
        sa.Column('content', sa.Text(), nullable=False),
        sa.Column('hash', sa.String(length=64), nullable=False),
        sa.Column('made_by_id', sa.Integer(), nullable=False),
        sa.Column('made_at', UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(['made_by_id'], ['user.id'], name='fk_disclosure_paper_made_by_id'),
        sa.ForeignKeyConstraint(['request_id'], ['disclosure_request.id'], name='fk_disclosure_paper_request_id', ondelete='CASCADE'),
        sa.PrimaryKeyConstraint('id', name='pk_disclosure_paper'))
    op.create_index('ix_disclosure_paper_request_id', 'disclosure_paper', ['request_id'])
    op.create_table('disclosure_step',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('request_id', sa.Integer(), nullable=False),
        sa.Column('state', sa.Enum('received', 'searching', 'review', 'decided', 'done', 'withdrawn', name='state', native_enum=False, create_constraint=True, length=20), nullable=False),
        sa.Column('words', sa.Text(), nullable=False),
        sa.Column('by_id', sa.Integer(), nullable=False),
        sa.Column('at', UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(['by_id'], ['user.id'], name='fk_disclosure_step_by_id'),
        sa.ForeignKeyConstraint(['request_id'], ['disclosure_request.id'], name='fk_disclosure_step_request_id', ondelete='CASCADE'),
        sa.PrimaryKeyConstraint('id', name='pk_disclosure_step'))
    op.create_index('ix_disclosure_step_request_id', 'disclosure_step', ['request_id'])
    op.create_table('disclosure_subject',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('request_id', sa.Integer(), nullable=False),
        sa.Column('case_id', sa.Integer(), nullable=True),
        sa.Column('person_id', sa.Integer(), nullable=True),
        sa.Column('member_id', sa.Integer(), nullable=True),
        sa.Column('label', sa.String(length=120), nullable=False),
        sa.Column('linked_by_id', sa.Integer(), nullable=False),
        sa.Column('linked_at', UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(['case_id'], ['case.id'], name='fk_disclosure_subject_case_id', ondelete='SET NULL'),
        sa.ForeignKeyConstraint(['linked_by_id'], ['user.id'], name='fk_disclosure_subject_linked_by_id'),
        sa.ForeignKeyConstraint(['member_id'], ['member.id'], name='fk_disclosure_subject_member_id', ondelete='SET NULL'),
        sa.ForeignKeyConstraint(['person_id'], ['household_person.id'], name='fk_disclosure_subject_person_id', ondelete='SET NULL'),
        sa.ForeignKeyConstraint(['request_id'], ['disclosure_request.id'], name='fk_disclosure_subject_request_id', ondelete='CASCADE'),
        sa.PrimaryKeyConstraint('id', name='pk_disclosure_subject'))
    op.create_index('ix_disclosure_subject_case_id', 'disclosure_subject', ['case_id'])
    op.create_index('ix_disclosure_subject_member_id', 'disclosure_subject', ['member_id'])
    op.create_index('ix_disclosure_subject_person_id', 'disclosure_subject', ['person_id'])
    op.create_index('ix_disclosure_subject_request_id', 'disclosure_subject', ['request_id'])


def downgrade():
    for table in ('disclosure_subject', 'disclosure_step', 'disclosure_paper', 'disclosure_opinion', 'disclosure_item', 'disclosure_request', 'disclosure_terms'):
        op.drop_table(table)

"""The whole line: from a case to final minutes."""

import sqlalchemy as sa
from alembic import op

revision = '0001'
down_revision = None


def upgrade():
    op.create_table('agency',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('name', sa.String(length=80), nullable=False),
    sa.Column('kind', sa.Enum('public', 'contracted', 'informal', name='agencykind', native_enum=False, create_constraint=True, length=20), nullable=False),
    sa.Column('prefectural', sa.Boolean(), nullable=False),
    sa.Column('coordinating', sa.Boolean(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_agency')),
    sa.UniqueConstraint('name', name=op.f('uq_agency_name'))
    )
    op.create_table('audit',
    sa.Column('id', sa.Integer(), autoincrement=False, nullable=False),
    sa.Column('at', sa.DateTime(), nullable=False),
    sa.Column('who', sa.String(length=80), nullable=False),
    sa.Column('act', sa.String(length=40), nullable=False),
    sa.Column('subject', sa.String(length=80), nullable=False),
    sa.Column('detail', sa.Text(), nullable=False),
    sa.Column('address', sa.String(length=64), nullable=False),
    sa.Column('hash', sa.String(length=64), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_audit'))
    )
    with op.batch_alter_table('audit', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_audit_subject'), ['subject'], unique=False)

    op.create_table('audit_head',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('count', sa.Integer(), nullable=False),
    sa.Column('hash', sa.String(length=64), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_audit_head'))
    )
    op.create_table('citation',
    sa.Column('key', sa.String(length=40), nullable=False),
    sa.Column('ja', sa.String(length=120), nullable=False),
    sa.Column('en', sa.String(length=120), nullable=False),
    sa.Column('as_of', sa.Date(), nullable=False),
    sa.Column('note', sa.Text(), nullable=False),
    sa.PrimaryKeyConstraint('key', name=op.f('pk_citation'))
    )
    op.create_table('domain',
    sa.Column('code', sa.String(length=8), nullable=False),
    sa.Column('ja', sa.String(length=40), nullable=False),
    sa.Column('en', sa.String(length=60), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.PrimaryKeyConstraint('code', name=op.f('pk_domain'))
    )
    op.create_table('edition',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('effective_on', sa.Date(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_edition')),
    sa.UniqueConstraint('number', name=op.f('uq_edition_number'))
    )
    op.create_table('letter',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('topic', sa.String(length=80), nullable=False),
    sa.Column('recipient', sa.String(length=254), nullable=False),
    sa.Column('subject', sa.String(length=200), nullable=False),
    sa.Column('body', sa.Text(), nullable=False),
    sa.Column('calendar', sa.LargeBinary(), nullable=True),
    sa.Column('message_id', sa.String(length=200), nullable=False),
    sa.Column('created_at', sa.DateTime(), nullable=False),
    sa.Column('due_at', sa.DateTime(), nullable=True),
    sa.Column('sent_at', sa.DateTime(), nullable=True),
    sa.Column('tries', sa.Integer(), nullable=False),
    sa.Column('fault', sa.String(length=200), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_letter')),
    sa.UniqueConstraint('message_id', name=op.f('uq_letter_message_id'))
    )
    with op.batch_alter_table('letter', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_letter_due_at'), ['due_at'], unique=False)
        batch_op.create_index(batch_op.f('ix_letter_topic'), ['topic'], unique=False)

    op.create_table('live_topic',
    sa.Column('name', sa.String(length=80), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.PrimaryKeyConstraint('name', name=op.f('pk_live_topic'))
    )
    op.create_table('office',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('name', sa.String(length=80), nullable=False),
    sa.Column('handling_mark', sa.String(length=20), nullable=False),
    sa.Column('retention', sa.String(length=40), nullable=False),
    sa.Column('sample', sa.Boolean(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_office'))
    )
    op.create_table('submission',
    sa.Column('key', sa.String(length=64), nullable=False),
    sa.Column('location', sa.String(length=300), nullable=False),
    sa.PrimaryKeyConstraint('key', name=op.f('pk_submission'))
    )
    op.create_table('user',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('login', sa.String(length=60), nullable=False),
    sa.Column('name', sa.String(length=80), nullable=False),
    sa.Column('password_hash', sa.String(length=200), nullable=False),
    sa.Column('active', sa.Boolean(), nullable=False),
    sa.Column('must_change_password', sa.Boolean(), nullable=False),
    sa.Column('draft_key', sa.String(length=64), nullable=False),
    sa.Column('created_at', sa.DateTime(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_user')),
    sa.UniqueConstraint('login', name=op.f('uq_user_login'))
    )
    op.create_table('agency_domain',
    sa.Column('agency_id', sa.Integer(), nullable=False),
    sa.Column('domain_code', sa.String(length=8), nullable=False),
    sa.ForeignKeyConstraint(['agency_id'], ['agency.id'], name=op.f('fk_agency_domain_agency_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['domain_code'], ['domain.code'], name=op.f('fk_agency_domain_domain_code')),
    sa.PrimaryKeyConstraint('agency_id', 'domain_code', name=op.f('pk_agency_domain'))
    )
    op.create_table('case',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('number', sa.String(length=20), nullable=False),
    sa.Column('fiscal_year', sa.Integer(), nullable=False),
    sa.Column('serial', sa.Integer(), nullable=False),
    sa.Column('label', sa.String(length=80), nullable=False),
    sa.Column('household_type', sa.Enum('8050', 'young_carer', 'withdrawn', 'double_care', 'poverty', 'hoarding', 'other', name='householdtype', native_enum=False, create_constraint=True, length=20), nullable=False),
    sa.Column('stage', sa.Enum('intake', 'assessment', 'plan', 'support', 'evaluation', 'closed', 'accompanied', name='stage', native_enum=False, create_constraint=True, length=20), nullable=False),
    sa.Column('summary', sa.Text(), nullable=False),
    sa.Column('own_words', sa.Text(), nullable=False),
    sa.Column('strengths', sa.Text(), nullable=False),
    sa.Column('opened_on', sa.Date(), nullable=False),
    sa.Column('opened_by_id', sa.Integer(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['opened_by_id'], ['user.id'], name=op.f('fk_case_opened_by_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_case')),
    sa.UniqueConstraint('fiscal_year', 'serial', name=op.f('uq_case_fiscal_year_serial')),
    sa.UniqueConstraint('number', name=op.f('uq_case_number'))
    )
    op.create_table('meeting',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('kind', sa.Enum('juso', 'shien', 'premeeting', 'general', name='kind', native_enum=False, create_constraint=True, length=20), nullable=False),
    sa.Column('name', sa.String(length=80), nullable=False),
    sa.Column('fiscal_year', sa.Integer(), nullable=False),
    sa.Column('serial', sa.Integer(), nullable=False),
    sa.Column('starts_at', sa.DateTime(), nullable=False),
    sa.Column('ends_at', sa.DateTime(), nullable=False),
    sa.Column('place', sa.String(length=120), nullable=False),
    sa.Column('online_url', sa.String(length=300), nullable=False),
    sa.Column('mode', sa.Enum('in_person', 'online', 'both', name='mode', native_enum=False, create_constraint=True, length=20), nullable=False),
    sa.Column('purpose', sa.Text(), nullable=False),
    sa.Column('to_decide', sa.Text(), nullable=False),
    sa.Column('next_meeting', sa.Text(), nullable=False),
    sa.Column('edition_id', sa.Integer(), nullable=False),
    sa.Column('planned_by_id', sa.Integer(), nullable=False),
    sa.Column('invited_at', sa.DateTime(), nullable=True),
    sa.Column('opened_at', sa.DateTime(), nullable=True),
    sa.Column('closed_at', sa.DateTime(), nullable=True),
    sa.Column('cancelled_at', sa.DateTime(), nullable=True),
    sa.Column('held_from', sa.DateTime(), nullable=True),
    sa.Column('held_to', sa.DateTime(), nullable=True),
    sa.Column('rules_shown_at', sa.DateTime(), nullable=True),
    sa.Column('uid', sa.String(length=80), nullable=False),
    sa.Column('sequence', sa.Integer(), nullable=False),
    sa.Column('switched_from', sa.String(length=200), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.CheckConstraint('ends_at > starts_at', name=op.f('ck_meeting_ends_after_start')),
    sa.ForeignKeyConstraint(['edition_id'], ['edition.id'], name=op.f('fk_meeting_edition_id')),
    sa.ForeignKeyConstraint(['planned_by_id'], ['user.id'], name=op.f('fk_meeting_planned_by_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_meeting')),
    sa.UniqueConstraint('kind', 'fiscal_year', 'serial', name=op.f('uq_meeting_kind_fiscal_year_serial'))
    )
    with op.batch_alter_table('meeting', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_meeting_starts_at'), ['starts_at'], unique=False)

    op.create_table('member',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('agency_id', sa.Integer(), nullable=False),
    sa.Column('name', sa.String(length=80), nullable=False),
    sa.Column('kana', sa.String(length=80), nullable=False),
    sa.Column('job', sa.String(length=80), nullable=False),
    sa.Column('email', sa.String(length=254), nullable=False),
    sa.Column('phone', sa.String(length=40), nullable=False),
    sa.Column('active', sa.Boolean(), nullable=False),
    sa.Column('user_id', sa.Integer(), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['agency_id'], ['agency.id'], name=op.f('fk_member_agency_id')),
    sa.ForeignKeyConstraint(['user_id'], ['user.id'], name=op.f('fk_member_user_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_member')),
    sa.UniqueConstraint('user_id', name=op.f('uq_member_user_id'))
    )
    with op.batch_alter_table('member', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_member_agency_id'), ['agency_id'], unique=False)

    op.create_table('rule_text',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('edition_id', sa.Integer(), nullable=False),
    sa.Column('part', sa.Enum('compliance', 'safety', 'procedure', name='part', native_enum=False, create_constraint=True, length=20), nullable=False),
    sa.Column('language', sa.String(length=5), nullable=False),
    sa.Column('body', sa.Text(), nullable=False),
    sa.ForeignKeyConstraint(['edition_id'], ['edition.id'], name=op.f('fk_rule_text_edition_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_rule_text'))
    )
    with op.batch_alter_table('rule_text', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_rule_text_edition_id'), ['edition_id'], unique=False)

    op.create_table('sign_in',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('user_id', sa.Integer(), nullable=False),
    sa.Column('secret_hash', sa.String(length=64), nullable=False),
    sa.Column('at', sa.DateTime(), nullable=False),
    sa.Column('ended_at', sa.DateTime(), nullable=True),
    sa.ForeignKeyConstraint(['user_id'], ['user.id'], name=op.f('fk_sign_in_user_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_sign_in')),
    sa.UniqueConstraint('secret_hash', name=op.f('uq_sign_in_secret_hash'))
    )
    with op.batch_alter_table('sign_in', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_sign_in_user_id'), ['user_id'], unique=False)

    op.create_table('user_role',
    sa.Column('user_id', sa.Integer(), nullable=False),
    sa.Column('role', sa.Enum('coordinator', 'clerk', 'admin', name='role', native_enum=False, create_constraint=True, length=20), nullable=False),
    sa.ForeignKeyConstraint(['user_id'], ['user.id'], name=op.f('fk_user_role_user_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('user_id', 'role', name=op.f('pk_user_role'))
    )
    op.create_table('acknowledgement',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('meeting_id', sa.Integer(), nullable=False),
    sa.Column('member_id', sa.Integer(), nullable=False),
    sa.Column('edition_id', sa.Integer(), nullable=False),
    sa.Column('method', sa.Enum('screen', 'paper', 'aloud', name='ackmethod', native_enum=False, create_constraint=True, length=20), nullable=False),
    sa.Column('at', sa.DateTime(), nullable=False),
    sa.Column('recorded_by_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['edition_id'], ['edition.id'], name=op.f('fk_acknowledgement_edition_id')),
    sa.ForeignKeyConstraint(['meeting_id'], ['meeting.id'], name=op.f('fk_acknowledgement_meeting_id')),
    sa.ForeignKeyConstraint(['member_id'], ['member.id'], name=op.f('fk_acknowledgement_member_id')),
    sa.ForeignKeyConstraint(['recorded_by_id'], ['user.id'], name=op.f('fk_acknowledgement_recorded_by_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_acknowledgement')),
    sa.UniqueConstraint('meeting_id', 'member_id', 'edition_id', name=op.f('uq_acknowledgement_meeting_id_member_id_edition_id'))
    )
    with op.batch_alter_table('acknowledgement', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_acknowledgement_meeting_id'), ['meeting_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_acknowledgement_member_id'), ['member_id'], unique=False)

    op.create_table('agenda_item',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('meeting_id', sa.Integer(), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('title', sa.String(length=120), nullable=False),
    sa.Column('minutes', sa.Integer(), nullable=False),
    sa.Column('screen', sa.String(length=20), nullable=False),
    sa.Column('started_at', sa.DateTime(), nullable=True),
    sa.Column('ended_at', sa.DateTime(), nullable=True),
    sa.ForeignKeyConstraint(['meeting_id'], ['meeting.id'], name=op.f('fk_agenda_item_meeting_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_agenda_item'))
    )
    with op.batch_alter_table('agenda_item', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_agenda_item_meeting_id'), ['meeting_id'], unique=False)

    op.create_table('case_team',
    sa.Column('case_id', sa.Integer(), nullable=False),
    sa.Column('user_id', sa.Integer(), nullable=False),
    sa.Column('since', sa.DateTime(), nullable=False),
    sa.ForeignKeyConstraint(['case_id'], ['case.id'], name=op.f('fk_case_team_case_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['user_id'], ['user.id'], name=op.f('fk_case_team_user_id')),
    sa.PrimaryKeyConstraint('case_id', 'user_id', name=op.f('pk_case_team'))
    )
    with op.batch_alter_table('case_team', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_case_team_user_id'), ['user_id'], unique=False)

    op.create_table('hearing',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('meeting_id', sa.Integer(), nullable=False),
    sa.Column('case_id', sa.Integer(), nullable=True),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('verdict', sa.Text(), nullable=False),
    sa.Column('emergency', sa.Text(), nullable=False),
    sa.Column('lead_agency_id', sa.Integer(), nullable=True),
    sa.ForeignKeyConstraint(['case_id'], ['case.id'], name=op.f('fk_hearing_case_id')),
    sa.ForeignKeyConstraint(['lead_agency_id'], ['agency.id'], name=op.f('fk_hearing_lead_agency_id')),
    sa.ForeignKeyConstraint(['meeting_id'], ['meeting.id'], name=op.f('fk_hearing_meeting_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_hearing')),
    sa.UniqueConstraint('meeting_id', 'case_id', name=op.f('uq_hearing_meeting_id_case_id'))
    )
    with op.batch_alter_table('hearing', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_hearing_case_id'), ['case_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_hearing_meeting_id'), ['meeting_id'], unique=False)

    op.create_table('household_person',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('case_id', sa.Integer(), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('label', sa.String(length=40), nullable=False),
    sa.Column('relation', sa.String(length=40), nullable=False),
    sa.Column('age', sa.Integer(), nullable=True),
    sa.Column('note', sa.Text(), nullable=False),
    sa.Column('shared', sa.Boolean(), nullable=False),
    sa.ForeignKeyConstraint(['case_id'], ['case.id'], name=op.f('fk_household_person_case_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_household_person'))
    )
    with op.batch_alter_table('household_person', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_household_person_case_id'), ['case_id'], unique=False)

    op.create_table('minutes_version',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('meeting_id', sa.Integer(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('content', sa.Text(), nullable=False),
    sa.Column('hash', sa.String(length=64), nullable=False),
    sa.Column('finalised_at', sa.DateTime(), nullable=False),
    sa.Column('finalised_by_id', sa.Integer(), nullable=False),
    sa.Column('reopened_at', sa.DateTime(), nullable=True),
    sa.Column('reopened_by_id', sa.Integer(), nullable=True),
    sa.Column('reason', sa.Text(), nullable=False),
    sa.Column('filed_at', sa.DateTime(), nullable=True),
    sa.Column('filed_by_id', sa.Integer(), nullable=True),
    sa.ForeignKeyConstraint(['filed_by_id'], ['user.id'], name=op.f('fk_minutes_version_filed_by_id')),
    sa.ForeignKeyConstraint(['finalised_by_id'], ['user.id'], name=op.f('fk_minutes_version_finalised_by_id')),
    sa.ForeignKeyConstraint(['meeting_id'], ['meeting.id'], name=op.f('fk_minutes_version_meeting_id')),
    sa.ForeignKeyConstraint(['reopened_by_id'], ['user.id'], name=op.f('fk_minutes_version_reopened_by_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_minutes_version')),
    sa.UniqueConstraint('meeting_id', 'number', name=op.f('uq_minutes_version_meeting_id_number'))
    )
    with op.batch_alter_table('minutes_version', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_minutes_version_meeting_id'), ['meeting_id'], unique=False)

    op.create_table('need',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('case_id', sa.Integer(), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('domain_code', sa.String(length=8), nullable=False),
    sa.Column('text', sa.Text(), nullable=False),
    sa.ForeignKeyConstraint(['case_id'], ['case.id'], name=op.f('fk_need_case_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['domain_code'], ['domain.code'], name=op.f('fk_need_domain_code')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_need'))
    )
    with op.batch_alter_table('need', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_need_case_id'), ['case_id'], unique=False)

    op.create_table('action_item',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('hearing_id', sa.Integer(), nullable=False),
    sa.Column('key', sa.String(length=40), nullable=False),
    sa.Column('what', sa.Text(), nullable=False),
    sa.Column('agency_id', sa.Integer(), nullable=True),
    sa.Column('member_id', sa.Integer(), nullable=True),
    sa.Column('due_on', sa.Date(), nullable=True),
    sa.Column('rank', sa.Enum('main', 'sub', 'support', name='rank', native_enum=False, create_constraint=True, length=20), nullable=False),
    sa.Column('removed_at', sa.DateTime(), nullable=True),
    sa.Column('written_by_id', sa.Integer(), nullable=False),
    sa.Column('written_at', sa.DateTime(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['agency_id'], ['agency.id'], name=op.f('fk_action_item_agency_id')),
    sa.ForeignKeyConstraint(['hearing_id'], ['hearing.id'], name=op.f('fk_action_item_hearing_id')),
    sa.ForeignKeyConstraint(['member_id'], ['member.id'], name=op.f('fk_action_item_member_id')),
    sa.ForeignKeyConstraint(['written_by_id'], ['user.id'], name=op.f('fk_action_item_written_by_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_action_item')),
    sa.UniqueConstraint('key', name=op.f('uq_action_item_key'))
    )
    with op.batch_alter_table('action_item', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_action_item_agency_id'), ['agency_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_action_item_hearing_id'), ['hearing_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_action_item_member_id'), ['member_id'], unique=False)

    op.create_table('consent',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('state', sa.Enum('given', 'partly', 'refused', 'withdrawn', name='consentstate', native_enum=False, create_constraint=True, length=20), nullable=False),
    sa.Column('on', sa.Date(), nullable=False),
    sa.Column('method', sa.Enum('written', 'oral', 'guardian', name='method', native_enum=False, create_constraint=True, length=20), nullable=True),
    sa.Column('scope', sa.Text(), nullable=False),
    sa.Column('witness', sa.String(length=80), nullable=False),
    sa.Column('expires_on', sa.Date(), nullable=True),
    sa.Column('reason', sa.Text(), nullable=False),
    sa.Column('recorded_by_id', sa.Integer(), nullable=False),
    sa.Column('recorded_at', sa.DateTime(), nullable=False),
    sa.ForeignKeyConstraint(['person_id'], ['household_person.id'], name=op.f('fk_consent_person_id')),
    sa.ForeignKeyConstraint(['recorded_by_id'], ['user.id'], name=op.f('fk_consent_recorded_by_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_consent'))
    )
    with op.batch_alter_table('consent', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_consent_person_id'), ['person_id'], unique=False)

    op.create_table('entry',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('hearing_id', sa.Integer(), nullable=False),
    sa.Column('key', sa.String(length=40), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('kind', sa.Enum('fact', 'opinion', 'formulation', 'issue', 'decision', 'taken_back', name='entrykind', native_enum=False, create_constraint=True, length=20), nullable=False),
    sa.Column('text', sa.Text(), nullable=False),
    sa.Column('source', sa.String(length=120), nullable=False),
    sa.Column('agency_id', sa.Integer(), nullable=True),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('written_by_id', sa.Integer(), nullable=False),
    sa.Column('written_at', sa.DateTime(), nullable=False),
    sa.Column('removed_at', sa.DateTime(), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['agency_id'], ['agency.id'], name=op.f('fk_entry_agency_id')),
    sa.ForeignKeyConstraint(['hearing_id'], ['hearing.id'], name=op.f('fk_entry_hearing_id')),
    sa.ForeignKeyConstraint(['written_by_id'], ['user.id'], name=op.f('fk_entry_written_by_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_entry')),
    sa.UniqueConstraint('key', name=op.f('uq_entry_key'))
    )
    with op.batch_alter_table('entry', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_entry_hearing_id'), ['hearing_id'], unique=False)

    op.create_table('resource_idea',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('hearing_id', sa.Integer(), nullable=False),
    sa.Column('key', sa.String(length=40), nullable=False),
    sa.Column('need', sa.Text(), nullable=False),
    sa.Column('wished', sa.Text(), nullable=False),
    sa.Column('enables', sa.Text(), nullable=False),
    sa.Column('kind', sa.Enum('person', 'place', 'thing', 'system', 'money', 'information', name='resourcekind', native_enum=False, create_constraint=True, length=20), nullable=True),
    sa.Column('nearest', sa.Text(), nullable=False),
    sa.Column('first_step', sa.Text(), nullable=False),
    sa.Column('forum', sa.String(length=120), nullable=False),
    sa.Column('owner_id', sa.Integer(), nullable=True),
    sa.Column('due_on', sa.Date(), nullable=True),
    sa.Column('state', sa.Enum('idea', 'study', 'trial', 'real', 'dropped', name='ideastate', native_enum=False, create_constraint=True, length=20), nullable=False),
    sa.Column('removed_at', sa.DateTime(), nullable=True),
    sa.Column('written_by_id', sa.Integer(), nullable=False),
    sa.Column('written_at', sa.DateTime(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['hearing_id'], ['hearing.id'], name=op.f('fk_resource_idea_hearing_id')),
    sa.ForeignKeyConstraint(['owner_id'], ['agency.id'], name=op.f('fk_resource_idea_owner_id')),
    sa.ForeignKeyConstraint(['written_by_id'], ['user.id'], name=op.f('fk_resource_idea_written_by_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_resource_idea')),
    sa.UniqueConstraint('key', name=op.f('uq_resource_idea_key'))
    )
    with op.batch_alter_table('resource_idea', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_resource_idea_hearing_id'), ['hearing_id'], unique=False)

    op.create_table('seat',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('hearing_id', sa.Integer(), nullable=False),
    sa.Column('member_id', sa.Integer(), nullable=False),
    sa.Column('level', sa.Enum('required', 'desired', 'inquiry', name='level', native_enum=False, create_constraint=True, length=20), nullable=False),
    sa.Column('role', sa.Enum('facilitator', 'note_taker', 'timekeeper', 'presenter', 'participant', name='seatrole', native_enum=False, create_constraint=True, length=20), nullable=False),
    sa.Column('reply', sa.Enum('none', 'yes', 'maybe', 'no', name='reply', native_enum=False, create_constraint=True, length=20), nullable=False),
    sa.Column('reply_note', sa.String(length=200), nullable=False),
    sa.Column('replied_at', sa.DateTime(), nullable=True),
    sa.Column('attendance', sa.Enum('unknown', 'present', 'online', 'proxy', 'absent', 'written', name='attendance', native_enum=False, create_constraint=True, length=20), nullable=False),
    sa.Column('proxy_name', sa.String(length=80), nullable=False),
    sa.Column('invited_at', sa.DateTime(), nullable=True),
    sa.Column('invited_sequence', sa.Integer(), nullable=True),
    sa.ForeignKeyConstraint(['hearing_id'], ['hearing.id'], name=op.f('fk_seat_hearing_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['member_id'], ['member.id'], name=op.f('fk_seat_member_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_seat')),
    sa.UniqueConstraint('hearing_id', 'member_id', name=op.f('uq_seat_hearing_id_member_id'))
    )
    with op.batch_alter_table('seat', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_seat_hearing_id'), ['hearing_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_seat_member_id'), ['member_id'], unique=False)

    op.create_table('confirmation',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('action_id', sa.Integer(), nullable=False),
    sa.Column('answer', sa.Enum('take', 'condition', 'bring_back', 'hard', name='answer', native_enum=False, create_constraint=True, length=20), nullable=False),
    sa.Column('word', sa.Text(), nullable=False),
    sa.Column('fingerprint', sa.String(length=64), nullable=False),
    sa.Column('by_id', sa.Integer(), nullable=False),
    sa.Column('at', sa.DateTime(), nullable=False),
    sa.ForeignKeyConstraint(['action_id'], ['action_item.id'], name=op.f('fk_confirmation_action_id')),
    sa.ForeignKeyConstraint(['by_id'], ['user.id'], name=op.f('fk_confirmation_by_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_confirmation'))
    )
    with op.batch_alter_table('confirmation', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_confirmation_action_id'), ['action_id'], unique=False)

    op.create_table('entry_revision',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('entry_id', sa.Integer(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('kind', sa.Enum('fact', 'opinion', 'formulation', 'issue', 'decision', 'taken_back', name='entrykind', native_enum=False, create_constraint=True, length=20), nullable=False),
    sa.Column('text', sa.Text(), nullable=False),
    sa.Column('source', sa.String(length=120), nullable=False),
    sa.Column('rival', sa.Boolean(), nullable=False),
    sa.Column('written_by_id', sa.Integer(), nullable=False),
    sa.Column('written_at', sa.DateTime(), nullable=False),
    sa.ForeignKeyConstraint(['entry_id'], ['entry.id'], name=op.f('fk_entry_revision_entry_id')),
    sa.ForeignKeyConstraint(['written_by_id'], ['user.id'], name=op.f('fk_entry_revision_written_by_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_entry_revision')),
    sa.UniqueConstraint('entry_id', 'number', name=op.f('uq_entry_revision_entry_id_number'))
    )
    with op.batch_alter_table('entry_revision', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_entry_revision_entry_id'), ['entry_id'], unique=False)

    _forbid_changes_to_the_audit()


def downgrade():
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP TRIGGER audit_append_only ON audit")
        op.execute("DROP FUNCTION audit_is_append_only")
    with op.batch_alter_table('entry_revision', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_entry_revision_entry_id'))

    op.drop_table('entry_revision')
    with op.batch_alter_table('confirmation', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_confirmation_action_id'))

    op.drop_table('confirmation')
    with op.batch_alter_table('seat', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_seat_member_id'))
        batch_op.drop_index(batch_op.f('ix_seat_hearing_id'))

    op.drop_table('seat')
    with op.batch_alter_table('resource_idea', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_resource_idea_hearing_id'))

    op.drop_table('resource_idea')
    with op.batch_alter_table('entry', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_entry_hearing_id'))

    op.drop_table('entry')
    with op.batch_alter_table('consent', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_consent_person_id'))

    op.drop_table('consent')
    with op.batch_alter_table('action_item', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_action_item_member_id'))
        batch_op.drop_index(batch_op.f('ix_action_item_hearing_id'))
        batch_op.drop_index(batch_op.f('ix_action_item_agency_id'))

    op.drop_table('action_item')
    with op.batch_alter_table('need', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_need_case_id'))

    op.drop_table('need')
    with op.batch_alter_table('minutes_version', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_minutes_version_meeting_id'))

    op.drop_table('minutes_version')
    with op.batch_alter_table('household_person', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_household_person_case_id'))

    op.drop_table('household_person')
    with op.batch_alter_table('hearing', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_hearing_meeting_id'))
        batch_op.drop_index(batch_op.f('ix_hearing_case_id'))

    op.drop_table('hearing')
    with op.batch_alter_table('case_team', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_case_team_user_id'))

    op.drop_table('case_team')
    with op.batch_alter_table('agenda_item', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_agenda_item_meeting_id'))

    op.drop_table('agenda_item')
    with op.batch_alter_table('acknowledgement', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_acknowledgement_member_id'))
        batch_op.drop_index(batch_op.f('ix_acknowledgement_meeting_id'))

    op.drop_table('acknowledgement')
    op.drop_table('user_role')
    with op.batch_alter_table('sign_in', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_sign_in_user_id'))

    op.drop_table('sign_in')
    with op.batch_alter_table('rule_text', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_rule_text_edition_id'))

    op.drop_table('rule_text')
    with op.batch_alter_table('member', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_member_agency_id'))

    op.drop_table('member')
    with op.batch_alter_table('meeting', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_meeting_starts_at'))

    op.drop_table('meeting')
    op.drop_table('case')
    op.drop_table('agency_domain')
    op.drop_table('user')
    op.drop_table('submission')
    op.drop_table('office')
    op.drop_table('live_topic')
    with op.batch_alter_table('letter', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_letter_topic'))
        batch_op.drop_index(batch_op.f('ix_letter_due_at'))

    op.drop_table('letter')
    op.drop_table('edition')
    op.drop_table('domain')
    op.drop_table('citation')
    op.drop_table('audit_head')
    with op.batch_alter_table('audit', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_audit_subject'))

    op.drop_table('audit')
    op.drop_table('agency')


def _forbid_changes_to_the_audit():
    # Append-only, also for somebody who reaches the database past the program.
    if op.get_bind().dialect.name == "postgresql":
        op.execute("CREATE FUNCTION audit_is_append_only() RETURNS trigger LANGUAGE plpgsql AS "
                   "$$ BEGIN RAISE EXCEPTION 'the audit is append-only'; END $$")
        op.execute("CREATE TRIGGER audit_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON audit "
                   "FOR EACH STATEMENT EXECUTE FUNCTION audit_is_append_only()")
    else:
        for act in ("UPDATE", "DELETE"):
            op.execute(f"CREATE TRIGGER audit_no_{act.lower()} BEFORE {act} ON audit "
                       "BEGIN SELECT RAISE(ABORT, 'the audit is append-only'); END")

"""Referrals: an agency puts a household forward, the office answers."""

import sqlalchemy as sa
from alembic import op

revision = '0009'
down_revision = '0008'


def upgrade():
    op.create_table('criterion',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('ja', sa.String(length=120), nullable=False),
    sa.Column('en', sa.String(length=120), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('active', sa.Boolean(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_criterion'))
    )
    op.create_table('referral',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('number', sa.String(length=20), nullable=False),
    sa.Column('fiscal_year', sa.Integer(), nullable=False),
    sa.Column('serial', sa.Integer(), nullable=False),
    sa.Column('label', sa.String(length=80), nullable=False),
    sa.Column('household_type', sa.Enum('8050', 'young_carer', 'withdrawn', 'double_care', 'poverty', 'hoarding', 'other', name='householdtype', native_enum=False, create_constraint=True, length=20), nullable=False),
    sa.Column('worry', sa.Text(), nullable=False),
    sa.Column('own_words', sa.Text(), nullable=False),
    sa.Column('done', sa.Text(), nullable=False),
    sa.Column('ask', sa.Text(), nullable=False),
    sa.Column('agreement', sa.Enum('given', 'not_yet', 'unable', name='agreement', native_enum=False, create_constraint=True, length=20), nullable=False),
    sa.Column('agreement_reason', sa.Text(), nullable=False),
    sa.Column('urgency', sa.Enum('normal', 'soon', 'life', name='urgency', native_enum=False, create_constraint=True, length=20), nullable=False),
    sa.Column('shown_to_agency', sa.Boolean(), nullable=False),
    sa.Column('referred_by_id', sa.Integer(), nullable=False),
    sa.Column('member_id', sa.Integer(), nullable=False),
    sa.Column('agency_id', sa.Integer(), nullable=False),
    sa.Column('state', sa.Enum('open', 'accepted', 'advised', 'returned', 'withdrawn', name='state', native_enum=False, create_constraint=True, length=20), nullable=False),
    sa.Column('sent_at', sa.DateTime(), nullable=False),
    sa.Column('office_turn_since', sa.DateTime(), nullable=True),
    sa.Column('referrer_turn_since', sa.DateTime(), nullable=True),
    sa.Column('handler_id', sa.Integer(), nullable=True),
    sa.Column('case_id', sa.Integer(), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['agency_id'], ['agency.id'], name=op.f('fk_referral_agency_id')),
    sa.ForeignKeyConstraint(['case_id'], ['case.id'], name=op.f('fk_referral_case_id')),
    sa.ForeignKeyConstraint(['handler_id'], ['user.id'], name=op.f('fk_referral_handler_id')),
    sa.ForeignKeyConstraint(['member_id'], ['member.id'], name=op.f('fk_referral_member_id')),
    sa.ForeignKeyConstraint(['referred_by_id'], ['user.id'], name=op.f('fk_referral_referred_by_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_referral')),
    sa.UniqueConstraint('fiscal_year', 'serial', name=op.f('uq_referral_fiscal_year_serial')),
    sa.UniqueConstraint('number', name=op.f('uq_referral_number'))
    )
    with op.batch_alter_table('referral', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_referral_agency_id'), ['agency_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_referral_case_id'), ['case_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_referral_member_id'), ['member_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_referral_office_turn_since'), ['office_turn_since'], unique=False)
        batch_op.create_index(batch_op.f('ix_referral_referred_by_id'), ['referred_by_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_referral_state'), ['state'], unique=False)

    op.create_table('referral_need',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('referral_id', sa.Integer(), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('domain_code', sa.String(length=8), nullable=False),
    sa.Column('text', sa.Text(), nullable=False),
    sa.ForeignKeyConstraint(['domain_code'], ['domain.code'], name=op.f('fk_referral_need_domain_code')),
    sa.ForeignKeyConstraint(['referral_id'], ['referral.id'], name=op.f('fk_referral_need_referral_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_referral_need'))
    )
    with op.batch_alter_table('referral_need', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_referral_need_referral_id'), ['referral_id'], unique=False)

    op.create_table('referral_person',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('referral_id', sa.Integer(), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('label', sa.String(length=40), nullable=False),
    sa.Column('relation', sa.String(length=40), nullable=False),
    sa.Column('age', sa.Integer(), nullable=True),
    sa.ForeignKeyConstraint(['referral_id'], ['referral.id'], name=op.f('fk_referral_person_referral_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_referral_person'))
    )
    with op.batch_alter_table('referral_person', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_referral_person_referral_id'), ['referral_id'], unique=False)

    op.create_table('referral_step',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('referral_id', sa.Integer(), nullable=False),
    sa.Column('act', sa.Enum('sent', 'sent_again', 'taken', 'said', 'accepted', 'advised', 'returned', 'withdrawn', 'read', name='act', native_enum=False, create_constraint=True, length=20), nullable=False),
    sa.Column('words', sa.Text(), nullable=False),
    sa.Column('by_id', sa.Integer(), nullable=False),
    sa.Column('at', sa.DateTime(), nullable=False),
    sa.ForeignKeyConstraint(['by_id'], ['user.id'], name=op.f('fk_referral_step_by_id')),
    sa.ForeignKeyConstraint(['referral_id'], ['referral.id'], name=op.f('fk_referral_step_referral_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_referral_step'))
    )
    with op.batch_alter_table('referral_step', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_referral_step_referral_id'), ['referral_id'], unique=False)

    op.create_table('referral_tick',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('referral_id', sa.Integer(), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('criterion_id', sa.Integer(), nullable=False),
    sa.Column('ja', sa.String(length=120), nullable=False),
    sa.Column('en', sa.String(length=120), nullable=False),
    sa.ForeignKeyConstraint(['criterion_id'], ['criterion.id'], name=op.f('fk_referral_tick_criterion_id')),
    sa.ForeignKeyConstraint(['referral_id'], ['referral.id'], name=op.f('fk_referral_tick_referral_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_referral_tick'))
    )
    with op.batch_alter_table('referral_tick', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_referral_tick_referral_id'), ['referral_id'], unique=False)

    # Added as they stand: an office that is there already goes on with the usual habits.
    op.add_column('office', sa.Column('phone', sa.String(length=40), server_default=sa.text("''"), nullable=False))
    op.add_column('office', sa.Column('answer_within', sa.Integer(), server_default='3', nullable=False))
    op.add_column('office', sa.Column('criterion_needed', sa.Boolean(), server_default=sa.false(), nullable=False))


def downgrade():
    op.drop_column('office', 'criterion_needed')
    op.drop_column('office', 'answer_within')
    op.drop_column('office', 'phone')
    with op.batch_alter_table('referral_tick', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_referral_tick_referral_id'))

    op.drop_table('referral_tick')
    with op.batch_alter_table('referral_step', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_referral_step_referral_id'))

    op.drop_table('referral_step')
    with op.batch_alter_table('referral_person', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_referral_person_referral_id'))

    op.drop_table('referral_person')
    with op.batch_alter_table('referral_need', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_referral_need_referral_id'))

    op.drop_table('referral_need')
    with op.batch_alter_table('referral', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_referral_state'))
        batch_op.drop_index(batch_op.f('ix_referral_referred_by_id'))
        batch_op.drop_index(batch_op.f('ix_referral_office_turn_since'))
        batch_op.drop_index(batch_op.f('ix_referral_member_id'))
        batch_op.drop_index(batch_op.f('ix_referral_case_id'))
        batch_op.drop_index(batch_op.f('ix_referral_agency_id'))

    op.drop_table('referral')
    op.drop_table('criterion')

"""Prepare a meeting: sheets, roles agreed beforehand, written inquiries, official letters."""

import sqlalchemy as sa
from alembic import op

revision = '0014'
down_revision = '0013'


def upgrade():
    op.create_table('sheet_deadline',
    sa.Column('meeting_id', sa.Integer(), nullable=False),
    sa.Column('due_on', sa.Date(), nullable=False),
    sa.Column('set_by_id', sa.Integer(), nullable=False),
    sa.Column('set_at', sa.DateTime(), nullable=False),
    sa.ForeignKeyConstraint(['meeting_id'], ['meeting.id'], name=op.f('fk_sheet_deadline_meeting_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['set_by_id'], ['user.id'], name=op.f('fk_sheet_deadline_set_by_id')),
    sa.PrimaryKeyConstraint('meeting_id', name=op.f('pk_sheet_deadline'))
    )
    op.create_table('inquiry',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('hearing_id', sa.Integer(), nullable=False),
    sa.Column('agency_id', sa.Integer(), nullable=False),
    sa.Column('due_on', sa.Date(), nullable=False),
    sa.Column('written_by_id', sa.Integer(), nullable=False),
    sa.Column('sent_at', sa.DateTime(), nullable=True),
    sa.Column('sent_by_id', sa.Integer(), nullable=True),
    sa.Column('state', sa.Enum('open', 'answered', 'cannot', name='inquirystate', native_enum=False, create_constraint=True, length=20), nullable=False),
    sa.Column('reason', sa.Text(), nullable=False),
    sa.Column('how', sa.Enum('screen', 'paper', 'phone', name='answermethod', native_enum=False, create_constraint=True, length=20), nullable=True),
    sa.Column('answered_on', sa.Date(), nullable=True),
    sa.Column('answered_by_id', sa.Integer(), nullable=True),
    sa.Column('answered_at', sa.DateTime(), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['agency_id'], ['agency.id'], name=op.f('fk_inquiry_agency_id')),
    sa.ForeignKeyConstraint(['answered_by_id'], ['user.id'], name=op.f('fk_inquiry_answered_by_id')),
    sa.ForeignKeyConstraint(['hearing_id'], ['hearing.id'], name=op.f('fk_inquiry_hearing_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['sent_by_id'], ['user.id'], name=op.f('fk_inquiry_sent_by_id')),
    sa.ForeignKeyConstraint(['written_by_id'], ['user.id'], name=op.f('fk_inquiry_written_by_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_inquiry')),
    sa.UniqueConstraint('hearing_id', 'agency_id', name=op.f('uq_inquiry_hearing_id_agency_id'))
    )
    with op.batch_alter_table('inquiry', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_inquiry_agency_id'), ['agency_id'], unique=False)

    op.create_table('paper_letter',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('hearing_id', sa.Integer(), nullable=False),
    sa.Column('agency_id', sa.Integer(), nullable=False),
    sa.Column('kind', sa.Enum('notice', 'request', name='letterkind', native_enum=False, create_constraint=True, length=20), nullable=False),
    sa.Column('number', sa.String(length=40), nullable=False),
    sa.Column('dated_on', sa.Date(), nullable=False),
    sa.Column('batch', sa.String(length=40), nullable=False),
    sa.Column('sequence', sa.Integer(), nullable=False),
    sa.Column('content', sa.Text(), nullable=False),
    sa.Column('made_at', sa.DateTime(), nullable=False),
    sa.Column('made_by_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['agency_id'], ['agency.id'], name=op.f('fk_paper_letter_agency_id')),
    sa.ForeignKeyConstraint(['hearing_id'], ['hearing.id'], name=op.f('fk_paper_letter_hearing_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['made_by_id'], ['user.id'], name=op.f('fk_paper_letter_made_by_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_paper_letter'))
    )
    with op.batch_alter_table('paper_letter', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_paper_letter_agency_id'), ['agency_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_paper_letter_hearing_id'), ['hearing_id'], unique=False)

    op.create_table('role_candidate',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('hearing_id', sa.Integer(), nullable=False),
    sa.Column('agency_id', sa.Integer(), nullable=False),
    sa.Column('key', sa.String(length=40), nullable=False),
    sa.Column('what', sa.Text(), nullable=False),
    sa.Column('answer', sa.Enum('asked', 'agreed', 'to_talk', 'hard', name='prioranswer', native_enum=False, create_constraint=True, length=20), nullable=False),
    sa.Column('word', sa.Text(), nullable=False),
    sa.Column('answered_by_id', sa.Integer(), nullable=True),
    sa.Column('answered_at', sa.DateTime(), nullable=True),
    sa.Column('heard', sa.Boolean(), nullable=False),
    sa.Column('withdrawn_at', sa.DateTime(), nullable=True),
    sa.Column('written_by_id', sa.Integer(), nullable=False),
    sa.Column('written_at', sa.DateTime(), nullable=False),
    sa.ForeignKeyConstraint(['agency_id'], ['agency.id'], name=op.f('fk_role_candidate_agency_id')),
    sa.ForeignKeyConstraint(['answered_by_id'], ['user.id'], name=op.f('fk_role_candidate_answered_by_id')),
    sa.ForeignKeyConstraint(['hearing_id'], ['hearing.id'], name=op.f('fk_role_candidate_hearing_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['written_by_id'], ['user.id'], name=op.f('fk_role_candidate_written_by_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_role_candidate')),
    sa.UniqueConstraint('key', name=op.f('uq_role_candidate_key'))
    )
    with op.batch_alter_table('role_candidate', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_role_candidate_agency_id'), ['agency_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_role_candidate_hearing_id'), ['hearing_id'], unique=False)

    op.create_table('sheet',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('hearing_id', sa.Integer(), nullable=False),
    sa.Column('agency_id', sa.Integer(), nullable=False),
    sa.Column('view', sa.Text(), nullable=False),
    sa.Column('doing', sa.Text(), nullable=False),
    sa.Column('can', sa.Text(), nullable=False),
    sa.Column('hard', sa.Text(), nullable=False),
    sa.Column('condition', sa.Text(), nullable=False),
    sa.Column('asks', sa.Text(), nullable=False),
    sa.Column('decide', sa.Text(), nullable=False),
    sa.Column('heard', sa.Boolean(), nullable=False),
    sa.Column('handed_in_at', sa.DateTime(), nullable=True),
    sa.Column('handed_in_by_id', sa.Integer(), nullable=True),
    sa.Column('written_by_id', sa.Integer(), nullable=False),
    sa.Column('written_at', sa.DateTime(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['agency_id'], ['agency.id'], name=op.f('fk_sheet_agency_id')),
    sa.ForeignKeyConstraint(['handed_in_by_id'], ['user.id'], name=op.f('fk_sheet_handed_in_by_id')),
    sa.ForeignKeyConstraint(['hearing_id'], ['hearing.id'], name=op.f('fk_sheet_hearing_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['written_by_id'], ['user.id'], name=op.f('fk_sheet_written_by_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_sheet')),
    sa.UniqueConstraint('hearing_id', 'agency_id', name=op.f('uq_sheet_hearing_id_agency_id'))
    )
    with op.batch_alter_table('sheet', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_sheet_agency_id'), ['agency_id'], unique=False)

    op.create_table('inquiry_question',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('inquiry_id', sa.Integer(), nullable=False),
    sa.Column('key', sa.String(length=40), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('text', sa.Text(), nullable=False),
    sa.Column('answer', sa.Text(), nullable=False),
    sa.ForeignKeyConstraint(['inquiry_id'], ['inquiry.id'], name=op.f('fk_inquiry_question_inquiry_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_inquiry_question')),
    sa.UniqueConstraint('key', name=op.f('uq_inquiry_question_key'))
    )
    with op.batch_alter_table('inquiry_question', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_inquiry_question_inquiry_id'), ['inquiry_id'], unique=False)

    op.create_table('sheet_fact',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('sheet_id', sa.Integer(), nullable=False),
    sa.Column('key', sa.String(length=40), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('text', sa.Text(), nullable=False),
    sa.Column('source', sa.String(length=120), nullable=False),
    sa.ForeignKeyConstraint(['sheet_id'], ['sheet.id'], name=op.f('fk_sheet_fact_sheet_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_sheet_fact')),
    sa.UniqueConstraint('key', name=op.f('uq_sheet_fact_key'))
    )
    with op.batch_alter_table('sheet_fact', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_sheet_fact_sheet_id'), ['sheet_id'], unique=False)

    # plainly, not in a batch: SQLite then keeps the table as it is, and the default serves the row that is there
    op.add_column('office', sa.Column('letter_sender', sa.String(length=80), nullable=False, server_default=''))
    op.add_column('office', sa.Column('letter_contact', sa.String(length=200), nullable=False, server_default=''))


def downgrade():
    op.drop_column('office', 'letter_contact')
    op.drop_column('office', 'letter_sender')
    with op.batch_alter_table('sheet_fact', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_sheet_fact_sheet_id'))

    op.drop_table('sheet_fact')
    with op.batch_alter_table('inquiry_question', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_inquiry_question_inquiry_id'))

    op.drop_table('inquiry_question')
    with op.batch_alter_table('sheet', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_sheet_agency_id'))

    op.drop_table('sheet')
    with op.batch_alter_table('role_candidate', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_role_candidate_hearing_id'))
        batch_op.drop_index(batch_op.f('ix_role_candidate_agency_id'))

    op.drop_table('role_candidate')
    with op.batch_alter_table('paper_letter', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_paper_letter_hearing_id'))
        batch_op.drop_index(batch_op.f('ix_paper_letter_agency_id'))

    op.drop_table('paper_letter')
    with op.batch_alter_table('inquiry', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_inquiry_agency_id'))

    op.drop_table('inquiry')
    op.drop_table('sheet_deadline')

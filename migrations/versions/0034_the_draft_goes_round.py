"""The draft of the minutes goes round: rounds, who was sent them, more time, remarks and what came of them."""

import sqlalchemy as sa
from alembic import op

revision = '0034'
down_revision = '0033'

WAYS = ('screen', 'paper', 'phone')


def _choice(values, name):
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=20)


def upgrade():
    op.create_table('circulation',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('meeting_id', sa.Integer(), nullable=False),
        sa.Column('number', sa.Integer(), nullable=False),
        sa.Column('content', sa.Text(), nullable=False),
        sa.Column('hash', sa.String(64), nullable=False),
        sa.Column('lines', sa.JSON(), nullable=False),
        sa.Column('opened_at', sa.DateTime(), nullable=False),
        sa.Column('opened_by_id', sa.Integer(), nullable=False),
        sa.Column('answer_by', sa.Date(), nullable=False),
        sa.Column('deemed', sa.Boolean(), nullable=False),
        sa.Column('over_told_at', sa.DateTime(), nullable=True),
        sa.Column('version', sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(['meeting_id'], ['meeting.id'], name='fk_circulation_meeting_id'),
        sa.ForeignKeyConstraint(['opened_by_id'], ['user.id'], name='fk_circulation_opened_by_id'),
        sa.PrimaryKeyConstraint('id', name='pk_circulation'),
        sa.UniqueConstraint('meeting_id', 'number', name='uq_circulation_meeting_id_number'))
    op.create_table('circulation_extension',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('circulation_id', sa.Integer(), nullable=False),
        sa.Column('earlier', sa.Date(), nullable=False),
        sa.Column('until', sa.Date(), nullable=False),
        sa.Column('reason', sa.Text(), nullable=False),
        sa.Column('by_id', sa.Integer(), nullable=False),
        sa.Column('at', sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(['circulation_id'], ['circulation.id'], name='fk_circulation_extension_circulation_id'),
        sa.ForeignKeyConstraint(['by_id'], ['user.id'], name='fk_circulation_extension_by_id'),
        sa.PrimaryKeyConstraint('id', name='pk_circulation_extension'))
    op.create_table('circulation_reader',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('circulation_id', sa.Integer(), nullable=False),
        sa.Column('member_id', sa.Integer(), nullable=False),
        sa.Column('told_at', sa.DateTime(), nullable=False),
        sa.Column('nudged_at', sa.DateTime(), nullable=True),
        sa.Column('agreed_at', sa.DateTime(), nullable=True),
        sa.Column('agreed_how', _choice(WAYS, 'way'), nullable=True),
        sa.Column('agreed_by_id', sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(['circulation_id'], ['circulation.id'], name='fk_circulation_reader_circulation_id'),
        sa.ForeignKeyConstraint(['member_id'], ['member.id'], name='fk_circulation_reader_member_id'),
        sa.ForeignKeyConstraint(['agreed_by_id'], ['user.id'], name='fk_circulation_reader_agreed_by_id'),
        sa.PrimaryKeyConstraint('id', name='pk_circulation_reader'),
        sa.UniqueConstraint('circulation_id', 'member_id', name='uq_circulation_reader_circulation_id_member_id'))
    op.create_table('remark',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('circulation_id', sa.Integer(), nullable=False),
        sa.Column('reader_id', sa.Integer(), nullable=False),
        sa.Column('hearing_id', sa.Integer(), nullable=False),
        sa.Column('entry_id', sa.Integer(), nullable=True),
        sa.Column('place', sa.String(40), nullable=False),
        sa.Column('section', sa.String(60), nullable=False),
        sa.Column('sentence', sa.Text(), nullable=False),
        sa.Column('kind', _choice(('correct', 'dissent'), 'remarkkind'), nullable=False),
        sa.Column('text', sa.Text(), nullable=False),
        sa.Column('why', sa.Text(), nullable=False),
        sa.Column('limited', sa.Boolean(), nullable=False),
        sa.Column('who', sa.String(200), nullable=False),
        sa.Column('how', _choice(WAYS, 'way'), nullable=False),
        sa.Column('by_id', sa.Integer(), nullable=False),
        sa.Column('at', sa.DateTime(), nullable=False),
        sa.Column('outcome', _choice(('accepted', 'partly', 'rejected'), 'outcome'), nullable=True),
        sa.Column('settled', sa.Text(), nullable=False),
        sa.Column('answer', sa.Text(), nullable=False),
        sa.Column('answered_at', sa.DateTime(), nullable=True),
        sa.Column('answered_by_id', sa.Integer(), nullable=True),
        sa.Column('withdrawn_at', sa.DateTime(), nullable=True),
        sa.Column('version', sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(['circulation_id'], ['circulation.id'], name='fk_remark_circulation_id'),
        sa.ForeignKeyConstraint(['reader_id'], ['circulation_reader.id'], name='fk_remark_reader_id'),
        sa.ForeignKeyConstraint(['hearing_id'], ['hearing.id'], name='fk_remark_hearing_id'),
        sa.ForeignKeyConstraint(['entry_id'], ['entry.id'], name='fk_remark_entry_id'),
        sa.ForeignKeyConstraint(['by_id'], ['user.id'], name='fk_remark_by_id'),
        sa.ForeignKeyConstraint(['answered_by_id'], ['user.id'], name='fk_remark_answered_by_id'),
        sa.PrimaryKeyConstraint('id', name='pk_remark'))
    for table, columns in (('circulation', ('meeting_id',)), ('circulation_extension', ('circulation_id',)),
                           ('circulation_reader', ('circulation_id', 'member_id')), ('remark', ('circulation_id', 'reader_id', 'hearing_id'))):
        for column in columns:
            op.create_index(f'ix_{table}_{column}', table, [column])


def downgrade():
    for table in ('remark', 'circulation_reader', 'circulation_extension', 'circulation'):
        op.drop_table(table)

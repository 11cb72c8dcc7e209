"""What becomes of a letter: who has taken it, why it did not go out; the mail server's trouble, and workers at work."""

import sqlalchemy as sa
from alembic import op

revision = '0033'
down_revision = '0032'

REASONS = ('address', 'unknown', 'full', 'refused', 'unfit', 'later', 'silent', 'away', 'broken', 'sign_in', 'sender', 'certificate',
           'no_sender', 'off', 'old', 'withdrawn')


def _reason():
    return sa.Enum(*REASONS, name='reason', native_enum=False, create_constraint=True, length=20)


def upgrade():
    with op.batch_alter_table('letter') as table:
        table.add_column(sa.Column('queued_at', sa.DateTime(), nullable=True))
        table.add_column(sa.Column('taken_until', sa.DateTime(), nullable=True))
        table.add_column(sa.Column('ended_at', sa.DateTime(), nullable=True))
        table.add_column(sa.Column('reason', sa.String(20), nullable=True))
        table.create_check_constraint(table.f('ck_letter_reason'), sa.column('reason').in_(REASONS))
    op.execute('UPDATE letter SET queued_at = created_at')
    op.execute('UPDATE letter SET ended_at = created_at WHERE sent_at IS NULL AND due_at IS NULL')
    with op.batch_alter_table('letter') as table:
        table.alter_column('queued_at', existing_type=sa.DateTime(), nullable=False)
    op.create_table('worker_seen',
        sa.Column('name', sa.String(80), nullable=False),
        sa.Column('at', sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint('name', name='pk_worker_seen'))
    op.create_table('mail_trouble',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('reason', _reason(), nullable=False),
        sa.Column('fault', sa.String(200), nullable=False),
        sa.Column('since', sa.DateTime(), nullable=False),
        sa.Column('times', sa.Integer(), nullable=False),
        sa.Column('again_at', sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint('id', name='pk_mail_trouble'))


def downgrade():
    op.drop_table('mail_trouble')
    op.drop_table('worker_seen')
    with op.batch_alter_table('letter') as table:
        table.drop_constraint(table.f('ck_letter_reason'), type_='check')
        for column in ('reason', 'ended_at', 'taken_until', 'queued_at'):
            table.drop_column(column)

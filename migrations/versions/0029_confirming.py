"""Who was asked to confirm what; the words an answer was bound to; what a holder would rather have."""

from datetime import date
import hashlib

from alembic import op
import sqlalchemy as sa

revision = '0029'
down_revision = '0028'

RANKS = ('main', 'sub', 'support')
VIAS = ('screen', 'link', 'paper', 'phone', 'told')
RECEPTIONS = ('accepted', 'countered', 'kept', 'withdrawn')
ADDED = ('answer_by', 'due_on', 'until_on', 'rank', 'via')


def _choice(values, name):
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=20)


def _wording():
    return (sa.Column('fingerprint', sa.String(64), nullable=False), sa.Column('what', sa.Text(), nullable=True),
            sa.Column('agency_id', sa.Integer(), nullable=True), sa.Column('member_id', sa.Integer(), nullable=True),
            sa.Column('due_on', sa.Date(), nullable=True), sa.Column('rank', _choice(RANKS, 'rank'), nullable=True),
            sa.Column('until_on', sa.Date(), nullable=True))


def _points_to(table, **columns):
    return [sa.ForeignKeyConstraint([column], [f'{other}.id'], name=f'fk_{table}_{column}') for column, other in columns.items()]


def upgrade():
    with op.batch_alter_table('confirmation') as table:
        for column in ('answer_by', 'due_on', 'until_on'):
            table.add_column(sa.Column(column, sa.Date(), nullable=True))
        for column, values in (('rank', RANKS), ('via', VIAS)):
            table.add_column(sa.Column(column, sa.String(20), nullable=True))
            table.create_check_constraint(table.f(f'ck_confirmation_{column}'), sa.column(column).in_(values))
        table.alter_column('by_id', existing_type=sa.Integer(), nullable=True)
    op.execute("""UPDATE confirmation SET via = CASE WHEN EXISTS (SELECT 1 FROM action_item JOIN member ON member.id = action_item.member_id
                  WHERE action_item.id = confirmation.action_id AND (member.user_id IS NULL OR member.user_id <> confirmation.by_id))
                  THEN 'told' ELSE 'screen' END""")
    _say_the_words()
    with op.batch_alter_table('confirmation') as table:
        table.alter_column('via', existing_type=sa.String(20), nullable=False)
    op.create_table('asking',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('hearing_id', sa.Integer(), nullable=False),
        sa.Column('member_id', sa.Integer(), nullable=False),
        sa.Column('turn', sa.Integer(), nullable=False),
        sa.Column('answer_by', sa.Date(), nullable=False),
        sa.Column('by_id', sa.Integer(), nullable=False),
        sa.Column('at', sa.DateTime(), nullable=False),
        *_points_to('asking', hearing_id='hearing', member_id='member', by_id='user'),
        sa.PrimaryKeyConstraint('id', name='pk_asking'),
        sa.UniqueConstraint('hearing_id', 'member_id', 'turn', name='uq_asking_hearing_id_member_id_turn'))
    op.create_table('asked_role',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('asking_id', sa.Integer(), nullable=False),
        sa.Column('action_id', sa.Integer(), nullable=False),
        *_wording(),
        *_points_to('asked_role', asking_id='asking', action_id='action_item', agency_id='agency', member_id='member'),
        sa.PrimaryKeyConstraint('id', name='pk_asked_role'))
    op.create_table('change_request',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('action_id', sa.Integer(), nullable=False),
        *_wording(),
        sa.Column('wished_what', sa.Text(), nullable=True),
        sa.Column('wished_on', sa.Date(), nullable=True),
        sa.Column('reason', sa.Text(), nullable=False),
        sa.Column('takes', sa.Boolean(), nullable=False),
        sa.Column('via', _choice(VIAS, 'via'), nullable=False),
        sa.Column('by_id', sa.Integer(), nullable=True),
        sa.Column('at', sa.DateTime(), nullable=False),
        sa.Column('reception', _choice(RECEPTIONS, 'reception'), nullable=True),
        sa.Column('counter_what', sa.Text(), nullable=True),
        sa.Column('counter_on', sa.Date(), nullable=True),
        sa.Column('word', sa.Text(), nullable=False),
        sa.Column('answered_by_id', sa.Integer(), nullable=True),
        sa.Column('answered_at', sa.DateTime(), nullable=True),
        sa.Column('agreed_at', sa.DateTime(), nullable=True),
        *_points_to('change_request', action_id='action_item', agency_id='agency', member_id='member', by_id='user', answered_by_id='user'),
        sa.PrimaryKeyConstraint('id', name='pk_change_request'))
    for table, columns in (('asking', ('hearing_id', 'member_id')), ('asked_role', ('asking_id', 'action_id')), ('change_request', ('action_id',))):
        for column in columns:
            op.create_index(f'ix_{table}_{column}', table, [column])


def _say_the_words():
    """An answer that still stands was given to the words the role has now; of the others it is not known."""
    bind = op.get_bind()
    rows = bind.execute(sa.text(
        'SELECT c.id, c.fingerprint, a.what, a.agency_id, a.member_id, a.due_on, a.rank, a.until_on FROM confirmation c JOIN action_item a ON a.id = c.action_id')).all()
    known = [dict(id=row.id, due=row.due_on, rank=row.rank, until=row.until_on) for row in rows if row.fingerprint == _fingerprint(row)]
    if known:
        bind.execute(sa.text('UPDATE confirmation SET due_on = :due, rank = :rank, until_on = :until WHERE id = :id'), known)


def _fingerprint(row):
    due, until = (each.isoformat() if isinstance(each, date) else each for each in (row.due_on, row.until_on))
    parts = [row.what, row.agency_id, row.member_id, due, row.rank]
    return hashlib.sha256(repr(parts + [until] if until else parts).encode()).hexdigest()


def downgrade():
    for table in ('change_request', 'asked_role', 'asking'):
        op.drop_table(table)
    op.execute('UPDATE confirmation SET by_id = (SELECT written_by_id FROM action_item WHERE action_item.id = confirmation.action_id) WHERE by_id IS NULL')
    with op.batch_alter_table('confirmation') as table:
        table.alter_column('by_id', existing_type=sa.Integer(), nullable=False)
        for column in ('rank', 'via'):
            table.drop_constraint(table.f(f'ck_confirmation_{column}'), type_='check')
        for column in ADDED:
            table.drop_column(column)

"""Roles that end, that several hold together, that somebody looks for a taker of; for whom an answer was given."""

from datetime import date
import hashlib

from alembic import op
import sqlalchemy as sa

revision = '0019'
down_revision = '0018'

# table: column, type, table it points to
COLUMNS = {
    'action_item': [('until_on', sa.Date(), None), ('with_id', sa.Integer(), 'action_item'), ('escalation_agency_id', sa.Integer(), 'agency'),
                    ('escalation_member_id', sa.Integer(), 'member'), ('escalation_on', sa.Date(), None)],
    'confirmation': [('what', sa.Text(), None), ('agency_id', sa.Integer(), 'agency'), ('member_id', sa.Integer(), 'member')],
    'resource_idea': [('owner_member_id', sa.Integer(), 'member')],
}


def upgrade():
    for name, columns in COLUMNS.items():
        with op.batch_alter_table(name) as table:
            for column, kind, other in columns:
                table.add_column(sa.Column(column, kind, nullable=True))
                if other:
                    table.create_foreign_key(table.f(f'fk_{name}_{column}'), other, [column], ['id'])
    with op.batch_alter_table('action_item') as table:
        table.add_column(sa.Column('nature', sa.String(20), nullable=True))
        table.create_check_constraint(table.f('ck_action_item_nature'), sa.column('nature').in_(['direct', 'manage']))
    _say_for_whom()


def _say_for_whom():
    """Answers to the words that stand were given by whoever holds the role now; of the others it is not known."""
    bind = op.get_bind()
    rows = bind.execute(sa.text(
        'SELECT c.id, c.fingerprint, a.what, a.agency_id, a.member_id, a.due_on, a.rank FROM confirmation c JOIN action_item a ON a.id = c.action_id')).all()
    known = [dict(id=row.id, what=row.what, agency=row.agency_id, member=row.member_id) for row in rows if row.fingerprint == _fingerprint(row)]
    if known:
        bind.execute(sa.text('UPDATE confirmation SET what = :what, agency_id = :agency, member_id = :member WHERE id = :id'), known)


def _fingerprint(row):
    due = row.due_on.isoformat() if isinstance(row.due_on, date) else row.due_on
    return hashlib.sha256(repr([row.what, row.agency_id, row.member_id, due, row.rank]).encode()).hexdigest()


def downgrade():
    with op.batch_alter_table('action_item') as table:
        table.drop_constraint(table.f('ck_action_item_nature'), type_='check')
        table.drop_column('nature')
    for name, columns in COLUMNS.items():
        with op.batch_alter_table(name) as table:
            for column, _kind, other in reversed(columns):
                if other:
                    table.drop_constraint(table.f(f'fk_{name}_{column}'), type_='foreignkey')
                table.drop_column(column)

"""Who the people of a case are, sealed and apart from it, and the right to know it."""

import sqlalchemy as sa
from alembic import op

revision = '0011'
down_revision = '0010'

BEFORE = ('coordinator', 'clerk', 'admin')
AFTER = ('coordinator', 'clerk', 'identity', 'admin')


def upgrade():
    _roles(BEFORE, AFTER)
    op.add_column('office', sa.Column('asks_reason', sa.Boolean(), server_default=sa.false(), nullable=False))

    op.create_table('identity',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('case_id', sa.Integer(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=True),
    sa.Column('key_id', sa.String(length=16), nullable=False),
    sa.Column('name', sa.LargeBinary(), nullable=False),
    sa.Column('kana', sa.LargeBinary(), nullable=False),
    sa.Column('former_name', sa.LargeBinary(), nullable=False),
    sa.Column('birth_date', sa.LargeBinary(), nullable=False),
    sa.Column('sex', sa.LargeBinary(), nullable=False),
    sa.Column('address', sa.LargeBinary(), nullable=False),
    sa.Column('telephone', sa.LargeBinary(), nullable=False),
    sa.Column('may_call', sa.LargeBinary(), nullable=False),
    sa.Column('call_when', sa.LargeBinary(), nullable=False),
    sa.Column('changed_at', sa.DateTime(), nullable=False),
    sa.Column('changed_by_id', sa.Integer(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['case_id'], ['case.id'], name=op.f('fk_identity_case_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['changed_by_id'], ['user.id'], name=op.f('fk_identity_changed_by_id')),
    sa.ForeignKeyConstraint(['person_id'], ['household_person.id'], name=op.f('fk_identity_person_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_identity')),
    sa.UniqueConstraint('person_id', name=op.f('uq_identity_person_id'))
    )
    with op.batch_alter_table('identity', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_identity_case_id'), ['case_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_identity_key_id'), ['key_id'], unique=False)
        batch_op.create_index('uq_identity_household', ['case_id'], unique=True, sqlite_where=sa.text('person_id IS NULL'),
                              postgresql_where=sa.text('person_id IS NULL'))

    op.create_table('identity_term',
    sa.Column('hash', sa.LargeBinary(), nullable=False),
    sa.Column('identity_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['identity_id'], ['identity.id'], name=op.f('fk_identity_term_identity_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('hash', 'identity_id', name=op.f('pk_identity_term'))
    )
    with op.batch_alter_table('identity_term', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_identity_term_identity_id'), ['identity_id'], unique=False)


def downgrade():
    with op.batch_alter_table('identity_term', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_identity_term_identity_id'))

    op.drop_table('identity_term')
    with op.batch_alter_table('identity', schema=None) as batch_op:
        batch_op.drop_index('uq_identity_household')
        batch_op.drop_index(batch_op.f('ix_identity_key_id'))
        batch_op.drop_index(batch_op.f('ix_identity_case_id'))

    op.drop_table('identity')
    op.drop_column('office', 'asks_reason')  # not by a copy: it would write the defaults of the others differently
    op.execute("DELETE FROM user_role WHERE role = 'identity'")
    _roles(AFTER, BEFORE)


def _roles(before, after):
    """The office roles a person can hold."""
    if op.get_bind().dialect.name == "postgresql":
        op.drop_constraint(op.f('ck_user_role_role'), 'user_role', type_='check')
        op.create_check_constraint(op.f('ck_user_role_role'), 'user_role', sa.column('role').in_(after))
    else:  # copied from the description given here: of the old one only the rows are taken
        with op.batch_alter_table('user_role', copy_from=_user_role(after), recreate='always'):
            pass


def _user_role(roles):
    naming = {"ck": "ck_%(table_name)s_%(constraint_name)s"}
    return sa.Table('user_role', sa.MetaData(naming_convention=naming),
    sa.Column('user_id', sa.Integer(), nullable=False),
    sa.Column('role', sa.Enum(*roles, name='role', native_enum=False, create_constraint=True, length=20), nullable=False),
    sa.ForeignKeyConstraint(['user_id'], ['user.id'], name=op.f('fk_user_role_user_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('user_id', 'role', name=op.f('pk_user_role'))
    )

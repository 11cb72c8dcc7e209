"""The register of wished resources: proposals, where they came from and where they stand, mergers, forums; two kinds of notice."""

import sqlalchemy as sa
from alembic import op

from core.database import UtcDateTime

revision = '0054'
down_revision = '0053'

NOTICES = ('confirm', 'change_asked', 'change_answered', 'answered', 'due', 'overdue', 'stuck', 'handed_over', 'draft', 'remark',
           'remark_answered', 'minutes_final', 'minutes_late', 'reply', 'link_locked', 'unanswered', 'unheld')
STATES = ('idea', 'study', 'trial', 'real', 'dropped')
KINDS = ('person', 'place', 'thing', 'system', 'money', 'information')


def upgrade():
    _notices((*NOTICES, 'wish_real', 'wish_dropped'))
    _table('resource_proposal', [
        *(sa.Column(name, sa.Text(), nullable=False) for name in ('wished', 'enables', 'need', 'nearest')),
        sa.Column('kind', _choice(KINDS, 'proposal_kind'), nullable=True),
        sa.Column('domain_code', sa.String(8), nullable=True),
        sa.Column('state', _choice(STATES, 'proposal_state'), nullable=False),
        sa.Column('forum', sa.String(120), nullable=False),
        sa.Column('owner_id', sa.Integer(), nullable=True),
        sa.Column('owner_member_id', sa.Integer(), nullable=True),
        sa.Column('next_step', sa.Text(), nullable=False),
        sa.Column('next_on', sa.Date(), nullable=True),
        sa.Column('merged_into_id', sa.Integer(), nullable=True),
        sa.Column('made_by_id', sa.Integer(), nullable=False),
        sa.Column('made_at', UtcDateTime(), nullable=False),
        sa.Column('version', sa.Integer(), nullable=False),
    ], dict(domain_code='domain.code', owner_id='agency.id', owner_member_id='member.id', merged_into_id='resource_proposal.id', made_by_id='user.id'),
        ('state', 'owner_member_id', 'next_on', 'merged_into_id'))
    _table('resource_proposal_source', [
        sa.Column('proposal_id', sa.Integer(), nullable=False),
        sa.Column('idea_id', sa.Integer(), nullable=False),
        sa.Column('domain_code', sa.String(8), nullable=True),
        sa.Column('area', sa.String(40), nullable=False),
        *_who(), sa.UniqueConstraint('idea_id', name=op.f('uq_resource_proposal_source_idea_id')),
    ], dict(proposal_id='resource_proposal.id', idea_id='resource_idea.id', domain_code='domain.code', by_id='user.id'), ('proposal_id',))
    _table('resource_proposal_step', [
        sa.Column('proposal_id', sa.Integer(), nullable=False),
        sa.Column('state', _choice(STATES, 'proposalstep_state'), nullable=False),
        sa.Column('on', sa.Date(), nullable=False),
        sa.Column('note', sa.Text(), nullable=False),
        sa.Column('forum', sa.String(120), nullable=False),
        *_who(),
    ], dict(proposal_id='resource_proposal.id', by_id='user.id'), ('proposal_id',))
    _table('resource_proposal_kept', [
        sa.Column('proposal_id', sa.Integer(), nullable=False),
        sa.Column('key', sa.String(16), nullable=False),
        sa.Column('kind', sa.String(20), nullable=False),
        *_who(), sa.UniqueConstraint('proposal_id', 'key', name=op.f('uq_resource_proposal_kept_proposal_id_key')),
    ], dict(proposal_id='resource_proposal.id', by_id='user.id'), ('proposal_id',))
    _table('resource_merger', [
        sa.Column('proposal_id', sa.Integer(), nullable=False),
        sa.Column('into_id', sa.Integer(), nullable=False),
        sa.Column('words', sa.String(200), nullable=False),
        *_who(),
        sa.Column('parted_by_id', sa.Integer(), nullable=True),
        sa.Column('parted_at', UtcDateTime(), nullable=True),
    ], dict(proposal_id='resource_proposal.id', into_id='resource_proposal.id', by_id='user.id', parted_by_id='user.id'), ('proposal_id', 'into_id'))
    _table('resource_forum', [
        sa.Column('name', sa.String(120), nullable=False),
        sa.Column('position', sa.Integer(), nullable=False),
        sa.UniqueConstraint('name', name=op.f('uq_resource_forum_name')),
    ], {}, ())


def downgrade():
    for table in ('resource_forum', 'resource_merger', 'resource_proposal_kept', 'resource_proposal_step', 'resource_proposal_source', 'resource_proposal'):
        op.drop_table(table)
    op.execute("DELETE FROM notice WHERE kind IN ('wish_real', 'wish_dropped')")
    _notices(NOTICES)


def _table(table, columns, keys, indexes):
    goes = ('proposal_id', 'into_id')  # with the proposal they belong to
    op.create_table(
        table, sa.Column('id', sa.Integer(), nullable=False), *columns, sa.PrimaryKeyConstraint('id', name=op.f(f'pk_{table}')),
        *(sa.ForeignKeyConstraint([column], [to], name=op.f(f"fk_{table}_{column}_{to.split('.')[0]}"), ondelete='CASCADE' if column in goes else None)
          for column, to in keys.items()))
    for column in indexes:
        op.create_index(op.f(f'ix_{table}_{column}'), table, [column])


def _who():
    return sa.Column('by_id', sa.Integer(), nullable=False), sa.Column('at', UtcDateTime(), nullable=False)


def _choice(values, name):
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=20)


def _notices(values):
    with op.batch_alter_table('notice') as table:
        table.drop_constraint(table.f('ck_notice_noticekind'), type_='check')
        table.create_check_constraint(table.f('ck_notice_noticekind'), sa.column('kind').in_(values))

"""The map of what exists: resources, who did what to their entries, hints that one is wrong, tables on their way; when to check anew."""

import sqlalchemy as sa
from alembic import op

from core.database import UtcDateTime

revision = '0056'
down_revision = '0055'

KINDS = ('person', 'place', 'thing', 'system', 'money', 'information')
ACTS = ('made', 'imported', 'changed', 'checked', 'ended', 'resumed')


def upgrade():
    _table('social_resource', [
        sa.Column('name', sa.String(120), nullable=False),
        *_words(kana=120),
        sa.Column('kind', _choice(KINDS, 'resourcekind'), nullable=False),
        sa.Column('footing', _choice(('formal', 'informal'), 'footing'), nullable=False),
        *_words(area=80, does=400, whom=400, contact=200, phone=60, cost=120, hours=200, memo=1000),
        sa.Column('agency_id', sa.Integer(), nullable=True),
        sa.Column('proposal_id', sa.Integer(), nullable=True),
        sa.Column('checked_on', sa.Date(), nullable=True),
        sa.Column('checked_by_id', sa.Integer(), nullable=True),
        sa.Column('ended_on', sa.Date(), nullable=True),
        sa.Column('version', sa.Integer(), nullable=False),
    ], dict(agency_id='agency.id', proposal_id='resource_proposal.id', checked_by_id='user.id'), ('agency_id', 'proposal_id', 'checked_on'))
    op.create_table('social_resource_domain',
        sa.Column('resource_id', sa.Integer(), nullable=False),
        sa.Column('domain_code', sa.String(8), nullable=False),
        sa.ForeignKeyConstraint(['resource_id'], ['social_resource.id'], name=op.f('fk_social_resource_domain_resource_id_social_resource'), ondelete='CASCADE'),
        sa.ForeignKeyConstraint(['domain_code'], ['domain.code'], name=op.f('fk_social_resource_domain_domain_code_domain')),
        sa.PrimaryKeyConstraint('resource_id', 'domain_code', name=op.f('pk_social_resource_domain')))
    op.create_index(op.f('ix_social_resource_domain_domain_code'), 'social_resource_domain', ['domain_code'])
    _table('social_resource_step', [
        sa.Column('resource_id', sa.Integer(), nullable=False),
        sa.Column('act', _choice(ACTS, 'resourcestep_act'), nullable=False),
        *_words(fields=200, note=200),
        sa.Column('by_id', sa.Integer(), nullable=False),
        sa.Column('at', UtcDateTime(), nullable=False),
    ], dict(resource_id='social_resource.id', by_id='user.id'), ('resource_id',))
    _table('social_resource_correction', [
        sa.Column('resource_id', sa.Integer(), nullable=False),
        sa.Column('text', sa.String(400), nullable=False),
        sa.Column('by_id', sa.Integer(), nullable=False),
        sa.Column('at', UtcDateTime(), nullable=False),
        sa.Column('outcome', _choice(('mended', 'right'), 'correction_outcome'), nullable=True),
        sa.Column('settled_by_id', sa.Integer(), nullable=True),
        sa.Column('settled_at', UtcDateTime(), nullable=True),
        sa.Column('version', sa.Integer(), nullable=False),
    ], dict(resource_id='social_resource.id', by_id='user.id', settled_by_id='user.id'), ('resource_id', 'by_id', 'settled_at'))
    _table('resource_import', [
        sa.Column('user_id', sa.Integer(), nullable=False),
        sa.Column('file_name', sa.String(200), nullable=False),
        sa.Column('started_at', UtcDateTime(), nullable=False),
        sa.Column('expires_at', UtcDateTime(), nullable=False),
        sa.Column('content', sa.LargeBinary(), nullable=True),
        sa.Column('choices', sa.JSON(), nullable=False),
        sa.Column('done_at', UtcDateTime(), nullable=True),
        sa.Column('report', sa.JSON(), nullable=False),
        sa.Column('version', sa.Integer(), nullable=False),
    ], dict(user_id='user.id'), ('user_id', 'done_at'))
    op.add_column('office', sa.Column('check_months', sa.Integer(), server_default='12', nullable=False))


def downgrade():
    op.drop_column('office', 'check_months')
    for name in ('resource_import', 'social_resource_correction', 'social_resource_step', 'social_resource_domain', 'social_resource'):
        op.drop_table(name)


def _words(**limits):
    """Texts that are empty until somebody writes into them."""
    return [sa.Column(name, sa.String(limit), server_default=sa.text("''"), nullable=False) for name, limit in limits.items()]


def _choice(values, name):
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=20)


def _table(name, columns, keys, indexed):
    own = [sa.ForeignKeyConstraint([column], [to], name=op.f(f"fk_{name}_{column}_{to.split('.')[0]}"), ondelete='CASCADE' if to == 'social_resource.id' else None)
           for column, to in keys.items()]
    op.create_table(name, sa.Column('id', sa.Integer(), nullable=False), *columns, *own, sa.PrimaryKeyConstraint('id', name=op.f(f'pk_{name}')))
    for column in indexed:
        op.create_index(op.f(f'ix_{name}_{column}'), name, [column])

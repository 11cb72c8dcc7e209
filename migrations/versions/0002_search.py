"""Search: every text in one spelling, its tokens beside it, and what people asked for. `db upgrade` fills it."""

import sqlalchemy as sa
from alembic import op

revision = '0002'
down_revision = '0001'


def upgrade():
    op.create_table('search_text',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('kind', sa.String(length=40), nullable=False),
    sa.Column('record_id', sa.Integer(), nullable=False),
    sa.Column('key', sa.String(length=80), nullable=False),
    sa.Column('text', sa.Text(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_search_text')),
    sa.UniqueConstraint('kind', 'record_id', name=op.f('uq_search_text_kind_record_id'))
    )
    with op.batch_alter_table('search_text', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_search_text_kind_key'), ['kind', 'key'], unique=False)

    if op.get_bind().dialect.name == "postgresql":
        op.execute("CREATE TABLE search_index (rowid INTEGER NOT NULL PRIMARY KEY, tokens TEXT[] NOT NULL)")
        op.execute("CREATE INDEX ix_search_index_tokens ON search_index USING gin (tokens)")
    else:
        # `ascii` keeps every letter of ours in its token; without positions, since the text itself is looked at in the end
        op.execute("CREATE VIRTUAL TABLE search_index USING fts5(tokens, content='', contentless_delete=1, detail=none, "
                   "tokenize='ascii')")

    op.create_table('search_head', sa.Column('version', sa.Integer(), nullable=False))
    op.create_table('search_question',
    sa.Column('code', sa.String(length=40), nullable=False),
    sa.Column('user_id', sa.Integer(), nullable=False),
    sa.Column('kind', sa.String(length=40), nullable=False),
    sa.Column('text', sa.String(length=200), nullable=False),
    sa.Column('at', sa.DateTime(), nullable=False),
    sa.PrimaryKeyConstraint('code', name=op.f('pk_search_question'))
    )
    with op.batch_alter_table('search_question', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_search_question_at'), ['at'], unique=False)
        batch_op.create_index(batch_op.f('ix_search_question_user_id'), ['user_id'], unique=False)


def downgrade():
    with op.batch_alter_table('search_question', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_search_question_user_id'))
        batch_op.drop_index(batch_op.f('ix_search_question_at'))

    op.drop_table('search_question')
    op.drop_table('search_head')
    op.execute("DROP TABLE search_index")
    with op.batch_alter_table('search_text', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_search_text_kind_key'))

    op.drop_table('search_text')

"""The moves of a case from stage to stage, its closure and the checks after it; 中断 becomes a stage.

Revision ID: 0012
Revises: 0011
"""

from datetime import UTC, datetime

from alembic import op
import sqlalchemy as sa

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

BEFORE = ("intake", "assessment", "plan", "support", "evaluation", "closed", "accompanied")
AFTER = (*BEFORE, "suspended")


def upgrade():
    _allow_stages(BEFORE, AFTER)
    op.create_table(
        "stage_move",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("from_stage", sa.Enum(*AFTER, name="from_stage", native_enum=False, create_constraint=True, length=20), nullable=True),
        sa.Column("to_stage", sa.Enum(*AFTER, name="to_stage", native_enum=False, create_constraint=True, length=20), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["user.id"], name=op.f("fk_stage_move_by_id")),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_stage_move_case_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_stage_move")),
    )
    op.create_index(op.f("ix_stage_move_case_id"), "stage_move", ["case_id"])
    op.create_table(
        "closure",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("lead_agency_id", sa.Integer(), nullable=False),
        sa.Column("roles", sa.Text(), nullable=False),
        sa.Column("outlook", sa.Text(), nullable=False),
        sa.Column("watchers", sa.Text(), nullable=False),
        sa.Column("signs", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_closure_case_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["lead_agency_id"], ["agency.id"], name=op.f("fk_closure_lead_agency_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_closure")),
    )
    op.create_index(op.f("ix_closure_case_id"), "closure", ["case_id"])
    op.create_table(
        "aftercare_check",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("closure_id", sa.Integer(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("seen_on", sa.Date(), nullable=True),
        sa.Column("finding", sa.Enum("calm", "concern", "sign", name="finding", native_enum=False, create_constraint=True, length=20), nullable=True),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.Column("at", sa.DateTime(), nullable=True),
        sa.ForeignKeyConstraint(["by_id"], ["user.id"], name=op.f("fk_aftercare_check_by_id")),
        sa.ForeignKeyConstraint(["closure_id"], ["closure.id"], name=op.f("fk_aftercare_check_closure_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_aftercare_check")),
    )
    op.create_index(op.f("ix_aftercare_check_closure_id"), "aftercare_check", ["closure_id"])
    op.create_index(op.f("ix_aftercare_check_due_on"), "aftercare_check", ["due_on"])
    _begin_with_where_each_case_stands()


def downgrade():
    op.execute("""UPDATE "case" SET stage = coalesce((SELECT from_stage FROM stage_move WHERE stage_move.id = (
                  SELECT max(id) FROM stage_move WHERE case_id = "case".id)), 'assessment') WHERE stage = 'suspended'""")
    op.drop_table("aftercare_check")
    op.drop_table("closure")
    op.drop_table("stage_move")
    _allow_stages(AFTER, BEFORE)


def _begin_with_where_each_case_stands():
    """Nobody wrote down how a case came to its stage: its history begins with the stage it has, on the day it was opened."""
    begin = sa.text("""INSERT INTO stage_move (case_id, from_stage, to_stage, "on", reason, by_id, at)
                       SELECT id, NULL, stage, opened_on, '', opened_by_id, :now FROM "case" ORDER BY id""")
    op.get_bind().execute(begin.bindparams(sa.bindparam("now", datetime.now(UTC).replace(tzinfo=None), sa.DateTime())))


def _allow_stages(old, new):
    words = lambda stages: ", ".join(f"'{each}'" for each in stages)
    if op.get_bind().dialect.name == "postgresql":
        op.execute('ALTER TABLE "case" DROP CONSTRAINT ck_case_stage')
        op.execute(f'ALTER TABLE "case" ADD CONSTRAINT ck_case_stage CHECK (stage IN ({words(new)}))')
    else:
        _build_anew("case", words(old), words(new))


def _build_anew(table, old, new):
    """SQLite changes a CHECK only with the table: the same table with other words, the rows moved over, the indexes again."""
    bind = op.get_bind()
    text = bind.exec_driver_sql("SELECT sql FROM sqlite_master WHERE type = 'table' AND name = ?", (table,)).scalar_one()
    hung = bind.exec_driver_sql("SELECT sql FROM sqlite_master WHERE tbl_name = ? AND type IN ('index', 'trigger') "
                                "AND sql IS NOT NULL", (table,)).scalars().all()
    assert old in text
    op.execute(sa.text(text.replace(f'"{table}"', f'"{table}_new"', 1).replace(old, new, 1).replace(":", r"\:")))
    op.execute(f'INSERT INTO "{table}_new" SELECT * FROM "{table}"')
    op.execute(f'DROP TABLE "{table}"')
    op.execute(f'ALTER TABLE "{table}_new" RENAME TO "{table}"')
    for each in hung:
        op.execute(each)

"""Plans of cases: drafts, frozen versions, what meetings found of them, agreements, monitoring and evaluation.

Revision ID: 0013
Revises: 0012
"""

from alembic import op
import sqlalchemy as sa

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade():
    op.create_table("plan",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("draft", sa.Text(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("begun_at", sa.DateTime(), nullable=False),
        sa.Column("begun_by_id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["begun_by_id"], ["user.id"], name=op.f("fk_plan_begun_by_id")),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_plan_case_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plan")),
        sa.UniqueConstraint("case_id", "number", name=op.f("uq_plan_case_id_number"))
    )
    op.create_index(op.f("ix_plan_case_id"), "plan", ["case_id"])
    op.create_index(op.f("ix_plan_due_on"), "plan", ["due_on"])
    op.create_table("plan_monitoring",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("plan_id", sa.Integer(), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("next_on", sa.Date(), nullable=True),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["user.id"], name=op.f("fk_plan_monitoring_by_id")),
        sa.ForeignKeyConstraint(["plan_id"], ["plan.id"], name=op.f("fk_plan_monitoring_plan_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plan_monitoring"))
    )
    op.create_index(op.f("ix_plan_monitoring_plan_id"), "plan_monitoring", ["plan_id"])
    op.create_table("plan_version",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("plan_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.Column("change", sa.Text(), nullable=False),
        sa.Column("frozen_at", sa.DateTime(), nullable=False),
        sa.Column("frozen_by_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["frozen_by_id"], ["user.id"], name=op.f("fk_plan_version_frozen_by_id")),
        sa.ForeignKeyConstraint(["plan_id"], ["plan.id"], name=op.f("fk_plan_version_plan_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plan_version")),
        sa.UniqueConstraint("plan_id", "number", name=op.f("uq_plan_version_plan_id_number"))
    )
    op.create_index(op.f("ix_plan_version_plan_id"), "plan_version", ["plan_id"])
    op.create_table("plan_agreement",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column("who", sa.String(length=40), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["user.id"], name=op.f("fk_plan_agreement_by_id")),
        sa.ForeignKeyConstraint(["version_id"], ["plan_version.id"], name=op.f("fk_plan_agreement_version_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plan_agreement"))
    )
    op.create_index(op.f("ix_plan_agreement_version_id"), "plan_agreement", ["version_id"])
    op.create_table("plan_evaluation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("plan_id", sa.Integer(), nullable=False),
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("results", sa.Text(), nullable=False),
        sa.Column("changes", sa.Text(), nullable=False),
        sa.Column("own_view", sa.Text(), nullable=False),
        sa.Column("remaining", sa.Text(), nullable=False),
        sa.Column("missing", sa.Text(), nullable=False),
        sa.Column("conclusion", sa.Enum("close", "replan", "suspend", name="conclusion", native_enum=False, create_constraint=True, length=20), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["user.id"], name=op.f("fk_plan_evaluation_by_id")),
        sa.ForeignKeyConstraint(["plan_id"], ["plan.id"], name=op.f("fk_plan_evaluation_plan_id")),
        sa.ForeignKeyConstraint(["version_id"], ["plan_version.id"], name=op.f("fk_plan_evaluation_version_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plan_evaluation"))
    )
    op.create_index(op.f("ix_plan_evaluation_plan_id"), "plan_evaluation", ["plan_id"])
    op.create_index(op.f("ix_plan_evaluation_version_id"), "plan_evaluation", ["version_id"])
    op.create_table("plan_tabling",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column("hearing_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["user.id"], name=op.f("fk_plan_tabling_by_id")),
        sa.ForeignKeyConstraint(["hearing_id"], ["hearing.id"], name=op.f("fk_plan_tabling_hearing_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["version_id"], ["plan_version.id"], name=op.f("fk_plan_tabling_version_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plan_tabling"))
    )
    op.create_index(op.f("ix_plan_tabling_hearing_id"), "plan_tabling", ["hearing_id"])
    op.create_index(op.f("ix_plan_tabling_version_id"), "plan_tabling", ["version_id"])
    op.create_table("plan_verdict",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column("hearing_id", sa.Integer(), nullable=False),
        sa.Column("verdict", sa.Enum("fit", "fit_amended", "again", name="verdict", native_enum=False, create_constraint=True, length=20), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["user.id"], name=op.f("fk_plan_verdict_by_id")),
        sa.ForeignKeyConstraint(["hearing_id"], ["hearing.id"], name=op.f("fk_plan_verdict_hearing_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["version_id"], ["plan_version.id"], name=op.f("fk_plan_verdict_version_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plan_verdict")),
        sa.UniqueConstraint("version_id", "hearing_id", name=op.f("uq_plan_verdict_version_id_hearing_id"))
    )
    op.create_index(op.f("ix_plan_verdict_hearing_id"), "plan_verdict", ["hearing_id"])
    op.create_index(op.f("ix_plan_verdict_version_id"), "plan_verdict", ["version_id"])


def downgrade():
    op.drop_table("plan_verdict")
    op.drop_table("plan_tabling")
    op.drop_table("plan_evaluation")
    op.drop_table("plan_agreement")
    op.drop_table("plan_version")
    op.drop_table("plan_monitoring")
    op.drop_table("plan")

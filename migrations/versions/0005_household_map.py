"""The household map (relations, ties, conflicts of interest) and what exactly a consent covers."""

from alembic import op
import sqlalchemy as sa

revision = "0005"
down_revision = "0004"

KINSHIP = ("spouse", "parent", "sibling", "other")
STRENGTH = ("strong", "ordinary", "weak", "strained", "cut")


def upgrade():
    op.create_table(
        "family_relation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("first_id", sa.Integer(), nullable=False),
        sa.Column("second_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Enum(*KINSHIP, name="kinship", native_enum=False, create_constraint=True, length=20), nullable=False),
        sa.Column("note", sa.String(length=80), nullable=False),
        sa.CheckConstraint("first_id <> second_id", name=op.f("ck_family_relation_of_two_people")),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_family_relation_case_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["first_id"], ["household_person.id"], name=op.f("fk_family_relation_first_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["second_id"], ["household_person.id"], name=op.f("fk_family_relation_second_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_family_relation")),
    )
    _index("family_relation", "case_id", "first_id", "second_id")
    op.create_table(
        "case_tie",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("agency_id", sa.Integer(), nullable=True),
        sa.Column("label", sa.String(length=80), nullable=False),
        sa.Column("strength", sa.Enum(*STRENGTH, name="strength", native_enum=False, create_constraint=True, length=20), nullable=False),
        sa.Column("note", sa.String(length=120), nullable=False),
        sa.CheckConstraint("agency_id IS NOT NULL OR label <> ''", name=op.f("ck_case_tie_with_somebody")),
        sa.ForeignKeyConstraint(["agency_id"], ["agency.id"], name=op.f("fk_case_tie_agency_id")),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_case_tie_case_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["person_id"], ["household_person.id"], name=op.f("fk_case_tie_person_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_tie")),
    )
    _index("case_tie", "case_id", "person_id", "agency_id")
    op.create_table(
        "case_conflict",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("note", sa.String(length=120), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_case_conflict_case_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["member_id"], ["member.id"], name=op.f("fk_case_conflict_member_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_conflict")),
        sa.UniqueConstraint("case_id", "member_id", name=op.f("uq_case_conflict_case_id_member_id")),
    )
    _index("case_conflict", "case_id", "member_id")
    op.create_table(
        "consent_agency",
        sa.Column("consent_id", sa.Integer(), nullable=False),
        sa.Column("agency_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["agency_id"], ["agency.id"], name=op.f("fk_consent_agency_agency_id")),
        sa.ForeignKeyConstraint(["consent_id"], ["consent.id"], name=op.f("fk_consent_agency_consent_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("consent_id", "agency_id", name=op.f("pk_consent_agency")),
    )
    _index("consent_agency", "agency_id")
    # plainly, not as a batch: neither table need be copied
    op.add_column("household_person", sa.Column("apart", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.add_column("consent", sa.Column("about", sa.String(length=200), nullable=False, server_default=sa.text("''")))


def downgrade():
    op.drop_column("consent", "about")
    op.drop_column("household_person", "apart")
    for table in ("consent_agency", "case_conflict", "case_tie", "family_relation"):
        op.drop_table(table)


def _index(table, *columns):
    for column in columns:
        op.create_index(op.f(f"ix_{table}_{column}"), table, [column])


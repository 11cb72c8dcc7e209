"""Find the consents that end soon without reading all of them."""

from alembic import op

revision = "0007"
down_revision = "0006"


def upgrade():
    op.create_index(op.f("ix_consent_expires_on"), "consent", ["expires_on"])


def downgrade():
    op.drop_index(op.f("ix_consent_expires_on"), "consent")

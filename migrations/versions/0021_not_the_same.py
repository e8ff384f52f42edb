"""That somebody said of a caller and a known case: not the same."""

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "not_the_same",
        sa.Column("id", KEY, nullable=False),
        sa.Column("mark", sa.String(64), nullable=False),
        sa.Column("case_id", KEY, nullable=False),
        sa.Column("by_id", KEY, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_not_the_same")),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_not_the_same_case_id")),
        sa.ForeignKeyConstraint(["by_id"], ["staff.id"], name=op.f("fk_not_the_same_by_id")),
        sa.UniqueConstraint("mark", "case_id", name=op.f("uq_not_the_same_mark_case_id")),
    )
    op.create_index("ix_not_the_same_case_id", "not_the_same", ["case_id"])


def downgrade() -> None:
    op.drop_table("not_the_same")

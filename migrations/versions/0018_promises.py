"""Promises: what was said to a family that we would do, and by when."""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)
OPEN = sa.text("state = 'open'")


def upgrade() -> None:
    op.create_table(
        "promises",
        sa.Column("id", KEY, primary_key=True),
        sa.Column("public_id", sa.Uuid(), nullable=False, unique=True),
        sa.Column("case_id", KEY, sa.ForeignKey("cases.id"), nullable=False),
        sa.Column("to_id", KEY, sa.ForeignKey("people.id"), nullable=False),
        sa.Column("words", sa.String(300), nullable=False),
        sa.Column("due_at", MOMENT, nullable=False),
        sa.Column("timed", sa.Boolean(), nullable=False),
        sa.Column("made_at", MOMENT, nullable=False),
        sa.Column("made_by_id", KEY, sa.ForeignKey("staff.id"), nullable=False),
        sa.Column("state", sa.String(60), nullable=False),
        sa.Column("settled_at", MOMENT),
        sa.Column("settled_by_id", KEY, sa.ForeignKey("staff.id")),
        sa.Column("settled_note", sa.String(300)),
        sa.CheckConstraint("(state = 'open') = (settled_at IS NULL)", name="settled_is_told"),
    )
    op.create_index("ix_promises_case", "promises", ["case_id", "id"])
    op.create_index("ix_promises_to_id", "promises", ["to_id"])
    op.create_index("ix_promises_open", "promises", ["case_id", "due_at"], sqlite_where=OPEN, postgresql_where=OPEN)


def downgrade() -> None:
    op.drop_table("promises")

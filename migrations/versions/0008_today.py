"""Indexes that a coordinator's day is read from."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

OPEN = sa.text("closed_at IS NULL")
CRISIS = sa.text("closed_at IS NULL AND crisis_at IS NOT NULL")
HELD = sa.text("closed_at IS NULL AND hold_until IS NOT NULL")


def upgrade() -> None:
    op.create_index("ix_cases_owner_crisis", "cases", ["owner_id", "crisis_at"], sqlite_where=CRISIS, postgresql_where=CRISIS)
    op.create_index("ix_cases_owner_hold", "cases", ["owner_id", "hold_until"], sqlite_where=HELD, postgresql_where=HELD)
    op.create_index(
        "ix_cases_owner_stage_open",
        "cases",
        ["owner_id", "stage", "last_contact_at", "opened_at"],
        sqlite_where=OPEN,
        postgresql_where=OPEN,
    )


def downgrade() -> None:
    op.drop_index("ix_cases_owner_stage_open", table_name="cases")
    op.drop_index("ix_cases_owner_hold", table_name="cases")
    op.drop_index("ix_cases_owner_crisis", table_name="cases")

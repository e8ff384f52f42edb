"""When a supervisor saw that danger was said on a case, and who it was."""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
UNSEEN = sa.text("closed_at IS NULL AND crisis_at IS NOT NULL AND crisis_seen_at IS NULL")


def upgrade() -> None:
    op.add_column("cases", sa.Column("crisis_seen_at", sa.DateTime(timezone=True)))
    if op.get_bind().dialect.name == "sqlite":  # a new column may bring its key, but no key can be added to a column that stands
        op.execute("ALTER TABLE cases ADD COLUMN crisis_seen_by_id INTEGER CONSTRAINT fk_cases_crisis_seen_by_id REFERENCES staff (id)")
    else:
        op.add_column("cases", sa.Column("crisis_seen_by_id", KEY))
        op.create_foreign_key("fk_cases_crisis_seen_by_id_staff", "cases", "staff", ["crisis_seen_by_id"], ["id"])
    op.create_index("ix_cases_team_danger", "cases", ["team_id", "crisis_at"], sqlite_where=UNSEEN, postgresql_where=UNSEEN)


def downgrade() -> None:
    op.drop_index("ix_cases_team_danger", table_name="cases")
    op.drop_column("cases", "crisis_seen_by_id")
    op.drop_column("cases", "crisis_seen_at")

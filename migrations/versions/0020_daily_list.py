"""Where somebody's daily list is sent, when it was last, and who covers for them while they are away."""

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
COLUMNS = (sa.Column("email", sa.String(300)), sa.Column("digest_on", sa.Date()), sa.Column("away_until", sa.Date()))
OPEN = sa.text("closed_at IS NULL")


def upgrade() -> None:
    op.create_index("ix_cases_team_silent", "cases", ["team_id", "last_contact_at", "opened_at"], sqlite_where=OPEN, postgresql_where=OPEN)
    for column in COLUMNS:
        op.add_column("staff", column._copy())
    if op.get_bind().dialect.name == "sqlite":  # a new column may bring its key, but no key can be added to a column that stands
        op.execute("ALTER TABLE staff ADD COLUMN cover_id INTEGER CONSTRAINT fk_staff_cover_id REFERENCES staff (id)")
    else:
        op.add_column("staff", sa.Column("cover_id", KEY))
        op.create_foreign_key("fk_staff_cover_id_staff", "staff", "staff", ["cover_id"], ["id"])


def downgrade() -> None:
    op.drop_index("ix_cases_team_silent", table_name="cases")
    for name in ("cover_id", *(column.name for column in reversed(COLUMNS))):
        op.drop_column("staff", name)

"""Names of groups folded, so that they are found whatever the accents and capitals."""

import unicodedata

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

FOLDED = sa.String(collation="C").with_variant(sa.String(), "sqlite")
GROUPS = sa.table("support_groups", sa.column("id"), sa.column("name"), sa.column("folded_name"))
MANY = 1000


def _fold(text: str) -> str:
    # As names are folded today; a migration stands alone.
    plain = unicodedata.normalize("NFKD", text).casefold()
    return " ".join("".join(letter if letter.isalnum() else " " for letter in plain if not unicodedata.combining(letter)).split())


def upgrade() -> None:
    op.add_column("support_groups", sa.Column("folded_name", FOLDED, nullable=False, server_default=""))
    connection = op.get_bind()
    rows = [{"key": key, "folded": _fold(name)} for key, name in connection.execute(sa.select(GROUPS.c.id, GROUPS.c.name))]
    change = GROUPS.update().where(GROUPS.c.id == sa.bindparam("key")).values(folded_name=sa.bindparam("folded"))
    for start in range(0, len(rows), MANY):
        connection.execute(change, rows[start : start + MANY])
    op.create_index("ix_support_groups_name", "support_groups", ["folded_name", "id"])


def downgrade() -> None:
    op.drop_index("ix_support_groups_name", table_name="support_groups")
    op.drop_column("support_groups", "folded_name")

"""An index for the packet that takes another one's place: a recall looks for it before it builds one."""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None

REPLACES = sa.text("replaces_id IS NOT NULL")


def upgrade() -> None:
    op.create_index("ix_packets_replaces", "packets", ["replaces_id"], sqlite_where=REPLACES, postgresql_where=REPLACES)


def downgrade() -> None:
    op.drop_index("ix_packets_replaces", table_name="packets")

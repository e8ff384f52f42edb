"""Placements in a meeting, and what was told about going."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)
CODE = sa.String(60)


def upgrade() -> None:
    op.create_table(
        "placements",
        sa.Column("id", KEY, nullable=False),
        sa.Column("public_id", sa.Uuid(), nullable=False),
        sa.Column("case_id", KEY, nullable=False),
        sa.Column("episode", sa.Integer(), nullable=False),
        sa.Column("person_id", KEY, nullable=False),
        sa.Column("meeting_id", KEY, nullable=False),
        sa.Column("status", CODE, nullable=False),
        sa.Column("status_since", MOMENT, nullable=False),
        sa.Column("why", sa.String(length=300), nullable=True),
        sa.Column("first_on", sa.Date(), nullable=True),
        sa.Column("ask_on", sa.Date(), nullable=True),
        sa.Column("placed_at", MOMENT, nullable=False),
        sa.Column("placed_by_id", KEY, nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_placements_case_id")),
        sa.ForeignKeyConstraint(["meeting_id"], ["meetings.id"], name=op.f("fk_placements_meeting_id")),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_placements_person_id")),
        sa.ForeignKeyConstraint(["placed_by_id"], ["staff.id"], name=op.f("fk_placements_placed_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_placements")),
        sa.UniqueConstraint("public_id", name=op.f("uq_placements_public_id")),
    )
    op.create_index("ix_placements_case", "placements", ["case_id", "id"], unique=False)
    op.create_index("ix_placements_meeting", "placements", ["meeting_id"], unique=False)
    op.create_index(op.f("ix_placements_person_id"), "placements", ["person_id"], unique=False)

    op.create_table(
        "placement_attendances",
        sa.Column("id", KEY, nullable=False),
        sa.Column("placement_id", KEY, nullable=False),
        sa.Column("attendance", CODE, nullable=False),
        sa.Column("on_day", sa.Date(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("by_id", KEY, nullable=True),
        sa.ForeignKeyConstraint(["by_id"], ["staff.id"], name=op.f("fk_placement_attendances_by_id")),
        sa.ForeignKeyConstraint(["placement_id"], ["placements.id"], name=op.f("fk_placement_attendances_placement_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_placement_attendances")),
    )
    op.create_index("ix_placement_attendances_placement", "placement_attendances", ["placement_id"], unique=False)


def downgrade() -> None:
    op.drop_table("placement_attendances")
    op.drop_table("placements")

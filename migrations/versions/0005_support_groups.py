"""Support groups, their weekly meetings, and the lists these come from."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)
CODE = sa.String(60)


def upgrade() -> None:
    op.create_table(
        "meeting_sources",
        sa.Column("id", KEY, nullable=False),
        sa.Column("system", sa.String(length=60), nullable=False),
        sa.Column("fellowship", CODE, nullable=False),
        sa.Column("default_zone", sa.String(length=60), nullable=True),
        sa.Column("refreshed_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_meeting_sources")),
        sa.UniqueConstraint("system", name=op.f("uq_meeting_sources_system")),
    )

    op.create_table(
        "support_groups",
        sa.Column("id", KEY, nullable=False),
        sa.Column("public_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(length=255), nullable=False),
        sa.Column("fellowship", CODE, nullable=False),
        sa.Column("approach", CODE, nullable=True),
        sa.Column("facilitator", CODE, nullable=True),
        sa.Column("medication_friendly", sa.Boolean(), nullable=False),
        sa.Column("cost", sa.String(length=120), nullable=False),
        sa.Column("website", sa.String(length=1000), nullable=False),
        sa.Column("report_url", sa.String(length=1000), nullable=False),
        sa.Column("source_system", sa.String(length=60), nullable=False),
        sa.Column("source_key", sa.String(length=80), nullable=False),
        sa.Column("source_org", sa.String(length=255), nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_support_groups")),
        sa.UniqueConstraint("public_id", name=op.f("uq_support_groups_public_id")),
        sa.UniqueConstraint("source_system", "source_key", name=op.f("uq_support_groups_source_system_source_key")),
    )
    op.create_index(op.f("ix_support_groups_fellowship"), "support_groups", ["fellowship"], unique=False)

    op.create_table(
        "meetings",
        sa.Column("id", KEY, nullable=False),
        sa.Column("public_id", sa.Uuid(), nullable=False),
        sa.Column("group_id", KEY, nullable=False),
        sa.Column("name", sa.String(length=255), nullable=False),
        sa.Column("weekday", sa.Integer(), nullable=True),
        sa.Column("start_local", sa.Time(), nullable=True),
        sa.Column("end_local", sa.Time(), nullable=True),
        sa.Column("zone", sa.String(length=60), nullable=False),
        sa.Column("mode", CODE, nullable=False),
        sa.Column("access", CODE, nullable=False),
        sa.Column("audiences", sa.JSON(), nullable=False),
        sa.Column("formats", sa.JSON(), nullable=False),
        sa.Column("languages", sa.JSON(), nullable=False),
        sa.Column("types", sa.JSON(), nullable=False),
        sa.Column("unknown_types", sa.JSON(), nullable=False),
        sa.Column("step_free", sa.Boolean(), nullable=False),
        sa.Column("childcare", sa.Boolean(), nullable=False),
        sa.Column("proof_of_attendance", sa.Boolean(), nullable=False),
        sa.Column("location", sa.String(length=255), nullable=False),
        sa.Column("address", sa.String(length=255), nullable=False),
        sa.Column("city", sa.String(length=80), nullable=False),
        sa.Column("state", sa.String(length=80), nullable=False),
        sa.Column("postal_code", sa.String(length=80), nullable=False),
        sa.Column("latitude", sa.Float(), nullable=True),
        sa.Column("longitude", sa.Float(), nullable=True),
        sa.Column("approximate", sa.Boolean(), nullable=False),
        sa.Column("region_path", sa.String(length=255), nullable=False),
        sa.Column("notes", sa.Text(), nullable=False),
        sa.Column("join_url", sa.String(length=1000), nullable=False),
        sa.Column("join_url_notes", sa.Text(), nullable=False),
        sa.Column("join_phone", sa.String(length=80), nullable=False),
        sa.Column("join_phone_notes", sa.Text(), nullable=False),
        sa.Column("status", CODE, nullable=False),
        sa.Column("status_since", MOMENT, nullable=False),
        sa.Column("source_system", sa.String(length=60), nullable=False),
        sa.Column("source_key", sa.String(length=80), nullable=False),
        sa.Column("source_updated_at", MOMENT, nullable=True),
        sa.Column("imported_at", MOMENT, nullable=True),
        sa.Column("last_verified_on", sa.Date(), nullable=True),
        sa.Column("verified_by_id", KEY, nullable=True),
        sa.Column("verified_note", sa.String(length=300), nullable=True),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("(latitude IS NULL) = (longitude IS NULL)", name=op.f("ck_meetings_place_whole")),
        sa.CheckConstraint("weekday IS NULL OR weekday BETWEEN 1 AND 7", name=op.f("ck_meetings_weekday_iso")),
        sa.ForeignKeyConstraint(["group_id"], ["support_groups.id"], name=op.f("fk_meetings_group_id")),
        sa.ForeignKeyConstraint(["verified_by_id"], ["staff.id"], name=op.f("fk_meetings_verified_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_meetings")),
        sa.UniqueConstraint("public_id", name=op.f("uq_meetings_public_id")),
        sa.UniqueConstraint("source_system", "source_key", name=op.f("uq_meetings_source_system_source_key")),
    )
    op.create_index("ix_meetings_group", "meetings", ["group_id"], unique=False)


def downgrade() -> None:
    op.drop_table("meetings")
    op.drop_table("support_groups")
    op.drop_table("meeting_sources")

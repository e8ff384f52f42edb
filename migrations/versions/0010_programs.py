"""Providers, their sites and programs, and what was told about places."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)
CODE = sa.String(60)
FOLDED = sa.String(collation="C").with_variant(sa.String(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "providers",
        sa.Column("id", KEY, nullable=False),
        sa.Column("public_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("folded_name", FOLDED, nullable=False),
        sa.Column("website", sa.String(length=300), nullable=False),
        sa.Column("coi_disclosure", sa.Text(), nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_providers")),
        sa.UniqueConstraint("public_id", name=op.f("uq_providers_public_id")),
    )
    op.create_index(op.f("ix_providers_folded_name"), "providers", ["folded_name"], unique=False)
    op.create_table(
        "sites",
        sa.Column("id", KEY, nullable=False),
        sa.Column("public_id", sa.Uuid(), nullable=False),
        sa.Column("provider_id", KEY, nullable=False),
        sa.Column("address", sa.String(length=300), nullable=False),
        sa.Column("address_confidential", sa.Boolean(), nullable=False),
        sa.Column("city", sa.String(length=120), nullable=False),
        sa.Column("state", sa.String(length=2), nullable=False),
        sa.Column("zip_code", sa.String(length=10), nullable=False),
        sa.Column("latitude", sa.Float(), nullable=True),
        sa.Column("longitude", sa.Float(), nullable=True),
        sa.CheckConstraint("(latitude IS NULL) = (longitude IS NULL)", name=op.f("ck_sites_place_whole")),
        sa.ForeignKeyConstraint(["provider_id"], ["providers.id"], name=op.f("fk_sites_provider_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sites")),
        sa.UniqueConstraint("public_id", name=op.f("uq_sites_public_id")),
    )
    op.create_index("ix_sites_place", "sites", ["latitude", "longitude"], unique=False)
    op.create_index(op.f("ix_sites_provider_id"), "sites", ["provider_id"], unique=False)
    op.create_table(
        "programs",
        sa.Column("id", KEY, nullable=False),
        sa.Column("public_id", sa.Uuid(), nullable=False),
        sa.Column("provider_id", KEY, nullable=False),
        sa.Column("site_id", KEY, nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("folded_name", FOLDED, nullable=False),
        sa.Column("level_of_care", CODE, nullable=False),
        sa.Column("narr_level", CODE, nullable=True),
        sa.Column("payments", sa.JSON(), nullable=False),
        sa.Column("attributes", sa.JSON(), nullable=False),
        sa.Column("serves", sa.JSON(), nullable=False),
        sa.Column("serves_note", sa.String(length=300), nullable=False),
        sa.Column("age_from", sa.Integer(), nullable=True),
        sa.Column("age_to", sa.Integer(), nullable=True),
        sa.Column("languages", sa.JSON(), nullable=False),
        sa.Column("phone", sa.String(length=20), nullable=False),
        sa.Column("fax", sa.String(length=20), nullable=False),
        sa.Column("alert", sa.String(length=300), nullable=False),
        sa.Column("notes", sa.Text(), nullable=False),
        sa.Column("status", CODE, nullable=False),
        sa.Column("verified_at", MOMENT, nullable=True),
        sa.Column("verified_how", CODE, nullable=True),
        sa.Column("verified_by_id", KEY, nullable=True),
        sa.Column("verified_note", sa.String(length=300), nullable=True),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "narr_level IS NULL OR level_of_care = 'recovery_residence'", name=op.f("ck_programs_narr_of_residence")
        ),
        sa.CheckConstraint("age_from IS NULL OR age_to IS NULL OR age_from <= age_to", name=op.f("ck_programs_ages_ordered")),
        sa.ForeignKeyConstraint(["provider_id"], ["providers.id"], name=op.f("fk_programs_provider_id")),
        sa.ForeignKeyConstraint(["site_id"], ["sites.id"], name=op.f("fk_programs_site_id")),
        sa.ForeignKeyConstraint(["verified_by_id"], ["staff.id"], name=op.f("fk_programs_verified_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_programs")),
        sa.UniqueConstraint("public_id", name=op.f("uq_programs_public_id")),
    )
    op.create_index("ix_programs_level", "programs", ["level_of_care"], unique=False)
    op.create_index("ix_programs_name", "programs", ["folded_name", "id"], unique=False)
    op.create_index(op.f("ix_programs_provider_id"), "programs", ["provider_id"], unique=False)
    op.create_index(op.f("ix_programs_site_id"), "programs", ["site_id"], unique=False)
    op.create_table(
        "capacities",
        sa.Column("id", KEY, nullable=False),
        sa.Column("program_id", KEY, nullable=False),
        sa.Column("status", CODE, nullable=False),
        sa.Column("as_of", MOMENT, nullable=False),
        sa.Column("available", sa.Integer(), nullable=True),
        sa.Column("maximum", sa.Integer(), nullable=True),
        sa.Column("wait_days", sa.Integer(), nullable=True),
        sa.Column("by_id", KEY, nullable=True),
        sa.ForeignKeyConstraint(["by_id"], ["staff.id"], name=op.f("fk_capacities_by_id")),
        sa.ForeignKeyConstraint(["program_id"], ["programs.id"], name=op.f("fk_capacities_program_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_capacities")),
    )
    op.create_index("ix_capacities_program", "capacities", ["program_id", "id"], unique=False)


def downgrade() -> None:
    op.drop_table("capacities")
    op.drop_table("programs")
    op.drop_table("sites")
    op.drop_table("providers")

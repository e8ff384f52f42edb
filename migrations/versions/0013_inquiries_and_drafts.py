"""Inquiries, the substances named in them, and drafts."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)
CODE = sa.String(60)


def upgrade() -> None:
    op.create_table(
        "drafts",
        sa.Column("id", KEY, nullable=False),
        sa.Column("staff_id", KEY, nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.Column("body", sa.JSON(), nullable=False),
        sa.Column("saved_at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_drafts_staff_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_drafts")),
    )
    op.create_index("ix_drafts_form", "drafts", ["staff_id", "kind", "key"], unique=True)
    op.create_index("ix_drafts_saved_at", "drafts", ["saved_at"], unique=False)
    op.create_table(
        "inquiries",
        sa.Column("id", KEY, nullable=False),
        sa.Column("public_id", sa.Uuid(), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("channel", CODE, nullable=False),
        sa.Column("status", CODE, nullable=False),
        sa.Column("disposition", CODE, nullable=True),
        sa.Column("team_id", KEY, nullable=True),
        sa.Column("taken_by_id", KEY, nullable=True),
        sa.Column("taken_at", MOMENT, nullable=True),
        sa.Column("closed_at", MOMENT, nullable=True),
        sa.Column("case_id", KEY, nullable=True),
        sa.Column("caller_name", sa.String(length=120), nullable=False),
        sa.Column("caller_phone", sa.String(length=40), nullable=True),
        sa.Column("phone_typed", sa.String(length=120), nullable=False),
        sa.Column("digits_reversed", sa.String(collation="C").with_variant(sa.String(), "sqlite"), nullable=True),
        sa.Column("caller_email", sa.String(length=300), nullable=True),
        sa.Column("caller_id", KEY, nullable=True),
        sa.Column("relation", CODE, nullable=False),
        sa.Column("person_name", sa.String(length=120), nullable=False),
        sa.Column("age_band", CODE, nullable=True),
        sa.Column("person_id", KEY, nullable=True),
        sa.Column("danger", CODE, nullable=False),
        sa.Column("crisis_marks", sa.JSON(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("wants", sa.JSON(), nullable=False),
        sa.Column("urgency", CODE, nullable=True),
        sa.Column("how_heard", CODE, nullable=True),
        sa.Column("language", sa.String(length=20), nullable=False),
        sa.Column("zip_code", sa.String(length=10), nullable=True),
        sa.Column("unmet_need", CODE, nullable=True),
        sa.Column("signs", sa.JSON(), nullable=False),
        sa.Column("background", sa.JSON(), nullable=False),
        sa.Column("reported_by", CODE, nullable=True),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["caller_id"], ["people.id"], name=op.f("fk_inquiries_caller_id")),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_inquiries_case_id")),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_inquiries_person_id")),
        sa.ForeignKeyConstraint(["taken_by_id"], ["staff.id"], name=op.f("fk_inquiries_taken_by_id")),
        sa.ForeignKeyConstraint(["team_id"], ["teams.id"], name=op.f("fk_inquiries_team_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_inquiries")),
        sa.UniqueConstraint("public_id", name=op.f("uq_inquiries_public_id")),
    )
    op.create_index(op.f("ix_inquiries_caller_id"), "inquiries", ["caller_id"], unique=False)
    op.create_index("ix_inquiries_case", "inquiries", ["case_id", "id"], unique=False)
    op.create_index("ix_inquiries_digits_reversed", "inquiries", ["digits_reversed"], unique=False)
    op.create_index(op.f("ix_inquiries_person_id"), "inquiries", ["person_id"], unique=False)
    op.create_index(op.f("ix_inquiries_taken_by_id"), "inquiries", ["taken_by_id"], unique=False)
    op.create_index("ix_inquiries_team", "inquiries", ["team_id", "id"], unique=False)
    op.create_index(
        "ix_inquiries_unclaimed",
        "inquiries",
        ["team_id", "at", "id"],
        unique=False,
        sqlite_where=sa.text("status = 'unclaimed'"),
        postgresql_where=sa.text("status = 'unclaimed'"),
    )
    op.create_table(
        "substance_reports",
        sa.Column("id", KEY, nullable=False),
        sa.Column("inquiry_id", KEY, nullable=False),
        sa.Column("substance", CODE, nullable=False),
        sa.Column("context", CODE, nullable=False),
        sa.Column("reported_by", CODE, nullable=False),
        sa.ForeignKeyConstraint(["inquiry_id"], ["inquiries.id"], name=op.f("fk_substance_reports_inquiry_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_substance_reports")),
    )
    op.create_index(op.f("ix_substance_reports_inquiry_id"), "substance_reports", ["inquiry_id"], unique=False)


def downgrade() -> None:
    op.drop_table("substance_reports")
    op.drop_table("inquiries")
    op.drop_table("drafts")

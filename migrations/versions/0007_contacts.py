"""Contacts, and the earlier wordings of their notes."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)
CODE = sa.String(60)
FOLDED = sa.String(collation="C").with_variant(sa.String(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "contacts",
        sa.Column("id", KEY, nullable=False),
        sa.Column("public_id", sa.Uuid(), nullable=False),
        sa.Column("case_id", KEY, nullable=False),
        sa.Column("type", CODE, nullable=False),
        sa.Column("direction", CODE, nullable=False),
        sa.Column("outcome", CODE, nullable=True),
        sa.Column("with_whom", CODE, nullable=False),
        sa.Column("person_id", KEY, nullable=True),
        sa.Column("point_id", KEY, nullable=True),
        sa.Column("with_name", sa.String(length=120), nullable=False),
        sa.Column("others_present", sa.String(length=300), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("logged_at", MOMENT, nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=True),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("note_folded", FOLDED, nullable=False),
        sa.Column("note_of_id", KEY, nullable=True),
        sa.Column("next_step", sa.String(length=300), nullable=False),
        sa.Column("finished_step", sa.String(length=300), nullable=False),
        sa.Column("by_id", KEY, nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("outcome IS NOT NULL OR direction = 'internal'", name=op.f("ck_contacts_outcome_said")),
        sa.CheckConstraint("minutes IS NULL OR minutes >= 0", name=op.f("ck_contacts_minutes_not_negative")),
        sa.ForeignKeyConstraint(["by_id"], ["staff.id"], name=op.f("fk_contacts_by_id")),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_contacts_case_id")),
        sa.ForeignKeyConstraint(["note_of_id"], ["people.id"], name=op.f("fk_contacts_note_of_id")),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_contacts_person_id")),
        sa.ForeignKeyConstraint(["point_id"], ["contact_points.id"], name=op.f("fk_contacts_point_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contacts")),
        sa.UniqueConstraint("public_id", name=op.f("uq_contacts_public_id")),
    )
    op.create_index("ix_contacts_case_at", "contacts", ["case_id", "at", "id"], unique=False)
    op.create_index(op.f("ix_contacts_note_of_id"), "contacts", ["note_of_id"], unique=False)
    op.create_index(op.f("ix_contacts_person_id"), "contacts", ["person_id"], unique=False)
    op.create_index(op.f("ix_contacts_point_id"), "contacts", ["point_id"], unique=False)
    op.create_table(
        "contact_texts",
        sa.Column("id", KEY, nullable=False),
        sa.Column("contact_id", KEY, nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("until", MOMENT, nullable=False),
        sa.Column("replaced_by_id", KEY, nullable=True),
        sa.Column("why", sa.String(length=300), nullable=False),
        sa.ForeignKeyConstraint(["contact_id"], ["contacts.id"], name=op.f("fk_contact_texts_contact_id")),
        sa.ForeignKeyConstraint(["replaced_by_id"], ["staff.id"], name=op.f("fk_contact_texts_replaced_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contact_texts")),
    )
    op.create_index("ix_contact_texts_contact_number", "contact_texts", ["contact_id", "number"], unique=True)


def downgrade() -> None:
    op.drop_table("contact_texts")
    op.drop_table("contacts")

"""Interventions, who takes part, and their meetings."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)
CODE = sa.String(60)


def upgrade() -> None:
    op.create_table(
        "interventions",
        sa.Column("id", KEY, nullable=False),
        sa.Column("public_id", sa.Uuid(), nullable=False),
        sa.Column("case_id", KEY, nullable=False),
        sa.Column("model", CODE, nullable=False),
        sa.Column("status", CODE, nullable=False),
        sa.Column("aim", sa.Text(), nullable=False),
        sa.Column("led_by", sa.String(length=120), nullable=False),
        sa.Column("sessions_planned", sa.Integer(), nullable=True),
        sa.Column("steps_done", sa.JSON(), nullable=False),
        sa.Column("screen", sa.JSON(), nullable=False),
        sa.Column("screen_private", sa.Boolean(), nullable=False),
        sa.Column("screen_note", sa.Text(), nullable=False),
        sa.Column("screened_at", MOMENT, nullable=True),
        sa.Column("screened_by_id", KEY, nullable=True),
        sa.Column("signed_at", MOMENT, nullable=True),
        sa.Column("signed_by_id", KEY, nullable=True),
        sa.Column("signed_note", sa.String(length=300), nullable=True),
        sa.Column("outcome", CODE, nullable=True),
        sa.Column("outcome_note", sa.Text(), nullable=False),
        sa.Column("outcome_at", MOMENT, nullable=True),
        sa.Column("later_outcome", CODE, nullable=True),
        sa.Column("later_note", sa.Text(), nullable=False),
        sa.Column("later_at", MOMENT, nullable=True),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_interventions_case_id")),
        sa.ForeignKeyConstraint(["screened_by_id"], ["staff.id"], name=op.f("fk_interventions_screened_by_id")),
        sa.ForeignKeyConstraint(["signed_by_id"], ["staff.id"], name=op.f("fk_interventions_signed_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_interventions")),
        sa.UniqueConstraint("public_id", name=op.f("uq_interventions_public_id")),
    )
    op.create_index("ix_interventions_case", "interventions", ["case_id", "id"], unique=False)
    op.create_table(
        "intervention_meetings",
        sa.Column("id", KEY, nullable=False),
        sa.Column("public_id", sa.Uuid(), nullable=False),
        sa.Column("intervention_id", KEY, nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("place", sa.String(length=300), nullable=False),
        sa.Column("former", sa.JSON(), nullable=False),
        sa.Column("held_at", MOMENT, nullable=True),
        sa.Column("came", sa.JSON(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["intervention_id"], ["interventions.id"], name=op.f("fk_intervention_meetings_intervention_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_intervention_meetings")),
        sa.UniqueConstraint("public_id", name=op.f("uq_intervention_meetings_public_id")),
    )
    op.create_index(op.f("ix_intervention_meetings_intervention_id"), "intervention_meetings", ["intervention_id"], unique=False)
    op.create_table(
        "intervention_participants",
        sa.Column("id", KEY, nullable=False),
        sa.Column("public_id", sa.Uuid(), nullable=False),
        sa.Column("intervention_id", KEY, nullable=False),
        sa.Column("person_id", KEY, nullable=True),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("role", CODE, nullable=False),
        sa.Column("letter", CODE, nullable=False),
        sa.ForeignKeyConstraint(
            ["intervention_id"], ["interventions.id"], name=op.f("fk_intervention_participants_intervention_id")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_intervention_participants_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_intervention_participants")),
        sa.UniqueConstraint("public_id", name=op.f("uq_intervention_participants_public_id")),
    )
    op.create_index(op.f("ix_intervention_participants_intervention_id"), "intervention_participants", ["intervention_id"], unique=False)


def downgrade() -> None:
    op.drop_table("intervention_participants")
    op.drop_table("intervention_meetings")
    op.drop_table("interventions")

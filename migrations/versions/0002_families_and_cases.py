"""Families, people, contact points, and cases with what stands beside them."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
FOLDED = sa.String(collation="C").with_variant(sa.String(), "sqlite")
MOMENT = sa.DateTime(timezone=True)
CODE = sa.String(60)
OPEN = {"sqlite_where": sa.text("closed_at IS NULL"), "postgresql_where": sa.text("closed_at IS NULL")}


def upgrade() -> None:
    op.create_table(
        "families",
        sa.Column("id", KEY, nullable=False),
        sa.Column("public_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("folded_name", FOLDED, nullable=False),
        sa.Column("zip_code", sa.String(length=10), nullable=True),
        sa.Column("zone", sa.String(length=60), nullable=False),
        sa.Column("zone_guessed", sa.Boolean(), nullable=False),
        sa.Column("language", sa.String(length=20), nullable=False),
        sa.Column("interpreter_needed", sa.Boolean(), nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_families")),
        sa.UniqueConstraint("public_id", name=op.f("uq_families_public_id")),
    )
    op.create_index(op.f("ix_families_folded_name"), "families", ["folded_name"], unique=False)
    op.create_index(op.f("ix_families_zip_code"), "families", ["zip_code"], unique=False)
    op.create_table(
        "people",
        sa.Column("id", KEY, nullable=False),
        sa.Column("public_id", sa.Uuid(), nullable=False),
        sa.Column("family_id", KEY, nullable=False),
        sa.Column("first_name", sa.String(length=120), nullable=False),
        sa.Column("last_name", sa.String(length=120), nullable=False),
        sa.Column("folded_first", FOLDED, nullable=False),
        sa.Column("folded_last", FOLDED, nullable=False),
        sa.Column("age_band", CODE, nullable=True),
        sa.Column("pronouns", sa.String(length=120), nullable=True),
        sa.Column("language", sa.String(length=20), nullable=True),
        sa.Column("zone", sa.String(length=60), nullable=True),
        sa.Column("about", sa.String(length=300), nullable=True),
        sa.Column("no_contact_at", MOMENT, nullable=True),
        sa.Column("died_at", MOMENT, nullable=True),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["family_id"], ["families.id"], name=op.f("fk_people_family_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_people")),
        sa.UniqueConstraint("public_id", name=op.f("uq_people_public_id")),
    )
    op.create_index(op.f("ix_people_family_id"), "people", ["family_id"], unique=False)
    op.create_index("ix_people_folded_first", "people", ["folded_first"], unique=False)
    op.create_index("ix_people_folded_last_first", "people", ["folded_last", "folded_first"], unique=False)
    op.create_table(
        "relations",
        sa.Column("id", KEY, nullable=False),
        sa.Column("person_id", KEY, nullable=False),
        sa.Column("to_person_id", KEY, nullable=False),
        sa.Column("kinship", CODE, nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_relations_person_id")),
        sa.ForeignKeyConstraint(["to_person_id"], ["people.id"], name=op.f("fk_relations_to_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_relations")),
        sa.UniqueConstraint("person_id", "to_person_id", name=op.f("uq_relations_person_id_to_person_id")),
    )
    op.create_index(op.f("ix_relations_to_person_id"), "relations", ["to_person_id"], unique=False)
    op.create_table(
        "contact_points",
        sa.Column("id", KEY, nullable=False),
        sa.Column("public_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", KEY, nullable=False),
        sa.Column("kind", CODE, nullable=False),
        sa.Column("value", FOLDED, nullable=False),
        sa.Column("as_typed", sa.String(length=300), nullable=False),
        sa.Column("extension", sa.String(length=20), nullable=False),
        sa.Column("digits_reversed", FOLDED, nullable=True),
        sa.Column("ok_to_call", sa.Boolean(), nullable=False),
        sa.Column("ok_to_text", sa.Boolean(), nullable=False),
        sa.Column("ok_to_write", sa.Boolean(), nullable=False),
        sa.Column("voicemail_rule", CODE, nullable=False),
        sa.Column("discreet", sa.Boolean(), nullable=False),
        sa.Column("best_from", sa.Time(), nullable=True),
        sa.Column("best_until", sa.Time(), nullable=True),
        sa.Column("is_shared", sa.Boolean(), nullable=False),
        sa.Column("shared_with", sa.String(length=120), nullable=True),
        sa.Column("note", sa.String(length=300), nullable=True),
        sa.Column("unverified_at", MOMENT, nullable=True),
        sa.Column("confirmed_at", MOMENT, nullable=True),
        sa.Column("confirmed_by_id", KEY, nullable=True),
        sa.Column("retired_at", MOMENT, nullable=True),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("length(value) > 0", name=op.f("ck_contact_points_value_given")),
        sa.ForeignKeyConstraint(["confirmed_by_id"], ["staff.id"], name=op.f("fk_contact_points_confirmed_by_id")),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_contact_points_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contact_points")),
        sa.UniqueConstraint("public_id", name=op.f("uq_contact_points_public_id")),
    )
    op.create_index("ix_contact_points_digits_reversed", "contact_points", ["digits_reversed"], unique=False)
    op.create_index(op.f("ix_contact_points_person_id"), "contact_points", ["person_id"], unique=False)
    op.create_index("ix_contact_points_value", "contact_points", ["value"], unique=False)
    op.create_table(
        "cases",
        sa.Column("id", KEY, nullable=False),
        sa.Column("public_id", sa.Uuid(), nullable=False),
        sa.Column("family_id", KEY, nullable=False),
        sa.Column("person_id", KEY, nullable=False),
        sa.Column("main_contact_id", KEY, nullable=False),
        sa.Column("owner_id", KEY, nullable=True),
        sa.Column("team_id", KEY, nullable=True),
        sa.Column("stage", CODE, nullable=False),
        sa.Column("stage_since", MOMENT, nullable=False),
        sa.Column("episode", sa.Integer(), nullable=False),
        sa.Column("opened_at", MOMENT, nullable=False),
        sa.Column("next_step_kind", CODE, nullable=True),
        sa.Column("next_step_text", sa.String(length=300), nullable=True),
        sa.Column("next_step_at", MOMENT, nullable=True),
        sa.Column("next_step_timed", sa.Boolean(), nullable=False),
        sa.Column("next_step_set_at", MOMENT, nullable=True),
        sa.Column("next_step_set_by_id", KEY, nullable=True),
        sa.Column("hold_until", sa.Date(), nullable=True),
        sa.Column("hold_reason", CODE, nullable=True),
        sa.Column("hold_note", sa.String(length=300), nullable=True),
        sa.Column("crisis_at", MOMENT, nullable=True),
        sa.Column("last_contact_at", MOMENT, nullable=True),
        sa.Column("last_reached_at", MOMENT, nullable=True),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("packet_asked_at", MOMENT, nullable=True),
        sa.Column("packet_asked_by_id", KEY, nullable=True),
        sa.Column("packet_asked_note", sa.String(length=300), nullable=True),
        sa.Column("closed_at", MOMENT, nullable=True),
        sa.Column("closed_by_id", KEY, nullable=True),
        sa.Column("closure_reason", CODE, nullable=True),
        sa.Column("closing_summary", sa.Text(), nullable=True),
        sa.Column("ok_to_recontact", sa.Boolean(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "(closed_at IS NULL AND stage <> 'closed') OR (closed_at IS NOT NULL AND stage = 'closed'"
            " AND closure_reason IS NOT NULL AND closed_by_id IS NOT NULL)",
            name=op.f("ck_cases_closed_has_reason"),
        ),
        sa.CheckConstraint(
            "stage IN ('inquiry','intervention','referral','placement','follow_up','closed')", name=op.f("ck_cases_stage_known")
        ),
        sa.CheckConstraint(
            "closed_at IS NOT NULL OR (owner_id IS NOT NULL AND team_id IS NOT NULL AND (next_step_at IS NOT NULL OR hold_until IS NOT NULL))",
            name=op.f("ck_cases_open_is_held"),
        ),
        sa.CheckConstraint("next_step_at IS NULL OR length(next_step_text) > 0", name=op.f("ck_cases_next_step_said")),
        sa.ForeignKeyConstraint(["closed_by_id"], ["staff.id"], name=op.f("fk_cases_closed_by_id")),
        sa.ForeignKeyConstraint(["family_id"], ["families.id"], name=op.f("fk_cases_family_id")),
        sa.ForeignKeyConstraint(["main_contact_id"], ["people.id"], name=op.f("fk_cases_main_contact_id")),
        sa.ForeignKeyConstraint(["next_step_set_by_id"], ["staff.id"], name=op.f("fk_cases_next_step_set_by_id")),
        sa.ForeignKeyConstraint(["owner_id"], ["staff.id"], name=op.f("fk_cases_owner_id")),
        sa.ForeignKeyConstraint(["packet_asked_by_id"], ["staff.id"], name=op.f("fk_cases_packet_asked_by_id")),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_cases_person_id")),
        sa.ForeignKeyConstraint(["team_id"], ["teams.id"], name=op.f("fk_cases_team_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_cases")),
        sa.UniqueConstraint("public_id", name=op.f("uq_cases_public_id")),
    )
    op.create_index(op.f("ix_cases_family_id"), "cases", ["family_id"], unique=False)
    op.create_index(op.f("ix_cases_main_contact_id"), "cases", ["main_contact_id"], unique=False)
    op.create_index("ix_cases_owner_contact_open", "cases", ["owner_id", "last_contact_at", "id"], unique=False, **OPEN)
    op.create_index("ix_cases_owner_open", "cases", ["owner_id", "next_step_at", "id"], unique=False, **OPEN)
    op.create_index(
        "ix_cases_packet_asked",
        "cases",
        ["packet_asked_at"],
        unique=False,
        sqlite_where=sa.text("packet_asked_at IS NOT NULL"),
        postgresql_where=sa.text("packet_asked_at IS NOT NULL"),
    )
    op.create_index(op.f("ix_cases_person_id"), "cases", ["person_id"], unique=False)
    op.create_index("ix_cases_team_id", "cases", ["team_id", "id"], unique=False)
    op.create_index("ix_cases_team_open", "cases", ["team_id", "next_step_at", "id"], unique=False, **OPEN)
    op.create_index("ix_cases_team_stage_open", "cases", ["team_id", "stage", "id"], unique=False, **OPEN)
    op.create_table(
        "episodes",
        sa.Column("id", KEY, nullable=False),
        sa.Column("case_id", KEY, nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("reason", CODE, nullable=False),
        sa.Column("started_at", MOMENT, nullable=False),
        sa.Column("ended_at", MOMENT, nullable=True),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_episodes_case_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_episodes")),
    )
    op.create_index("ix_episodes_case_number", "episodes", ["case_id", "number"], unique=True)
    op.create_table(
        "stage_moves",
        sa.Column("id", KEY, nullable=False),
        sa.Column("case_id", KEY, nullable=False),
        sa.Column("episode", sa.Integer(), nullable=False),
        sa.Column("from_stage", CODE, nullable=True),
        sa.Column("to_stage", CODE, nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("by_id", KEY, nullable=True),
        sa.Column("why", sa.String(length=300), nullable=True),
        sa.Column("passed", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["staff.id"], name=op.f("fk_stage_moves_by_id")),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_stage_moves_case_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_stage_moves")),
    )
    op.create_index("ix_stage_moves_case", "stage_moves", ["case_id", "id"], unique=False)
    op.create_table(
        "plans",
        sa.Column("id", KEY, nullable=False),
        sa.Column("public_id", sa.Uuid(), nullable=False),
        sa.Column("case_id", KEY, nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("what_matters", sa.Text(), nullable=False),
        sa.Column("openness", sa.JSON(), nullable=False),
        sa.Column("openness_note", sa.Text(), nullable=False),
        sa.Column("limits", sa.JSON(), nullable=False),
        sa.Column("limits_note", sa.Text(), nullable=False),
        sa.Column("helpers", sa.JSON(), nullable=False),
        sa.Column("made_at", MOMENT, nullable=False),
        sa.Column("made_by_id", KEY, nullable=True),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_plans_case_id")),
        sa.ForeignKeyConstraint(["made_by_id"], ["staff.id"], name=op.f("fk_plans_made_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plans")),
        sa.UniqueConstraint("public_id", name=op.f("uq_plans_public_id")),
    )
    op.create_index("ix_plans_case_number", "plans", ["case_id", "number"], unique=True)
    op.create_table(
        "risk_marks",
        sa.Column("id", KEY, nullable=False),
        sa.Column("public_id", sa.Uuid(), nullable=False),
        sa.Column("case_id", KEY, nullable=False),
        sa.Column("flag", CODE, nullable=False),
        sa.Column("note", sa.String(length=300), nullable=True),
        sa.Column("noted_at", MOMENT, nullable=False),
        sa.Column("noted_by_id", KEY, nullable=True),
        sa.Column("over_at", MOMENT, nullable=True),
        sa.Column("over_by_id", KEY, nullable=True),
        sa.Column("over_why", sa.String(length=300), nullable=True),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_risk_marks_case_id")),
        sa.ForeignKeyConstraint(["noted_by_id"], ["staff.id"], name=op.f("fk_risk_marks_noted_by_id")),
        sa.ForeignKeyConstraint(["over_by_id"], ["staff.id"], name=op.f("fk_risk_marks_over_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_risk_marks")),
        sa.UniqueConstraint("public_id", name=op.f("uq_risk_marks_public_id")),
    )
    op.create_index("ix_risk_marks_case", "risk_marks", ["case_id", "id"], unique=False)


def downgrade() -> None:
    op.drop_table("risk_marks")
    op.drop_table("plans")
    op.drop_table("stage_moves")
    op.drop_table("episodes")
    op.drop_table("cases")
    op.drop_table("contact_points")
    op.drop_table("relations")
    op.drop_table("people")
    op.drop_table("families")

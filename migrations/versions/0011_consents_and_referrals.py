"""Consents and what they name, disclosures, referrals and the answers to them."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)
CODE = sa.String(60)

STAYS = "this row is never changed"
FROZEN = ("disclosures", "referral_answers")


def freeze() -> None:
    """What was told to somebody, and what was answered, stays as it was written: the database refuses a change."""
    if op.get_bind().dialect.name == "sqlite":
        for table in FROZEN:
            for deed in ("UPDATE", "DELETE"):
                op.execute(
                    f"CREATE TRIGGER {table}_{deed.lower()} BEFORE {deed} ON {table} BEGIN SELECT RAISE(ABORT, '{STAYS}'); END"
                )
        return
    for table in FROZEN:
        op.execute(
            f"CREATE FUNCTION {table}_stay() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION '{STAYS}'; END $$"
        )
        op.execute(f"CREATE TRIGGER {table}_stay BEFORE UPDATE OR DELETE ON {table} FOR EACH ROW EXECUTE FUNCTION {table}_stay()")


def upgrade() -> None:
    op.create_table(
        "consents",
        sa.Column("id", KEY, nullable=False),
        sa.Column("public_id", sa.Uuid(), nullable=False),
        sa.Column("case_id", KEY, nullable=False),
        sa.Column("subject_id", KEY, nullable=False),
        sa.Column("type", CODE, nullable=False),
        sa.Column("status", CODE, nullable=False),
        sa.Column("status_at", MOMENT, nullable=False),
        sa.Column("giver_id", KEY, nullable=True),
        sa.Column("signer_capacity", CODE, nullable=True),
        sa.Column("signer_name", sa.String(length=120), nullable=False),
        sa.Column("signature_method", CODE, nullable=True),
        sa.Column("signed_on", sa.Date(), nullable=True),
        sa.Column("evidence", sa.Text(), nullable=False),
        sa.Column("discloser", sa.String(length=300), nullable=False),
        sa.Column("info_categories", sa.JSON(), nullable=False),
        sa.Column("info_text", sa.Text(), nullable=False),
        sa.Column("recipients_text", sa.String(length=300), nullable=False),
        sa.Column("purpose", CODE, nullable=True),
        sa.Column("purpose_text", sa.String(length=300), nullable=False),
        sa.Column("revocation_told", sa.Boolean(), nullable=False),
        sa.Column("expires_on", sa.Date(), nullable=True),
        sa.Column("expires_event", sa.String(length=300), nullable=False),
        sa.Column("recorded_at", MOMENT, nullable=False),
        sa.Column("recorded_by_id", KEY, nullable=True),
        sa.Column("revoked_at", MOMENT, nullable=True),
        sa.Column("revoked_by_id", KEY, nullable=True),
        sa.Column("revoked_words", sa.String(length=300), nullable=True),
        sa.Column("supersedes_id", KEY, nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_consents_case_id")),
        sa.ForeignKeyConstraint(["giver_id"], ["people.id"], name=op.f("fk_consents_giver_id")),
        sa.ForeignKeyConstraint(["recorded_by_id"], ["staff.id"], name=op.f("fk_consents_recorded_by_id")),
        sa.ForeignKeyConstraint(["revoked_by_id"], ["staff.id"], name=op.f("fk_consents_revoked_by_id")),
        sa.ForeignKeyConstraint(["subject_id"], ["people.id"], name=op.f("fk_consents_subject_id")),
        sa.ForeignKeyConstraint(["supersedes_id"], ["consents.id"], name=op.f("fk_consents_supersedes_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_consents")),
        sa.UniqueConstraint("public_id", name=op.f("uq_consents_public_id")),
    )
    op.create_index("ix_consents_case", "consents", ["case_id", "id"], unique=False)
    op.create_index("ix_consents_subject", "consents", ["subject_id", "id"], unique=False)
    op.create_table(
        "consent_programs",
        sa.Column("consent_id", KEY, nullable=False),
        sa.Column("program_id", KEY, nullable=False),
        sa.ForeignKeyConstraint(["consent_id"], ["consents.id"], name=op.f("fk_consent_programs_consent_id")),
        sa.ForeignKeyConstraint(["program_id"], ["programs.id"], name=op.f("fk_consent_programs_program_id")),
        sa.PrimaryKeyConstraint("consent_id", "program_id", name=op.f("pk_consent_programs")),
    )
    op.create_index(op.f("ix_consent_programs_program_id"), "consent_programs", ["program_id"], unique=False)
    op.create_table(
        "referrals",
        sa.Column("id", KEY, nullable=False),
        sa.Column("public_id", sa.Uuid(), nullable=False),
        sa.Column("case_id", KEY, nullable=False),
        sa.Column("episode", sa.Integer(), nullable=False),
        sa.Column("person_id", KEY, nullable=False),
        sa.Column("program_id", KEY, nullable=False),
        sa.Column("consent_id", KEY, nullable=True),
        sa.Column("handoff", CODE, nullable=False),
        sa.Column("level_of_care", CODE, nullable=False),
        sa.Column("loc_source", CODE, nullable=False),
        sa.Column("capacity_at_send", CODE, nullable=False),
        sa.Column("told", sa.JSON(), nullable=False),
        sa.Column("status", CODE, nullable=False),
        sa.Column("status_at", MOMENT, nullable=False),
        sa.Column("status_set_by", CODE, nullable=False),
        sa.Column("reason", sa.String(length=60), nullable=False),
        sa.Column("reason_text", sa.Text(), nullable=False),
        sa.Column("sent_at", MOMENT, nullable=True),
        sa.Column("check_back_on", sa.Date(), nullable=True),
        sa.Column("provider_response", CODE, nullable=False),
        sa.Column("response_at", MOMENT, nullable=True),
        sa.Column("expected_on", sa.Date(), nullable=True),
        sa.Column("admitted_on", sa.Date(), nullable=True),
        sa.Column("discharged_on", sa.Date(), nullable=True),
        sa.Column("discharge_type", CODE, nullable=True),
        sa.Column("loop_closed_at", MOMENT, nullable=True),
        sa.Column("outcome_confirmed_by", CODE, nullable=True),
        sa.Column("made_by_id", KEY, nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "handoff = 'family_calls' OR consent_id IS NOT NULL OR status IN ('draft', 'entered_in_error')",
            name=op.f("ck_referrals_shared_under_consent"),
        ),
        sa.CheckConstraint("status <> 'failed' OR admitted_on IS NULL", name=op.f("ck_referrals_failed_never_admitted")),
        sa.CheckConstraint("status <> 'in_progress' OR admitted_on IS NOT NULL", name=op.f("ck_referrals_started_has_day")),
        sa.CheckConstraint(
            "status NOT IN ('rejected', 'cancelled', 'on_hold', 'failed') OR length(reason) > 0",
            name=op.f("ck_referrals_reason_said"),
        ),
        sa.CheckConstraint(
            "admitted_on IS NULL OR discharged_on IS NULL OR discharged_on >= admitted_on", name=op.f("ck_referrals_days_ordered")
        ),
        sa.CheckConstraint("discharge_type IS NULL OR discharged_on IS NOT NULL", name=op.f("ck_referrals_discharge_has_day")),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_referrals_case_id")),
        sa.ForeignKeyConstraint(["consent_id"], ["consents.id"], name=op.f("fk_referrals_consent_id")),
        sa.ForeignKeyConstraint(["made_by_id"], ["staff.id"], name=op.f("fk_referrals_made_by_id")),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_referrals_person_id")),
        sa.ForeignKeyConstraint(["program_id"], ["programs.id"], name=op.f("fk_referrals_program_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_referrals")),
        sa.UniqueConstraint("public_id", name=op.f("uq_referrals_public_id")),
    )
    op.create_index("ix_referrals_case", "referrals", ["case_id", "id"], unique=False)
    op.create_index(op.f("ix_referrals_consent_id"), "referrals", ["consent_id"], unique=False)
    op.create_index(op.f("ix_referrals_person_id"), "referrals", ["person_id"], unique=False)
    op.create_index(op.f("ix_referrals_program_id"), "referrals", ["program_id"], unique=False)
    op.create_index("ix_referrals_waiting", "referrals", ["status", "provider_response", "sent_at"], unique=False)
    op.create_table(
        "disclosures",
        sa.Column("id", KEY, nullable=False),
        sa.Column("public_id", sa.Uuid(), nullable=False),
        sa.Column("case_id", KEY, nullable=False),
        sa.Column("subject_id", KEY, nullable=False),
        sa.Column("consent_id", KEY, nullable=False),
        sa.Column("program_id", KEY, nullable=True),
        sa.Column("referral_id", KEY, nullable=True),
        sa.Column("recipient", sa.String(length=300), nullable=False),
        sa.Column("recipient_at", sa.String(length=300), nullable=False),
        sa.Column("categories", sa.JSON(), nullable=False),
        sa.Column("told", sa.JSON(), nullable=False),
        sa.Column("purpose", CODE, nullable=False),
        sa.Column("way", sa.String(length=120), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("by_id", KEY, nullable=True),
        sa.CheckConstraint("length(recipient) > 0", name=op.f("ck_disclosures_recipient_said")),
        sa.ForeignKeyConstraint(["by_id"], ["staff.id"], name=op.f("fk_disclosures_by_id")),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_disclosures_case_id")),
        sa.ForeignKeyConstraint(["consent_id"], ["consents.id"], name=op.f("fk_disclosures_consent_id")),
        sa.ForeignKeyConstraint(["program_id"], ["programs.id"], name=op.f("fk_disclosures_program_id")),
        sa.ForeignKeyConstraint(["referral_id"], ["referrals.id"], name=op.f("fk_disclosures_referral_id")),
        sa.ForeignKeyConstraint(["subject_id"], ["people.id"], name=op.f("fk_disclosures_subject_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_disclosures")),
        sa.UniqueConstraint("public_id", name=op.f("uq_disclosures_public_id")),
    )
    op.create_index("ix_disclosures_case", "disclosures", ["case_id", "id"], unique=False)
    op.create_index(op.f("ix_disclosures_consent_id"), "disclosures", ["consent_id"], unique=False)
    op.create_index(op.f("ix_disclosures_subject_id"), "disclosures", ["subject_id"], unique=False)
    op.create_table(
        "referral_answers",
        sa.Column("id", KEY, nullable=False),
        sa.Column("referral_id", KEY, nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("by_id", KEY, nullable=True),
        sa.Column("from_status", CODE, nullable=False),
        sa.Column("to_status", CODE, nullable=False),
        sa.Column("set_by", CODE, nullable=False),
        sa.Column("words", sa.String(length=300), nullable=False),
        sa.Column("reason", sa.String(length=60), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["staff.id"], name=op.f("fk_referral_answers_by_id")),
        sa.ForeignKeyConstraint(["referral_id"], ["referrals.id"], name=op.f("fk_referral_answers_referral_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_referral_answers")),
    )
    op.create_index("ix_referral_answers_referral", "referral_answers", ["referral_id", "id"], unique=False)
    freeze()


def downgrade() -> None:
    if op.get_bind().dialect.name != "sqlite":
        for table in FROZEN:
            op.execute(f"DROP TRIGGER {table}_stay ON {table}")
            op.execute(f"DROP FUNCTION {table}_stay()")
    op.drop_table("disclosures")
    op.drop_table("referral_answers")
    op.drop_table("referrals")
    op.drop_table("consent_programs")
    op.drop_table("consents")

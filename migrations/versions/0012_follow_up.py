"""Follow-up plans and check-ins."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)
CODE = sa.String(60)


def upgrade() -> None:
    op.create_table(
        "follow_up_plans",
        sa.Column("id", KEY, nullable=False),
        sa.Column("public_id", sa.Uuid(), nullable=False),
        sa.Column("case_id", KEY, nullable=False),
        sa.Column("person_id", KEY, nullable=False),
        sa.Column("anchor", CODE, nullable=False),
        sa.Column("anchor_on", sa.Date(), nullable=False),
        sa.Column("wish", sa.Text(), nullable=False),
        sa.Column("goal", sa.Text(), nullable=False),
        sa.Column("started_at", MOMENT, nullable=False),
        sa.Column("started_by_id", KEY, nullable=True),
        sa.Column("ended_at", MOMENT, nullable=True),
        sa.Column("ended_why", sa.String(length=300), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_follow_up_plans_case_id")),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_follow_up_plans_person_id")),
        sa.ForeignKeyConstraint(["started_by_id"], ["staff.id"], name=op.f("fk_follow_up_plans_started_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_follow_up_plans")),
        sa.UniqueConstraint("public_id", name=op.f("uq_follow_up_plans_public_id")),
    )
    op.create_index("ix_follow_up_plans_case", "follow_up_plans", ["case_id", "id"], unique=False)
    op.create_table(
        "check_ins",
        sa.Column("id", KEY, nullable=False),
        sa.Column("public_id", sa.Uuid(), nullable=False),
        sa.Column("plan_id", KEY, nullable=False),
        sa.Column("case_id", KEY, nullable=False),
        sa.Column("label", sa.String(length=40), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("done_at", MOMENT, nullable=True),
        sa.Column("by_id", KEY, nullable=True),
        sa.Column("result", CODE, nullable=True),
        sa.Column("next_action", CODE, nullable=True),
        sa.Column("note", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["staff.id"], name=op.f("fk_check_ins_by_id")),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_check_ins_case_id")),
        sa.ForeignKeyConstraint(["plan_id"], ["follow_up_plans.id"], name=op.f("fk_check_ins_plan_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_check_ins")),
        sa.UniqueConstraint("public_id", name=op.f("uq_check_ins_public_id")),
    )
    op.create_index("ix_check_ins_plan", "check_ins", ["plan_id", "due_on", "id"], unique=False)
    op.create_index(
        "ix_check_ins_waiting",
        "check_ins",
        ["case_id", "due_on", "id"],
        unique=False,
        sqlite_where=sa.text("done_at IS NULL"),
        postgresql_where=sa.text("done_at IS NULL"),
    )


def downgrade() -> None:
    op.drop_table("check_ins")
    op.drop_table("follow_up_plans")

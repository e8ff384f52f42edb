"""The journal, which nobody may change or cut."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)
CODE = sa.String(60)

TRIGGERS_SQLITE = [
    "CREATE TRIGGER journal_stays BEFORE DELETE ON journal BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END",
    """CREATE TRIGGER journal_unchanged BEFORE UPDATE ON journal WHEN NEW.facts IS NOT NULL OR NEW.mac <> OLD.mac
    OR NEW.prev <> OLD.prev OR NEW.number <> OLD.number OR NEW.commitment <> OLD.commitment OR NEW.verb <> OLD.verb
    BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END""",
]
# The one change that is allowed is the erasure of a payload: the chain holds only a commitment to it.
TRIGGERS_POSTGRESQL = [
    """CREATE FUNCTION journal_append_only() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
    IF TG_OP = 'UPDATE' AND NEW.facts IS NULL AND NEW.mac = OLD.mac AND NEW.prev = OLD.prev AND NEW.number = OLD.number
    AND NEW.commitment = OLD.commitment AND NEW.verb = OLD.verb THEN RETURN NEW; END IF;
    RAISE EXCEPTION 'the journal is append-only'; END $$""",
    "CREATE TRIGGER journal_unchanged BEFORE UPDATE OR DELETE ON journal FOR EACH ROW EXECUTE FUNCTION journal_append_only()",
]


def upgrade() -> None:
    op.create_table(
        "journal",
        sa.Column("number", KEY, autoincrement=False, nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("kind", CODE, nullable=False),
        sa.Column("verb", sa.String(length=60), nullable=False),
        sa.Column("actor_id", KEY, nullable=True),
        sa.Column("session_id", sa.String(length=64), nullable=True),
        sa.Column("about_type", sa.String(length=60), nullable=False),
        sa.Column("about_id", sa.String(length=64), nullable=False),
        sa.Column("case_id", KEY, nullable=True),
        sa.Column("facts", sa.JSON(), nullable=True),
        sa.Column("salt", sa.String(length=32), nullable=False),
        sa.Column("commitment", sa.String(length=64), nullable=False),
        sa.Column("prev", sa.String(length=64), nullable=False),
        sa.Column("mac", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(["actor_id"], ["staff.id"], name=op.f("fk_journal_actor_id")),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_journal_case_id")),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_journal")),
        sa.UniqueConstraint("prev", name=op.f("uq_journal_prev")),
    )
    op.create_index("ix_journal_actor_number", "journal", ["actor_id", "number"], unique=False)
    op.create_index("ix_journal_case_kind_number", "journal", ["case_id", "kind", "number"], unique=False)
    op.create_index("ix_journal_case_number", "journal", ["case_id", "number"], unique=False)
    triggers = TRIGGERS_POSTGRESQL if op.get_bind().dialect.name == "postgresql" else TRIGGERS_SQLITE
    for trigger in triggers:
        op.execute(trigger)


def downgrade() -> None:
    op.drop_table("journal")
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP FUNCTION journal_append_only()")

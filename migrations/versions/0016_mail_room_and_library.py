"""The mail room, secret links, working copies and kits of the library, recalls; what left stays as it was."""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)
CODE = sa.String(60)
_DUE = sa.text("due_at IS NOT NULL")
_LEASED = sa.text("lease_until IS NOT NULL")
_HAND = sa.text("state IN ('bounced', 'failed', 'unknown', 'expired') AND handled_at IS NULL")
DUE = {"sqlite_where": _DUE, "postgresql_where": _DUE}
LEASED = {"sqlite_where": _LEASED, "postgresql_where": _LEASED}
UNHANDLED = {"sqlite_where": _HAND, "postgresql_where": _HAND}

# (table, column, and the table that it points at)
COLUMNS = [
    ("contact_points", sa.Column("wants_file", sa.Boolean(), nullable=False, server_default=sa.false()), ""),
    ("deliveries", sa.Column("tracking", sa.String(120)), ""),
    ("editions", sa.Column("link", sa.String(500)), ""),
    ("editions", sa.Column("file_sha256", sa.String(64)), ""),
    ("editions", sa.Column("file_type", CODE), ""),
    ("editions", sa.Column("file_pages", sa.Integer()), ""),
    ("editions", sa.Column("file_alt", sa.String(300)), ""),
    ("editions", sa.Column("note", sa.String(300)), ""),
    ("editions", sa.Column("confirmed_at", MOMENT), ""),
    ("editions", sa.Column("confirmed_by_id", KEY), "staff"),
    ("materials", sa.Column("keeper_id", KEY), "staff"),
    ("packets", sa.Column("with_qr", sa.Boolean(), nullable=False, server_default=sa.false()), ""),
    ("packets", sa.Column("token_sealed", sa.Text()), ""),
    ("packets", sa.Column("channel", CODE), ""),
    ("packets", sa.Column("point_id", KEY), "contact_points"),
    ("packets", sa.Column("address", sa.String(300)), ""),
    ("packets", sa.Column("replaces_id", KEY), "packets"),
]


def _changed(*columns: str) -> str:
    return " OR ".join(f"NEW.{column} IS DISTINCT FROM OLD.{column}" for column in columns)


STAYS = "what was published or handed over stays as it was"
# (name, table, when it fires, on which condition)
RULES = [
    ("editions_files_unchanged", "editions", "UPDATE", _changed("link", "file_sha256", "file_type", "file_alt")),
    ("packets_way_unchanged", "packets", "UPDATE", f"OLD.sealed_at IS NOT NULL AND ({_changed('channel', 'point_id', 'address', 'with_qr')})"),
    ("letters_unchanged", "letters", "UPDATE",
     _changed("public_id", "kind", "case_id", "packet_id", "person_id", "point_id", "address", "subject", "with_file", "message_id", "created_at")),
    ("letters_stay", "letters", "DELETE", ""),
    ("letter_events_unchanged", "letter_events", "UPDATE", ""),
    ("letter_events_stay", "letter_events", "DELETE", ""),
    ("recalls_unchanged", "recalls", "UPDATE", _changed("edition_id", "why", "by_id", "at")),
    ("recalls_stay", "recalls", "DELETE", ""),
    ("recall_lines_unchanged", "recall_lines", "UPDATE", ""),
    ("recall_lines_stay", "recall_lines", "DELETE", ""),
]


def freeze() -> None:
    """The database refuses what nobody may do."""
    if op.get_bind().dialect.name == "sqlite":
        for name, table, deed, condition in RULES:
            when = f"WHEN {condition} " if condition else ""
            op.execute(f"CREATE TRIGGER {name} BEFORE {deed} ON {table} {when}BEGIN SELECT RAISE(ABORT, '{STAYS}'); END")
        return
    for name, table, deed, condition in RULES:
        row = "OLD" if deed == "DELETE" else "NEW"
        body = f"IF {condition} THEN RAISE EXCEPTION '{STAYS}'; END IF;" if condition else f"RAISE EXCEPTION '{STAYS}';"
        op.execute(f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN {body} RETURN {row}; END $$")
        op.execute(f"CREATE TRIGGER {name} BEFORE {deed} ON {table} FOR EACH ROW EXECUTE FUNCTION {name}()")


def upgrade() -> None:
    sqlite = op.get_bind().dialect.name == "sqlite"
    for table, column, other in COLUMNS:
        if other and sqlite:  # a new column may bring its key, but no key can be added to a column that stands
            op.execute(f"ALTER TABLE {table} ADD COLUMN {column.name} INTEGER CONSTRAINT fk_{table}_{column.name} REFERENCES {other} (id)")
            continue
        op.add_column(table, column._copy())
        if other:
            op.create_foreign_key(f"fk_{table}_{column.name}", table, other, [column.name], ["id"])
    op.create_table(
        "kits",
        sa.Column("id", KEY, nullable=False),
        sa.Column("public_id", sa.Uuid(), nullable=False),
        sa.Column("title", sa.String(length=300), nullable=False),
        sa.Column("stage", CODE, nullable=False),
        sa.Column("kinship", CODE, nullable=True),
        sa.Column("language", sa.String(length=20), nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("retired_at", MOMENT, nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_kits")),
        sa.UniqueConstraint("public_id", name=op.f("uq_kits_public_id")),
    )
    op.create_index("ix_kits_stage", "kits", ["stage", "language"])
    op.create_table(
        "kit_items",
        sa.Column("id", KEY, nullable=False),
        sa.Column("kit_id", KEY, nullable=False),
        sa.Column("material_id", KEY, nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["kit_id"], ["kits.id"], name=op.f("fk_kit_items_kit_id")),
        sa.ForeignKeyConstraint(["material_id"], ["materials.id"], name=op.f("fk_kit_items_material_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_kit_items")),
        sa.UniqueConstraint("kit_id", "position", name=op.f("uq_kit_items_kit_id_position")),
    )
    op.create_index("ix_kit_items_material", "kit_items", ["material_id"])
    op.create_table(
        "wordings",
        sa.Column("id", KEY, nullable=False),
        sa.Column("material_id", KEY, nullable=False),
        sa.Column("status", CODE, nullable=False),
        sa.Column("title", sa.String(length=300), nullable=False),
        sa.Column("summary", sa.String(length=300), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("source", sa.String(length=500), nullable=False),
        sa.Column("licence", sa.String(length=120), nullable=False),
        sa.Column("link", sa.String(length=500), nullable=True),
        sa.Column("file_sha256", sa.String(length=64), nullable=True),
        sa.Column("file_type", CODE, nullable=True),
        sa.Column("file_pages", sa.Integer(), nullable=True),
        sa.Column("file_alt", sa.String(length=300), nullable=True),
        sa.Column("review_months", sa.Integer(), nullable=False),
        sa.Column("note", sa.String(length=300), nullable=True),
        sa.Column("written_at", MOMENT, nullable=False),
        sa.Column("written_by_id", KEY, nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["material_id"], ["materials.id"], name=op.f("fk_wordings_material_id")),
        sa.ForeignKeyConstraint(["written_by_id"], ["staff.id"], name=op.f("fk_wordings_written_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_wordings")),
        sa.UniqueConstraint("material_id", name=op.f("uq_wordings_material_id")),
    )
    op.create_table(
        "recalls",
        sa.Column("id", KEY, nullable=False),
        sa.Column("public_id", sa.Uuid(), nullable=False),
        sa.Column("edition_id", KEY, nullable=False),
        sa.Column("why", sa.String(length=300), nullable=False),
        sa.Column("by_id", KEY, nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("finished_at", MOMENT, nullable=True),
        sa.ForeignKeyConstraint(["by_id"], ["staff.id"], name=op.f("fk_recalls_by_id")),
        sa.ForeignKeyConstraint(["edition_id"], ["editions.id"], name=op.f("fk_recalls_edition_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_recalls")),
        sa.UniqueConstraint("public_id", name=op.f("uq_recalls_public_id")),
    )
    op.create_index("ix_recalls_edition", "recalls", ["edition_id", "id"])
    op.create_table(
        "letters",
        sa.Column("id", KEY, nullable=False),
        sa.Column("public_id", sa.Uuid(), nullable=False),
        sa.Column("kind", CODE, nullable=False),
        sa.Column("case_id", KEY, nullable=True),
        sa.Column("packet_id", KEY, nullable=True),
        sa.Column("person_id", KEY, nullable=True),
        sa.Column("point_id", KEY, nullable=True),
        sa.Column("address", sa.String(length=300), nullable=False),
        sa.Column("subject", sa.String(length=120), nullable=False),
        sa.Column("language", sa.String(length=20), nullable=False),
        sa.Column("with_file", sa.Boolean(), nullable=False),
        sa.Column("token_sealed", sa.Text(), nullable=True),
        sa.Column("message_id", sa.String(length=200), nullable=False),
        sa.Column("state", CODE, nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("sent_by_id", KEY, nullable=True),
        sa.Column("due_at", MOMENT, nullable=True),
        sa.Column("lease_by", sa.String(length=40), nullable=True),
        sa.Column("lease_until", MOMENT, nullable=True),
        sa.Column("ending_at", MOMENT, nullable=True),
        sa.Column("first_tried_at", MOMENT, nullable=True),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("doubtful", sa.Integer(), nullable=False),
        sa.Column("ended_at", MOMENT, nullable=True),
        sa.Column("handled_at", MOMENT, nullable=True),
        sa.Column("handled_by_id", KEY, nullable=True),
        sa.CheckConstraint("state <> 'sending' OR lease_until IS NOT NULL", name=op.f("ck_letters_sending_leased")),
        sa.CheckConstraint("state <> 'waiting' OR due_at IS NOT NULL", name=op.f("ck_letters_waiting_until")),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_letters_case_id")),
        sa.ForeignKeyConstraint(["handled_by_id"], ["staff.id"], name=op.f("fk_letters_handled_by_id")),
        sa.ForeignKeyConstraint(["packet_id"], ["packets.id"], name=op.f("fk_letters_packet_id")),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_letters_person_id")),
        sa.ForeignKeyConstraint(["point_id"], ["contact_points.id"], name=op.f("fk_letters_point_id")),
        sa.ForeignKeyConstraint(["sent_by_id"], ["staff.id"], name=op.f("fk_letters_sent_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_letters")),
        sa.UniqueConstraint("message_id", name=op.f("uq_letters_message_id")),
        sa.UniqueConstraint("packet_id", name=op.f("uq_letters_packet_id")),
        sa.UniqueConstraint("public_id", name=op.f("uq_letters_public_id")),
    )
    op.create_index(op.f("ix_letters_case_id"), "letters", ["case_id"])
    op.create_index("ix_letters_due", "letters", ["due_at"], **DUE)
    op.create_index("ix_letters_leased", "letters", ["lease_until"], **LEASED)
    op.create_index(op.f("ix_letters_person_id"), "letters", ["person_id"])
    op.create_index("ix_letters_unhandled", "letters", ["case_id", "id"], **UNHANDLED)
    op.create_table(
        "packet_links",
        sa.Column("id", KEY, nullable=False),
        sa.Column("public_id", sa.Uuid(), nullable=False),
        sa.Column("packet_id", KEY, nullable=False),
        sa.Column("token_sha256", sa.String(length=64), nullable=False),
        sa.Column("code_sealed", sa.Text(), nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("expires_at", MOMENT, nullable=False),
        sa.Column("opens_left", sa.Integer(), nullable=False),
        sa.Column("wrong_tries", sa.Integer(), nullable=False),
        sa.Column("locked_at", MOMENT, nullable=True),
        sa.Column("revoked_at", MOMENT, nullable=True),
        sa.Column("revoked_by_id", KEY, nullable=True),
        sa.Column("last_opened_at", MOMENT, nullable=True),
        sa.Column("handled_at", MOMENT, nullable=True),
        sa.CheckConstraint("opens_left >= 0", name=op.f("ck_packet_links_opens_not_below_nothing")),
        sa.CheckConstraint("wrong_tries >= 0", name=op.f("ck_packet_links_tries_counted")),
        sa.ForeignKeyConstraint(["packet_id"], ["packets.id"], name=op.f("fk_packet_links_packet_id")),
        sa.ForeignKeyConstraint(["revoked_by_id"], ["staff.id"], name=op.f("fk_packet_links_revoked_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_packet_links")),
        sa.UniqueConstraint("packet_id", name=op.f("uq_packet_links_packet_id")),
        sa.UniqueConstraint("public_id", name=op.f("uq_packet_links_public_id")),
        sa.UniqueConstraint("token_sha256", name=op.f("uq_packet_links_token_sha256")),
    )
    op.create_table(
        "recall_lines",
        sa.Column("id", KEY, nullable=False),
        sa.Column("recall_id", KEY, nullable=False),
        sa.Column("packet_id", KEY, nullable=False),
        sa.Column("reached", CODE, nullable=False),
        sa.Column("words", sa.String(length=300), nullable=False),
        sa.Column("new_packet_id", KEY, nullable=True),
        sa.Column("at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(["new_packet_id"], ["packets.id"], name=op.f("fk_recall_lines_new_packet_id")),
        sa.ForeignKeyConstraint(["packet_id"], ["packets.id"], name=op.f("fk_recall_lines_packet_id")),
        sa.ForeignKeyConstraint(["recall_id"], ["recalls.id"], name=op.f("fk_recall_lines_recall_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_recall_lines")),
        sa.UniqueConstraint("recall_id", "packet_id", name=op.f("uq_recall_lines_recall_id_packet_id")),
    )
    op.create_index("ix_recall_lines_packet", "recall_lines", ["packet_id"])
    op.create_table(
        "letter_events",
        sa.Column("id", KEY, nullable=False),
        sa.Column("letter_id", KEY, nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("state", CODE, nullable=False),
        sa.Column("words", sa.String(length=300), nullable=False),
        sa.Column("code", sa.Integer(), nullable=True),
        sa.Column("by_id", KEY, nullable=True),
        sa.ForeignKeyConstraint(["by_id"], ["staff.id"], name=op.f("fk_letter_events_by_id")),
        sa.ForeignKeyConstraint(["letter_id"], ["letters.id"], name=op.f("fk_letter_events_letter_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_letter_events")),
    )
    op.create_index("ix_letter_events_letter", "letter_events", ["letter_id", "id"])
    op.drop_index("ix_packet_items_edition_id", table_name="packet_items")
    op.create_index("ix_packet_items_edition", "packet_items", ["edition_id", "id"])
    freeze()


def downgrade() -> None:
    sqlite = op.get_bind().dialect.name == "sqlite"
    for name, table, _deed, _condition in RULES:
        op.execute(f"DROP TRIGGER {name}" if sqlite else f"DROP TRIGGER {name} ON {table}")
        if not sqlite:
            op.execute(f"DROP FUNCTION {name}()")
    op.drop_index("ix_packet_items_edition", table_name="packet_items")
    op.create_index("ix_packet_items_edition_id", "packet_items", ["edition_id"])
    for table in ("recall_lines", "recalls", "packet_links", "letter_events", "letters", "wordings", "kit_items", "kits"):
        op.drop_table(table)
    for table, column, _other in reversed(COLUMNS):
        op.drop_column(table, column.name)

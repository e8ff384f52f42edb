"""Materials with their editions, and packets with what became of them. What was published or handed over stays as it was."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)
CODE = sa.String(60)
UNSEALED = sa.text("sealed_at IS NULL AND withdrawn_at IS NULL")
NOT_YET = {"sqlite_where": UNSEALED, "postgresql_where": UNSEALED}

EDITION_CHANGED = " OR ".join(
    f"NEW.{column} <> OLD.{column}" for column in ("material_id", "number", "title", "summary", "body", "source", "licence", "sha256")
)
PACKET_CHANGED = " OR ".join(
    [f"NEW.{column} <> OLD.{column}" for column in ("case_id", "receiver_id", "title", "line", "name_on_cover", "large_print", "built_at")]
    + ["NEW.pdf_sha256 IS NULL", "NEW.pdf_sha256 <> OLD.pdf_sha256", "NEW.sealed_at IS NULL", "NEW.sealed_at <> OLD.sealed_at",
       "NEW.sealed_by_id <> OLD.sealed_by_id", "NEW.withdrawn_at IS NOT NULL"]
)
SEALED = "EXISTS (SELECT 1 FROM packets WHERE id = {row}.packet_id AND sealed_at IS NOT NULL)"
STAYS = "what was published or handed over stays as it was"

# (name, table, when it fires, on which condition)
RULES = [
    ("editions_unchanged", "editions", "UPDATE", EDITION_CHANGED),
    ("editions_stay", "editions", "DELETE", ""),
    ("packets_unchanged", "packets", "UPDATE", f"OLD.sealed_at IS NOT NULL AND ({PACKET_CHANGED})"),
    ("packets_stay", "packets", "DELETE", "OLD.sealed_at IS NOT NULL"),
    ("packet_items_unchanged", "packet_items", "UPDATE", SEALED.format(row="OLD")),
    ("packet_items_stay", "packet_items", "DELETE", SEALED.format(row="OLD")),
    ("packet_items_whole", "packet_items", "INSERT", SEALED.format(row="NEW")),
    ("deliveries_unchanged", "deliveries", "UPDATE", ""),
    ("deliveries_stay", "deliveries", "DELETE", ""),
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
    op.create_table(
        "materials",
        sa.Column("id", KEY, nullable=False),
        sa.Column("public_id", sa.Uuid(), nullable=False),
        sa.Column("slug", sa.String(length=120), nullable=False),
        sa.Column("language", sa.String(length=20), nullable=False),
        sa.Column("topic", CODE, nullable=False),
        sa.Column("audience", CODE, nullable=False),
        sa.Column("kind", CODE, nullable=False),
        sa.Column("stages", sa.JSON(), nullable=False),
        sa.Column("tags", sa.JSON(), nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_materials")),
        sa.UniqueConstraint("public_id", name=op.f("uq_materials_public_id")),
        sa.UniqueConstraint("slug", "language", name=op.f("uq_materials_slug_language")),
    )
    op.create_table(
        "editions",
        sa.Column("id", KEY, nullable=False),
        sa.Column("public_id", sa.Uuid(), nullable=False),
        sa.Column("material_id", KEY, nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("status", CODE, nullable=False),
        sa.Column("title", sa.String(length=300), nullable=False),
        sa.Column("summary", sa.String(length=300), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("source", sa.String(length=500), nullable=False),
        sa.Column("licence", sa.String(length=120), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("grade", sa.Float(), nullable=False),
        sa.Column("band", CODE, nullable=False),
        sa.Column("words", sa.Integer(), nullable=False),
        sa.Column("hard_words", sa.JSON(), nullable=False),
        sa.Column("published_at", MOMENT, nullable=False),
        sa.Column("published_by_id", KEY, nullable=True),
        sa.Column("superseded_at", MOMENT, nullable=True),
        sa.Column("review_due_on", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(["material_id"], ["materials.id"], name=op.f("fk_editions_material_id")),
        sa.ForeignKeyConstraint(["published_by_id"], ["staff.id"], name=op.f("fk_editions_published_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_editions")),
        sa.UniqueConstraint("public_id", name=op.f("uq_editions_public_id")),
        sa.UniqueConstraint("material_id", "number", name=op.f("uq_editions_material_id_number")),
    )
    op.create_index(op.f("ix_editions_sha256"), "editions", ["sha256"], unique=False)
    op.create_index("ix_editions_status", "editions", ["status", "material_id"], unique=False)
    op.create_table(
        "packets",
        sa.Column("id", KEY, nullable=False),
        sa.Column("public_id", sa.Uuid(), nullable=False),
        sa.Column("case_id", KEY, nullable=False),
        sa.Column("receiver_id", KEY, nullable=False),
        sa.Column("title", sa.String(length=300), nullable=False),
        sa.Column("line", sa.Text(), nullable=False),
        sa.Column("name_on_cover", sa.Boolean(), nullable=False),
        sa.Column("large_print", sa.Boolean(), nullable=False),
        sa.Column("language", sa.String(length=20), nullable=False),
        sa.Column("built_at", MOMENT, nullable=False),
        sa.Column("built_by_id", KEY, nullable=False),
        sa.Column("pdf_sha256", sa.String(length=64), nullable=True),
        sa.Column("page_count", sa.Integer(), nullable=True),
        sa.Column("sealed_at", MOMENT, nullable=True),
        sa.Column("sealed_by_id", KEY, nullable=True),
        sa.Column("withdrawn_at", MOMENT, nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("sealed_at IS NULL OR (pdf_sha256 IS NOT NULL AND sealed_by_id IS NOT NULL)", name=op.f("ck_packets_sealed_is_whole")),
        sa.CheckConstraint("sealed_at IS NULL OR withdrawn_at IS NULL", name=op.f("ck_packets_sealed_or_withdrawn")),
        sa.ForeignKeyConstraint(["built_by_id"], ["staff.id"], name=op.f("fk_packets_built_by_id")),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_packets_case_id")),
        sa.ForeignKeyConstraint(["receiver_id"], ["people.id"], name=op.f("fk_packets_receiver_id")),
        sa.ForeignKeyConstraint(["sealed_by_id"], ["staff.id"], name=op.f("fk_packets_sealed_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_packets")),
        sa.UniqueConstraint("public_id", name=op.f("uq_packets_public_id")),
    )
    op.create_index("ix_packets_case", "packets", ["case_id", "id"], unique=False)
    op.create_index("ix_packets_not_yet", "packets", ["case_id", "built_at"], unique=False, **NOT_YET)
    op.create_index(op.f("ix_packets_receiver_id"), "packets", ["receiver_id"], unique=False)
    op.create_index("ix_packets_sealed", "packets", ["sealed_at", "id"], unique=False)
    op.create_table(
        "packet_items",
        sa.Column("id", KEY, nullable=False),
        sa.Column("packet_id", KEY, nullable=False),
        sa.Column("edition_id", KEY, nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["edition_id"], ["editions.id"], name=op.f("fk_packet_items_edition_id")),
        sa.ForeignKeyConstraint(["packet_id"], ["packets.id"], name=op.f("fk_packet_items_packet_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_packet_items")),
    )
    op.create_index(op.f("ix_packet_items_edition_id"), "packet_items", ["edition_id"], unique=False)
    op.create_index("ix_packet_items_packet", "packet_items", ["packet_id", "position"], unique=True)
    op.create_table(
        "deliveries",
        sa.Column("id", KEY, nullable=False),
        sa.Column("packet_id", KEY, nullable=False),
        sa.Column("channel", CODE, nullable=False),
        sa.Column("status", CODE, nullable=False),
        sa.Column("given_to_id", KEY, nullable=True),
        sa.Column("by_id", KEY, nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("note", sa.String(length=300), nullable=True),
        sa.ForeignKeyConstraint(["by_id"], ["staff.id"], name=op.f("fk_deliveries_by_id")),
        sa.ForeignKeyConstraint(["given_to_id"], ["people.id"], name=op.f("fk_deliveries_given_to_id")),
        sa.ForeignKeyConstraint(["packet_id"], ["packets.id"], name=op.f("fk_deliveries_packet_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_deliveries")),
    )
    op.create_index(op.f("ix_deliveries_given_to_id"), "deliveries", ["given_to_id"], unique=False)
    op.create_index("ix_deliveries_packet", "deliveries", ["packet_id", "id"], unique=False)
    freeze()


def downgrade() -> None:
    if op.get_bind().dialect.name != "sqlite":
        for name, table, _deed, _condition in RULES:
            op.execute(f"DROP TRIGGER {name} ON {table}")
            op.execute(f"DROP FUNCTION {name}()")
    for table in ("deliveries", "packet_items", "packets", "editions", "materials"):
        op.drop_table(table)

"""Full text of notes: an index of words beside the contacts, kept in step by the database itself."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

# SQLite: the index holds words only, the text stays where it is (external content). "secure-delete" takes the words of a text
# that was changed out of the file at once, and not at the next merge.
SQLITE_UP = (
    "CREATE VIRTUAL TABLE contacts_fts USING fts5(note_folded, content='contacts', content_rowid='id', "
    "tokenize='unicode61 remove_diacritics 2', prefix='3')",
    "INSERT INTO contacts_fts(contacts_fts, rank) VALUES ('secure-delete', 1)",
    "INSERT INTO contacts_fts(contacts_fts) VALUES ('rebuild')",
    "CREATE TRIGGER contacts_fts_added AFTER INSERT ON contacts BEGIN "
    "INSERT INTO contacts_fts(rowid, note_folded) VALUES (new.id, new.note_folded); END",
    "CREATE TRIGGER contacts_fts_removed AFTER DELETE ON contacts BEGIN "
    "INSERT INTO contacts_fts(contacts_fts, rowid, note_folded) VALUES ('delete', old.id, old.note_folded); END",
    "CREATE TRIGGER contacts_fts_changed AFTER UPDATE OF note_folded ON contacts BEGIN "
    "INSERT INTO contacts_fts(contacts_fts, rowid, note_folded) VALUES ('delete', old.id, old.note_folded); "
    "INSERT INTO contacts_fts(rowid, note_folded) VALUES (new.id, new.note_folded); END",
)
SQLITE_DOWN = ("DROP TRIGGER contacts_fts_changed", "DROP TRIGGER contacts_fts_removed", "DROP TRIGGER contacts_fts_added", "DROP TABLE contacts_fts")

# PostgreSQL: the words lie in a narrow table of their own, so that walking them newest first reads little.
POSTGRESQL_UP = (
    "CREATE TABLE contacts_fts (contact_id bigint NOT NULL, words tsvector NOT NULL, CONSTRAINT pk_contacts_fts PRIMARY KEY (contact_id), "
    "CONSTRAINT fk_contacts_fts_contact_id FOREIGN KEY (contact_id) REFERENCES contacts (id) ON DELETE CASCADE)",
    "INSERT INTO contacts_fts SELECT id, to_tsvector('simple', note_folded) FROM contacts WHERE note_folded <> ''",
    "CREATE INDEX ix_contacts_fts_words ON contacts_fts USING gin (words)",
    "CREATE FUNCTION contacts_fts_keep() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
    "DELETE FROM contacts_fts WHERE contact_id = NEW.id; "
    "IF NEW.note_folded <> '' THEN INSERT INTO contacts_fts VALUES (NEW.id, to_tsvector('simple', NEW.note_folded)); END IF; "
    "RETURN NULL; END $$",
    "CREATE TRIGGER contacts_fts_kept AFTER INSERT OR UPDATE OF note_folded ON contacts FOR EACH ROW EXECUTE FUNCTION contacts_fts_keep()",
)
POSTGRESQL_DOWN = ("DROP TRIGGER contacts_fts_kept ON contacts", "DROP FUNCTION contacts_fts_keep()", "DROP TABLE contacts_fts")


def _run(statements: tuple[str, ...]) -> None:
    for statement in statements:
        op.execute(sa.text(statement))


def upgrade() -> None:
    _run(POSTGRESQL_UP if op.get_bind().dialect.name == "postgresql" else SQLITE_UP)


def downgrade() -> None:
    _run(POSTGRESQL_DOWN if op.get_bind().dialect.name == "postgresql" else SQLITE_DOWN)

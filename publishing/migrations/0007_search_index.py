from django.db import migrations, models

# Kept by the databases themselves, so that no way of writing a document can forget it.
ON_SQLITE = (
    """CREATE VIRTUAL TABLE publishing_searchindex USING fts5(
        title_stems, text_stems, content='publishing_searchdocument', content_rowid='id', tokenize="unicode61"
    )""",
    """CREATE TRIGGER publishing_searchindex_insert AFTER INSERT ON publishing_searchdocument BEGIN
        INSERT INTO publishing_searchindex(rowid, title_stems, text_stems)
        VALUES (new.id, new.title_stems, new.text_stems);
    END""",
    """CREATE TRIGGER publishing_searchindex_delete AFTER DELETE ON publishing_searchdocument BEGIN
        INSERT INTO publishing_searchindex(publishing_searchindex, rowid, title_stems, text_stems)
        VALUES ('delete', old.id, old.title_stems, old.text_stems);
    END""",
    """CREATE TRIGGER publishing_searchindex_update AFTER UPDATE ON publishing_searchdocument BEGIN
        INSERT INTO publishing_searchindex(publishing_searchindex, rowid, title_stems, text_stems)
        VALUES ('delete', old.id, old.title_stems, old.text_stems);
        INSERT INTO publishing_searchindex(rowid, title_stems, text_stems)
        VALUES (new.id, new.title_stems, new.text_stems);
    END""",
)
NOT_ON_SQLITE = ("DROP TABLE publishing_searchindex",)

# The planner takes a look into a long tsvector to be as cheap as into a number, and so reads the whole table for a
# common word. These functions may not, which is ten times as fast.
FIND = """CREATE FUNCTION publishing_search_{column}(question tsquery) RETURNS SETOF bigint
    LANGUAGE sql STABLE PARALLEL SAFE ROWS 2000 SET enable_seqscan = off
    AS 'SELECT id FROM publishing_searchdocument WHERE {column} @@ question'"""
ON_POSTGRESQL = (
    """ALTER TABLE publishing_searchdocument
        ADD COLUMN title_vector tsvector
            GENERATED ALWAYS AS (array_to_tsvector(string_to_array(title_stems, ' '))) STORED,
        ADD COLUMN vector tsvector
            GENERATED ALWAYS AS (
                array_to_tsvector(string_to_array(title_stems, ' ')) ||
                array_to_tsvector(string_to_array(text_stems, ' '))
            ) STORED""",
    # Long texts lie beside the table, so that whoever counts and sorts does not turn their pages.
    "ALTER TABLE publishing_searchdocument SET (toast_tuple_target = 128)",
    "CREATE INDEX publishing_searchdocument_title ON publishing_searchdocument USING gin (title_vector)",
    "CREATE INDEX publishing_searchdocument_words ON publishing_searchdocument USING gin (vector)",
    FIND.format(column="title_vector"),
    FIND.format(column="vector"),
)
NOT_ON_POSTGRESQL = (
    "DROP FUNCTION publishing_search_title_vector",
    "DROP FUNCTION publishing_search_vector",
)
MAKE = {"sqlite": ON_SQLITE, "postgresql": ON_POSTGRESQL}
# Columns, indexes and triggers go with their table.
UNMAKE = {"sqlite": NOT_ON_SQLITE, "postgresql": NOT_ON_POSTGRESQL}


def make_index(apps, schema_editor):
    for statement in MAKE[schema_editor.connection.vendor]:
        schema_editor.execute(statement)


def unmake_index(apps, schema_editor):
    for statement in UNMAKE[schema_editor.connection.vendor]:
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("publishing", "0006_outgoing_mail_related_key")]

    operations = [
        migrations.CreateModel(
            name="SearchWord",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("folded", models.CharField(db_index=True, max_length=100)),
                ("stem", models.CharField(max_length=100)),
                ("form", models.CharField(max_length=100)),
            ],
        ),
        migrations.CreateModel(
            name="SearchDocument",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("source", models.CharField(max_length=30)),
                ("object_id", models.BigIntegerField()),
                ("path", models.CharField(max_length=500)),
                ("title", models.CharField(max_length=400)),
                ("label", models.CharField(max_length=80)),
                ("text", models.TextField()),
                ("day", models.DateField(null=True)),
                ("year", models.PositiveSmallIntegerField(null=True)),
                ("title_stems", models.TextField()),
                ("text_stems", models.TextField()),
                ("folded", models.TextField()),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("source", "object_id"), name="search_document_once_a_row")
                ],
            },
        ),
        migrations.RunPython(make_index, unmake_index),
    ]

from django.core.management import call_command
from django.db import migrations

from publishing.groups import hand_over

CACHE_TABLE = "portal_cache"


def make_cache_table(apps, schema_editor):
    # By name: the table is there even where settings keep the cache elsewhere today.
    call_command("createcachetable", CACHE_TABLE, database=schema_editor.connection.alias, verbosity=0)


def drop_cache_table(apps, schema_editor):
    schema_editor.execute(f"DROP TABLE IF EXISTS {schema_editor.quote_name(CACHE_TABLE)}")


def give_permissions(apps, schema_editor):
    hand_over(apps, "publishing", administrators=("outgoingmail",))


class Migration(migrations.Migration):
    dependencies = [("publishing", "0004_outgoing_mail")]

    operations = [
        migrations.RunPython(make_cache_table, drop_cache_table),
        migrations.RunPython(give_permissions, migrations.RunPython.noop),
    ]

from django.db import migrations

from publishing.groups import hand_over

MODELS = (
    *("event", "pricegroup", "eventlink", "eventdownload", "eventimage"),
    *("category", "series", "organiser", "venue"),
)


def give_permissions(apps, schema_editor):
    hand_over(apps, "events", editors=MODELS)


class Migration(migrations.Migration):
    dependencies = [("events", "0001_initial"), ("publishing", "0002_groups_and_site_version")]

    operations = [migrations.RunPython(give_permissions, migrations.RunPython.noop)]

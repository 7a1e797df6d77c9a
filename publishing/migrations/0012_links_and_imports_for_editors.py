from django.db import migrations

from publishing.groups import hand_over


def give_permissions(apps, schema_editor):
    hand_over(apps, "publishing", editors=("linkuse", "importrun"))


class Migration(migrations.Migration):
    dependencies = [("publishing", "0011_link_checks_and_import_runs")]

    operations = [migrations.RunPython(give_permissions, migrations.RunPython.noop)]

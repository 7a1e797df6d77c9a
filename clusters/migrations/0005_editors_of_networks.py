from django.db import migrations

from publishing.groups import hand_over


def give_permissions(apps, schema_editor):
    hand_over(apps, "clusters", editors=("network",))


class Migration(migrations.Migration):
    dependencies = [("clusters", "0004_signs_and_rich_text")]

    operations = [migrations.RunPython(give_permissions, migrations.RunPython.noop)]

from django.db import migrations

from publishing.groups import hand_over


def give_permissions(apps, schema_editor):
    hand_over(apps, "clusters", editors=("cluster",))


class Migration(migrations.Migration):
    dependencies = [("clusters", "0001_initial"), ("publishing", "0002_groups_and_site_version")]

    operations = [migrations.RunPython(give_permissions, migrations.RunPython.noop)]

from django.db import migrations

from publishing.groups import hand_over

MODELS = ("article", "articleimage", "articlelink", "articledownload", "rubric", "pressoffice")


def give_permissions(apps, schema_editor):
    hand_over(apps, "news", editors=MODELS)


class Migration(migrations.Migration):
    dependencies = [("news", "0001_initial"), ("publishing", "0002_groups_and_site_version")]

    operations = [migrations.RunPython(give_permissions, migrations.RunPython.noop)]

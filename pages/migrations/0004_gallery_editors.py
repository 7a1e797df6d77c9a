from django.db import migrations

from publishing.groups import hand_over

MODELS = ("gallery", "galleryphoto", "partner", "photoreport")


def give_permissions(apps, schema_editor):
    hand_over(apps, "pages", editors=MODELS)


class Migration(migrations.Migration):
    dependencies = [("pages", "0003_galleries_and_partners")]

    operations = [migrations.RunPython(give_permissions, migrations.RunPython.noop)]

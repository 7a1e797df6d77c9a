from django.db import migrations

from publishing.groups import hand_over

MODELS = ("office", "contactmessage", "barrierreport")


def give_permissions(apps, schema_editor):
    hand_over(apps, "pages", editors=MODELS)


class Migration(migrations.Migration):
    dependencies = [("pages", "0005_contact_page_and_parts"), ("publishing", "0002_groups_and_site_version")]

    operations = [migrations.RunPython(give_permissions, migrations.RunPython.noop)]

from django.db import migrations

from publishing.groups import hand_over


def give_permissions(apps, schema_editor):
    hand_over(apps, "publishing", editors=("redirect",))


class Migration(migrations.Migration):
    dependencies = [("publishing", "0009_contact_topics")]

    operations = [migrations.RunPython(give_permissions, migrations.RunPython.noop)]

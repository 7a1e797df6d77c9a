import secrets

from django.db import migrations

from publishing.groups import hand_over


def first_version(apps, schema_editor):
    apps.get_model("publishing", "SiteVersion").objects.create(token=secrets.token_hex(8))


def give_permissions(apps, schema_editor):
    hand_over(apps, "publishing", editors=("image", "document", "contact"), administrators=("redirect",))
    hand_over(apps, "auth", administrators=("user", "group"))


class Migration(migrations.Migration):
    dependencies = [
        ("publishing", "0001_initial"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]

    operations = [
        migrations.RunPython(first_version, migrations.RunPython.noop),
        migrations.RunPython(give_permissions, migrations.RunPython.noop),
    ]

"""Log-in by e-mail address compares with small letters: accounts from before may have capitals."""

from django.db import migrations
from django.db.models.functions import Lower


def use_small_letters(apps, schema_editor):
    apps.get_model("auth", "User").objects.exclude(email="").update(email=Lower("email"))


class Migration(migrations.Migration):
    dependencies = [("auth", "0012_alter_user_first_name_max_length")]

    operations = [migrations.RunPython(use_small_letters, migrations.RunPython.noop)]

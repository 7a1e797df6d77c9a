from django.db import migrations

from publishing.groups import hand_over

# Scores, ballots and their counts are nobody's in the admin: the office reads aggregates, by its own pages.
MODELS = ("round", "panel", "panelcategory", "panelmember", "paper", "step", "conflictstatement", "decision")


def give_permissions(apps, schema_editor):
    hand_over(apps, "competition", editors=MODELS)


class Migration(migrations.Migration):
    dependencies = [("competition", "0003_jury"), ("competition", "0002_editors")]

    operations = [migrations.RunPython(give_permissions, migrations.RunPython.noop)]

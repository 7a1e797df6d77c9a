from django.db import migrations

from publishing.groups import hand_over

MODELS = (
    *("edition", "editionimage", "category", "localprize", "criterion", "statefigure", "sponsor", "jurymember"),
    *("entry", "entryimage", "localregistration", "finalist", "award"),
    # Read, never changed: their admins offer no more.
    *("resultrecord", "logentry"),
)


def give_permissions(apps, schema_editor):
    hand_over(apps, "competition", editors=MODELS)
    hand_over(apps, "publishing", editors=("testimonial",))


class Migration(migrations.Migration):
    dependencies = [
        ("competition", "0001_initial"),
        ("publishing", "0003_testimonials_and_planned_changes"),
    ]

    operations = [migrations.RunPython(give_permissions, migrations.RunPython.noop)]

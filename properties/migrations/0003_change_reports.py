import django.db.models.deletion
from django.db import migrations, models

from publishing.groups import hand_over


def give_permissions(apps, schema_editor):
    hand_over(apps, "properties", editors=("changereport",))


class Migration(migrations.Migration):
    dependencies = [
        ("properties", "0002_districts_places_and_editors"),
    ]

    operations = [
        migrations.CreateModel(
            name="ChangeReport",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("text", models.TextField(max_length=4000, verbose_name="Was hat sich geändert")),
                ("reported_at", models.DateTimeField(auto_now_add=True, verbose_name="gemeldet")),
                ("handled_at", models.DateTimeField(blank=True, null=True, verbose_name="erledigt")),
                (
                    "listing",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="change_reports",
                        to="properties.listing",
                        verbose_name="Angebot",
                    ),
                ),
            ],
            options={
                "verbose_name": "Änderungsmeldung",
                "verbose_name_plural": "Änderungsmeldungen",
                "ordering": ["-reported_at", "-pk"],
            },
        ),
        migrations.RunPython(give_permissions, migrations.RunPython.noop),
    ]

import django.db.models.deletion
from django.db import migrations, models

from publishing.groups import hand_over


def give_permissions(apps, schema_editor):
    hand_over(apps, "emmd", editors=("homepage", "homeband"))


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("news", "0003_article_clusters"),
        ("publishing", "0002_groups_and_site_version"),
    ]

    operations = [
        migrations.CreateModel(
            name="HomePage",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "lead",
                    models.ForeignKey(
                        blank=True,
                        help_text="Leer lassen: Der neueste hervorgehobene Beitrag führt, ohne einen solchen der neueste.",
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="news.article",
                        verbose_name="Aufmacher",
                    ),
                ),
            ],
            options={
                "verbose_name": "Startseite",
                "verbose_name_plural": "Startseite",
            },
        ),
        migrations.CreateModel(
            name="HomeBand",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(editable=False, max_length=40)),
                (
                    "position",
                    models.PositiveSmallIntegerField(
                        help_text="Kleine Zahlen stehen oben.", verbose_name="Reihenfolge"
                    ),
                ),
                ("is_shown", models.BooleanField(default=True, verbose_name="anzeigen")),
                (
                    "page",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="bands", to="emmd.homepage"
                    ),
                ),
            ],
            options={
                "verbose_name": "Abschnitt",
                "verbose_name_plural": "Abschnitte",
                "ordering": ["position", "pk"],
            },
        ),
        migrations.AddConstraint(
            model_name="homepage",
            constraint=models.CheckConstraint(
                condition=models.Q(("id", 1)),
                name="one_home_page",
                violation_error_message="Es gibt nur eine Startseite.",
            ),
        ),
        migrations.AddConstraint(
            model_name="homeband",
            constraint=models.UniqueConstraint(
                fields=("page", "name"),
                name="home_band_once",
                violation_error_message="Diesen Abschnitt gibt es auf der Startseite schon.",
            ),
        ),
        migrations.RunPython(give_permissions, migrations.RunPython.noop),
    ]

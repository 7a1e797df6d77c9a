import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("contenttypes", "0002_remove_content_type_name"),
        ("publishing", "0010_editors_keep_redirects"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="LinkCheck",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("url", models.TextField(verbose_name="Adresse")),
                ("digest", models.CharField(editable=False, max_length=64, unique=True)),
                ("is_internal", models.BooleanField(verbose_name="in diesem Portal")),
                (
                    "outcome",
                    models.CharField(
                        choices=[
                            ("unknown", "noch nicht geprüft"),
                            ("good", "in Ordnung"),
                            ("unclear", "nicht prüfbar"),
                            ("failed", "antwortet gerade nicht"),
                            ("gone", "defekt"),
                        ],
                        default="unknown",
                        max_length=8,
                        verbose_name="Stand",
                    ),
                ),
                ("status_code", models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="Antwort")),
                ("reason", models.CharField(blank=True, max_length=200, verbose_name="Grund")),
                ("checked_at", models.DateTimeField(blank=True, null=True, verbose_name="geprüft")),
                ("failures", models.PositiveIntegerField(default=0, verbose_name="Fehlversuche")),
                ("first_failed_at", models.DateTimeField(blank=True, null=True, verbose_name="seit")),
                ("next_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="nächste Prüfung")),
            ],
            options={
                "verbose_name": "geprüfte Adresse",
                "verbose_name_plural": "geprüfte Adressen",
                "ordering": ["pk"],
                "indexes": [models.Index(fields=["next_at"], name="link_check_by_time")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("failures", 0), ("first_failed_at__isnull", True)),
                            models.Q(("failures__gt", 0), ("first_failed_at__isnull", False)),
                            _connector="OR",
                        ),
                        name="link_check_failures_have_a_beginning",
                        violation_error_message="Zu Fehlversuchen gehört, seit wann es sie gibt.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ImportRun",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("what", models.CharField(max_length=120, verbose_name="Was")),
                ("source", models.CharField(blank=True, max_length=200, verbose_name="Datei")),
                ("started_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="Wann")),
                ("added", models.PositiveIntegerField(default=0, verbose_name="neu")),
                ("changed", models.PositiveIntegerField(default=0, verbose_name="geändert")),
                ("refused", models.PositiveIntegerField(default=0, verbose_name="abgelehnt")),
                (
                    "notes",
                    models.TextField(
                        blank=True, help_text="Je Zeile eine abgelehnte Zeile mit ihrem Grund.", verbose_name="Hinweise"
                    ),
                ),
                (
                    "by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="Von",
                    ),
                ),
            ],
            options={
                "verbose_name": "Import",
                "verbose_name_plural": "Importe",
                "ordering": ["-started_at", "-pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("what", ""), _negated=True),
                        name="import_run_says_what",
                        violation_error_message="Bitte sagen Sie, was importiert wurde.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="LinkUse",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("row_id", models.PositiveBigIntegerField()),
                ("owner_id", models.PositiveBigIntegerField()),
                ("field_label", models.CharField(max_length=120, verbose_name="Feld")),
                ("is_public", models.BooleanField(verbose_name="öffentlich")),
                (
                    "link",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="uses",
                        to="publishing.linkcheck",
                        verbose_name="Adresse",
                    ),
                ),
                (
                    "owner_type",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="contenttypes.contenttype",
                        verbose_name="Art",
                    ),
                ),
                (
                    "row_type",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="contenttypes.contenttype"
                    ),
                ),
            ],
            options={
                "verbose_name": "geprüfter Link",
                "verbose_name_plural": "Linkprüfung",
                "ordering": ["-is_public", "owner_type", "owner_id", "pk"],
                "indexes": [models.Index(fields=["owner_type", "owner_id"], name="link_use_by_owner")],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("link", "row_type", "row_id", "field_label"),
                        name="link_use_once_a_field",
                        violation_error_message="Dieser Link ist in diesem Feld schon erfasst.",
                    )
                ],
            },
        ),
    ]

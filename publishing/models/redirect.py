from django.core.exceptions import ValidationError
from django.db import models


class RedirectQuerySet(models.QuerySet):
    def remember_move(self, old_path, new_path):
        """Leaves a permanent redirect; earlier ones then lead straight to the new address, none to itself."""
        self.filter(old_path=new_path).delete()
        self.filter(new_path=old_path).update(new_path=new_path)
        self.update_or_create(old_path=old_path, defaults={"new_path": new_path})

    def remember_removal(self, old_path):
        self.filter(new_path=old_path).update(new_path="")
        self.update_or_create(old_path=old_path, defaults={"new_path": ""})


class Redirect(models.Model):
    old_path = models.CharField("alte Adresse", max_length=500, unique=True, help_text="Zum Beispiel /de/presse/")
    new_path = models.CharField(
        "neue Adresse",
        max_length=500,
        blank=True,
        help_text="Zum Beispiel /presse/. Bleibt das Feld leer, sagt die alte Adresse, dass der Inhalt entfernt wurde.",
    )
    created_at = models.DateTimeField("angelegt", auto_now_add=True)

    objects = RedirectQuerySet.as_manager()

    class Meta:
        verbose_name = "Weiterleitung"
        verbose_name_plural = "Weiterleitungen"
        ordering = ["old_path"]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(old_path=models.F("new_path")),
                name="redirect_leads_elsewhere",
                violation_error_message="Eine Adresse kann nicht auf sich selbst weiterleiten.",
            )
        ]

    def __str__(self):
        return f"{self.old_path} → {self.new_path or 'entfernt'}"

    def clean(self):
        errors = {}
        if self.old_path and not self.old_path.startswith("/"):
            errors["old_path"] = "Die alte Adresse beginnt mit einem Schrägstrich."
        # “//host” and “/\host” are addresses of other hosts to a browser.
        if self.new_path and (not self.new_path.startswith("/") or self.new_path[1:2] in ("/", "\\")):
            errors["new_path"] = "Die neue Adresse liegt in diesem Portal und beginnt mit genau einem Schrägstrich."
        if errors:
            raise ValidationError(errors)

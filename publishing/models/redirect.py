import re

from django.core.exceptions import ValidationError
from django.db import models

# “//host” and “/\host” are addresses of other hosts to a browser, which also drops tabs and line breaks.
_PATH_OF_THIS_PORTAL = re.compile(r"/(?![/\\])[^\x00-\x1f]*")


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
        elif self.old_path != _path_alone(self.old_path):
            errors["old_path"] = (
                "Bitte geben Sie die alte Adresse ohne „?“ und „#“ an: Was danach steht, wird nicht verglichen."
            )
        if self.new_path and not _PATH_OF_THIS_PORTAL.fullmatch(self.new_path):
            errors["new_path"] = "Die neue Adresse liegt in diesem Portal und beginnt mit genau einem Schrägstrich."
        elif circle := self._circle():
            errors["new_path"] = f"Diese Weiterleitung führt im Kreis: {' → '.join(circle)}."
        if errors:
            raise ValidationError(errors)

    def _circle(self):
        """The addresses a visitor of the old one would be sent through, if they lead back to it."""
        others, way, here = Redirect.objects.exclude(pk=self.pk), [self.old_path], _path_alone(self.new_path)
        while here and here not in way[1:]:
            way.append(here)
            if here == self.old_path:
                return way
            following = others.filter(old_path=here).first()
            here = _path_alone(following.new_path) if following else ""
        return None


def _path_alone(address):
    return re.split(r"[?#]", address, maxsplit=1)[0]

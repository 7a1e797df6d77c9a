import re

from django.core.exceptions import ValidationError
from django.db import models

from publishing.text import without_control_characters

# “//host” and “/\host” are addresses of other hosts to a browser, which also drops tabs and line breaks.
_PATH_OF_THIS_PORTAL = re.compile(r"/(?![/\\])[^\x00-\x1f]*")

LONGEST_ADDRESS = 500


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
    #: Where it leads is checked like any link.
    link_fields = ("new_path",)

    old_path = models.CharField(
        "alte Adresse", max_length=LONGEST_ADDRESS, unique=True, help_text="Zum Beispiel /de/presse/"
    )
    new_path = models.CharField(
        "neue Adresse",
        max_length=LONGEST_ADDRESS,
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
        self.refuse_addresses_without_effect()
        if circle := self._circle():
            raise ValidationError({"new_path": f"Diese Weiterleitung führt im Kreis: {' → '.join(circle)}."})

    def refuse_addresses_without_effect(self):
        errors = {}
        if self.old_path and not self.old_path.startswith("/"):
            errors["old_path"] = "Die alte Adresse beginnt mit einem Schrägstrich."
        elif self.old_path != path_alone(self.old_path):
            errors["old_path"] = (
                "Bitte geben Sie die alte Adresse ohne „?“ und „#“ an: Was danach steht, wird nicht verglichen."
            )
        elif without_control_characters(self.old_path) != self.old_path:
            errors["old_path"] = "Die alte Adresse enthält ein unsichtbares Zeichen."
        if self.new_path and not _PATH_OF_THIS_PORTAL.fullmatch(self.new_path):
            errors["new_path"] = "Die neue Adresse liegt in diesem Portal und beginnt mit genau einem Schrägstrich."
        if errors:
            raise ValidationError(errors)

    def _circle(self):
        """The addresses a visitor of the old one would be sent through, if they lead back to it."""
        others, way, here = Redirect.objects.exclude(pk=self.pk), [self.old_path], path_alone(self.new_path)
        while here and here not in way[1:]:
            way.append(here)
            if here == self.old_path:
                return way
            following = others.filter(old_path=here).first()
            here = path_alone(following.new_path) if following else ""
        return None


def path_alone(address):
    return re.split(r"[?#]", address, maxsplit=1)[0]

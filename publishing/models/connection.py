from django.db import models
from django.db.models import F, Q


class ConnectionQuerySet(models.QuerySet):
    def of(self, source, object_id):
        """Whichever end it is: two things belong together from both sides. Both may be expressions."""
        return self.filter(
            Q(one_source=source, one_id=object_id) | Q(other_source=source, other_id=object_id),
        )


class Connection(models.Model):
    """Two things with pages of their own that belong together: a project and its news, a gallery and its event.

    Rooms do not know each other, so either end is named as the search names it: publishing.search.sources.
    """

    one_source = models.CharField(max_length=30)
    one_id = models.BigIntegerField()
    other_source = models.CharField(max_length=30)
    other_id = models.BigIntegerField()

    objects = ConnectionQuerySet.as_manager()

    class Meta:
        verbose_name = "Verknüpfung"
        verbose_name_plural = "Verknüpfungen"
        constraints = [
            models.UniqueConstraint(
                fields=["one_source", "one_id", "other_source", "other_id"],
                name="connected_once",
                violation_error_message="Diese beiden sind schon verknüpft.",
            ),
            models.CheckConstraint(
                condition=~Q(one_source=F("other_source"), one_id=F("other_id")),
                name="not_connected_with_itself",
                violation_error_message="Nichts wird mit sich selbst verknüpft.",
            ),
        ]
        indexes = [models.Index(fields=["other_source", "other_id"], name="connection_by_other_end")]

    def __str__(self):
        return f"{self.one_source} {self.one_id} – {self.other_source} {self.other_id}"

    @property
    def ends(self):
        return (self.one_source, self.one_id), (self.other_source, self.other_id)

    def other_end(self, end):
        one, other = self.ends
        return other if one == end else one

    def save(self, **kwargs):
        # Always in the same order: A with B and B with A are one row, and the constraint sees it.
        (self.one_source, self.one_id), (self.other_source, self.other_id) = sorted(self.ends)
        super().save(**kwargs)

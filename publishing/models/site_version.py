from django.db import models


class SiteVersion(models.Model):
    ONLY_ROW = 1

    token = models.CharField(max_length=16)

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(pk=1), name="site_version_is_one_row")]

    def __str__(self):
        return self.token

from django.db import models


class SiteVersion(models.Model):
    """One row, or as many as transactions ever changed content at the same moment: see publishing.site_version."""

    token = models.CharField(max_length=16)

    def __str__(self):
        return self.token


class PlannedChange(models.Model):
    """A moment at which what visitors see will change by itself: from then on every page is made anew."""

    moment = models.DateTimeField(unique=True)

    def __str__(self):
        return str(self.moment)

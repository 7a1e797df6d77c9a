from django.db import models


class SiteVersion(models.Model):
    """One row, or as many as transactions ever changed content at the same moment: see publishing.site_version."""

    token = models.CharField(max_length=16)

    def __str__(self):
        return self.token

from django.db import models

from properties.models.listing import Listing


class IncomingQuerySet(models.QuerySet):
    """Of what comes in about a listing."""

    def for_user(self, user):
        """To the listings somebody keeps."""
        return self.filter(listing__in=Listing.objects.for_user(user))

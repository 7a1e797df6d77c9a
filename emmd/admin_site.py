from functools import partial

from django.urls import path

from access.admin_site import GuardedAdminSite
from emmd import guide


class EmmdAdminSite(GuardedAdminSite):
    """The admin with what knows all rooms: the guide „So geht’s“."""

    def get_urls(self):
        return [
            path("so-gehts/", self.admin_view(partial(guide.guide, site=self)), name="guide"),
            path("so-gehts/<slug:slug>/", self.admin_view(partial(guide.guide_task, site=self)), name="guide_task"),
            *super().get_urls(),
        ]

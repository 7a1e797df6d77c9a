from django.db.models import Max
from django.urls import reverse
from django.utils import timezone

from events.models import Event
from events.months import Month
from events.views import month_path, years_of_past_events
from publishing.sitemaps import PortalSitemap


class EventSitemap(PortalSitemap):
    def items(self):
        fields = ("slug", "publish_from", "schedule_changed_at", "image", *self.picture_fields)
        return Event.objects.published().select_related("image").only(*fields).latest_first()

    def picture_of(self, event):
        return event.image

    def lastmod(self, event):
        return event.modified_at

    def get_latest_lastmod(self):
        """Asked by the index: the database knows without reading every event."""
        newest = Event.objects.published().aggregate(Max("publish_from"), Max("schedule_changed_at"))
        return max(filter(None, newest.values()), default=None)


class EventPageSitemap(PortalSitemap):
    def items(self):
        today = timezone.localdate()
        month = Month(today.year, today.month)
        years = [reverse("events:archive", args=[year]) for year in years_of_past_events()]
        return [reverse("events:list"), month_path(month), *years]

    def location(self, path):
        return path

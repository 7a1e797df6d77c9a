from django.db.models.functions import Greatest
from django.template.loader import render_to_string

from properties.filters import ListingFilters
from properties.kinds import HALL, LAND
from publishing.feeds import FullTextFeed


class ListingFeed(FullTextFeed):
    """What is new or has changed, of everything or of what an address of the list asks for."""

    pages = None

    def get_object(self, request):
        filters = ListingFilters(request.GET, kind=self.pages.kind, request=request, further=())
        request.understood_parameters = filters.understood
        return filters

    def title(self, filters):
        chosen = ", ".join(label for label, _ in filters.summary)
        name = f"{self.pages.title} in der Metropolregion Mitteldeutschland"
        return f"{name}: {chosen}" if chosen else name

    def description(self, filters):
        return self.pages.description

    def page_url(self, filters):
        return self._with_choice("list", filters)

    def feed_path(self, filters):
        return self._with_choice("atom", filters)

    def _with_choice(self, page, filters):
        query = filters.canonical_address()
        return self.pages.path(page) + (f"?{query}" if query else "")

    def items(self, filters):
        rows = filters.pool().select_related("district").annotate(updated_at=Greatest("publish_from", "changed_at"))
        return rows.order_by("-updated_at", "-pk")[: self.length]

    def item_updateddate(self, item):
        return item.updated_at

    def item_categories(self, item):
        return [item.get_kind_display(), item.district.name]

    def full_text(self, item):
        return render_to_string("properties/feed_text.html", {"listing": item})


class LandFeed(ListingFeed):
    pages = LAND


class HallFeed(ListingFeed):
    pages = HALL

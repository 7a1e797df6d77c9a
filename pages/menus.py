"""What editors put into the menu and the footer."""

from django.db import DatabaseError

from pages.models import MenuEntry, Page
from publishing.site_version import kept


def menus(request):
    """{place: [(label, path), …]}, read once a process and version. Without a database: nothing, not an error."""
    try:
        return kept(request, "menus", _read)
    except DatabaseError:
        return {}


def _read():
    public = MenuEntry.objects.filter(page__in=Page.objects.published()).select_related("page")
    found = {place: [] for place in MenuEntry.Place.values}
    for entry in public.order_by("order", "pk"):
        found[entry.place].append((str(entry), entry.page.get_absolute_url()))
    return found

"""What editors put into the menu, into the footer and to the top of every page."""

from dataclasses import dataclass, field

from django.db import DatabaseError

from pages.models import MenuEntry, Page
from publishing.site_version import kept


@dataclass
class Item:
    label: str
    path: str
    #: One level: entries of pages that belong to this one, or to one below it.
    below: list["Item"] = field(default_factory=list)


def menus(request):
    """{place: [Item, …]}, read once a process and version. Without a database: nothing, not an error."""
    try:
        return kept(request, "menus", _read)
    except DatabaseError:
        return {}


def slots(request):
    """{"easy": path, "sign": path}: the first page of each, nothing where there is none."""
    found = menus(request)
    return {place: found[place][0].path for place in (MenuEntry.Place.EASY, MenuEntry.Place.SIGN) if found.get(place)}


def _read():
    public = MenuEntry.objects.filter(page__in=Page.objects.published()).select_related("page")
    entries = list(public.order_by("order", "pk"))
    return {place: _in_levels([one for one in entries if one.place == place]) for place in MenuEntry.Place.values}


def _in_levels(entries):
    """An entry whose page lies below that of another stands below it: addresses say which."""
    items = [Item(str(entry), entry.page.get_absolute_url()) for entry in entries]
    top = [one for one in items if not any(one.path.startswith(other.path) for other in items if other is not one)]
    for item in top:
        item.below = [one for one in items if one is not item and one.path.startswith(item.path)]
    return top

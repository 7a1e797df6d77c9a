"""Every link of every room, found through the fields that hold links."""

from dataclasses import dataclass
from urllib.parse import urldefrag, urljoin, urlsplit

from django.apps import apps
from django.conf import settings
from django.core.exceptions import FieldDoesNotExist
from django.db.models import Model, Q, URLField

from publishing.rich_text import RichTextField, links_in
from publishing.search.sources import source_of
from publishing.site_version import is_content
from publishing.usage import owner_of

AT_ONCE = 500


@dataclass(frozen=True)
class Found:
    url: str
    row: Model
    owner: Model
    field_label: str
    is_public: bool


def all_links():
    """Each link once a field, of rows visitors see and of drafts."""
    public_keys = _PublicKeys()
    for model in apps.get_models():
        if is_content(model) and (fields := link_fields(model)):
            for row in _rows_with_links(model, fields):
                yield from _links_of_row(row, fields, public_keys)


def link_fields(model):
    """Rich text, addresses, and what a model itself calls `link_fields`. Those of a parent's row are the parent's."""
    named = getattr(model, "link_fields", ())
    return [
        field
        for field in model._meta.local_concrete_fields
        if isinstance(field, RichTextField | URLField) or field.name in named
    ]


def urls_of(row, field):
    """Of one field: without what follows “#”, and only what a browser would fetch."""
    value = getattr(row, field.attname) or ""
    found = links_in(value) if isinstance(field, RichTextField) else [value]
    urls = (_absolute(one.strip(), row) for one in found if one.strip())
    return list(dict.fromkeys(url for url in urls if url))


def _absolute(link, row):
    if link.startswith("#"):
        return ""
    try:
        url = urldefrag(urljoin(_base(link, row), link)).url
        parts = urlsplit(url)
    except ValueError:
        # “https://[” is no address at all: asking will say so.
        return link
    return url if parts.scheme in ("http", "https") else ""


def _base(link, row):
    """A link without a leading slash is read from the page it stands on."""
    if link.startswith("/") or ":" in link or not hasattr(page := owner_of(row), "get_absolute_url"):
        return f"{settings.SITE_URL}/"
    return settings.SITE_URL + page.get_absolute_url()


def _rows_with_links(model, fields):
    has_any = Q()
    for field in fields:
        has_any |= ~Q(**{field.name: ""})
    rows = model._base_manager.filter(has_any).order_by("pk")
    owner = getattr(model, "owner_field", None)
    try:
        is_relation = owner and model._meta.get_field(owner).is_relation
    except FieldDoesNotExist:
        is_relation = False
    return (rows.select_related(owner) if is_relation else rows).iterator(chunk_size=AT_ONCE)


def _links_of_row(row, fields, public_keys):
    owner = owner_of(row)
    for field in fields:
        for url in urls_of(row, field):
            yield Found(url, row, owner, label_of(row, owner, field), public_keys.has(owner))


def label_of(row, owner, field):
    """A row of an inline says what it is, too."""
    words = str(field.verbose_name)
    return words if isinstance(owner, type(row)) else f"{row._meta.verbose_name}: {words}"


class _PublicKeys:
    """What visitors may see, as the search asks the rooms; read once a model."""

    def __init__(self):
        self.keys = {}

    def has(self, owner):
        model = type(owner)
        if model not in self.keys:
            source = source_of(model)
            self.keys[model] = set(source.public().values_list("pk", flat=True)) if source else None
        keys = self.keys[model]
        return getattr(owner, "is_public", True) if keys is None else owner.pk in keys

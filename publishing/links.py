from urllib.parse import urlsplit

from django.conf import settings


def is_internal(url):
    """Whether it leads into this portal. ValueError where it is no address at all."""
    return urlsplit(url).netloc.lower() == urlsplit(settings.SITE_URL).netloc.lower()


def links_by_kind(links, kinds):
    """[(„Weitere Informationen“, [link, …]), …] in the order of the kinds."""
    groups = [(kind.label, [link for link in links if link.kind == kind]) for kind in kinds]
    return [(label, members) for label, members in groups if members]

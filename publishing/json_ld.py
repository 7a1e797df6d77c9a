import json

from django.conf import settings
from django.templatetags.static import static
from django.utils.safestring import mark_safe

from publishing.licence import DATA_LICENCE
from publishing.views import absolute

_to_json = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


def script(data):
    """A data block, not a script: browsers never run it, so the CSP has nothing to say. Escaped like json_script."""
    text = _to_json({"@context": "https://schema.org"} | data)
    escaped = text.replace("<", "\\u003C").replace(">", "\\u003E").replace("&", "\\u0026")
    return mark_safe(f'<script type="application/ld+json">{escaped}</script>')


def organisation():
    return {
        "@type": "Organization",
        "name": settings.ORGANISATION_NAME,
        "url": f"{settings.SITE_URL}/",
        "logo": absolute(static("img/logo.png")),
    }


def organisation_in_full():
    """Once in the portal: on its home page."""
    seat = {"@type": "PostalAddress", "addressLocality": settings.ORGANISATION_SEAT, "addressCountry": "DE"}
    return organisation() | {"alternateName": settings.SITE_NAME, "address": seat}


def dataset(*, name, description, path, files):
    """Open data as search engines for data read them. `files` are (name, media type, path)."""
    return {
        "@type": "Dataset",
        "name": name,
        "description": description,
        "url": absolute(path),
        "inLanguage": settings.LANGUAGE_CODE,
        "license": DATA_LICENCE["url"],
        "isAccessibleForFree": True,
        "creator": organisation(),
        "spatialCoverage": "Sachsen, Sachsen-Anhalt, Thüringen",
        "distribution": [
            {"@type": "DataDownload", "name": name, "encodingFormat": media_type, "contentUrl": absolute(path)}
            for name, media_type, path in files
        ],
    }


def breadcrumb_list(crumbs):
    """`crumbs` are (label, path) pairs from the home page down."""
    return {
        "@type": "BreadcrumbList",
        "itemListElement": [
            {"@type": "ListItem", "position": position, "name": str(label), "item": absolute(path)}
            for position, (label, path) in enumerate(crumbs, start=1)
        ],
    }


def without_empty(data):
    return {key: value for key, value in data.items() if value not in (None, "", [], {})}

"""Entries as search engines read them: schema.org/CreativeWork. Says nothing the page does not say."""

from django.conf import settings
from django.templatetags.static import static

from publishing import json_ld
from publishing.views import absolute


def entry_json_ld(entry, awards, picture):
    """`awards` are the announced ones."""
    creator = {
        "@type": "Organization",
        "name": entry.organisation,
        "url": entry.website,
        "address": _address(entry),
    }
    return json_ld.without_empty(
        {
            "@type": "CreativeWork",
            "name": entry.display_title,
            "description": entry.summary,
            "url": absolute(entry.get_absolute_url()),
            "image": [absolute(picture.largest_url if picture else static("img/social.png"))],
            "inLanguage": settings.LANGUAGE_CODE,
            "creator": json_ld.without_empty(creator),
            "about": entry.category.name if entry.category.cluster else None,
            "award": [f"{award.name} {entry.edition.year}" for award in awards],
        }
    )


def _address(entry):
    if not entry.town:
        return None
    return {"@type": "PostalAddress", "addressLocality": entry.town, "addressCountry": "DE"}

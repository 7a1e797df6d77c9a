"""Entries and figures as machines read them: schema.org/CreativeWork, Dataset. Says nothing the page does not say."""

from django.conf import settings
from django.templatetags.static import static
from django.urls import reverse

from publishing import json_ld
from publishing.views import absolute, picture_address


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
            "image": [picture_address(picture) or absolute(static("img/social.png"))],
            "inLanguage": settings.LANGUAGE_CODE,
            "creator": json_ld.without_empty(creator),
            "about": entry.category.name if entry.category.cluster else None,
            "award": [f"{award.name} {entry.edition.year}" for award in awards],
        }
    )


def figures_json_ld(title, description):
    """The table of all years, with its address on the wall of winners."""
    return json_ld.dataset(
        name=f"IQ Innovationspreis Mitteldeutschland: {title}",
        description=description,
        path=reverse("competition:hall-of-fame"),
        files=[("CSV", "text/csv", reverse("competition:figures-csv"))],
    )


def _address(entry):
    if not entry.town:
        return None
    return {"@type": "PostalAddress", "addressLocality": entry.town, "addressCountry": "DE"}

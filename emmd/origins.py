"""Programs of others that reach a browser, and the street map where one is set."""

from django.conf import settings

from publishing.origins import Kind, Origin, register


def has_street_map():
    return bool(settings.MAP_TILE_URL)


register(
    Origin(
        Kind.MAPS,
        "Straßenkarte, die erst auf Wunsch geladen wird",
        credit=settings.MAP_TILE_ATTRIBUTION,
        is_shown=has_street_map,
    )
)
register(
    Origin(
        Kind.SOFTWARE,
        "Schriften",
        credit="Das Portal lädt keine Schriften: Ihr Gerät nimmt seine eigenen.",
    )
)
register(
    Origin(
        Kind.SOFTWARE,
        "Django, auf dem das Portal läuft",
        credit="Django Software Foundation",
        credit_url="https://www.djangoproject.com/",
        licence="BSD-3-Clause",
    )
)
register(
    Origin(
        Kind.SOFTWARE,
        "Leaflet für die Straßenkarte",
        credit="Volodymyr Agafonkin",
        credit_url="https://leafletjs.com/",
        licence="BSD-2-Clause",
        is_shown=has_street_map,
    )
)

"""Under what anybody may use the data of the portal again."""

from django.conf import settings

DATA_LICENCE = {
    "name": "Datenlizenz Deutschland – Namensnennung – Version 2.0",
    "url": "https://www.govdata.de/dl-de/by-2-0",
}


def attribution():
    """Who is to be named."""
    return settings.ORGANISATION_NAME


def with_licence(response):
    response["Link"] = f'<{DATA_LICENCE["url"]}>; rel="license"'
    return response

"""The open data of the pool as search engines for data read them: schema.org/Dataset."""

from django.conf import settings

from publishing import json_ld
from publishing.licence import DATA_LICENCE
from publishing.tables import CSV_TYPE, XLSX_TYPE
from publishing.views import absolute

GEOJSON_TYPE = "application/geo+json"
#: (page, name, media type)
FORMATS = (
    ("csv", "CSV", CSV_TYPE.partition(";")[0]),
    ("xlsx", "Excel", XLSX_TYPE),
    ("geojson", "GeoJSON", GEOJSON_TYPE),
)


def dataset_json_ld(pages):
    return {
        "@type": "Dataset",
        "name": f"{pages.title} in der Metropolregion Mitteldeutschland",
        "description": pages.description,
        "url": absolute(pages.path("list")),
        "inLanguage": settings.LANGUAGE_CODE,
        "license": DATA_LICENCE["url"],
        "isAccessibleForFree": True,
        "creator": json_ld.organisation(),
        "spatialCoverage": "Sachsen, Sachsen-Anhalt, Thüringen",
        "distribution": [
            {
                "@type": "DataDownload",
                "name": name,
                "encodingFormat": media_type,
                "contentUrl": absolute(pages.path(page)),
            }
            for page, name, media_type in FORMATS
        ],
    }

"""The open data of the pool as search engines for data read them: schema.org/Dataset."""

from publishing import json_ld
from publishing.tables import CSV_TYPE, XLSX_TYPE

GEOJSON_TYPE = "application/geo+json"
#: (page, name, media type)
FORMATS = (
    ("csv", "CSV", CSV_TYPE.partition(";")[0]),
    ("xlsx", "Excel", XLSX_TYPE),
    ("geojson", "GeoJSON", GEOJSON_TYPE),
)


def dataset_json_ld(pages):
    return json_ld.dataset(
        name=f"{pages.title} in der Metropolregion Mitteldeutschland",
        description=pages.description,
        path=pages.path("list"),
        files=[(name, media_type, pages.path(page)) for page, name, media_type in FORMATS],
    )

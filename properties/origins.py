from publishing.licence import DATA_LICENCE, attribution
from publishing.origins import Kind, Origin, register

BKG = "https://www.bkg.bund.de"

register(
    Origin(
        Kind.MAPS,
        "Umrisse der Länder, Landkreise und Städte",
        credit="© GeoBasis-DE / BKG 2017 (Daten verändert)",
        credit_url=BKG,
    )
)
register(
    Origin(
        Kind.DATA,
        "Gewerbeflächen und Hallen als CSV, Excel und GeoJSON",
        credit=attribution(),
        licence=DATA_LICENCE["name"],
        licence_url=DATA_LICENCE["url"],
    )
)

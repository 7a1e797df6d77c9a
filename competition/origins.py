from publishing.licence import DATA_LICENCE, attribution
from publishing.origins import Kind, Origin, register

register(
    Origin(
        Kind.DATA,
        "Zahlen des IQ Innovationspreises als CSV",
        credit=attribution(),
        licence=DATA_LICENCE["name"],
        licence_url=DATA_LICENCE["url"],
    )
)

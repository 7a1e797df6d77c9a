"""What the pages of land and of halls call things, and where they are."""

from dataclasses import dataclass

from django.urls import reverse

from properties.models.terms import Kind


@dataclass(frozen=True)
class PagesOfKind:
    kind: Kind
    title: str
    one: str
    many: str
    lead: str
    description: str

    def path(self, page):
        """`page` is „list“, „map“, „compare“, „csv“, „xlsx“, „geojson“ or „atom“."""
        return reverse(f"properties:{self.kind}-{page}")

    @property
    def paths(self):
        """For templates: of this kind and of the other."""
        return {
            "list_path": self.path("list"),
            "compare_path": self.path("compare"),
            "twin_list_path": self.twin.path("list"),
            "twin_compare_path": self.twin.path("compare"),
            "map_path": self.path("map"),
            "twin_map_path": self.twin.path("map"),
        }

    @property
    def both(self):
        """In the same order on all pages."""
        return LAND, HALL

    @property
    def twin(self):
        return HALL if self.kind == Kind.LAND else LAND


LAND = PagesOfKind(
    Kind.LAND,
    "Gewerbeflächen",
    "Fläche",
    "Flächen",
    "Wo Betriebe bauen können, und an welchem Tag die Angaben zuletzt bestätigt wurden.",
    "Gewerbe- und Industrieflächen in der Metropolregion Mitteldeutschland: Größe, Planungsrecht, Preis, Anbindung, "
    "und wann die Angaben zuletzt bestätigt wurden.",
)
HALL = PagesOfKind(
    Kind.HALL,
    "Hallen",
    "Halle",
    "Hallen",
    "Wo Betriebe einziehen können, und an welchem Tag die Angaben zuletzt bestätigt wurden.",
    "Produktions-, Lager- und Logistikhallen in der Metropolregion Mitteldeutschland: Größe, Höhe, Kran und Tore, "
    "Miete, Anbindung, und wann die Angaben zuletzt bestätigt wurden.",
)
PAGES = {Kind.LAND: LAND, Kind.HALL: HALL}

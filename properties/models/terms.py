"""The words of planning law and of the trade, with the values that are stored."""

from django.db import models


class Kind(models.TextChoices):
    LAND = "land", "Gewerbefläche"
    HALL = "hall", "Hallenobjekt"


class Answer(models.TextChoices):
    """Where empty means that nobody has said."""

    YES = "yes", "ja"
    NO = "no", "nein"


class Precision(models.TextChoices):
    EXACT = "exact", "genaue Lage"
    QUARTER = "quarter", "Straße oder Quartier"
    TOWN = "town", "Ortsmitte"


class Zoning(models.TextChoices):
    """Baunutzungsverordnung; “e” stands for a restricted area."""

    GE = "GE", "GE – Gewerbegebiet"
    GEE = "GEe", "GEe – eingeschränktes Gewerbegebiet"
    GI = "GI", "GI – Industriegebiet"
    GIE = "GIe", "GIe – eingeschränktes Industriegebiet"
    SO = "SO", "SO – Sondergebiet"
    MI = "MI", "MI – Mischgebiet"


class PlanStatus(models.TextChoices):
    BINDING = "binding", "Bebauungsplan rechtskräftig"
    IN_PREPARATION = "preparing", "Bebauungsplan in Aufstellung"
    BUILT_UP_AREA = "built_up", "kein Bebauungsplan, Beurteilung nach § 34 BauGB"
    NONE = "none", "kein Baurecht"


class Contamination(models.TextChoices):
    NONE_KNOWN = "none_known", "keine bekannt"
    SUSPECTED = "suspected", "Verdacht"
    INVESTIGATED = "investigated", "untersucht"
    REMEDIATED = "remediated", "saniert"


class Flood(models.TextChoices):
    OUTSIDE = "outside", "außerhalb von Überschwemmungsgebieten"
    RISK = "risk", "Risikogebiet"
    INSIDE = "inside", "festgesetztes Überschwemmungsgebiet"


class Heritage(models.TextChoices):
    NONE = "none", "kein Denkmal"
    MONUMENT = "monument", "Einzeldenkmal"
    ENSEMBLE = "ensemble", "Teil eines Denkmalbereichs"


class RailSiding(models.TextChoices):
    EXISTING = "existing", "vorhanden"
    POSSIBLE = "possible", "möglich"
    NONE = "none", "nein"


class Ownership(models.TextChoices):
    PUBLIC = "public", "öffentlich"
    PRIVATE = "private", "privat"
    MIXED = "mixed", "öffentlich und privat"


class Availability(models.TextChoices):
    FREE = "free", "frei"
    RESERVED = "reserved", "reserviert"
    TAKEN = "taken", "vergeben"


class Readiness(models.TextChoices):
    IMMEDIATE = "immediate", "sofort"
    FROM_DATE = "from_date", "ab einem Tag"
    SHORT_TERM = "short_term", "kurzfristig"
    MEDIUM_TERM = "medium_term", "mittelfristig"
    LONG_TERM = "long_term", "langfristig"

"""What the portal stores of people. Each room says so in its module `stored_data.py`, beside the code that does it.

The page on data protection shows the list; a test asks every model with personal data who has named it here.
"""

from dataclasses import dataclass

INTEREST = "Artikel 6 Absatz 1 Buchstabe f DSGVO: berechtigtes Interesse"
CONSENT = "Artikel 6 Absatz 1 Buchstabe a DSGVO: Ihre Einwilligung, die Sie jederzeit widerrufen können"
CONTRACT = "Artikel 6 Absatz 1 Buchstabe b DSGVO: Durchführung des Wettbewerbs oder der Zusammenarbeit"


@dataclass(frozen=True)
class StoredData:
    what: str
    why: str
    legal_ground: str
    how_long: str
    seen_by: str
    #: „app.Model“ of every model that holds it; the older versions of a row count with the row.
    models: tuple[str, ...] = ()


STORED: dict[str, StoredData] = {}


def register(stored):
    STORED[stored.what] = stored


def in_days(duration):
    return "einen Tag" if duration.days == 1 else f"{duration.days} Tage"

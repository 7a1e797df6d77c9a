from publishing.models.outgoing_mail import KEPT_FOR
from publishing.personal_data import CONSENT, CONTRACT, StoredData, in_days, register

register(
    StoredData(
        what="Anfragen zu Flächen und Hallen",
        why="Damit der Kontakt des Angebots Ihnen antworten kann: Name, Unternehmen, E-Mail, Telefon, Nachricht.",
        legal_ground=CONSENT,
        how_long=f"{in_days(KEPT_FOR)}, auf Ihren Wunsch kürzer.",
        seen_by="Kontakt des Angebots, Redaktion, Landkreis oder Stadt des Angebots",
        models=("properties.Enquiry",),
    )
)
register(
    StoredData(
        what="Zuständigkeit der Landkreise und Städte",
        why="Damit jedes Konto eines Landkreises nur dessen Angebote pflegt.",
        legal_ground=CONTRACT,
        how_long="Solange das Konto diese Aufgabe hat.",
        seen_by="Redaktion und Administration",
        models=("properties.DistrictSeat",),
    )
)

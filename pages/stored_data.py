from publishing.models.outgoing_mail import KEPT_FOR
from publishing.personal_data import CONSENT, StoredData, in_days, register

for what, why, seen_by, model in (
    (
        "Nachrichten aus dem Kontaktformular",
        "Damit der zuständige Kontakt Ihnen antworten kann: Name, E-Mail, Thema, Nachricht.",
        "Zuständiger Kontakt und Redaktion",
        "pages.ContactMessage",
    ),
    (
        "Gemeldete Barrieren",
        "Damit wir die Barriere beseitigen und Ihnen antworten: Seite, Beschreibung, auf Wunsch Name und E-Mail.",
        "Zuständige Stelle und Redaktion",
        "pages.BarrierReport",
    ),
    (
        "Gemeldete Fotos",
        "Damit wir entscheiden, ob das Foto weiter gezeigt wird: Foto, Grund, auf Wunsch Nachricht und E-Mail.",
        "Redaktion",
        "pages.PhotoReport",
    ),
):
    register(StoredData(what, why, CONSENT, f"{in_days(KEPT_FOR)}, auf Ihren Wunsch kürzer.", seen_by, (model,)))

from publishing.models.outgoing_mail import KEPT_FOR
from publishing.outbox import PAUSES
from publishing.personal_data import INTEREST, StoredData, in_days, register

register(
    StoredData(
        what="Versand von E-Mails",
        why="Damit keine E-Mail des Portals verloren geht: Empfänger, Betreff, Text, Zeitpunkt.",
        legal_ground=INTEREST,
        how_long="Die Kopie einer Nachricht aus einem Formular wird mit dieser gelöscht, Schreiben an die Jury mit dem "
        f"Wettbewerbsjahr. Andere E-Mails bleiben {in_days(KEPT_FOR)}. Was nicht ankommt, wird "
        f"{len(PAUSES)}-mal wiederholt.",
        seen_by="Administration",
        models=("publishing.OutgoingMail",),
    )
)
register(
    StoredData(
        what="Ansprechpersonen",
        why="Damit Sie wissen, an wen Sie sich wenden können: Aufgabe, Name, Telefon, E-Mail, Foto.",
        legal_ground=INTEREST,
        how_long="Öffentlich bis zum Ende der Aufgabe („gültig bis“), danach im Verlauf der Redaktion.",
        seen_by="Alle, die das Portal lesen; nach dem Ende die Redaktion",
        models=("publishing.Contact",),
    )
)
register(
    StoredData(
        what="Verlauf der Inhalte",
        why="Damit nachvollziehbar ist, welches Konto wann was geändert hat, und sich Texte wiederherstellen lassen.",
        legal_ground=INTEREST,
        how_long="Solange es den Inhalt gibt. Wird ein Konto gelöscht, bleibt der Verlauf ohne Namen.",
        seen_by="Redaktion und Administration",
        models=("admin.LogEntry", "publishing.ImportRun"),
    )
)
register(
    StoredData(
        what="Protokoll des Servers",
        why="Um Störungen und Angriffe zu erkennen: Zeitpunkt, Adresse der Seite ohne Suchworte, Fehlermeldung. "
        "Das Portal selbst schreibt keine IP-Adresse hinein.",
        legal_ground=INTEREST,
        how_long="Wie lange, legt fest, wer den Server betreibt.",
        seen_by="Betrieb des Servers",
    )
)

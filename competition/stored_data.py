from competition.forgetting import MONTHS_KEPT
from publishing.personal_data import CONTRACT, INTEREST, StoredData, register

AFTER_THE_REVEAL = f"Bis {MONTHS_KEPT} Monate nach der Bekanntgabe der Preisträger."

register(
    StoredData(
        what="Beiträge zum IQ Innovationspreis",
        why="Für Auswahl und Preisverleihung: Kontaktdaten, Team und vertrauliche Unterlagen der Einreichenden.",
        legal_ground=CONTRACT,
        how_long=f"{AFTER_THE_REVEAL} Was öffentlich ausgezeichnet wurde, bleibt im Archiv.",
        seen_by="Geschäftsstelle; Unterlagen auch die Jury, soweit sie nicht befangen ist",
        models=("competition.Entry",),
    )
)
register(
    StoredData(
        what="Arbeit der Jury",
        why="Für ein Verfahren, das sich nachprüfen lässt: Plätze in den Jurys, Erklärungen zur Befangenheit, "
        "Bewertungen, Teilnahme an der Abstimmung. Wer wen gewählt hat, wird nicht gespeichert.",
        legal_ground=CONTRACT,
        how_long=f"{AFTER_THE_REVEAL} Danach bleiben nur Zahlen ohne Namen.",
        seen_by="Geschäftsstelle; Bewertungen zuerst nur die Person selbst",
        models=("competition.PanelMember", "competition.ConflictStatement", "competition.Participation"),
    )
)
register(
    StoredData(
        what="Protokoll des Wettbewerbs",
        why="Damit jede Entscheidung belegt ist: wer wann was festgehalten hat.",
        legal_ground=INTEREST,
        how_long="Auf Dauer, als Beleg der Preisvergabe.",
        seen_by="Geschäftsstelle",
        models=("competition.LogEntry",),
    )
)

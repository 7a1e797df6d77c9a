"""„So geht’s“: the editors' tasks, step by step. What stands in „quotes“ is written on the page the step names.

The tests look each of these words up on its page and take the pictures there: a guide that no longer fits fails.
"""

from dataclasses import dataclass

from django.http import Http404
from django.template.response import TemplateResponse
from django.views.decorators.http import require_safe

PICTURE_SIZE = (960, 600)


@dataclass(frozen=True)
class Picture:
    """Taken on the page of its step, from where `top` begins."""

    file: str
    text: str
    top: str


@dataclass(frozen=True)
class Step:
    text: str
    #: The page it happens on, by its name in the admin.
    page: str
    picture: Picture | None = None


@dataclass(frozen=True)
class Task:
    slug: str
    title: str
    summary: str
    #: Whoever may not do it need not read of it.
    permission: str
    steps: tuple[Step, ...]
    hint: str = ""


TASKS = (
    Task(
        "meldung-schreiben",
        "Eine Meldung schreiben",
        "Vom leeren Formular zum Entwurf, den noch niemand sieht.",
        "news.add_article",
        (
            Step("Auf der Startseite „Heute“ unter „Alle Inhalte“ bei „Beiträge“ auf „Hinzufügen“ klicken.", "index"),
            Step(
                "„Art“ und „Rubrik“ wählen, dann „Titel“ und „Vorspann“ schreiben. Der Vorspann steht auch in Listen "
                "und in Suchmaschinen: zwei bis drei Sätze genügen.",
                "news_article_add",
                Picture(
                    "img/guide/meldung.webp",
                    "Das leere Formular für einen Beitrag mit Art, Rubrik, Dachzeile, Titel und Vorspann.",
                    "#content h1",
                ),
            ),
            Step(
                "Unter „Text“ den Beitrag schreiben. Überschriften, Listen und Links setzen die Knöpfe über dem Feld. "
                "Aus Word eingefügter Text verliert seine Farben und Schriften: Das ist gewollt.",
                "news_article_add",
            ),
            Step(
                "„Entwurf speichern“ drücken. Der Beitrag ist noch nicht öffentlich und steht auf der Startseite "
                "unter den Entwürfen.",
                "news_article_add",
            ),
        ),
        "Wörter wie „gestern“ oder „nächste Woche“ stimmen bald nicht mehr: Das Portal fragt vorher nach.",
    ),
    Task(
        "vorschau-zeigen",
        "Eine Vorschau zeigen",
        "Die Seite ansehen, bevor andere sie sehen – oder sie jemandem ohne Zugang zeigen.",
        "news.change_article",
        (
            Step(
                "Unten „Speichern und Vorschau“ drücken: Es erscheint die Seite, wie Besucher sie sehen werden.",
                "news_article_change#draft",
                Picture(
                    "img/guide/vorschau.webp",
                    "Ein Entwurf im Formular; oben stehen Vorschau, Vorschau-Link erstellen, Kopieren und Verlauf.",
                    "#content h1",
                ),
            ),
            Step(
                "Für Menschen ohne Zugang oben „Vorschau-Link erstellen“ drücken und den Link weitergeben. "
                "Er gilt sieben Tage.",
                "news_article_change#draft",
            ),
        ),
        "Die Vorschau zeigt den gespeicherten Stand. Nach einer Änderung also erst speichern.",
    ),
    Task(
        "veroeffentlichung-planen",
        "Eine Veröffentlichung planen",
        "Heute fertig, morgen früh öffentlich – ohne dass jemand wach sein muss.",
        "news.change_article",
        (
            Step(
                "Im Abschnitt „Veröffentlichung“ bei „Öffentlich ab“ Tag und Uhrzeit eintragen. Soll die Seite auch "
                "wieder verschwinden, dazu „Öffentlich bis“.",
                "news_article_change#draft",
                Picture(
                    "img/guide/planen.webp",
                    "Der Abschnitt Veröffentlichung mit den Feldern öffentlich ab und öffentlich bis.",
                    "fieldset:has(.field-publish_from)",
                ),
            ),
            Step(
                "„Veröffentlichen“ drücken. Bis zum eingetragenen Zeitpunkt bleibt der Beitrag unsichtbar.",
                "news_article_change#draft",
            ),
            Step("In der Liste steht als „Stand“ nun „geplant“.", "news_article_changelist"),
        ),
        "Fehlt noch etwas, etwa die Rubrik, sagt das Formular es, und nichts wird veröffentlicht.",
    ),
    Task(
        "korrigieren",
        "Einen Fehler korrigieren",
        "Still bei Tippfehlern, sichtbar bei falschen Angaben.",
        "news.change_article",
        (
            Step("Den Fehler im Formular berichtigen und „Speichern“ drücken.", "news_article_change#public"),
            Step(
                "War eine Angabe falsch, auf die sich andere verlassen haben: im Abschnitt „Korrektur“ den "
                "„Korrekturhinweis“ schreiben. Er steht dann mit Datum unter dem Beitrag.",
                "news_article_change#public",
            ),
            Step(
                "Wer was geändert hat, zeigt oben „Verlauf“; von dort kommt auch eine frühere Fassung zurück.",
                "news_article_change#public",
            ),
        ),
    ),
    Task(
        "zurueckziehen",
        "Einen Beitrag zurückziehen",
        "Er verschwindet überall zugleich, und seine Adresse sagt es.",
        "news.change_article",
        (
            Step(
                "Im Formular unten „Zurückziehen“ drücken.",
                "news_article_change#public",
                Picture(
                    "img/guide/zurueckziehen.webp",
                    "Das Formular eines öffentlichen Beitrags; in der unteren Leiste steht Zurückziehen.",
                    "#content h1",
                ),
            ),
            Step(
                "Der Text bleibt erhalten und kann später wieder veröffentlicht werden. „Löschen“ ist nur für "
                "Versehen gedacht.",
                "news_article_change#public",
            ),
        ),
    ),
    Task(
        "bild-hochladen",
        "Bilder hochladen und die Bildmitte setzen",
        "Mit Bildnachweis und Alternativtext, und so, dass der Ausschnitt stimmt.",
        "publishing.add_image",
        (
            Step("In der Liste der Bilder „Mehrere Bilder hochladen“ drücken.", "publishing_image_changelist"),
            Step(
                "Dateien unter „Bilder“ wählen oder in das Feld ziehen, den „Bildnachweis“ schreiben und „Hochladen“ "
                "drücken. Zu jeder Datei steht dort, ob sie übernommen ist.",
                "publishing_image_upload_many",
                Picture(
                    "img/guide/bilder-hochladen.webp",
                    "Das Formular zum Hochladen mehrerer Bilder mit den Feldern Bilder, Bildnachweis und Lizenz.",
                    "#content h1",
                ),
            ),
            Step(
                "Danach zu jedem Bild den „Alternativtext“ schreiben: Was ist zu sehen? Ohne ihn geht nichts, was das "
                "Bild zeigt, an die Öffentlichkeit.",
                "publishing_image_change",
            ),
            Step(
                "Im Bild auf das Wichtigste klicken. Diese „Bildmitte“ bleibt sichtbar, wo das Bild beschnitten wird.",
                "publishing_image_change",
                Picture(
                    "img/guide/bildmitte.webp",
                    "Ein Bild im Formular; eine gelbe Markierung zeigt die Bildmitte.",
                    "#content h1",
                ),
            ),
        ),
        "Eine bessere Fassung desselben Bildes: unter „Datei“ die neue wählen. Sie erscheint überall.",
    ),
    Task(
        "termin-absagen",
        "Einen Termin absagen oder verlegen",
        "Der Termin bleibt stehen und sagt, was gilt: auch in Kalendern, die ihn schon übernommen haben.",
        "events.change_event",
        (
            Step(
                "Im Abschnitt „Wann“ unter „Status“ „abgesagt“ oder „verlegt auf neuen Termin“ wählen; beim Verlegen "
                "dazu den neuen Tag eintragen.",
                "events_event_change",
                Picture(
                    "img/guide/termin-absagen.webp",
                    "Der Abschnitt Wann im Formular eines Termins mit den Tagen und dem Status.",
                    "fieldset:has(.field-starts_on)",
                ),
            ),
            Step(
                "Im Abschnitt „Absage, Verlegung“ den Grund als „Hinweis zum Status“ schreiben.",
                "events_event_change",
            ),
            Step(
                "„Speichern“ drücken. Bitte nicht löschen: Wer den Termin sucht, soll die Absage finden.",
                "events_event_change",
            ),
        ),
    ),
    Task(
        "iq-preis-vorbereiten",
        "Eine Ausgabe des IQ-Preises vorbereiten",
        "Vom neuen Jahr bis zum Knopf, der die Preisträger verkündet.",
        "competition.change_edition",
        (
            Step(
                "In der Liste der Wettbewerbsjahre „Nächstes Wettbewerbsjahr anlegen“ drücken: Cluster, Preise und "
                "Kriterien kommen aus dem letzten Jahr mit.",
                "competition_edition_changelist",
            ),
            Step(
                "Im Formular die Tage eintragen, dazu „Finalisten öffentlich ab“. „Preisträger öffentlich ab“ bleibt "
                "leer, wenn bei der Preisverleihung jemand den Knopf drücken soll.",
                "competition_edition_change",
            ),
            Step(
                "„Steuern“ öffnet die Seite, die sagt, was als Nächstes kommt und „Was noch fehlt“.",
                "competition_edition_steer",
                Picture(
                    "img/guide/iq-steuern.webp",
                    "Die Seite Steuern eines Wettbewerbsjahres mit Zeitleiste und dem, was noch fehlt.",
                    "#content h1",
                ),
            ),
            Step(
                "Sind alle Ergebnisse eingetragen, „Ergebnisse schließen …“ drücken: Das Protokoll hält sie mit einer "
                "Prüfsumme fest.",
                "competition_edition_steer",
            ),
            Step(
                "Bei der Preisverleihung „Preisträger jetzt verkünden …“ drücken und auf der nächsten Seite "
                "bestätigen. Alle Seiten zeigen sie zugleich.",
                "competition_edition_steer",
            ),
        ),
        "Finalisten und Preisträger sind gespeichert noch nicht öffentlich: Das entscheiden allein die Zeitpunkte.",
    ),
    Task(
        "flaeche-bestaetigen",
        "Den Stand einer Fläche bestätigen",
        "Was ein Jahr lang niemand bestätigt, verlässt die öffentliche Liste.",
        "properties.change_land",
        (
            Step(
                "In der Liste der Gewerbeflächen rechts unter „Was ansteht“ etwa „Stand zweifelhaft“ wählen.",
                "properties_land_changelist",
            ),
            Step(
                "Das Angebot öffnen, Preis, Fläche und Status prüfen und oben „Stand heute bestätigen“ drücken.",
                "properties_land_change",
                Picture(
                    "img/guide/flaeche.webp",
                    "Das Formular einer Gewerbefläche; oben stehen Stand heute bestätigen und Stand abfragen.",
                    "#content h1",
                ),
            ),
            Step(
                "Wer es nicht selbst weiß, drückt „Stand abfragen“: Der Kontakt bekommt eine E-Mail mit einem Link, "
                "der mit einem Knopfdruck bestätigt.",
                "properties_land_change",
            ),
        ),
    ),
    Task(
        "menue-pflegen",
        "Menü und Fußzeile pflegen",
        "Welche Seiten das Menü nennt, wie sie dort heißen und in welcher Reihenfolge.",
        "pages.change_menuentry",
        (
            Step(
                "In der Liste „Menü und Fußzeile“ stehen alle Einträge. „Wo“, „Text“ und „Reihenfolge“ lassen sich "
                "gleich dort ändern; danach „Speichern“ drücken.",
                "pages_menuentry_changelist",
                Picture(
                    "img/guide/menue.webp",
                    "Die Liste der Menüeinträge mit den Spalten Seite, Wo, Text und Reihenfolge.",
                    "#content h1",
                ),
            ),
            Step("Ein neuer Eintrag: „Menüeintrag hinzufügen“, dann die „Seite“ wählen.", "pages_menuentry_changelist"),
        ),
        "Eine Seite, die nicht öffentlich ist, erscheint auch im Menü nicht.",
    ),
    Task(
        "anfragen-beantworten",
        "Anfragen beantworten",
        "Was Besucher über das Portal schreiben, steht auf „Heute“, bis es jemand abhakt.",
        "properties.change_enquiry",
        (
            Step("Die Anfrage öffnen: Name, „E-Mail“ und „Nachricht“ stehen dort.", "properties_enquiry_change"),
            Step(
                "Antworten Sie aus dem eigenen Postfach. Ob der Kontakt des Angebots schon eine E-Mail bekommen hat, "
                "steht unter „Stand“.",
                "properties_enquiry_change",
            ),
            Step("„Erledigt“ drücken. Die Anfrage verschwindet von der Startseite.", "properties_enquiry_change"),
        ),
        "Nach 180 Tagen löscht das Portal Anfragen von selbst.",
    ),
    Task(
        "adresse-umleiten",
        "Eine alte Adresse umleiten",
        "Damit gedruckte und verlinkte Adressen weiter ankommen.",
        "publishing.add_redirect",
        (
            Step(
                "Unter Weiterleitungen „Weiterleitung hinzufügen“ drücken.",
                "publishing_redirect_changelist",
            ),
            Step(
                "Die „Alte Adresse“ ohne den Namen der Website eintragen, zum Beispiel /de/presse/, und die „Neue "
                "Adresse“ dazu. Bleibt sie leer, sagt die alte, dass der Inhalt entfernt ist.",
                "publishing_redirect_add",
                Picture(
                    "img/guide/umleiten.webp",
                    "Das Formular für eine Weiterleitung mit den Feldern alte Adresse und neue Adresse.",
                    "#content h1",
                ),
            ),
            Step("„Speichern“ drücken und die alte Adresse im Browser ausprobieren.", "publishing_redirect_add"),
        ),
        "Wer die Adresse eines Beitrags im Formular ändert, braucht das nicht: Die alte leitet von selbst weiter.",
    ),
)


def tasks_for(user):
    return [task for task in TASKS if user.has_perm(task.permission)]


@require_safe
def guide(request, site):
    context = site.each_context(request) | {"title": "So geht’s", "tasks": tasks_for(request.user)}
    return TemplateResponse(request, "admin/guide.html", context)


@require_safe
def guide_task(request, slug, site):
    tasks = tasks_for(request.user)
    task = next((one for one in tasks if one.slug == slug), None)
    if task is None:
        raise Http404
    width, height = PICTURE_SIZE
    context = site.each_context(request) | {
        "title": task.title,
        "task": task,
        "tasks": tasks,
        "picture_width": width,
        "picture_height": height,
    }
    return TemplateResponse(request, "admin/guide_task.html", context)

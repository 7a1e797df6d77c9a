from django.urls import path

from competition.jury_area import declaring, rating, reading, start, voting

app_name = "jury"
urlpatterns = [
    path("", start.start, name="start"),
    path("abmelden/", start.log_out, name="log-out"),
    path("runden/<int:pk>/", start.round_page, name="round"),
    path("runden/<int:pk>/befangenheit/", declaring.declare, name="declare"),
    path("runden/<int:pk>/uebersicht/", rating.overview, name="overview"),
    path("runden/<int:pk>/mittelwerte/", rating.means, name="means"),
    path("runden/<int:pk>/lesemappe/", reading.reading_folder, name="reading-folder"),
    path("runden/<int:pk>/lesemappe.pdf", reading.reading_folder_pdf, name="reading-folder-pdf"),
    path("runden/<int:pk>/abstimmung/", voting.ballot, name="ballot"),
    path("runden/<int:pk>/abstimmung/bestaetigen/", voting.confirm, name="confirm-vote"),
    path("runden/<int:pk>/abstimmung/abgeben/", voting.cast, name="cast-vote"),
    path("beitraege/<int:pk>/", reading.entry_page, name="entry"),
    path("beitraege/<int:pk>/befangenheit/", declaring.declare_one, name="declare-one"),
    path("beitraege/<int:pk>/bewertung/", rating.rate, name="rate"),
    path("beitraege/<int:pk>/entwurf/", rating.save_draft, name="save-draft"),
    path("unterlagen/<uuid:token>/", reading.paper, name="paper"),
    # Last: what is no address here answers like what is.
    path("<path:rest>", start.nothing_here, name="nothing-here"),
]

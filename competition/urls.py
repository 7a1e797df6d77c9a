from django.urls import path

from competition import feeds, views

app_name = "competition"
urlpatterns = [
    path("iq/", views.AwardHome.as_view(), name="index"),
    path("iq/preistraeger/", views.HallOfFame.as_view(), name="hall-of-fame"),
    path("iq/zahlen.csv", views.figures_csv, name="figures-csv"),
    path("iq/atom/", feeds.AwardFeed(), name="atom"),
    path("iq/<int:year>/", views.EditionDetail.as_view(), name="edition"),
    path("iq/<int:year>/finalisten/", views.Finalists.as_view(), name="finalists"),
    path("iq/<int:year>/preistraeger/", views.Winners.as_view(), name="winners"),
    path("iq/<int:year>/protokoll.json", views.record, name="record"),
    path("iq/<int:year>/beitraege/<slug:slug>/", views.EntryDetail.as_view(), name="entry"),
]

from django.urls import path

from events import feeds, views

app_name = "events"
urlpatterns = [
    path("termine/", views.EventList.as_view(), name="list"),
    path("termine/kalender.ics", feeds.subscription, name="calendar"),
    path("termine/monat/<int:year>/<int:month>/", views.EventMonth.as_view(), name="month"),
    path("termine/archiv/<int:year>/", views.EventArchive.as_view(), name="archive"),
    path("termine/<slug:slug>.ics", feeds.EventFile.as_view(), name="event-ics"),
    path("termine/<slug:slug>/", views.EventDetail.as_view(), name="detail"),
]

from django.urls import path

from properties import feeds, kinds
from properties.models import Hall, Land
from properties.views import compare, confirm, data, enquiry, expose, lists, map

LAND, HALL = {"model": Land}, {"model": Hall}

app_name = "properties"
urlpatterns = [
    path("flaechen/", lists.LandList.as_view(), name="land-list"),
    path("flaechen/karte/", map.LandMap.as_view(), name="land-map"),
    path("flaechen/vergleich/", compare.LandComparison.as_view(), name="land-compare"),
    path("flaechen/daten.csv", data.file_of(kinds.LAND, "csv"), name="land-csv"),
    path("flaechen/daten.xlsx", data.file_of(kinds.LAND, "xlsx"), name="land-xlsx"),
    path("flaechen/daten.geojson", data.file_of(kinds.LAND, "geojson"), name="land-geojson"),
    path("flaechen/atom/", feeds.LandFeed(), name="land-atom"),
    path("hallen/", lists.HallList.as_view(), name="hall-list"),
    path("hallen/karte/", map.HallMap.as_view(), name="hall-map"),
    path("hallen/vergleich/", compare.HallComparison.as_view(), name="hall-compare"),
    path("hallen/daten.csv", data.file_of(kinds.HALL, "csv"), name="hall-csv"),
    path("hallen/daten.xlsx", data.file_of(kinds.HALL, "xlsx"), name="hall-xlsx"),
    path("hallen/daten.geojson", data.file_of(kinds.HALL, "geojson"), name="hall-geojson"),
    path("hallen/atom/", feeds.HallFeed(), name="hall-atom"),
    path("flaechen/stand/<str:token>/", confirm.confirm, name="confirm"),
    path("flaechen/<slug:slug>/", expose.LandDetail.as_view(), name="land-detail"),
    path("flaechen/<slug:slug>/anfrage/", enquiry.enquire, LAND, name="land-enquiry"),
    path("flaechen/<slug:slug>/anfrage/danke/", enquiry.sent, LAND, name="land-enquiry-sent"),
    path("flaechen/<slug:slug>/expose.pdf", expose.as_pdf, LAND, name="land-pdf"),
    path("flaechen/<slug:slug>/qr.svg", expose.qr_code, LAND, name="land-qr"),
    path("hallen/<slug:slug>/", expose.HallDetail.as_view(), name="hall-detail"),
    path("hallen/<slug:slug>/anfrage/", enquiry.enquire, HALL, name="hall-enquiry"),
    path("hallen/<slug:slug>/anfrage/danke/", enquiry.sent, HALL, name="hall-enquiry-sent"),
    path("hallen/<slug:slug>/expose.pdf", expose.as_pdf, HALL, name="hall-pdf"),
    path("hallen/<slug:slug>/qr.svg", expose.qr_code, HALL, name="hall-qr"),
]

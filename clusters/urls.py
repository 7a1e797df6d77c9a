from django.urls import path

from clusters import views

app_name = "clusters"
urlpatterns = [
    path("cluster/", views.ClusterList.as_view(), name="list"),
    path("cluster/netzwerke/<slug:slug>/", views.NetworkDetail.as_view(), name="network"),
    path("cluster/<slug:slug>/", views.ClusterDetail.as_view(), name="detail"),
]

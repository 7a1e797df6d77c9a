from django.urls import path

from publishing import preview, views

urlpatterns = [
    path("media/<path:path>", views.media, name="media"),
    path("dokumente/<str:token>/<str:name>", views.document, name="document"),
    path("vorschau/<str:token>/", preview.shared_preview, name="preview"),
]

from django.urls import path

from publishing import preview, social_cards, views

urlpatterns = [
    path("media/<path:path>", views.media, name="media"),
    path("dokumente/<str:token>/<str:name>", views.document, name="document"),
    path("karten/<path:path>/<str:digest>.png", social_cards.social_card, name="social-card"),
    path("vorschau/<str:token>/", preview.shared_preview, name="preview"),
]

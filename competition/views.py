from django.views.generic import DetailView

from competition.models import Edition, Entry
from publishing.views import PublishedDetail


class EditionDetail(PublishedDetail):
    queryset = Edition.objects.published()


class EntryDetail(DetailView):
    queryset = Entry.objects.public()

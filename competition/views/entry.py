from django.http import Http404
from django.views.generic import DetailView

from competition.models import Award, Entry, Finalist
from competition.public_results import by_weight
from competition.structured_data import entry_json_ld
from competition.views.edition import award_crumb, edition_crumb
from publishing.redirects import Gone
from publishing.views import HOME, description


class EntryDetail(DetailView):
    queryset = Entry.objects.public().select_related("edition", "category__cluster", "image")

    def get_object(self, queryset=None):
        year, slug = self.kwargs["year"], self.kwargs["slug"]
        entry = self.get_queryset().filter(edition__year=year, slug=slug).first()
        if entry is not None and entry.get_absolute_url() == self.request.path:
            return entry
        if Entry.objects.formerly_public().filter(edition__year=year, slug=slug).exists():
            raise Gone
        raise Http404

    def get_context_data(self, **kwargs):
        entry = self.object
        awards = awards_of(entry)
        picture = entry.image or next((award.image for award in awards if award.image), None)
        return super().get_context_data(**kwargs) | {
            "title": f"{entry} ({entry.edition.year})",
            "description": description_of(entry),
            "breadcrumbs": [*trail_of(entry.edition), (entry.display_title, entry.get_absolute_url())],
            "awards": awards,
            "picture_of_entry": picture,
            "is_finalist": Finalist.objects.public().filter(entry=entry).exists(),
            "gallery": [one.image for one in entry.gallery.select_related("image") if one.image],
            "structured_data": entry_json_ld(entry, awards, picture),
        }


def awards_of(entry):
    awards = list(Award.objects.announced().filter(entry=entry).select_related("local_prize", "image"))
    for award in awards:
        award.edition, award.entry, award.category = entry.edition, entry, award.category_id and entry.category
    return by_weight(awards)


def trail_of(edition):
    return [HOME, award_crumb(), edition_crumb(edition)]


def description_of(entry):
    words = entry.summary or f"Beitrag von {entry.organisations} zum {entry.edition.title}."
    return description(words)

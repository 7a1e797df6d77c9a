from django.utils.http import urlencode
from django.views.generic import TemplateView

from properties.comparison import compare
from properties.kinds import HALL, LAND
from properties.remembered import MOST_COMPARED, Remembered
from properties.views.lists import REMEMBERED
from publishing.views import HOME

COMPARED = "objekte"


class ListingComparison(TemplateView):
    pages = None
    template_name = "properties/listing_compare.html"

    def get_context_data(self, **kwargs):
        asked = Remembered.from_address(self.request.GET.get(COMPARED, ""))
        comparison = compare(asked.numbers, self.pages.kind)
        for listing in comparison.listings:
            listing.forget_query = urlencode({COMPARED: asked.toggled(listing.number)})
        title = f"{self.pages.many} vergleichen"
        return super().get_context_data(**kwargs) | {
            "title": title,
            "description": f"{self.pages.title} der Metropolregion Mitteldeutschland nebeneinander.",
            "breadcrumbs": [HOME, (self.pages.title, self.pages.path("list")), (title, self.request.path)],
            "pages": self.pages,
            **self.pages.paths,
            "asked": asked,
            "comparison": comparison,
            "most": MOST_COMPARED,
            "hints": [*asked.hints, *hints_of(comparison, self.pages)],
            "list_query": urlencode({REMEMBERED: asked.parameter}) if asked else "",
            "compare_query": urlencode({COMPARED: asked.parameter}) if asked else "",
            "canonical_query": urlencode({COMPARED: asked.parameter}) if asked else "",
        }

    def render_to_response(self, context, **kwargs):
        response = super().render_to_response(context, **kwargs)
        if context["asked"]:
            response["X-Robots-Tag"] = "noindex"
        return response


class LandComparison(ListingComparison):
    pages = LAND


class HallComparison(ListingComparison):
    pages = HALL


def hints_of(comparison, pages):
    hints = []
    if comparison.unknown:
        hints.append(f"Nicht (mehr) im Angebot oder unbekannt: {', '.join(comparison.unknown)}.")
    if comparison.left_over:
        hints.append(
            f"Nebeneinander passen {MOST_COMPARED} {pages.many}. Noch nicht dabei: {', '.join(comparison.left_over)}. "
            "Nehmen Sie ein anderes Objekt heraus, rückt das nächste nach."
        )
    return hints

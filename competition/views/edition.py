from django.db.models import Exists, OuterRef, Subquery
from django.db.models.functions import Now
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_safe

from competition.booklet import Sponsors, juries_of, prizes_of, public_editions
from competition.models import Edition, ResultRecord
from competition.public_results import PublicResults
from competition.timeline import ceremony_place, timeline
from publishing.connections import connected_ends, connected_with
from publishing.models import Testimonial
from publishing.redirects import Gone
from publishing.views import HOME, PublishedDetail, description

AWARD = "IQ Innovationspreis"


def award_crumb():
    return AWARD, reverse("competition:index")


def edition_crumb(edition):
    return str(edition.year), edition.get_absolute_url()


class EditionPage(PublishedDetail):
    """A page of the edition whose year stands in the address."""

    url_name = "competition:edition"
    #: The moment from which there is such a page at all.
    public_from = None

    def get_object(self, queryset=None):
        year = self.kwargs.get("year")
        if year is None:
            # A preview asks by the slug, as for every other content.
            return super().get_object(queryset)
        if self.request.path != self.path_of(year):
            # /iq/02024/ would be the same page under a second address.
            raise Http404
        edition = self.get_queryset().filter(year=year).first()
        if edition is None:
            raise Gone if self.was_public(year) else Http404
        return edition

    def path_of(self, year):
        return reverse(self.url_name, args=[year])

    def was_public(self, year):
        gone = Edition.objects.formerly_public()
        if self.public_from:
            suspended = Edition.objects.published().filter(is_suspended=True)
            gone = (gone | suspended).filter(**{f"{self.public_from}__lte": Now()})
        return gone.filter(year=year).exists()


class EditionDetail(EditionPage):
    queryset = Edition.objects.published().select_related("image", "contact__photo")

    def get_queryset(self):
        # Few editions have voices: asked beside the edition, the others cost no question of their own.
        in_force = ResultRecord.objects.filter(edition=OuterRef("pk"), reopened_at__isnull=True)
        voices = Edition.testimonials.through.objects.filter(edition=OuterRef("pk"))
        return (
            super()
            .get_queryset()
            .annotate(
                connected_ends=connected_ends("wettbewerbsjahre"),
                has_testimonials=Exists(voices),
                results_sha256=Subquery(in_force.values("sha256")),
                results_closed_at=Subquery(in_force.values("closed_at")),
            )
        )

    def get_context_data(self, **kwargs):
        edition = self.object
        connected = {"connected": connected_with(edition)}
        return super().get_context_data(**kwargs) | booklet_context(edition) | connected | self.head_of(edition)

    def head_of(self, edition):
        return {
            "title": f"{AWARD} {edition.year}",
            "description": description(edition.teaser) or edition.title,
            "breadcrumbs": [HOME, award_crumb(), edition_crumb(edition)],
        }


class AwardHome(EditionDetail):
    """What the award is, and the edition of today."""

    template_name = "competition/index.html"

    def get_object(self, queryset=None):
        return self.get_queryset().newest_first().first()

    def get_context_data(self, **kwargs):
        if self.object is None:
            return super(EditionDetail, self).get_context_data(**kwargs) | self.head_of(None)
        context = super().get_context_data(**kwargs)
        if not context["testimonials"] and (voice := Testimonial.objects.select_related("photo").of_the_day()):
            context["testimonials"] = [voice]
        return context

    def head_of(self, edition):
        return {
            "title": AWARD,
            "description": "Der Innovationswettbewerb für Mitteldeutschland: Clustersieger, Gesamtsieger und lokale "
            "Preise, das aktuelle Wettbewerbsjahr und alle Preisträger seit 2005.",
            "breadcrumbs": [HOME, award_crumb()],
            "feeds": [("Atom", reverse("competition:atom"))],
        }


class Finalists(EditionPage):
    queryset = Edition.objects.with_public_finalists()
    template_name = "competition/finalists.html"
    url_name = "competition:finalists"
    public_from = "finalists_public_at"

    def get_context_data(self, **kwargs):
        edition = self.object
        results = PublicResults(edition)
        return super().get_context_data(**kwargs) | {
            "title": f"Finalisten {edition.year}",
            "description": f"Die Finalisten des {edition.title}: je Cluster die zwei besten Beiträge.",
            "breadcrumbs": [HOME, award_crumb(), edition_crumb(edition), ("Finalisten", self.request.path)],
            "results": results,
            "count": len(results.finalists),
        }


class Winners(EditionPage):
    queryset = Edition.objects.with_public_winners()
    template_name = "competition/winners.html"
    url_name = "competition:winners"
    public_from = "winners_public_at"

    def get_context_data(self, **kwargs):
        edition = self.object
        results = PublicResults(edition)
        return super().get_context_data(**kwargs) | {
            "title": f"Preisträger {edition.year}",
            "description": f"Die Preisträger des {edition.title}: Gesamtsieg, Clustersiege und lokale Preise.",
            "breadcrumbs": [HOME, award_crumb(), edition_crumb(edition), ("Preisträger", self.request.path)],
            "results": results,
            "count": len({award.entry_id for award in results.awards}),
            "has_final": bool(results.finalists),
            "ceremony_place": ceremony_place(edition),
            "gallery": [one.image for one in edition.gallery.select_related("image") if one.image],
        }


def booklet_context(edition):
    results = PublicResults(edition)
    local_prizes = list(edition.local_prizes.all())
    sponsors = Sponsors(edition)
    editions = list(public_editions())
    return {
        "edition": edition,
        "results": results,
        "steps": timeline(edition, has_finalists=bool(results.finalists)),
        "prizes": prizes_of(edition, results.categories, local_prizes, sponsors),
        "local_prizes": local_prizes,
        "sponsors": sponsors.all,
        "criteria": list(edition.criteria.all()),
        "juries": juries_of(edition, results.categories),
        "testimonials": list(edition.testimonials.select_related("photo")) if edition.has_testimonials else [],
        "contact": edition.contact if edition.contact and edition.contact.is_current else None,
        "editions": editions,
    }


@require_safe
def record(request, year):
    """The closed results, byte for byte as their published hash was made of them; from the announcement on."""
    if request.path != reverse("competition:record", args=[year]):
        raise Http404
    edition = get_object_or_404(Edition.objects.with_public_winners(), year=year)
    in_force = get_object_or_404(ResultRecord, edition=edition, reopened_at__isnull=True)
    response = HttpResponse(in_force.text, content_type="application/json; charset=utf-8")
    response["Content-Disposition"] = f'inline; filename="iq-{year}-protokoll.json"'
    return response

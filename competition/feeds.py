from django.db.models import Prefetch
from django.template.loader import render_to_string
from django.urls import reverse

from competition.models import Award, Edition
from competition.public_results import by_weight
from publishing.feeds import FullTextFeed


class AwardFeed(FullTextFeed):
    """Every edition whose winners have been announced, the last announcement first."""

    length = 10

    def title(self, obj):
        return "Preisträger des IQ Innovationspreises Mitteldeutschland"

    def description(self, obj):
        return "Wer den IQ Innovationspreis Mitteldeutschland gewonnen hat, sobald es verkündet ist."

    def page_url(self, obj):
        return reverse("competition:index")

    def feed_path(self, obj):
        return reverse("competition:atom")

    def items(self, obj):
        editions = Edition.objects.with_public_winners().order_by("-winners_public_at", "-year")
        awards = Award.objects.announced().select_related("entry", "category__cluster", "local_prize")
        return editions.prefetch_related(Prefetch("awards", awards, to_attr="announced_awards"))[: self.length]

    def item_title(self, item):
        return f"{item.title}: die Preisträger {item.year}"

    def item_link(self, item):
        return super().item_link(item) + "preistraeger/"

    def item_pubdate(self, item):
        return item.winners_public_at

    def item_updateddate(self, item):
        return item.winners_public_at

    def full_text(self, item):
        for award in item.announced_awards:
            award.edition = award.entry.edition = item
        return render_to_string("competition/feed_text.html", {"awards": by_weight(item.announced_awards)})

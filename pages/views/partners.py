from django.urls import reverse
from django.views.generic import TemplateView

from pages.models import Partner
from publishing.views import HOME


class PartnerList(TemplateView):
    template_name = "pages/partner_list.html"

    def get_context_data(self, **kwargs):
        partners = list(Partner.objects.shown().in_order())
        groups = [
            (heading, [one for one in partners if one.kind == kind]) for kind, heading in Partner.HEADINGS.items()
        ]
        return super().get_context_data(**kwargs) | {
            "title": "Partner",
            "description": "Wer die Europäische Metropolregion Mitteldeutschland trägt, fördert und begleitet.",
            "breadcrumbs": [HOME, ("Partner", reverse("pages:partner-list"))],
            "groups": [(heading, found) for heading, found in groups if found],
            "count": len(partners),
        }

from django.contrib import admin
from django.http import HttpResponseRedirect
from django.urls import reverse

from emmd.home import BANDS, default_places
from emmd.models import HomeBand, HomePage
from publishing.admin.base import PortalAdmin, PortalInline


class HomeBandInline(PortalInline):
    model = HomeBand
    readonly_fields = ("label",)
    fields = ("label", "position", "is_shown")
    can_delete = False
    max_num = 0

    def get_queryset(self, request):
        return super().get_queryset(request).filter(name__in=[band.name for band in BANDS])

    @admin.display(description="Abschnitt")
    def label(self, row):
        # The form that scripts would copy has no name.
        return next((band.label for band in BANDS if band.name == row.name), "")


@admin.register(HomePage)
class HomePageAdmin(PortalAdmin):
    autocomplete_fields = ("lead",)
    fields = ("lead", "lead_state")
    readonly_fields = ("lead_state",)
    inlines = (HomeBandInline,)

    @admin.display(description="zurzeit")
    def lead_state(self, page):
        if page.lead is None:
            return "Kein Aufmacher gewählt."
        if page.lead.is_public:
            return f"„{page.lead}“ führt die Startseite an."
        return f"„{page.lead}“ ist nicht öffentlich ({page.lead.state.label}). So lange führt ein anderer Beitrag."

    def changelist_view(self, request, extra_context=None):
        """There is one: straight to it."""
        if self.has_view_or_change_permission(request):
            return HttpResponseRedirect(reverse("admin:emmd_homepage_change", args=[HomePage.ONLY]))
        return super().changelist_view(request, extra_context)

    def get_object(self, request, object_id, from_field=None):
        if object_id == str(HomePage.ONLY):
            make_rows()
        return super().get_object(request, object_id, from_field)

    def has_add_permission(self, request):
        return False

    def has_delete_permission(self, request, obj=None):
        return False


def make_rows():
    """For bands that nobody has moved yet, so that they can be."""
    page, _ = HomePage.objects.get_or_create(pk=HomePage.ONLY)
    known = set(page.bands.values_list("name", flat=True))
    for band, place in default_places():
        if band.name not in known:
            HomeBand.objects.get_or_create(page=page, name=band.name, defaults={"position": place})

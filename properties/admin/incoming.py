"""What comes in about listings: read here, done elsewhere, ticked off. Nobody rewrites or invents it."""

from django.contrib import admin, messages
from django.utils import timezone
from django.utils.html import format_html

from properties.models import ChangeReport, Enquiry
from publishing.admin.base import PortalAdmin, admin_path
from publishing.admin.words import german_moment
from publishing.today import Panel


class OpenFilter(admin.SimpleListFilter):
    title = "Stand"
    parameter_name = "offen"

    def lookups(self, request, model_admin):
        return [("ja", "offen"), ("nein", "erledigt")]

    def queryset(self, request, queryset):
        is_open = {"ja": True, "nein": False}.get(self.value())
        return queryset if is_open is None else queryset.filter(handled_at__isnull=is_open)


class IncomingAdmin(PortalAdmin):
    """Of rows with a `listing` and `handled_at`. Subclasses name `came_at` and the title of their panel."""

    change_form_template = "admin/properties/incoming_change_form.html"
    came_at = ""
    panel_title = ""
    list_filter = (OpenFilter,)
    actions = ("mark_handled",)

    def get_queryset(self, request):
        return super().get_queryset(request).for_user(request.user)

    def get_readonly_fields(self, request, obj=None):
        return [name for _, options in self.fieldsets for name in options["fields"]]

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return super().has_change_permission(request, obj) and self._is_own(request, obj)

    def has_view_permission(self, request, obj=None):
        return super().has_view_permission(request, obj) and self._is_own(request, obj)

    def _is_own(self, request, row):
        return row is None or self.model.objects.for_user(request.user).filter(pk=row.pk).exists()

    @admin.display(description="Angebot", ordering="listing__title")
    def listing_label(self, row):
        return f"{row.listing.number} {row.listing}"

    @admin.display(description="Angebot")
    def listing_link(self, row):
        return format_html('<a href="{}">{}</a>', admin_path(row.listing.specific), self.listing_label(row))

    @admin.display(description="eingegangen")
    def came_label(self, row):
        return german_moment(getattr(row, self.came_at))

    @admin.display(description="erledigt", ordering="handled_at")
    def handled_label(self, row):
        return german_moment(row.handled_at)

    def save_model(self, request, obj, form, change):
        """The form has one button: done."""
        if obj.handled_at is None:
            obj.handled_at = timezone.now()
            obj.save(update_fields=["handled_at"])

    @admin.action(description="Als erledigt kennzeichnen", permissions=["change"])
    def mark_handled(self, request, queryset):
        count = queryset.filter(handled_at=None).update(handled_at=timezone.now())
        text = "Ein Eintrag ist erledigt." if count == 1 else f"{count} Einträge sind erledigt."
        self.message_user(request, text, messages.SUCCESS)

    def due_today(self, request):
        yield Panel.of(
            self.panel_title,
            self.model.objects.for_user(request.user)
            .filter(handled_at=None)
            .select_related("listing")
            .order_by(self.came_at),
            note=self.came_label,
            query=f"?{OpenFilter.parameter_name}=ja",
            order=8,
        )


@admin.register(Enquiry)
class EnquiryAdmin(IncomingAdmin):
    came_at = "received_at"
    panel_title = "Anfragen zu Flächen und Hallen"
    list_display = ("name", "organisation", "listing_label", "came_label", "handled_label", "mail_label")
    list_select_related = ("listing", "mail")
    search_fields = ("name", "organisation", "email", "listing__title", "listing__number")
    fieldsets = (
        (None, {"fields": ("listing_link", "name", "organisation", "email", "phone", "message")}),
        ("Stand", {"fields": ("came_label", "handled_label", "mail_label", "forgotten_on")}),
    )

    @admin.display(description="E-Mail an den Kontakt")
    def mail_label(self, enquiry):
        return enquiry.mail.get_state_display() if enquiry.mail else "keine: Bitte schreiben Sie dem Kontakt selbst."


@admin.register(ChangeReport)
class ChangeReportAdmin(IncomingAdmin):
    came_at = "reported_at"
    panel_title = "Änderungsmeldungen zu Flächen und Hallen"
    list_display = ("listing_label", "text", "came_label", "handled_label")
    list_select_related = ("listing",)
    search_fields = ("text", "listing__title", "listing__number")
    fieldsets = ((None, {"fields": ("listing_link", "text", "came_label", "handled_label")}),)

"""What comes in from outside: read here, done elsewhere, ticked off. Nobody rewrites or invents it."""

from django.contrib import admin, messages
from django.utils import timezone

from publishing import incoming
from publishing.admin.base import PortalAdmin
from publishing.admin.words import german_moment
from publishing.today import Panel


class OpenFilter(admin.SimpleListFilter):
    title = "Stand"
    parameter_name = "offen"

    def lookups(self, request, model_admin):
        return [("ja", model_admin.open_word), ("nein", model_admin.done_word)]

    def queryset(self, request, queryset):
        is_open = {"ja": True, "nein": False}.get(self.value())
        return queryset if is_open is None else queryset.filter(handled_at__isnull=is_open)


class IncomingAdmin(PortalAdmin):
    """Of rows with `handled_at`. Subclasses name `came_at` and the title of their panel."""

    change_form_template = "admin/publishing/incoming_change_form.html"
    open_word, done_word = "offen", "erledigt"
    came_at = "received_at"
    panel_title = ""
    list_filter = (OpenFilter,)
    actions = ("mark_handled",)

    def get_readonly_fields(self, request, obj=None):
        return [name for _, options in self.fieldsets for name in options["fields"]]

    def get_actions(self, request):
        actions = super().get_actions(request)
        if "mark_handled" in actions:
            function, name, _ = actions["mark_handled"]
            actions["mark_handled"] = function, name, f"Als {self.done_word} kennzeichnen"
        return actions

    def has_add_permission(self, request):
        return False

    @admin.display(description="eingegangen")
    def came_label(self, row):
        return german_moment(getattr(row, self.came_at))

    @admin.display(description="Stand", ordering="handled_at")
    def handled_label(self, row):
        return f"{self.done_word} {german_moment(row.handled_at)}" if row.handled_at else self.open_word

    @admin.display(description="E-Mail an den Kontakt")
    def mail_label(self, row):
        return row.mail.get_state_display() if row.mail else "keine: Bitte schreiben Sie dem Kontakt selbst."

    def save_model(self, request, obj, form, change):
        """The form has one button: done."""
        if obj.handled_at is None:
            obj.handled_at = timezone.now()
            obj.save(update_fields=["handled_at"])

    @admin.action(description="Als erledigt kennzeichnen", permissions=["change"])
    def mark_handled(self, request, queryset):
        count = queryset.filter(handled_at=None).update(handled_at=timezone.now())
        text = f"Ein Eintrag ist {self.done_word}." if count == 1 else f"{count} Einträge sind {self.done_word}."
        self.message_user(request, text, messages.SUCCESS)

    def open_rows(self, request):
        return self.get_queryset(request).filter(handled_at=None).order_by(self.came_at)

    def due_today(self, request):
        yield Panel.of(
            self.panel_title,
            self.open_rows(request),
            note=self.came_label,
            query=f"?{OpenFilter.parameter_name}=ja",
            order=8,
        )


class WithMailAdmin(IncomingAdmin):
    """Of rows whose words went on in a mail: its copy is deleted with them."""

    def delete_model(self, request, obj):
        self.delete_queryset(request, self.model.objects.filter(pk=obj.pk))

    def delete_queryset(self, request, queryset):
        incoming.delete_with_mails(queryset)

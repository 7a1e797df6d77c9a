from django.contrib import admin, messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.template.response import TemplateResponse

from publishing import outbox
from publishing.admin.base import PortalAdmin
from publishing.admin.due import Due, DueFilter, due_panels
from publishing.models import OutgoingMail

WRITTEN = OutgoingMail.WRITTEN
CHANGED_MEANWHILE = "Es ist nichts gesendet: Inzwischen hat jemand den Text geändert. Bitte lesen Sie die neue Fassung."
KNOWN = (
    *("state", "purpose", "related_label", "prepared_at", "prepared_by"),
    *("sent_at", "sent_by", "attempts", "last_error"),
)


def failed(rows):
    return rows.failed()


def waiting_for_somebody(rows):
    return rows.prepared_by_hand()


@admin.register(OutgoingMail)
class OutgoingMailAdmin(PortalAdmin):
    """The outbox: read, corrected and sent here. What was sent stays as it was; nothing is ever deleted."""

    list_display = ("subject", "to", "purpose", "related_label", "state", "prepared_at", "sent_at")
    list_filter = ("state", "purpose", DueFilter)
    due = {
        "nicht-gesendet": Due("nicht hinausgegangen", failed, lambda mail: mail.last_error, 5),
        "warten": Due("warten auf das Senden", waiting_for_somebody, order=40),
    }
    search_fields = ("to", "subject", "related_label")
    list_select_related = ()
    date_hierarchy = "prepared_at"
    actions = ("send_after_reading", "discard")
    fieldsets = ((None, {"fields": WRITTEN}), ("Stand", {"fields": KNOWN}))

    def has_add_permission(self, request):
        return False

    def has_delete_permission(self, request, obj=None):
        return False

    def get_readonly_fields(self, request, obj=None):
        return KNOWN if obj is None or obj.is_waiting else (*WRITTEN, *KNOWN)

    def has_change_permission(self, request, obj=None):
        return super().has_change_permission(request, obj) and (obj is None or obj.is_waiting)

    def save_model(self, request, obj, form, change):
        # Only what was typed, and only as long as nobody has sent it meanwhile.
        if not OutgoingMail.objects.waiting().at_rest().filter(pk=obj.pk).update(**obj.wording):
            self.message_user(
                request, "Diese E-Mail ist inzwischen gesendet worden oder wird gerade gesendet.", messages.ERROR
            )

    @admin.action(description="Senden …", permissions=["change"])
    def send_after_reading(self, request, queryset):
        """First the real texts, then the sending."""
        mails = list(queryset.waiting().order_by("pk"))
        if not mails:
            self.message_user(
                request, "Gesendete und verworfene E-Mails werden nicht noch einmal gesendet.", messages.ERROR
            )
            return None
        if "confirmed" not in request.POST:
            return self._preview(request, mails)
        changed = [mail for mail in mails if request.POST.get(f"gelesen-{mail.pk}") != mail.fingerprint]
        if changed:
            self.message_user(request, CHANGED_MEANWHILE, messages.ERROR)
            return self._preview(request, [*changed, *(mail for mail in mails if mail not in changed)], changed)
        results = [outbox.send(mail, by=request.user) for mail in mails]
        self._report(request, sent=results.count(True), failed=results.count(False))
        return None

    def _preview(self, request, mails, changed=()):
        context = self.admin_site.each_context(request) | {
            "title": "Eine E-Mail senden" if len(mails) == 1 else f"{len(mails)} E-Mails senden",
            "opts": self.opts,
            "mails": mails,
            "changed": changed,
            "action_checkbox_name": ACTION_CHECKBOX_NAME,
        }
        return TemplateResponse(request, "admin/publishing/send_mails.html", context)

    def _report(self, request, *, sent, failed):
        if sent:
            self.message_user(
                request, "Eine E-Mail gesendet." if sent == 1 else f"{sent} E-Mails gesendet.", messages.SUCCESS
            )
        if failed:
            count = "Eine E-Mail ging" if failed == 1 else f"{failed} E-Mails gingen"
            self.message_user(
                request,
                f"{count} nicht hinaus. Der Grund steht bei der E-Mail; das Portal versucht es später noch einmal.",
                messages.ERROR,
            )

    @admin.action(description="Verwerfen", permissions=["change"])
    def discard(self, request, queryset):
        count = sum(outbox.discard(mail) for mail in queryset.waiting())
        self.message_user(
            request, "Eine E-Mail verworfen." if count == 1 else f"{count} E-Mails verworfen.", messages.SUCCESS
        )

    def due_today(self, request):
        return due_panels(self, OutgoingMail.objects.all())

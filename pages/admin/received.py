"""The admin of what visitors wrote through the contact page's forms."""

from django.contrib import admin
from django.utils.html import format_html

from pages.models import BarrierReport, ContactMessage
from publishing.admin.incoming import WithMailAdmin


@admin.register(ContactMessage)
class ContactMessageAdmin(WithMailAdmin):
    open_word, done_word = "neu", "beantwortet"
    panel_title = "Nachrichten aus dem Kontaktformular"
    list_display = ("name", "topic_label", "contact", "came_label", "handled_label", "mail_label")
    list_select_related = ("contact", "mail")
    search_fields = ("name", "email", "topic", "message")
    fieldsets = (
        (None, {"fields": ("topic_label", "name", "email", "message")}),
        ("Stand", {"fields": ("contact", "came_label", "handled_label", "mail_label", "forgotten_on")}),
    )

    @admin.display(description="Thema", ordering="topic")
    def topic_label(self, message):
        return message.topic or "ohne Thema"


@admin.register(BarrierReport)
class BarrierReportAdmin(WithMailAdmin):
    panel_title = "Gemeldete Barrieren"
    list_display = ("__str__", "message", "came_label", "handled_label", "mail_label")
    list_select_related = ("mail",)
    search_fields = ("path", "message", "name", "email")
    fieldsets = (
        (None, {"fields": ("page_link", "message", "name", "email")}),
        ("Stand", {"fields": ("came_label", "handled_label", "mail_label", "forgotten_on")}),
    )

    @admin.display(description="Seite")
    def page_link(self, report):
        return format_html('<a href="{0}">{0}</a>', report.path) if report.path else "nicht angegeben"

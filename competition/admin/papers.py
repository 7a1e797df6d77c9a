"""Confidential papers: rows in the form of an entry, and an address that notes who has opened one."""

from django import forms
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404
from django.urls import path, reverse
from django.utils.html import format_html
from django.views.decorators.http import require_safe

from competition.jury import without_recused
from competition.models import Entry, Paper
from competition.opening import handed_out
from publishing.admin.base import PortalInline, ReadOnlyAdmin


def papers_visible_to(user):
    return Paper.objects.filter(entry__in=without_recused(Entry.objects.all(), user))


class PaperForm(forms.ModelForm):
    class Meta:
        # The stock widget would link to the file: it has no address.
        widgets = {"file": forms.FileInput(attrs={"accept": "application/pdf,.pdf"})}


class PaperInline(PortalInline):
    model = Paper
    form = PaperForm
    fields = ("title", "file", "order", "open_link")
    readonly_fields = ("open_link",)

    def get_queryset(self, request):
        visible = papers_visible_to(request.user)
        return super().get_queryset(request).filter(pk__in=visible.values("pk"))

    @admin.display(description="gespeicherte Datei")
    def open_link(self, paper):
        if not paper.pk:
            return "–"
        return format_html('<a href="{}">Öffnen</a>', reverse("admin:competition_paper_open", args=[paper.token]))


@admin.register(Paper)
class PaperAdmin(ReadOnlyAdmin):
    """Only for reading: papers are added and taken away in the form of their entry."""

    list_display = ("title", "entry", "uploaded_at")
    list_display_links = None
    actions = None

    def get_queryset(self, request):
        return papers_visible_to(request.user).select_related("entry__edition")

    def has_module_permission(self, request):
        return False

    def get_urls(self):
        wrap = self.admin_site.admin_view
        open_paper = path("<uuid:token>/oeffnen/", wrap(require_safe(self.open_paper)), name="competition_paper_open")
        return [open_paper, *super().get_urls()]

    def open_paper(self, request, token):
        if not self.has_view_permission(request):
            raise PermissionDenied
        paper = get_object_or_404(self.get_queryset(request), token=token)
        # Saved, never shown by the browser under the portal's own address.
        return handed_out(request, paper, to_save=True)

"""Confidential papers: rows in the form of an entry, and an address that notes who has opened one."""

from django import forms
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import FileResponse, Http404
from django.shortcuts import get_object_or_404
from django.urls import path, reverse
from django.utils.html import format_html
from django.views.decorators.http import require_safe

from competition.jury import without_recused
from competition.models import Entry, LogEntry, Paper
from competition.results import log
from publishing.admin.base import PortalAdmin, PortalInline
from publishing.slugs import german_slug


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
class PaperAdmin(PortalAdmin):
    """Only for reading: papers are added and taken away in the form of their entry."""

    list_display = ("title", "entry", "uploaded_at")
    list_display_links = None
    actions = None

    def get_queryset(self, request):
        return papers_visible_to(request.user).select_related("entry__edition")

    def has_module_permission(self, request):
        return False

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False

    def get_urls(self):
        wrap = self.admin_site.admin_view
        open_paper = path("<uuid:token>/oeffnen/", wrap(require_safe(self.open_paper)), name="competition_paper_open")
        return [open_paper, *super().get_urls()]

    def open_paper(self, request, token):
        if not self.has_view_permission(request):
            raise PermissionDenied
        paper = get_object_or_404(self.get_queryset(request), token=token)
        try:
            file = paper.file.open()
        except FileNotFoundError as error:
            raise Http404 from error
        if request.method == "GET":
            log(paper.entry.edition, LogEntry.Act.DOWNLOADED, request.user, f"{paper.entry}: {paper.title}")
        name = f"{german_slug(f'{paper.entry.organisation} {paper.title}') or 'unterlage'}.pdf"
        # Saved, never shown by the browser under the portal's own address.
        return FileResponse(file, as_attachment=True, filename=name, content_type="application/pdf")

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import path, reverse
from django.views.decorators.http import require_safe

from publishing import redirect_import
from publishing.admin.base import PortalAdmin
from publishing.models import Redirect
from publishing.tables import CSV_TYPE


class ImportForm(forms.Form):
    file = forms.FileField(
        label="CSV-Datei",
        help_text="Zwei Spalten, mit Semikolon oder Komma getrennt: alte Adresse; neue Adresse. Statt der neuen "
        "Adresse darf „entfernt“ stehen. Eine Überschrift (alt;neu) ist erlaubt. Höchstens 1 MB.",
        widget=forms.FileInput(attrs={"accept": ".csv,.txt,text/csv"}),
    )

    def clean_file(self):
        file = self.cleaned_data["file"]
        # Read no further than what is taken.
        self.text = redirect_import.decoded(file.read(redirect_import.LARGEST_FILE + 1))
        return file


class RedirectForm(forms.ModelForm):
    def clean_old_path(self):
        old_path = self.cleaned_data["old_path"]
        if "old_path" in self.changed_data and redirect_import.addresses_of_pages([old_path]):
            raise ValidationError(f"{redirect_import.HAS_PAGE} Die Weiterleitung hätte keine Wirkung.")
        return old_path


class TargetFilter(admin.SimpleListFilter):
    title = "Ziel"
    parameter_name = "ziel"

    def lookups(self, request, model_admin):
        return [("seite", "leitet weiter"), ("entfernt", "entfernt")]

    def queryset(self, request, queryset):
        if self.value() not in ("seite", "entfernt"):
            return queryset
        return queryset.filter(new_path="") if self.value() == "entfernt" else queryset.exclude(new_path="")


@admin.register(Redirect)
class RedirectAdmin(PortalAdmin):
    form = RedirectForm
    change_list_template = "admin/publishing/redirect_change_list.html"
    list_display = ("old_path", "target", "created_at")
    list_filter = (TargetFilter,)
    search_fields = ("old_path", "new_path")

    @admin.display(description="neue Adresse", ordering="new_path")
    def target(self, redirect):
        return redirect.new_path or redirect_import.GONE

    def get_urls(self):
        wrap = self.admin_site.admin_view
        return [
            path("importieren/", wrap(self.import_file), name="publishing_redirect_import"),
            path("exportieren/", wrap(require_safe(self.export_file)), name="publishing_redirect_export"),
            *super().get_urls(),
        ]

    def export_file(self, request):
        if not self.has_view_permission(request):
            raise PermissionDenied
        table = redirect_import.table_of(Redirect.objects.all())
        return HttpResponse(
            table,
            content_type=CSV_TYPE,
            headers={"Content-Disposition": 'attachment; filename="weiterleitungen.csv"'},
        )

    def import_file(self, request):
        """First the file, then the plan to read, then one press that saves all of it or nothing."""
        if not self.has_add_permission(request) or not self.has_change_permission(request):
            raise PermissionDenied
        if request.method == "POST" and "read" in request.POST:
            return self._save(request, request.POST.get("text", ""))
        form = ImportForm(request.POST or None, request.FILES or None)
        if request.method == "POST" and form.is_valid():
            try:
                return self._show_plan(request, form.text)
            except ValidationError as error:
                form.add_error("file", error)
        return render(request, "admin/publishing/import_redirects.html", self._context(request) | {"form": form})

    def _show_plan(self, request, text, *, is_new=True):
        plan = redirect_import.plan_for(redirect_import.read(text))
        context = self._context(request) | {"plan": plan, "text": text, "is_other": not is_new}
        return render(request, "admin/publishing/import_redirects_plan.html", context)

    def _save(self, request, text):
        try:
            # What was read comes back with the press: it is looked at as if it were new.
            text = redirect_import.decoded(text.encode(errors="surrogatepass"))
            plan = redirect_import.plan_for(redirect_import.read(text))
            if plan.fingerprint != request.POST["read"]:
                return self._show_plan(request, text, is_new=False)
            redirect_import.save(plan, source="Verwaltung", by=request.user)
        except ValidationError as error:
            self.message_user(request, " ".join(error.messages), messages.ERROR)
            return HttpResponseRedirect(reverse("admin:publishing_redirect_import"))
        except IntegrityError:
            # Somebody else saved one of them at the same moment.
            return self._show_plan(request, text, is_new=False)
        self.message_user(request, f"Übernommen: {len(plan.added)} neu, {len(plan.changed)} geändert.")
        return HttpResponseRedirect(reverse("admin:publishing_redirect_changelist"))

    def _context(self, request):
        return self.admin_site.each_context(request) | {"title": "Weiterleitungen importieren", "opts": self.opts}

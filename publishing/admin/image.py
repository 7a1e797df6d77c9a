from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models import Q
from django.http import FileResponse, Http404, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.urls import path, reverse
from django.utils.html import format_html

from publishing.admin.base import RestoringForm, UsedObjectAdmin, thumbnail_for_editors
from publishing.admin.words import german_moment
from publishing.models import Image
from publishing.templatetags.publishing import file_size
from publishing.today import Panel
from publishing.usage import with_usage_count

MOST_FILES_AT_ONCE = 40
ACCEPTED = "image/jpeg,image/png,image/webp,image/avif"


class TextFilter(admin.SimpleListFilter):
    title = "Alternativtext"
    parameter_name = "text"

    def lookups(self, request, model_admin):
        return [("fehlt", "fehlt"), ("vorhanden", "vorhanden oder schmückend")]

    def queryset(self, request, queryset):
        missing = Q(alternative_text="", is_decorative=False)
        return {"fehlt": queryset.filter(missing), "vorhanden": queryset.exclude(missing)}.get(self.value(), queryset)


class HiddenFilter(admin.SimpleListFilter):
    title = "Sichtbarkeit"
    parameter_name = "verborgen"

    def lookups(self, request, model_admin):
        return [("ja", "verborgen"), ("nein", "sichtbar")]

    def queryset(self, request, queryset):
        return {"ja": queryset.hidden(), "nein": queryset.shown()}.get(self.value(), queryset)


class UsageFilter(admin.SimpleListFilter):
    title = "Verwendung"
    parameter_name = "verwendet"

    def lookups(self, request, model_admin):
        return [("ja", "irgendwo verwendet"), ("nein", "nirgends verwendet")]

    def queryset(self, request, queryset):
        chosen = {"ja": {"usage_count__gt": 0}, "nein": {"usage_count": 0}}.get(self.value(), {})
        return queryset.filter(**chosen)


class SeveralFilesInput(forms.ClearableFileInput):
    allow_multiple_selected = True


class SeveralFilesField(forms.FileField):
    widget = SeveralFilesInput(attrs={"accept": ACCEPTED})

    def clean(self, data, initial=None):
        files = data if isinstance(data, list | tuple) else [data]
        if len(files) > MOST_FILES_AT_ONCE:
            raise ValidationError(f"Bitte höchstens {MOST_FILES_AT_ONCE} Bilder auf einmal hochladen.")
        return [super(SeveralFilesField, self).clean(one, initial) for one in files]


class UploadManyForm(forms.Form):
    files = SeveralFilesField(
        label="Bilder",
        help_text=f"Bis zu {MOST_FILES_AT_ONCE} Dateien: JPEG, PNG, WebP oder AVIF, je höchstens 30 MB.",
    )
    credit = forms.CharField(label="Bildnachweis", max_length=200, help_text="Gilt für alle diese Bilder.")
    licence = forms.CharField(label="Lizenz", max_length=200, required=False)


class ImageForm(RestoringForm):
    # The earlier file of a replaced picture no longer exists.
    kept_when_restored = ("original", "sha256", "width", "height", "byte_size")

    class Meta:
        widgets = {"original": forms.FileInput(attrs={"accept": ACCEPTED})}
        help_texts = {
            "original": "JPEG, PNG, WebP oder AVIF, am besten ab 1.920 Pixel Breite, höchstens 30 MB und 40 Megapixel. "
            "Wer bei einem Bild eine neue Datei wählt, ersetzt die bisherige überall, wo es steht."
        }


@admin.register(Image)
class ImageAdmin(UsedObjectAdmin):
    form = ImageForm
    change_form_template = "admin/publishing/image_change_form.html"
    change_list_template = "admin/publishing/image_change_list.html"
    list_display = ("thumbnail", "text_label", "credit", "size_label", "usage_label", "press_label", "created_label")
    list_display_links = ("thumbnail", "text_label")
    list_filter = (TextFilter, HiddenFilter, UsageFilter, "is_for_press")
    actions = ("hide_selected", "show_selected")
    search_fields = ("alternative_text", "caption", "credit", "licence")
    list_per_page = 40
    readonly_fields = ("used_in", "size_label")
    fieldsets = (
        (None, {"fields": ("original", "size_label")}),
        (
            "Beschreibung",
            {"fields": ("alternative_text", "is_decorative", "caption", "credit", "licence", "is_for_press")},
        ),
        (
            "Bildmitte",
            {
                "fields": (("focal_x", "focal_y"),),
                "description": "Klicken Sie im Bild auf das Wichtigste: Es bleibt auch im Ausschnitt sichtbar.",
            },
        ),
        ("Verwendung", {"fields": ("used_in",)}),
    )

    def get_queryset(self, request):
        return with_usage_count(super().get_queryset(request))

    @admin.display(description="Verwendung", ordering="usage_count")
    def usage_label(self, image):
        return f"{image.usage_count}-mal" if image.usage_count else "nirgends"

    @admin.display(description="Bild")
    def thumbnail(self, image):
        tag = '<img class="thumbnail" src="{}" alt="{}" width="120" loading="lazy">'
        mark = format_html('<br><span class="state state-hidden">{}</span>', "verborgen") if image.is_hidden else ""
        return format_html("{}{}", format_html(tag, thumbnail_for_editors(image), image), mark)

    @admin.display(description="Alternativtext", ordering="alternative_text")
    def text_label(self, image):
        if image.has_text_or_is_decorative:
            return image.alternative_text or "(schmückend)"
        return format_html('<span class="state state-missing">{}</span>', "Alternativtext fehlt")

    @admin.display(description="Größe")
    def size_label(self, image):
        if not image.width:
            return "–"
        return f"{image.width} × {image.height} Pixel, {file_size(image.byte_size)}"

    @admin.display(description="Pressebild", ordering="is_for_press")
    def press_label(self, image):
        return "ja" if image.is_for_press else "–"

    @admin.display(description="hochgeladen", ordering="created_at")
    def created_label(self, image):
        return german_moment(image.created_at)

    def get_urls(self):
        wrap = self.admin_site.admin_view
        return [
            path("hochladen/", wrap(self.upload_many), name="publishing_image_upload_many"),
            path("<int:pk>/verborgen/", wrap(self.hidden_picture), name="publishing_image_hidden"),
            path("<int:pk>/miniatur/", wrap(self.thumbnail_data), name="publishing_image_thumbnail"),
            *super().get_urls(),
        ]

    def upload_many(self, request):
        # Without the right to change them, nobody could say afterwards what the pictures show.
        if not self.has_add_permission(request) or not self.has_change_permission(request):
            raise PermissionDenied
        form = UploadManyForm(request.POST or None, request.FILES or None)
        if request.method == "POST" and request.headers.get("Accept") == "application/json":
            return self._answer_script(request, form)
        if request.method == "POST" and form.is_valid():
            taken, refused = self._take(request, form.cleaned_data)
            self._tell(request, taken, refused)
            return HttpResponseRedirect(reverse("admin:publishing_image_changelist") + ("?text=fehlt" if taken else ""))
        context = self.admin_site.each_context(request) | {
            "title": "Mehrere Bilder hochladen",
            "form": form,
            "opts": self.opts,
            "most_files": MOST_FILES_AT_ONCE,
        }
        return render(request, "admin/publishing/upload_many.html", context)

    def _answer_script(self, request, form):
        """The script sends each file by itself, and says of each what became of it."""
        if not form.is_valid():
            reasons = " ".join(error for errors in form.errors.values() for error in errors)
            return JsonResponse({"is_taken": False, "text": reasons})
        taken, refused = self._take(request, form.cleaned_data)
        if refused:
            return JsonResponse({"is_taken": False, "text": " ".join(reason for _, reason in refused)})
        paths = [reverse("admin:publishing_image_change", args=[image.pk]) for image in taken]
        return JsonResponse({"is_taken": True, "text": "übernommen", "path": paths[0]})

    def _take(self, request, data):
        taken, refused = [], []
        for file in data["files"]:
            image = Image(original=file, credit=data["credit"], licence=data["licence"])
            image._history_user = request.user
            try:
                with transaction.atomic():
                    image.full_clean()
                    image.save()
            except ValidationError as error:
                refused.append((file.name, " ".join(error.messages)))
            else:
                taken.append(image)
        return taken, refused

    def _tell(self, request, taken, refused):
        for name, reason in refused:
            self.message_user(request, f"„{name}“ wurde nicht übernommen. {reason}", messages.ERROR)
        if taken:
            text = (
                "Ein Bild ist hochgeladen. Bitte ergänzen Sie"
                if len(taken) == 1
                else f"{len(taken)} Bilder sind hochgeladen. Bitte ergänzen Sie"
            )
            self.message_user(request, f"{text} den Alternativtext.", messages.SUCCESS)

    def thumbnail_data(self, request, pk):
        image = self.get_object(request, pk)
        if image is None or not self.has_view_permission(request, image):
            raise Http404
        label = f"Verborgen: {image}" if image.is_hidden else str(image)
        return JsonResponse({"src": thumbnail_for_editors(image), "label": label})

    def hidden_picture(self, request, pk):
        image = self.get_object(request, pk)
        if image is None or not self.has_view_permission(request, image):
            raise Http404
        try:
            return FileResponse(default_storage.open(f"{image.public_name}-{image.public_widths[-1]}.webp"))
        except FileNotFoundError as error:
            raise Http404 from error

    @admin.action(description="Ausgewählte verbergen", permissions=["change"])
    def hide_selected(self, request, queryset):
        for image in queryset:
            image.hide(although_kept=True)
        self.message_user(request, "Die ausgewählten Bilder sind auf allen Seiten verborgen.", messages.SUCCESS)

    @admin.action(description="Ausgewählte wieder zeigen", permissions=["change"])
    def show_selected(self, request, queryset):
        for image in queryset:
            image.keep()
        self.message_user(request, "Die ausgewählten Bilder sind wieder zu sehen, wo sie standen.", messages.SUCCESS)

    def delete_queryset(self, request, queryset):
        for image in queryset:
            image.delete()

    def due_today(self, request):
        if not self.has_change_permission(request):
            return []
        return [Panel.of("Bilder ohne Alternativtext", Image.objects.without_text(), query="?text=fehlt", order=40)]

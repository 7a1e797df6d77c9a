from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Q
from django.http import Http404, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.urls import path, reverse
from django.utils.html import format_html

from publishing.admin.base import RestoringForm, UsedObjectAdmin
from publishing.admin.words import german_moment
from publishing.models import Image
from publishing.templatetags.publishing import file_size
from publishing.today import Panel

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


@admin.register(Image)
class ImageAdmin(UsedObjectAdmin):
    form = ImageForm
    change_form_template = "admin/publishing/image_change_form.html"
    change_list_template = "admin/publishing/image_change_list.html"
    list_display = ("thumbnail", "text_label", "credit", "size_label", "press_label", "created_label")
    list_display_links = ("thumbnail", "text_label")
    list_filter = (TextFilter, "is_for_press")
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

    @admin.display(description="Bild")
    def thumbnail(self, image):
        tag = '<img class="thumbnail" src="{}" alt="{}" width="120" loading="lazy">'
        return format_html(tag, image.thumbnail_url, image)

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
            path("<int:pk>/miniatur/", wrap(self.thumbnail_data), name="publishing_image_thumbnail"),
            *super().get_urls(),
        ]

    def upload_many(self, request):
        # Without the right to change them, nobody could say afterwards what the pictures show.
        if not self.has_add_permission(request) or not self.has_change_permission(request):
            raise PermissionDenied
        form = UploadManyForm(request.POST or None, request.FILES or None)
        if request.method == "POST" and form.is_valid():
            taken, refused = self._take(request, form.cleaned_data)
            self._tell(request, taken, refused)
            return HttpResponseRedirect(reverse("admin:publishing_image_changelist") + ("?text=fehlt" if taken else ""))
        context = self.admin_site.each_context(request) | {
            "title": "Mehrere Bilder hochladen",
            "form": form,
            "opts": self.opts,
        }
        return render(request, "admin/publishing/upload_many.html", context)

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
        return JsonResponse({"src": image.thumbnail_url, "label": str(image)})

    def delete_queryset(self, request, queryset):
        for image in queryset:
            image.delete()

    def due_today(self, request):
        if not self.has_change_permission(request):
            return []
        return [Panel.of("Bilder ohne Alternativtext", Image.objects.without_text(), query="?text=fehlt", order=40)]

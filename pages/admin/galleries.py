from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Max, Q
from django.http import HttpResponseRedirect
from django.shortcuts import render
from django.urls import path

from pages.models import Gallery, GalleryPhoto
from pages.views.galleries import GalleryDetail
from publishing.admin.base import PortalInline, key_of, thumbnail_for_editors
from publishing.admin.connections import ConnectedForm, Connects
from publishing.admin.published import PublishedAdmin
from publishing.models import Image
from publishing.name_search import named

OFFERED_AT_ONCE = 60
BETWEEN = 10


class GalleryForm(ConnectedForm):
    kept_when_restored = (*ConnectedForm.kept_when_restored, "last_number")


class GalleryPhotoInline(PortalInline):
    model = GalleryPhoto
    fields = ("image", "caption", "legal_ground", "legal_note", "order")
    ordering = ("order", "number")


class PicturesField(forms.ModelMultipleChoiceField):
    def clean(self, value):
        # No database can have such a number: a refusal, not an error.
        if any(key_of(str(one)) is None for one in value or ()):
            raise ValidationError("Eines dieser Bilder gibt es nicht (mehr). Bitte wählen Sie neu.")
        return super().clean(value)


class AddPhotosForm(forms.Form):
    images = PicturesField(Image.objects.none(), error_messages={"required": "Bitte wählen Sie mindestens ein Bild."})
    legal_ground = forms.ChoiceField(
        label="Rechtsgrundlage",
        choices=[("", "Bitte wählen"), *GalleryPhoto.LegalGround.choices],
        help_text="Gilt für alle diese Bilder.",
    )

    def __init__(self, gallery, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["images"].queryset = Image.objects.shown().exclude(gallery_photos__gallery=gallery)


@admin.register(Gallery)
class GalleryAdmin(Connects, PublishedAdmin):
    form = GalleryForm
    preview_view = GalleryDetail
    change_form_template = "admin/pages/gallery_change_form.html"
    list_display = ("title", "taken_on", "place", "state_label", "changed_label", "last_editor")
    list_filter = (*PublishedAdmin.list_filter, "is_example")
    search_fields = (*PublishedAdmin.search_fields, "place")
    inlines = (GalleryPhotoInline,)
    fieldsets = (
        (None, {"fields": ("title", "teaser", ("taken_on", "place"), "body", "is_example")}),
        ("Bild in Listen", {"fields": ("image",)}),
        ("Verknüpfungen", {"fields": ("connected_with",)}),
        PublishedAdmin.publication_fieldset,
    )

    def get_urls(self):
        view = self.admin_site.admin_view(self.add_photos)
        return [path("<int:pk>/fotos/", view, name=self._url_name("add_photos")), *super().get_urls()]

    def add_photos(self, request, pk):
        """Many pictures of the library at once, in the order in which they were uploaded."""
        gallery = self._visible_item(request, pk)
        if not self.has_change_permission(request, gallery):
            raise PermissionDenied
        form = AddPhotosForm(gallery, request.POST or None)
        if request.method == "POST" and form.is_valid():
            self._add(gallery, form.cleaned_data)
            number = len(form.cleaned_data["images"])
            text = "Ein Foto ist dazugekommen." if number == 1 else f"{number} Fotos sind dazugekommen."
            self.message_user(request, text, messages.SUCCESS)
            return HttpResponseRedirect(self._address("change", pk))
        return render(request, "admin/pages/add_photos.html", self._context(request, gallery, form))

    def _context(self, request, gallery, form):
        words = request.GET.get("q", "")
        found = form.fields["images"].queryset
        if words:
            found = found.filter(named(words, "alternative_text", "caption", "credit"))
        chosen = form["images"].value() or []
        # What is ticked already stays on the page, whatever is looked for now.
        offered = [
            *found.filter(~Q(pk__in=_keys(chosen)))[:OFFERED_AT_ONCE],
            *found.model.objects.filter(pk__in=_keys(chosen)),
        ]
        return self.admin_site.each_context(request) | {
            "title": f"Fotos hinzufügen: {gallery}",
            "opts": self.opts,
            "gallery": gallery,
            "form": form,
            "words": words,
            "pictures": [(one, thumbnail_for_editors(one), str(one.pk) in chosen) for one in offered],
            "most": OFFERED_AT_ONCE,
        }

    @transaction.atomic
    def _add(self, gallery, data):
        last = gallery.photos.aggregate(last=Max("order"))["last"] or 0
        for place, image in enumerate(data["images"].order_by("created_at", "pk"), start=1):
            GalleryPhoto.objects.create(
                gallery=gallery,
                image=image,
                legal_ground=data["legal_ground"],
                order=min(last + place * BETWEEN, 32_767),
            )


def _keys(values):
    return [key for one in values if (key := key_of(str(one))) is not None]

from datetime import date

from django.http import Http404
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from pages.models import Gallery
from publishing import json_ld
from publishing.connections import connected_with
from publishing.lists import Choice, Filter, FilteredList
from publishing.redirects import Gone
from publishing.site_version import kept
from publishing.views import HOME, PublishedDetail, absolute, description, picture_address


class GalleryList(FilteredList):
    queryset = Gallery.objects.published().with_list_parts().latest_first()
    template_name = "pages/gallery_list.html"
    context_object_name = "galleries"
    paginate_by = 24

    def get_filters(self):
        years = kept(self.request, "galleries.years", years_of_galleries)
        return [Filter("jahr", "Jahr", [Choice(str(year), str(year)) for year in years], "Alle Jahre")]

    def filter_queryset(self, queryset, chosen):
        if "jahr" not in chosen:
            return queryset
        year = int(chosen["jahr"])
        return queryset.filter(taken_on__range=(date(year, 1, 1), date(year, 12, 31)))

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs) | {
            "title": "Galerien",
            "description": "Bilder von Veranstaltungen, Orten und Projekten in Mitteldeutschland.",
            "breadcrumbs": [HOME, list_crumb()],
        }


class GalleryDetail(PublishedDetail):
    queryset = Gallery.objects.published().with_page_parts()
    template_name = "pages/gallery_detail.html"

    def get_context_data(self, **kwargs):
        gallery = self.object
        photos = photos_of(gallery)
        return super().get_context_data(**kwargs) | {
            "title": gallery.title,
            "description": description(gallery.teaser),
            "breadcrumbs": gallery_trail(gallery),
            "photos": photos,
            "connected": connected_with(gallery),
            "structured_data": gallery_json_ld(gallery, photos),
        }


@require_safe
def photo_page(request, slug, number):
    gallery = public_gallery(slug)
    photos = photos_of(gallery)
    photo = shown_photo(gallery, photos, number)
    position = photos.index(photo)
    context = {
        "title": f"{gallery.title}: Foto {position + 1} von {len(photos)}",
        "description": description(photo.words or gallery.teaser),
        "breadcrumbs": [*gallery_trail(gallery), (f"Foto {position + 1}", photo.get_absolute_url())],
        "gallery": gallery,
        "photo": photo,
        "position": position + 1,
        "count": len(photos),
        "previous": photos[position - 1] if position else None,
        "next": photos[position + 1] if position + 1 < len(photos) else None,
        "structured_data": image_object(photo),
    }
    return render(request, "pages/gallery_photo.html", context)


def public_gallery(slug):
    """Of what was public once, the answer is that it is gone."""
    if found := GalleryDetail.queryset.filter(slug=slug).first():
        return found
    if Gallery.objects.formerly_public().filter(slug=slug).exists():
        raise Gone
    raise Http404


def photos_of(gallery):
    return list(gallery.photos.shown().in_order().select_related("image"))


def shown_photo(gallery, photos, number):
    if found := next((one for one in photos if one.number == number), None):
        return found
    # Removed, or hidden while somebody looks into it: this address has been given to visitors.
    if 1 <= number <= gallery.last_number:
        raise Gone
    raise Http404


def years_of_galleries():
    return list(
        Gallery.objects.published().order_by("-taken_on__year").values_list("taken_on__year", flat=True).distinct()
    )


def list_crumb():
    return "Galerien", reverse("pages:gallery-list")


def gallery_trail(gallery):
    return [HOME, list_crumb(), (gallery.title, gallery.get_absolute_url())]


def gallery_json_ld(gallery, photos):
    return json_ld.without_empty(
        {
            "@type": "ImageGallery",
            "name": gallery.title,
            "description": gallery.teaser,
            "url": absolute(gallery.get_absolute_url()),
            "dateCreated": gallery.taken_on.isoformat(),
            "contentLocation": gallery.place,
            "publisher": json_ld.organisation(),
            "image": [image_object(photo) for photo in photos],
        }
    )


def image_object(photo):
    return json_ld.without_empty(
        {
            "@type": "ImageObject",
            "contentUrl": picture_address(photo.image),
            "url": absolute(photo.get_absolute_url()),
            "caption": photo.words or photo.image.alternative_text,
            "creditText": photo.image.credit,
            "copyrightNotice": photo.image.licence,
            "width": photo.image.width,
            "height": photo.image.height,
        }
    )

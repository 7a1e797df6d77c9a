"""The exposé of a site: its page, the same as PDF, and the QR code that leads from paper to the page."""

from functools import partial

import qrcode
from django.db.models import Prefetch
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.safestring import mark_safe
from django.views.decorators.http import require_safe
from qrcode.image.svg import SvgPathImage

from properties.facts import facts
from properties.key_facts import key_facts
from properties.kinds import PAGES
from properties.models import Hall, Land, ListingDocument, ListingImage
from properties.remembered import MOST_COMPARED
from properties.similar import similar_to
from properties.small_map import small_map
from properties.structured_data import listing_json_ld
from publishing import pdf
from publishing.redirects import Gone
from publishing.views import HOME, PublishedDetail, absolute, description


class ListingDetail(PublishedDetail):
    template_name = "properties/expose.html"
    context_object_name = "listing"

    def get_queryset(self):
        return with_rows(super().get_queryset())

    def get(self, request, *args, **kwargs):
        try:
            return super().get(request, *args, **kwargs)
        except Gone:
            return gone(request, self.queryset.model)

    def get_context_data(self, **kwargs):
        listing = self.object
        similar = similar_to(listing)
        on_offer = similar if listing.availability == listing.Availability.TAKEN else [listing, *similar]
        return super().get_context_data(**kwargs) | {
            "title": listing.title,
            "description": description(listing.teaser),
            "breadcrumbs": [*trail(type(listing)), (listing.title, listing.get_absolute_url())],
            "similar": similar,
            "to_compare": ",".join(one.number for one in on_offer[:MOST_COMPARED]),
            "has_pdf": pdf.is_possible(),
            **addresses_of(listing),
            "structured_data": listing_json_ld(listing),
            **parts_of(listing),
        }


class LandDetail(ListingDetail):
    queryset = Land.objects.published().with_page_parts()


class HallDetail(ListingDetail):
    queryset = Hall.objects.published().with_page_parts()


@require_safe
def as_pdf(request, model, slug):
    if not pdf.is_possible():
        raise Http404
    listing = public_or_gone(with_rows(model.objects.published().with_page_parts()), slug)
    if listing is None:
        return gone(request, model)
    return pdf.kept_response(request, partial(make_pdf, request, listing), listing.slug)


def make_pdf(request, listing):
    address = absolute(listing.get_absolute_url())
    context = {"listing": listing, "address": address, "qr_code": qr_drawing(listing), **parts_of(listing)}
    return pdf.make_pdf(request, "properties/expose_pdf.html", context, **pdf.FOR_THE_SCREEN)


@require_safe
def qr_code(request, model, slug):
    """Leads to the page, whatever host name this request used."""
    listing = public_or_gone(model.objects.published().only("slug"), slug)
    if listing is None:
        return gone(request, model)
    return HttpResponse(qr_drawing(listing), content_type="image/svg+xml")


def qr_drawing(listing):
    address = absolute(listing.get_absolute_url())
    return mark_safe(qrcode.make(address, image_factory=SvgPathImage, border=2).to_string(encoding="unicode"))


def with_rows(listings):
    return listings.prefetch_related(
        "lots",
        "utilities",
        "distances",
        Prefetch("gallery", ListingImage.objects.select_related("image")),
        Prefetch("downloads", ListingDocument.objects.select_related("document")),
    )


def parts_of(listing):
    """What page and PDF have in common."""
    return {
        "kind": listing._meta.verbose_name,
        "key_facts": key_facts(listing),
        "facts": facts(listing),
        "map": small_map(listing),
        "gallery": [one.image for one in listing.gallery.all() if one.image],
        "downloads": [one.document for one in listing.downloads.all() if not one.document.is_withdrawn],
        "contact": listing.contact if listing.contact and listing.contact.is_current else None,
    }


def addresses_of(listing):
    pages = PAGES[listing.kind]
    return {
        "pages": pages,
        **pages.paths,
        **{
            f"{name}_path": reverse(f"properties:{listing.kind}-{name}", args=[listing.slug])
            for name in ("enquiry", "pdf", "qr")
        },
    }


def trail(model):
    pages = PAGES[model.KIND]
    return [HOME, (pages.title, pages.path("list"))]


def public_or_gone(listings, slug):
    """None where it was public once."""
    try:
        return get_object_or_404(listings, slug=slug)
    except Http404:
        if listings.model.objects.formerly_public().filter(slug=slug).exists():
            return None
        raise


def gone(request, model):
    pages = PAGES[model.KIND]
    return render(request, "properties/expose_gone.html", {"pages": pages, **pages.paths}, status=410)

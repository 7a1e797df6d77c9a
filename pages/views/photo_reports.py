"""The form with which somebody objects to a photo. A page of its own: it sets a cookie, the gallery does not."""

from functools import partial

from django.http import Http404
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from pages.photo_reports import PhotoReportForm, receive
from pages.views.galleries import gallery_trail, public_gallery
from publishing import public_forms
from publishing.incoming import forgotten_on
from publishing.page_cache import never_cache_for_strangers
from publishing.redirects import Gone


@require_http_methods(["GET", "HEAD", "POST"])
def report_photo(request, slug, number):
    photo = reported_photo(slug, number)
    if request.method != "POST" and photo.image is None:
        raise Gone
    return public_forms.answer(
        request,
        new_form=PhotoReportForm,
        sent_form=PhotoReportForm,
        show=partial(_form_page, request, photo),
        receive=partial(receive, photo),
        thank=partial(_thanks, photo),
    )


def form_has_expired(request, slug, number):
    show = partial(_form_page, request, reported_photo(slug, number))
    return public_forms.answer_when_expired(PhotoReportForm(request.POST), show)


report_photo.when_csrf_fails = form_has_expired


@require_safe
def reported(request, slug, number):
    """Answers while the photo itself is hidden, and after."""
    gallery = public_gallery(slug)
    if not 1 <= number <= gallery.last_number:
        raise Http404
    context = {"title": "Foto gemeldet", "gallery": gallery, "breadcrumbs": gallery_trail(gallery)}
    return never_cache_for_strangers(render(request, "pages/photo_reported.html", context))


def reported_photo(slug, number):
    """Hidden ones too: somebody else may have been quicker, and what this person writes must not be lost."""
    gallery = public_gallery(slug)
    if found := gallery.photos.select_related("image").filter(number=min(number, gallery.last_number + 1)).first():
        return found
    if 1 <= number <= gallery.last_number:
        raise Gone
    raise Http404


def _thanks(photo):
    return never_cache_for_strangers(redirect("pages:photo-reported", slug=photo.gallery.slug, number=photo.number))


def _form_page(request, photo, form, status=200):
    context = {
        "title": f"Foto melden: {photo.gallery.title}",
        "photo": photo,
        "gallery": photo.gallery,
        "form": form,
        "honeypot": public_forms.HONEYPOT,
        "forgotten_on": forgotten_on(),
        "breadcrumbs": [*gallery_trail(photo.gallery), ("Foto melden", request.path)],
    }
    return never_cache_for_strangers(render(request, "pages/report_photo.html", context, status=status))

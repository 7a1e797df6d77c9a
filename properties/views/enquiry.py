"""The form with which a visitor asks about a site. A page of its own: it sets a cookie, the exposé does not."""

from functools import partial

from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from properties.enquiries import EnquiryForm, receive
from properties.views.expose import addresses_of, gone, public_or_gone, trail
from publishing import public_forms
from publishing.incoming import forgotten_on
from publishing.page_cache import never_cache_for_strangers


@require_http_methods(["GET", "HEAD", "POST"])
def enquire(request, model, slug):
    listing = _offered(model, slug)
    if listing is None:
        return gone(request, model)
    return public_forms.answer(
        request,
        new_form=EnquiryForm,
        sent_form=EnquiryForm,
        show=partial(_form_page, request, listing),
        receive=partial(receive, listing),
        thank=partial(_thanks, listing),
    )


def form_has_expired(request, model, slug):
    listing = _offered(model, slug)
    if listing is None:
        return gone(request, model)
    return public_forms.answer_when_expired(EnquiryForm(request.POST), partial(_form_page, request, listing))


enquire.when_csrf_fails = form_has_expired


@require_safe
def sent(request, model, slug):
    listing = public_or_gone(model.objects.published().with_page_parts(), slug)
    if listing is None:
        return gone(request, model)
    context = _context(listing, "Anfrage gesendet")
    return never_cache_for_strangers(render(request, "properties/enquiry_sent.html", context))


def _offered(model, slug):
    """None where it was on offer once."""
    listing = public_or_gone(model.objects.published().with_page_parts(), slug)
    is_taken = listing is not None and listing.availability == model.Availability.TAKEN
    return None if is_taken else listing


def _thanks(listing):
    return never_cache_for_strangers(redirect(f"properties:{listing.kind}-enquiry-sent", slug=listing.slug))


def _form_page(request, listing, form, status=200):
    context = _context(listing, "Anfrage") | {
        "form": form,
        "honeypot": public_forms.HONEYPOT,
        "forgotten_on": forgotten_on(),
        "contact": listing.contact if listing.contact and listing.contact.is_current else None,
    }
    return never_cache_for_strangers(render(request, "properties/enquiry.html", context, status=status))


def _context(listing, title):
    addresses = addresses_of(listing)
    crumbs = [*trail(type(listing)), (listing.title, listing.get_absolute_url()), (title, addresses["enquiry_path"])]
    return {"title": f"{title} zu {listing.number}", "listing": listing, "breadcrumbs": crumbs, **addresses}

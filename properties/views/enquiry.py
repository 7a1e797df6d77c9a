"""The form with which a visitor asks about a site. A page of its own: it sets a cookie, the exposé does not."""

from allauth.core import ratelimit
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from properties.enquiries import HONEYPOT, EnquiryForm, receive
from properties.models.enquiry import forgotten_on
from properties.views.expose import addresses_of, gone, public_or_gone, trail
from publishing.page_cache import never_cache_for_strangers

EXPIRED = "Das Formular war abgelaufen. Ihre Eingaben sind noch da: Bitte senden Sie noch einmal."
TOO_MANY = (
    "Von Ihrem Anschluss kamen in kurzer Zeit sehr viele Anfragen. Ihre Eingaben sind noch da: "
    "Bitte warten Sie etwas und senden Sie dann noch einmal, oder nehmen Sie direkt Kontakt auf."
)


@require_http_methods(["GET", "HEAD", "POST"])
def enquire(request, model, slug):
    listing = _offered(model, slug)
    if listing is None:
        return gone(request, model)
    if request.method != "POST":
        return _form_page(request, listing, EnquiryForm())
    if request.POST.get(HONEYPOT):
        # No word of what gave it away.
        return _thanks(listing)
    form = EnquiryForm(request.POST)
    if not form.is_valid():
        return _form_page(request, listing, form)
    if not ratelimit.consume(request, action="enquiry"):
        form.add_error(None, TOO_MANY)
        return _form_page(request, listing, form, status=429)
    receive(listing, form.cleaned_data)
    return _thanks(listing)


def form_has_expired(request, model, slug):
    """Instead of Django's refusal: what was typed comes back with a fresh form."""
    listing = _offered(model, slug)
    if listing is None:
        return gone(request, model)
    form = EnquiryForm(request.POST)
    form.add_error(None, EXPIRED)
    return _form_page(request, listing, form, status=403)


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
        "honeypot": HONEYPOT,
        "forgotten_on": forgotten_on(),
        "contact": listing.contact if listing.contact and listing.contact.is_current else None,
    }
    return never_cache_for_strangers(render(request, "properties/enquiry.html", context, status=status))


def _context(listing, title):
    addresses = addresses_of(listing)
    crumbs = [*trail(type(listing)), (listing.title, listing.get_absolute_url()), (title, addresses["enquiry_path"])]
    return {"title": f"{title} zu {listing.number}", "listing": listing, "breadcrumbs": crumbs, **addresses}

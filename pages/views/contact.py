"""The contact page, which is the same for everybody, and its two forms, which set a cookie."""

from functools import partial

from django.conf import settings
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe
from django.views.generic import TemplateView

from pages import barriers, contact_messages
from pages.models import Office
from publishing import json_ld, public_forms
from publishing.incoming import forgotten_on
from publishing.models import Contact
from publishing.page_cache import never_cache_for_strangers
from publishing.views import HOME

#: Of the address of the form: the topic that is chosen there already.
TOPIC = "thema"


class ContactPage(TemplateView):
    template_name = "pages/contact.html"

    def get_context_data(self, **kwargs):
        office = Office.objects.select_related("contact").first()
        contacts = list(Contact.objects.current().with_topics().select_related("photo"))
        return super().get_context_data(**kwargs) | {
            "title": "Kontakt",
            "description": f"Wer bei der {settings.ORGANISATION_NAME} wofür da ist: Telefon, E-Mail und Anschrift.",
            "breadcrumbs": [HOME, ("Kontakt", reverse("pages:contact"))],
            "office": office,
            "contacts": contacts,
            "structured_data": contact_json_ld(office, contacts),
        }


def contact_json_ld(office, contacts):
    address = office and {
        "@type": "PostalAddress",
        "streetAddress": office.street,
        "postalCode": office.postcode,
        "addressLocality": office.town,
        "addressCountry": "DE",
    }
    points = [
        json_ld.without_empty(
            {
                "@type": "ContactPoint",
                "contactType": contact.role,
                "telephone": contact.phone_link.removeprefix("tel:") if contact.phone else "",
                "email": contact.email,
                "availableLanguage": settings.LANGUAGE_CODE,
            }
        )
        for contact in contacts
    ]
    return json_ld.without_empty(json_ld.organisation() | {"address": address, "contactPoint": points})


# --- the form for everything


@require_http_methods(["GET", "HEAD", "POST"])
def write_message(request):
    topics = contact_messages.contacts_by_topic()
    form = partial(contact_messages.ContactForm, topics=topics)
    return public_forms.answer(
        request,
        new_form=partial(form, initial={"topic": request.GET.get(TOPIC, "")}),
        sent_form=form,
        show=partial(_message_page, request),
        receive=partial(contact_messages.receive, topics),
        thank=partial(_thanks, "pages:message-sent"),
    )


def message_has_expired(request):
    form = contact_messages.ContactForm(request.POST, topics=contact_messages.contacts_by_topic())
    return public_forms.answer_when_expired(form, partial(_message_page, request))


write_message.when_csrf_fails = message_has_expired


def _message_page(request, form, status=200):
    return _form_page(request, "pages/message.html", "Nachricht schreiben", "pages:message", status, form=form)


@require_safe
def message_sent(request):
    return _form_page(request, "pages/message_sent.html", "Nachricht gesendet", "pages:message-sent")


# --- the form for barriers


@require_http_methods(["GET", "HEAD", "POST"])
def report_barrier(request):
    path = barriers.own_path(request.GET.get(barriers.PAGE, ""))
    return public_forms.answer(
        request,
        new_form=partial(barriers.BarrierForm, initial={"page": path}),
        sent_form=barriers.BarrierForm,
        show=partial(_barrier_page, request),
        receive=barriers.receive,
        thank=partial(_thanks, "pages:barrier-sent"),
    )


def report_has_expired(request):
    return public_forms.answer_when_expired(barriers.BarrierForm(request.POST), partial(_barrier_page, request))


report_barrier.when_csrf_fails = report_has_expired


def _barrier_page(request, form, status=200):
    # Sent or not, only a page of the portal is named here.
    path = barriers.own_path(form["page"].value() or "")
    about = {"reported_path": path, "reported_title": barriers.title_of(path)}
    return _form_page(request, "pages/barrier.html", "Barriere melden", "pages:barrier", status, form=form, **about)


@require_safe
def barrier_sent(request):
    return _form_page(request, "pages/barrier_sent.html", "Barriere gemeldet", "pages:barrier-sent")


# --- both


def _thanks(name):
    return never_cache_for_strangers(redirect(name))


def _form_page(request, template, title, url_name, status=200, **context):
    crumbs = [HOME, ("Kontakt", reverse("pages:contact")), (title, reverse(url_name))]
    context |= {
        "title": title,
        "breadcrumbs": crumbs,
        "honeypot": public_forms.HONEYPOT,
        "forgotten_on": forgotten_on(),
    }
    return never_cache_for_strangers(render(request, template, context, status=status))

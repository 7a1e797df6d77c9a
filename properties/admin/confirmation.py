"""Stand: said by whoever keeps the listing, or asked of its contact by mail."""

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpResponseRedirect
from django.urls import path, reverse
from django.utils.html import format_html
from django.utils.timezone import localtime
from django.views.decorators.http import require_POST

from properties import asking, rights


class ConfirmationPages:
    def get_urls(self):
        wrap = self.admin_site.admin_view
        return [
            path("<int:pk>/abfragen/", wrap(require_POST(self.ask)), name=self._url_name("ask")),
            path("<int:pk>/bestaetigen/", wrap(require_POST(self.confirm)), name=self._url_name("confirm")),
            *super().get_urls(),
        ]

    def _confirmation_context(self, request, listing):
        if listing is None:
            return {}
        return {
            "ask_path": self._address("ask", listing.pk) if rights.is_office(request.user) and listing.released else "",
            "confirm_path": self._address("confirm", listing.pk),
            "confirmed_on": f"{localtime(listing.confirmed_at):%d.%m.%Y}" if listing.confirmed_at else "",
            "confirmed_by": listing.confirmed_by,
            "is_doubtful": listing.is_doubtful,
            "is_stale": listing.is_stale,
        }

    @transaction.atomic
    def confirm(self, request, pk):
        listing = self.own_item(request, pk)
        listing.confirm(rights.speaks_for(request.user, listing))
        self.save_quietly(request, listing, "Stand bestätigt.")
        text = f"Der Stand von „{listing}“ ist von heute, bestätigt durch: {listing.confirmed_by}."
        self.message_user(request, text, messages.SUCCESS)
        return HttpResponseRedirect(self._address("change", pk))

    def ask(self, request, pk):
        item = self._visible_item(request, pk)
        if not rights.is_office(request.user):
            raise PermissionDenied
        self._ask_and_tell(request, [item])
        return HttpResponseRedirect(self._address("change", pk))

    @admin.action(description="Stand abfragen (E-Mails vorbereiten)", permissions=["manage_pool"])
    def ask_selected(self, request, queryset):
        self._ask_and_tell(request, queryset.select_related("contact"))

    def _ask_and_tell(self, request, listings):
        mails = []
        for listing in listings:
            try:
                mails.append(asking.ask(listing, by=request.user))
            except asking.CannotAsk as refusal:
                self.message_user(request, f"Nicht abgefragt: {refusal}", messages.WARNING)
            else:
                self.log_change(request, listing, "Stand abgefragt.")
        if mails:
            words = "Eine E-Mail liegt" if len(mails) == 1 else f"{len(mails)} E-Mails liegen"
            outbox = reverse("admin:publishing_outgoingmail_changelist") + "?state__exact=prepared"
            text = '{} im <a href="{}">Postausgang</a>: Dort wird noch einmal gelesen und dann gesendet.'
            if not request.user.has_perm("publishing.change_outgoingmail"):
                text = "{} im Postausgang. Wer ihn verwaltet, liest noch einmal und sendet dann."
            self.message_user(request, format_html(text, words, outbox), messages.SUCCESS)

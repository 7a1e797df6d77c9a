"""A district that does not publish itself submits its listings; the office releases them or gives them back."""

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpResponseRedirect
from django.shortcuts import render
from django.urls import path

from properties import rights
from properties.admin.form import SUBMIT
from properties.models import Listing


class GiveBackForm(forms.Form):
    note = forms.CharField(
        label="Was noch fehlt",
        max_length=Listing._meta.get_field("return_note").max_length,
        widget=forms.Textarea(attrs={"rows": 5, "class": "vLargeTextField"}),
        help_text="Der Landkreis liest diesen Hinweis im Formular des Angebots, bis er es wieder vorlegt.",
    )


class ApprovalPages:
    def get_urls(self):
        return [
            path(
                "<int:pk>/zurueckgeben/",
                self.admin_site.admin_view(self.give_back),
                name=self._url_name("give_back"),
            ),
            *super().get_urls(),
        ]

    def _approval_context(self, request, listing):
        if listing is None:
            may_publish = rights.is_office(request.user) or not self._knows_only_strict_districts(request.user)
            return {"may_publish": may_publish, "is_locked": False}
        may_publish = rights.may_publish(request.user, listing.district)
        return {
            "may_publish": may_publish,
            "is_locked": rights.is_locked_for(request.user, listing),
            "submitted_at": listing.submitted_at,
            "return_note": listing.return_note,
            "give_back_path": self._address("give_back", listing.pk)
            if listing.submitted_at and rights.is_office(request.user)
            else "",
        }

    def _knows_only_strict_districts(self, user):
        return not rights.own_districts(user).filter(publishes_itself=True).exists()

    @transaction.atomic
    def give_back(self, request, pk):
        listing = self.own_item(request, pk)
        if not rights.is_office(request.user):
            raise PermissionDenied
        if listing.submitted_at is None:
            self.message_user(request, f"„{listing}“ liegt nicht zur Freigabe vor.", messages.WARNING)
            return HttpResponseRedirect(self._address("change", pk))
        form = GiveBackForm(request.POST or None)
        if form.is_valid():
            listing.give_back(form.cleaned_data["note"])
            self.save_quietly(request, listing, "Zurückgegeben.")
            self.message_user(request, f"„{listing}“ ist zurückgegeben.", messages.SUCCESS)
            return HttpResponseRedirect(self._address("change", pk))
        context = self.admin_site.each_context(request) | {
            "title": f"„{listing}“ zurückgeben",
            "form": form,
            "listing": listing,
            "opts": self.opts,
            "back_path": self._address("change", pk),
        }
        return render(request, "admin/properties/give_back.html", context)

    def _to_preview(self, request, item):
        answer = super()._to_preview(request, item)
        if answer is None and SUBMIT in request.POST:
            return HttpResponseRedirect(self._address("change", item.pk))
        return answer

    def _tell_state(self, request, item):
        super()._tell_state(request, item)
        if SUBMIT in request.POST:
            text = f"„{item}“ liegt der Geschäftsstelle zur Freigabe vor. Sie können es weiter bearbeiten."
            self.message_user(request, text, messages.SUCCESS)

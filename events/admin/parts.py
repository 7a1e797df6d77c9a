"""The rows of an event's form: prices, links, downloads, pictures."""

from django.core.exceptions import ValidationError
from django.forms.models import BaseInlineFormSet

from events.models import Event, EventDownload, EventImage, EventLink, PriceGroup
from publishing.admin.base import PortalInline


class PriceGroupFormSet(BaseInlineFormSet):
    def clean(self):
        super().clean()
        prices = [row.get("amount") for row in self._rows_that_stay()]
        if any(prices) and self.instance.cost != Event.Cost.PAID:
            raise ValidationError(
                "Mit Preisen ist der Termin kostenpflichtig: Bitte wählen Sie das bei „Kosten“ aus oder löschen Sie "
                "die Preise."
            )

    def _rows_that_stay(self):
        rows = [form.cleaned_data for form in self.forms if hasattr(form, "cleaned_data")]
        return [row for row in rows if row and not row.get("DELETE")]


class PriceGroupInline(PortalInline):
    model = PriceGroup
    formset = PriceGroupFormSet


class EventLinkInline(PortalInline):
    model = EventLink


class EventDownloadInline(PortalInline):
    model = EventDownload
    autocomplete_fields = ("document",)


class EventImageInline(PortalInline):
    model = EventImage

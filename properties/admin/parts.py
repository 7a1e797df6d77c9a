"""The rows of a listing's form, closed where its facts are."""

from django.db import models

from properties import rights
from properties.admin.number_fields import AmountField, AreaField, DegreesField
from properties.models import Distance, ListingDocument, ListingImage, Lot, Utility
from publishing.admin.base import GermanFields, PortalInline


class GermanNumbers:
    """Areas and amounts; years and numbers of gates stay plain."""

    formfield_overrides = GermanFields.formfield_overrides | {
        models.PositiveIntegerField: {"form_class": AreaField, "widget": AreaField.widget},
        models.DecimalField: {"form_class": AmountField},
        models.FloatField: {"form_class": DegreesField},
    }


class ListingInline(GermanNumbers, PortalInline):
    def _is_open(self, request, listing):
        return listing is None or not rights.is_locked_for(request.user, listing)

    def has_add_permission(self, request, obj):
        return super().has_add_permission(request, obj) and self._is_open(request, obj)

    def has_change_permission(self, request, obj=None):
        return super().has_change_permission(request, obj) and self._is_open(request, obj)

    def has_delete_permission(self, request, obj=None):
        return super().has_delete_permission(request, obj) and self._is_open(request, obj)


class LotInline(ListingInline):
    model = Lot


class UtilityInline(ListingInline):
    model = Utility


class DistanceInline(ListingInline):
    model = Distance


class ListingImageInline(ListingInline):
    model = ListingImage


class ListingDocumentInline(ListingInline):
    model = ListingDocument
    autocomplete_fields = ("document",)


INLINES = (LotInline, UtilityInline, DistanceInline, ListingImageInline, ListingDocumentInline)

"""The rows of the forms of editions and entries."""

from competition.admin.deletion import RowsInUse
from competition.models import (
    Category,
    Criterion,
    Edition,
    EditionImage,
    EntryImage,
    JuryMember,
    LocalPrize,
    LocalRegistration,
    StateFigure,
)
from publishing.admin.base import PortalInline


class ChoicesOfOneEdition(PortalInline):
    """Choices stay within the edition of the form, and are asked for once, not once for every row."""

    within_edition = ()
    asked_once = ()

    def edition_of(self, request, obj):
        return obj if isinstance(obj, Edition) else None

    def get_formset(self, request, obj=None, **kwargs):
        self._edition = self.edition_of(request, obj)
        return super().get_formset(request, obj, **kwargs)

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        field = super().formfield_for_foreignkey(db_field, request, **kwargs)
        if db_field.name in self.within_edition:
            field.queryset = field.queryset.filter(edition=self._edition) if self._edition else field.queryset.none()
        if db_field.name in (*self.within_edition, *self.asked_once):
            field.choices = list(field.choices)
        return field


class CategoryInline(ChoicesOfOneEdition):
    model = Category
    formset = RowsInUse
    asked_once = ("cluster",)
    autocomplete_fields = ("sponsors",)
    fields = ("cluster", "prize", "sponsors", "applications", "label", "is_local_only")

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if db_field.name == "cluster":
            # The portal's clusters are made with more care than in passing.
            field.widget.can_add_related = False
        return field


class LocalPrizeInline(PortalInline):
    model = LocalPrize
    formset = RowsInUse
    autocomplete_fields = ("sponsors",)
    fields = ("city", "own_name", "prize", "sponsors", "applications", "note", "order")


class CriterionInline(PortalInline):
    model = Criterion


class StateFigureInline(PortalInline):
    model = StateFigure


class JuryMemberInline(ChoicesOfOneEdition):
    model = JuryMember
    within_edition = ("category",)

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("category__cluster")


class EditionImageInline(PortalInline):
    model = EditionImage


class LocalRegistrationInline(ChoicesOfOneEdition):
    model = LocalRegistration
    formset = RowsInUse
    within_edition = ("local_prize",)

    def edition_of(self, request, obj):
        return self.admin_site.get_model_admin(self.parent_model).edition_of(request, obj)


class EntryImageInline(PortalInline):
    model = EntryImage

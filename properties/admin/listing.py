"""What the admins of land and halls share."""

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.utils.html import format_html
from django.utils.timezone import localtime

from properties import rights, words
from properties.admin.approval import ApprovalPages
from properties.admin.confirmation import ConfirmationPages
from properties.admin.due import DUE
from properties.admin.filters import CompleteFilter, FreshnessFilter, PublicationFilter
from properties.admin.form import NOT_YOURS_TO_PUBLISH, ListingForm
from properties.admin.parts import INLINES, GermanNumbers
from properties.admin.point import PointPicking
from publishing.admin.base import key_of
from publishing.admin.due import DueFilter
from publishing.admin.published import PublishedAdmin
from publishing.rich_text import plain_text

#: What somebody may still say of a listing the office has released: that it is reserved or taken.
ALWAYS_OPEN = ("availability", "seen_edit_number")
CLOSED = {"body": "body_in_words"}


class ListingAdmin(GermanNumbers, ApprovalPages, ConfirmationPages, PointPicking, PublishedAdmin):
    form = ListingForm
    change_form_template = "admin/properties/listing_change_form.html"
    locked_rows = ("self", "listing_ptr")
    due = DUE
    list_display = (
        *("number", "title", "town", "district", "area_label", "availability", "confirmed_label", "state_label"),
    )
    list_display_links = ("number", "title")
    list_filter = (
        DueFilter,
        PublicationFilter,
        FreshnessFilter,
        "availability",
        CompleteFilter,
        ("district", admin.RelatedOnlyFieldListFilter),
    )
    list_select_related = ("district",)
    search_fields = ("number", "title", "teaser", "slug", "town", "street", "provider__name", "provider_number")
    autocomplete_fields = ("provider", "contact")
    actions = (*PublishedAdmin.actions, "ask_selected")
    inlines = INLINES

    # What the fieldsets of both kinds have in common, in the order of the exposé.
    basics = ("Was", {"fields": ("title", "number", "teaser", "body", "image")})
    point = (("latitude", "longitude"), "point_picker", "precision")
    about_areas = "In Quadratmetern: 1 ha sind 10.000 m². Einzelne Teilflächen stehen unter dem Formular."
    offer = (
        "Angebot und Preis",
        {
            "fields": (
                ("for_sale", "for_rent", "for_lease", "for_ground_lease"),
                ("price_per_m2", "rent_per_m2"),
                "price_note",
                "commission",
                "trade_tax_rate",
                "funding_area",
                ("availability", "readiness", "available_on"),
                "availability_note",
            ),
            "description": "Preise in Euro je m², zum Beispiel 26,00. Ohne Preis heißt es „auf Anfrage“.",
        },
    )
    traffic = (
        "Verkehr",
        {
            "fields": ("rail_siding",),
            "description": "Entfernungen zu Autobahn, Bahnhof und Flughafen stehen unter dem Formular.",
        },
    )
    who = ("Wer", {"fields": ("ownership", ("provider", "provider_number"), "contact")})
    confirmation = (
        "Stand",
        {
            "fields": (("confirmed_at", "confirmed_by"), "next_check_on", "is_example"),
            "description": "Nach 180 Tagen ohne Bestätigung trägt das Angebot einen Hinweis, nach 365 Tagen "
            "verlässt es die öffentliche Liste.",
        },
    )

    # --- whose

    def get_queryset(self, request):
        return super().get_queryset(request).for_user(request.user)

    def rows_of(self, user):
        return self.model.objects.for_user(user)

    def _is_own(self, request, listing):
        if listing is None or listing.pk is None or rights.is_office(request.user):
            return True
        return self.rows_of(request.user).filter(pk=listing.pk).exists()

    def has_view_permission(self, request, obj=None):
        return super().has_view_permission(request, obj) and self._is_own(request, obj)

    def has_change_permission(self, request, obj=None):
        return super().has_change_permission(request, obj) and self._is_own(request, obj)

    def has_delete_permission(self, request, obj=None):
        return super().has_delete_permission(request, obj) and self._is_own(request, obj)

    def has_add_permission(self, request):
        return super().has_add_permission(request) and rights.has_districts(request.user)

    def has_manage_pool_permission(self, request):
        return rights.is_office(request.user)

    def has_change_history_permission(self, request, obj=None):
        return super().has_change_history_permission(request, obj) and not self._is_locked(request, obj)

    def _is_locked(self, request, listing):
        """As it stands today: `listing` may be an old version."""
        stored = self.model._base_manager.select_related("district").filter(pk=listing.pk).first() if listing else None
        return stored is not None and rights.is_locked_for(request.user, stored)

    def history_view(self, request, object_id, extra_context=None):
        self._refuse_what_is_not_own(request, object_id)
        return super().history_view(request, object_id, extra_context)

    def history_form_view(self, request, object_id, version_id, extra_context=None):
        self._refuse_what_is_not_own(request, object_id)
        return super().history_form_view(request, object_id, version_id, extra_context)

    def _refuse_what_is_not_own(self, request, object_id):
        """Also what is deleted: only its versions are left, and they know no seat."""
        key = key_of(object_id)
        is_own = key is not None and self.rows_of(request.user).filter(pk=key).exists()
        if not is_own and not rights.is_office(request.user):
            raise Http404

    # --- form

    def get_form(self, request, obj=None, change=False, **kwargs):
        form = super().get_form(request, obj, change=change, **kwargs)
        form.user = request.user
        return form

    def get_readonly_fields(self, request, obj=None):
        fields = super().get_readonly_fields(request, obj)
        if obj is None or obj.pk is None or not self._is_locked(request, obj):
            return fields
        closed = [name for name in _names(self.fieldsets) if name not in (*ALWAYS_OPEN, *fields)]
        return (*fields, *closed, *CLOSED.values())

    def get_fieldsets(self, request, obj=None):
        """Closed facts are words to read: no map to click on, no tags."""
        fieldsets = super().get_fieldsets(request, obj)
        if not self._is_locked(request, obj):
            return fieldsets
        return [
            (title, options | {"fields": [CLOSED.get(one, one) for one in options["fields"] if one != "point_picker"]})
            for title, options in fieldsets
        ]

    @admin.display(description="Beschreibung")
    def body_in_words(self, listing):
        return plain_text(listing.body)

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        if db_field.name == "district":
            kwargs["queryset"] = rights.own_districts(request.user)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        stored = self.rows_of(request.user).filter(pk=obj.pk).select_related("district").first() if obj else None
        context |= self._approval_context(request, stored) | self._confirmation_context(request, stored)
        return super().render_change_form(request, context, add, change, form_url, obj)

    # --- rows

    @admin.display(description="verfügbar", ordering="area_available")
    def area_label(self, listing):
        return words.area(listing.area_available)

    @admin.display(description="Stand", ordering="confirmed_at")
    def confirmed_label(self, listing):
        day = f"{localtime(listing.confirmed_at):%d.%m.%Y}" if listing.confirmed_at else "nie bestätigt"
        mark = "veraltet" if listing.is_stale else "zweifelhaft" if listing.is_doubtful else ""
        return format_html('{} <span class="state state-missing">{}</span>', day, mark) if mark else day

    @admin.display(description="Veröffentlichung", ordering="state_name")
    def state_label(self, listing):
        label = super().state_label(listing)
        return format_html('{} <span class="state">vorgelegt</span>', label) if listing.submitted_at else label

    # --- actions

    @admin.action(description="Ausgewählte veröffentlichen", permissions=["change"])
    def release_selected(self, request, queryset):
        chosen = list(queryset.select_related("district"))
        allowed = [item.pk for item in chosen if rights.may_publish(request.user, item.district)]
        if len(allowed) < len(chosen):
            self.message_user(request, NOT_YOURS_TO_PUBLISH, messages.WARNING)
        super().release_selected(request, queryset.filter(pk__in=allowed))

    def get_actions(self, request):
        actions = super().get_actions(request)
        if not rights.is_office(request.user) and not rights.own_districts(request.user).filter(publishes_itself=True):
            actions.pop("release_selected", None)
        return actions

    # --- pages of one listing

    def own_item(self, request, pk):
        """For a page that changes one listing, locked where the request does."""
        item = self._visible_item(request, pk)
        if not self.has_change_permission(request, item):
            raise PermissionDenied
        return item if request.method == "GET" else self._locked(self.model.objects.filter(pk=pk)).get()

    def save_quietly(self, request, item, what):
        """Beside the form: in the history and in the log, as the form's saves are."""
        item._history_user = request.user
        item.save()
        self.log_change(request, item, what)


def _names(fieldsets):
    for _, options in fieldsets:
        for one in options["fields"]:
            yield from (one if isinstance(one, tuple) else (one,))

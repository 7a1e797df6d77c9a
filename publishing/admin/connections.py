"""„Verknüpft mit“: a field for the form of anything that has a page, whatever room the other things are from."""

from django import forms
from django.contrib.admin.widgets import AutocompleteSelectMultiple
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Exists, F, OuterRef, Q
from django.http import JsonResponse
from django.urls import path, reverse
from django.views.decorators.http import require_safe

from publishing import connections
from publishing.admin.base import key_of
from publishing.admin.published import PublishedForm
from publishing.models import Connection, Published, SearchDocument
from publishing.name_search import named
from publishing.search.sources import SOURCES

FIELD = "connected_with"
AT_ONCE = 20


class Choosable:
    """What this person may see in the admin, drafts included: nobody learns from a list of titles what is planned."""

    def __init__(self, request, admin_site):
        self.request, self.admin_site = request, admin_site

    def documents(self):
        found = Q(pk__in=[])
        for source in SOURCES.values():
            if (rows := self._rows_of(source.model)) is not None:
                found |= Q(source=source.name) & Q(Exists(rows.filter(pk=OuterRef("object_id"))))
        return SearchDocument.objects.filter(found).order_by(F("day").desc(nulls_last=True), "title", "pk")

    def _rows_of(self, model):
        if not self.admin_site.is_registered(model):
            return None
        model_admin = self.admin_site.get_model_admin(model)
        if not model_admin.has_view_permission(self.request):
            return None
        mine = model_admin.get_queryset(self.request).order_by()
        # A form that is being saved locks its own rows, never those of other rooms.
        mine.query.select_for_update = False
        return mine

    def at(self, ends):
        """Of these ends those this person may see and so decide about."""
        return self.documents().at(ends)


def written(document):
    return f"{document.source}:{document.object_id}"


def read(value):
    """„projekte:12“ → ("projekte", 12); None for whatever else was sent."""
    name, _, key = str(value).rpartition(":")
    return (name, key_of(key)) if name in SOURCES and key_of(key) is not None else None


def labels(documents):
    """{document: „Beitrag: Titel (Entwurf)“}, one query a kind that is not public."""
    documents = list(documents)
    seen = set(
        SearchDocument.objects.visible().filter(pk__in=[one.pk for one in documents]).values_list("pk", flat=True)
    )
    states = {}
    for name in {one.source for one in documents if one.pk not in seen}:
        keys = [one.object_id for one in documents if one.source == name]
        for key, row in SOURCES[name].model._base_manager.in_bulk(keys).items():
            states[name, key] = _state_in_words(row)
    return {
        one: f"{one.label}: {one.title}"
        + ("" if one.pk in seen else f" ({states.get((one.source, one.object_id), 'nicht öffentlich')})")
        for one in documents
    }


def _state_in_words(row):
    """Of a row that visitors do not see: some rooms ask for more than a window, such as a confirmation."""
    is_draft_or_over = isinstance(row, Published) and not row.is_public
    return row.state.label if is_draft_or_over else "nicht öffentlich"


class ConnectionsInput(AutocompleteSelectMultiple):
    """The stock one, for what is no relation of one model."""

    def __init__(self, choosable, address):
        super().__init__(Connection._meta.get_field("one_source"), choosable.admin_site)
        self.choosable, self.address = choosable, address

    def get_url(self):
        return self.address

    def optgroups(self, name, value, attrs=None):
        ends = [end for one in value if (end := read(one))]
        chosen = labels(self.choosable.at(ends)) if ends else {}
        options = [
            self.create_option(name, written(document), label, selected=True, index=number)
            for number, (document, label) in enumerate(chosen.items())
        ]
        return [(None, options, 0)]


class ConnectionsField(forms.MultipleChoiceField):
    def __init__(self, choosable, address):
        super().__init__(
            label="Verknüpft mit",
            required=False,
            widget=ConnectionsInput(choosable, address),
            help_text="Was dazu gehört, aus allen Bereichen. Beide Seiten zeigen es, sobald beide öffentlich sind.",
        )
        self.choosable = choosable

    def valid_value(self, value):
        return True

    def clean(self, value):
        ends = {read(one) for one in super().clean(value)}
        if None in ends or len(ends) != self.choosable.at(ends).count():
            raise ValidationError("Einen dieser Inhalte gibt es nicht (mehr). Bitte wählen Sie neu.")
        return ends

    def has_changed(self, initial, data):
        return {str(one) for one in initial or ()} != {str(one) for one in data or ()}


class ConnectedForm(PublishedForm):
    # Named here for the list of fields; each request gets a field of its own.
    connected_with = forms.MultipleChoiceField(required=False, label="Verknüpft mit")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.instance.pk and isinstance(self.fields.get(FIELD), ConnectionsField):
            ends = connections.ends_connected_with(self.instance)
            mine = self.fields[FIELD].choosable.at(ends) if ends else ()
            self.initial.setdefault(FIELD, [written(one) for one in mine])

    def clean_connected_with(self):
        ends = self.cleaned_data[FIELD]
        if self.instance.pk and connections.end_of(self.instance) in ends:
            raise ValidationError("Nichts wird mit sich selbst verknüpft.")
        return ends


class Connects:
    """For a PublishedAdmin, with „connected_with“ in its fieldsets and ConnectedForm as its form."""

    form = ConnectedForm

    def get_form(self, request, obj=None, change=False, **kwargs):
        form = super().get_form(request, obj, change, **kwargs)
        if FIELD in form.base_fields:
            address = reverse(f"admin:{self._url_name('connectable')}")
            form.base_fields[FIELD] = ConnectionsField(Choosable(request, self.admin_site), address)
        return form

    def save_related(self, request, form, formsets, change):
        super().save_related(request, form, formsets, change)
        if FIELD in form.cleaned_data:
            connected = connections.ends_connected_with(form.instance)
            mine = {(one.source, one.object_id) for one in Choosable(request, self.admin_site).at(connected)}
            connections.replace(form.instance, form.cleaned_data[FIELD], among=mine)

    def get_urls(self):
        view = self.admin_site.admin_view(require_safe(self.connectable))
        return [path("verknuepfbar/", view, name=self._url_name("connectable")), *super().get_urls()]

    def connectable(self, request):
        """For the select box, in the words of the stock one."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        documents = Choosable(request, self.admin_site).documents()
        if term := request.GET.get("term", ""):
            documents = documents.filter(named(term, "title"))
        number = min(max(key_of(request.GET.get("page")) or 1, 1), 1000)
        found = list(documents[(number - 1) * AT_ONCE : number * AT_ONCE + 1])
        results = [{"id": written(one), "text": label} for one, label in labels(found[:AT_ONCE]).items()]
        return JsonResponse({"results": results, "pagination": {"more": len(found) > AT_ONCE}})

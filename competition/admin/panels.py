"""A panel: the clusters it judges, and who sits in it."""

from django import forms
from django.contrib import admin, messages
from django.contrib.auth import get_user_model
from django.db import transaction
from django.forms.models import BaseInlineFormSet
from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils.html import format_html

from competition import panels
from competition.admin.round_pages import address
from competition.models import Category, Panel, PanelCategory, PanelMember, Round
from publishing.admin.base import PortalAdmin, PortalInline
from publishing.admin.words import german_moment

IN_USE = "In dieser Jury gibt es schon Bewertungsbögen: Sie bleibt bestehen. Mitglieder können Sie ausscheiden lassen."


class CategoryFormSet(BaseInlineFormSet):
    def clean(self):
        super().clean()
        for form in self.deleted_forms:
            form.instance.refuse_when_rated()


class PanelCategoryInline(PortalInline):
    model = PanelCategory
    formset = CategoryFormSet
    fields = ("category",)
    fk_name = "panel"
    extra = 1

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("category__cluster", "panel__round")

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        field = super().formfield_for_foreignkey(db_field, request, **kwargs)
        if db_field.name == "category" and (panel := getattr(request, "_panel", None)):
            field.queryset = Category.objects.filter(edition=panel.round.edition_id).select_related("cluster")
        return field


class SeatForm(forms.ModelForm):
    is_member = forms.BooleanField(label="gehört zur Jury", required=False, initial=True)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        user = self.fields["user"]
        if self.instance.pk:
            # Somebody else takes a seat of their own: the sheets on this one are this person's.
            user.disabled = True
            user.choices = [(self.instance.user_id, person_label(self.instance.user))]
            self.initial["is_member"] = self.instance.removed_at is None

    @property
    def wants_seat(self):
        return self.cleaned_data["is_member"]


class PanelMemberInline(PortalInline):
    model = PanelMember
    form = SeatForm
    fields = ("user", "is_member", "state")
    readonly_fields = ("state",)
    can_delete = False
    extra = 3

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("user", "panel__round__edition")

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if db_field.name == "user":
            # Accounts are made by the administration, not in passing.
            field.widget.can_add_related = False
        return field

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        field = super().formfield_for_foreignkey(db_field, request, **kwargs)
        if db_field.name == "user":
            if not hasattr(request, "_people"):
                people = get_user_model().objects.filter(is_active=True).order_by("last_name", "first_name", "username")
                request._people = [("", "–"), *((one.pk, person_label(one)) for one in people)]
            # Once for all rows.
            field.choices = request._people
        return field

    @admin.display(description="Stand")
    def state(self, seat):
        if not seat.pk:
            return "–"
        return f"ausgeschieden am {german_moment(seat.removed_at)}" if seat.removed_at else "dabei"


@admin.register(Panel)
class PanelAdmin(PortalAdmin):
    change_form_template = "admin/competition/jury/panel_change_form.html"
    list_display = ("name", "round")
    list_select_related = ("round__edition",)
    actions = None
    fields = ("round", "name")
    inlines = (PanelCategoryInline, PanelMemberInline)

    def has_module_permission(self, request):
        # Panels are reached from their round.
        return False

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("round__edition")

    def get_object(self, request, object_id, from_field=None):
        request._panel = super().get_object(request, object_id, from_field)
        return request._panel

    def get_readonly_fields(self, request, obj=None):
        return ("round_link",) if obj else ()

    def get_fields(self, request, obj=None):
        return ("round_link", "name") if obj else self.fields

    def get_inlines(self, request, obj):
        # Which clusters there are to choose follows from the round.
        if obj is None:
            return ()
        return (PanelMemberInline,) if obj.round.kind == Round.Kind.FINAL else self.inlines

    @admin.display(description="Runde")
    def round_link(self, panel):
        return format_html('<a href="{}">{}</a>', address(panel.round), panel.round)

    # --- saving

    def save_formset(self, request, form, formset, change):
        if formset.model is not PanelMember:
            super().save_formset(request, form, formset, change)
            return
        wanted = {id(row.instance): row.wants_seat for row in formset.forms if row.has_changed()}
        with transaction.atomic():
            for seat in formset.save(commit=False):
                if wanted[id(seat)]:
                    panels.assign(seat, by=request.user)
                elif seat.pk:
                    panels.remove(seat, by=request.user)

    def response_add(self, request, obj, post_url_continue=None):
        text = f"„{obj}“ ist angelegt. Wählen Sie jetzt Cluster und Mitglieder."
        self.message_user(request, text, messages.SUCCESS)
        return HttpResponseRedirect(reverse("admin:competition_panel_change", args=[obj.pk]))

    def response_change(self, request, obj):
        if "_save" in request.POST:
            self.message_user(request, f"„{obj}“ ist gespeichert.", messages.SUCCESS)
            return HttpResponseRedirect(address(obj.round))
        return super().response_change(request, obj)

    def delete_view(self, request, object_id, extra_context=None):
        obj = self.get_object(request, object_id)
        if obj and obj.members.filter(sheets__isnull=False).exists():
            self.message_user(request, IN_USE, messages.ERROR)
            return HttpResponseRedirect(reverse("admin:competition_panel_change", args=[obj.pk]))
        return super().delete_view(request, object_id, extra_context)

    def delete_model(self, request, obj):
        for seat in obj.members.active():
            panels.remove(seat, by=request.user)
        super().delete_model(request, obj)

    def response_delete(self, request, obj_display, obj_id):
        self.message_user(request, f"„{obj_display}“ ist gelöscht.", messages.SUCCESS)
        return HttpResponseRedirect(reverse("admin:competition_round_changelist"))


def person_label(user):
    name = ", ".join(filter(None, [user.last_name, user.first_name]))
    return f"{name} ({user.get_username()})" if name else user.get_username()

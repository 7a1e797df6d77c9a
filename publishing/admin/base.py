from django import forms
from django.contrib import admin
from django.contrib.admin.widgets import (
    AdminSplitDateTime,
    AutocompleteSelect,
    AutocompleteSelectMultiple,
    ForeignKeyRawIdWidget,
    RelatedFieldWidgetWrapper,
)
from django.contrib.auth import get_permission_codename
from django.core.exceptions import PermissionDenied
from django.db import models
from django.http import Http404, HttpResponseRedirect
from django.urls import NoReverseMatch, reverse
from django.utils.html import format_html, format_html_join
from js_asset import Media
from simple_history.admin import SimpleHistoryAdmin

from publishing.admin.words import Difference, HistoryInWords, german_moment
from publishing.link_check.checking import forget_what_is_mended
from publishing.models import Image


class ImageChooser(ForeignKeyRawIdWidget):
    """Number field with thumbnail; the lookup window shows the library as a wall of pictures."""

    template_name = "admin/publishing/image_chooser.html"

    class Media:
        js = ["admin/js/jquery.init.js", "js/admin/image-chooser.js"]

    def get_context(self, name, value, attrs):
        context = super().get_context(name, value, attrs)
        image = Image.objects.filter(pk=value).first() if str(value or "").isdecimal() else None
        return context | {"chosen_image": image, "thumbnail": image and thumbnail_for_editors(image)}


def thumbnail_for_editors(image):
    """A hidden picture has no public file any more: editors get it through the admin."""
    return reverse("admin:publishing_image_hidden", args=[image.pk]) if image.is_hidden else image.thumbnail_url


LARGEST_KEY = 2**63 - 1


def key_of(text):
    """A key as it was sent; None where no database can have such a number."""
    return int(text) if (text or "").isdecimal() and int(text) <= LARGEST_KEY else None


class _OnlyKeys:
    """The stock widgets ask the database for whatever was sent: a made-up value must become a refusal, not an error."""

    def optgroups(self, name, value, attrs=None):
        return super().optgroups(name, [one for one in value if not one or key_of(str(one))], attrs)


class TypedChoice(_OnlyKeys, AutocompleteSelect):
    pass


class TypedChoices(_OnlyKeys, AutocompleteSelectMultiple):
    pass


class MinuteDateTime(AdminSplitDateTime):
    """Nobody plans an article to the second."""

    def __init__(self, attrs=None):
        super().__init__(attrs)
        self.widgets[1].format = "%H:%M"
        for widget, label in zip(self.widgets, ("Datum", "Uhrzeit"), strict=True):
            widget.attrs["aria-label"] = label


class GermanFields:
    """Form fields of every admin and inline: pictures are chosen by eye, related rows are made but not deleted here."""

    formfield_overrides = {
        models.DateTimeField: {"widget": MinuteDateTime},
        # The stock widget repeats the address as a link; the scheme is what Django 6 assumes by itself.
        models.URLField: {"widget": forms.URLInput(attrs={"class": "vURLField"}), "assume_scheme": "https"},
    }

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if field and isinstance(field.widget, RelatedFieldWidgetWrapper):
            widget = field.widget
            widget.can_change_related = widget.can_delete_related = widget.can_view_related = False
        return field

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        if db_field.remote_field.model is Image:
            kwargs["widget"] = ImageChooser(db_field.remote_field, self.admin_site)
        elif db_field.name in self.get_autocomplete_fields(request):
            kwargs["widget"] = TypedChoice(db_field, self.admin_site)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def formfield_for_manytomany(self, db_field, request, **kwargs):
        if db_field.name in self.get_autocomplete_fields(request):
            kwargs["widget"] = TypedChoices(db_field, self.admin_site)
        return super().formfield_for_manytomany(db_field, request, **kwargs)


class PortalInline(GermanFields, admin.TabularInline):
    extra = 0
    # As many as fit into one request; whoever claims to send more must not make the form draw thousands.
    max_num = 200

    def get_formset(self, request, obj=None, **kwargs):
        # Not of this inline: where nobody may add rows, Django sets it to 0, and those that are there would not count.
        formset = super().get_formset(request, obj, absolute_max=PortalInline.max_num, **kwargs)
        formset.deletion_widget = forms.CheckboxInput(attrs={"aria-label": "Löschen"})
        # The stock table has no labels but its head.
        for field in formset.form.base_fields.values():
            if not isinstance(field.widget, forms.MultiWidget):
                field.widget.attrs.setdefault("aria-label", field.label)
        return formset


class PortalAdmin(GermanFields, admin.ModelAdmin):
    """The stock admin with image chooser, a nonce for the editor's import map, and a warning before loss."""

    class Media:
        js = ["js/admin/unsaved-changes.js", "js/admin/rich-text.js"]

    def changelist_view(self, request, extra_context=None):
        if any("\x00" in value for value in request.GET.values()):
            # PostgreSQL refuses it inside a filter.
            return HttpResponseRedirect(request.path)
        name = self.opts.verbose_name_plural
        title = f"{self.opts.verbose_name} auswählen" if "_popup" in request.GET else name
        return super().changelist_view(request, {"title": title} | (extra_context or {}))

    def save_related(self, request, form, formsets, change):
        super().save_related(request, form, formsets, change)
        forget_what_is_mended(form.instance)

    def render_change_form(self, request, context, *args, **kwargs):
        context["media"] = Media.from_media(context["media"], nonce=request._csp_nonce)
        return super().render_change_form(request, context, *args, **kwargs)


class ReadOnlyAdmin(PortalAdmin):
    """Not even for those who may do everything."""

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False


class RestoringForm(forms.ModelForm):
    """Also shows old versions. What `kept_when_restored` names stays as it is today: an old version has only words."""

    kept_when_restored = ()

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if hasattr(self.instance, "_history"):
            self._keep_what_is_of_today()

    def _keep_what_is_of_today(self):
        current = type(self.instance)._base_manager.filter(pk=self.instance.pk).first()
        for name in self.kept_when_restored if current else ():
            setattr(self.instance, name, getattr(current, name))
            if name in self.initial:
                self.initial[name] = getattr(current, name)


class HistoryAdmin(PortalAdmin, SimpleHistoryAdmin):
    """Who changed what, compared in words an editor knows, and old words brought back."""

    form = RestoringForm

    def get_historical_record_context_helper(self, request, historical_record):
        return HistoryInWords(self.model, historical_record)

    def history_view_title(self, request, obj):
        return f"Verlauf: {obj}"

    def history_form_view_title(self, request, obj):
        return f"Fassung vom {german_moment(obj._history.history_date)}"

    def render_history_view(self, request, template, context, **kwargs):
        if "adminform" in context:
            context["media"] = Media.from_media(self.media + context["adminform"].media, nonce=request._csp_nonce)
            context["differences"] = self._differences_from_today(context["original"])
        return super().render_history_view(request, template, context, **kwargs)

    def history_view(self, request, object_id, extra_context=None):
        _refuse_what_is_no_key(object_id)
        return super().history_view(request, object_id, extra_context)

    def history_form_view(self, request, object_id, version_id, extra_context=None):
        _refuse_what_is_no_key(object_id)
        _refuse_what_is_no_key(version_id)
        if request.method == "POST" and not self.has_change_history_permission(request, self._today(object_id)):
            # The stock view saves for everybody who may look.
            raise PermissionDenied
        response = super().history_form_view(request, object_id, version_id, extra_context)
        is_saved = isinstance(response, HttpResponseRedirect)
        # The stock answer leads back to the same old version.
        return HttpResponseRedirect(self._address("change", object_id)) if is_saved else response

    def _today(self, key):
        return self.model._base_manager.filter(pk=key_of(str(key))).first()

    def _differences_from_today(self, version):
        today = self._today(version.pk)
        if today is None:
            return []
        kept = (*self.form.kept_when_restored, "id")
        fields = [
            self.model._meta.get_field(field.name)
            for field in version._history.tracked_fields
            if field.name not in kept and field.editable
        ]
        return [
            Difference.of(
                field, str(field.verbose_name), getattr(today, field.attname), getattr(version, field.attname)
            )
            for field in fields
            if getattr(today, field.attname) != getattr(version, field.attname)
        ]

    def _address(self, page, *args):
        return reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_{page}", args=args)


class UsedObject:
    """For what other pages use: says where, and refuses to delete what is in use in words an editor knows."""

    delete_confirmation_template = "admin/publishing/used_delete_confirmation.html"
    readonly_fields = ("used_in",)

    def delete_view(self, request, object_id, extra_context=None):
        obj = self.get_object(request, object_id)
        if obj:
            obj._reader = request
        context = {"used_in": self.used_in(obj)} if obj else {}
        return super().delete_view(request, object_id, context | (extra_context or {}))

    def get_readonly_fields(self, request, obj=None):
        # `used_in` is asked without the request, and the admin itself serves many at once.
        if obj is not None:
            obj._reader = request
        return super().get_readonly_fields(request, obj)

    def used_in(self, obj):
        if obj.pk is None:
            return "–"
        usages = obj.usages()
        rows = [
            (admin_path(usage.user), usage.user._meta.verbose_name, usage.user, usage.field_label)
            for usage in usages
            if self._may_open(obj._reader, usage.user)
        ]
        if not usages:
            return "Wird nirgends verwendet."
        return format_html(
            "<ul class='used-in'>{}{}</ul>",
            format_html_join("", "<li><a href='{}'>{}: {}</a> ({})</li>", rows),
            _elsewhere(len(usages) - len(rows)),
        )

    def _may_open(self, request, user):
        """Somebody's draft is not named to whoever may not see it."""
        if self.admin_site.is_registered(type(user)):
            return self.admin_site.get_model_admin(type(user)).has_view_permission(request, user)
        return request.user.has_perm(f"{user._meta.app_label}.{get_permission_codename('view', user._meta)}")

    used_in.short_description = "Verwendet in"


class UsedObjectAdmin(UsedObject, HistoryAdmin):
    pass


def _elsewhere(count):
    if not count:
        return ""
    where = "einer Stelle, die" if count == 1 else f"{count} Stellen, die"
    return format_html("<li>an {} Sie nicht öffnen dürfen</li>", where)


def _refuse_what_is_no_key(key):
    # The history views hand it to the database as it comes.
    if not key.isdecimal():
        raise Http404


def admin_path(obj):
    try:
        return reverse(f"admin:{obj._meta.app_label}_{obj._meta.model_name}_change", args=[obj.pk])
    except NoReverseMatch:
        return ""

from django.contrib.admin.widgets import ForeignKeyRawIdWidget
from django.urls import NoReverseMatch, reverse
from django.utils.html import format_html, format_html_join
from django.utils.timezone import localtime
from js_asset import Media
from simple_history.admin import SimpleHistoryAdmin

from publishing.models import Image


class ImageChooser(ForeignKeyRawIdWidget):
    """Number field with thumbnail; the lookup window shows the library as a wall of pictures."""

    template_name = "admin/publishing/image_chooser.html"

    class Media:
        js = ["admin/js/jquery.init.js", "js/admin/image-chooser.js"]

    def get_context(self, name, value, attrs):
        context = super().get_context(name, value, attrs)
        context["chosen_image"] = Image.objects.filter(pk=value).first() if str(value or "").isdigit() else None
        return context


class ImageChoosing:
    """For every admin and inline with a relation to Image."""

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        if db_field.remote_field.model is Image:
            kwargs["widget"] = ImageChooser(db_field.remote_field, self.admin_site)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)


class PortalAdmin(ImageChoosing, SimpleHistoryAdmin):
    """The stock admin with history, image chooser, a nonce for the editor's import map, and a warning before loss."""

    class Media:
        js = ["js/admin/unsaved-changes.js"]

    def render_change_form(self, request, context, *args, **kwargs):
        context["media"] = Media.from_media(context["media"], nonce=request._csp_nonce)
        return super().render_change_form(request, context, *args, **kwargs)

    def render_history_view(self, request, template, context, **kwargs):
        if "adminform" in context:
            context["media"] = Media.from_media(self.media + context["adminform"].media, nonce=request._csp_nonce)
        return super().render_history_view(request, template, context, **kwargs)


class UsedObjectAdmin(PortalAdmin):
    """For what other pages use: says where, and refuses to delete what is in use in words an editor knows."""

    readonly_fields = ("used_in",)

    def used_in(self, obj):
        if obj.pk is None:
            return "–"
        rows = [
            (admin_path(usage.user), usage.user._meta.verbose_name, usage.user, usage.field_label)
            for usage in obj.usages()
        ]
        if not rows:
            return "Wird nirgends verwendet."
        return format_html(
            "<ul class='used-in'>{}</ul>", format_html_join("", "<li><a href='{}'>{}: {}</a> ({})</li>", rows)
        )

    used_in.short_description = "Verwendet in"


def admin_path(obj):
    try:
        return reverse(f"admin:{obj._meta.app_label}_{obj._meta.model_name}_change", args=[obj.pk])
    except NoReverseMatch:
        return ""


def german_moment(moment):
    return f"{localtime(moment):%d.%m.%Y, %H:%M} Uhr" if moment else "–"

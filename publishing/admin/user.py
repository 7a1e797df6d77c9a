from django import forms
from django.contrib import admin
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.forms import (
    AdminPasswordChangeForm,
    ReadOnlyPasswordHashField,
    UserChangeForm,
    UserCreationForm,
)
from django.contrib.auth.models import User

from publishing.admin.base import PortalAdmin

admin.site.unregister(User)


class AccountForm(UserChangeForm):
    password = ReadOnlyPasswordHashField(
        label="Passwort", help_text="Niemand kann es lesen, auch die Verwaltung nicht."
    )


class NewPasswordForm(AdminPasswordChangeForm):
    """Two buttons in place of the stock form's English choice: set the password, or lock log-in by password."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields.pop("usable_password", None)

    def clean(self):
        self.cleaned_data["usable_password"] = "false" if "unset-password" in self.data else "true"
        return super().clean()


@admin.register(User)
class PortalUserAdmin(PortalAdmin, UserAdmin):
    """Who administers accounts cannot make themselves, or anybody, more powerful than groups allow."""

    form = AccountForm
    add_form = UserCreationForm
    add_form_template = None
    change_password_form = NewPasswordForm
    change_user_password_template = "admin/publishing/user_password.html"  # noqa: S105
    list_display = ("username", "last_name", "first_name", "email", "groups_label", "access_label")
    list_filter = ("groups", "is_active")
    filter_horizontal = ()
    readonly_fields = ("last_login", "date_joined")
    add_fieldsets = (
        (
            None,
            {
                "fields": ("username", "password1", "password2"),
                "description": "Gruppen und Zugang legen Sie im nächsten Schritt fest.",
            },
        ),
    )
    fieldsets = (
        (None, {"fields": ("username", "password")}),
        ("Person", {"fields": ("first_name", "last_name", "email")}),
        ("Rechte", {"fields": ("is_active", "is_staff", "is_superuser", "groups")}),
        ("Daten", {"fields": ("last_login", "date_joined")}),
    )

    def get_queryset(self, request):
        return super().get_queryset(request).prefetch_related("groups")

    @admin.display(description="Gruppen")
    def groups_label(self, user):
        return ", ".join(group.name for group in user.groups.all())

    @admin.display(description="Zugang", ordering="is_active")
    def access_label(self, user):
        return "ja" if user.is_active and user.is_staff else "nein"

    def formfield_for_manytomany(self, db_field, request, **kwargs):
        kwargs["widget"] = forms.CheckboxSelectMultiple
        return super().formfield_for_manytomany(db_field, request, **kwargs)

    def get_fieldsets(self, request, obj=None):
        fieldsets = super().get_fieldsets(request, obj)
        return fieldsets if request.user.is_superuser else _without(fieldsets, "is_superuser")

    def has_change_permission(self, request, obj=None):
        may_change = super().has_change_permission(request, obj)
        return may_change and (request.user.is_superuser or obj is None or not obj.is_superuser)

    def has_delete_permission(self, request, obj=None):
        may_delete = super().has_delete_permission(request, obj)
        return may_delete and (request.user.is_superuser or obj is None or not obj.is_superuser)


def _without(fieldsets, name):
    return [
        (title, options | {"fields": [field for field in options["fields"] if field != name]})
        for title, options in fieldsets
    ]

"""Accounts: the office makes them, invites people, and helps when a device is lost."""

import logging

from allauth.account import admin as _account  # noqa: F401  registers what is taken out again below
from allauth.account.models import EmailAddress, EmailConfirmation
from allauth.mfa import admin as _mfa  # noqa: F401
from allauth.mfa.models import Authenticator
from allauth.usersessions import admin as _usersessions  # noqa: F401
from allauth.usersessions.models import UserSession
from django import forms
from django.contrib import admin, messages
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.forms import (
    AdminPasswordChangeForm,
    ReadOnlyPasswordHashField,
    UserChangeForm,
    UserCreationForm,
)
from django.contrib.auth.models import User

from access import invitation, mails, second_factor
from publishing.admin.base import PortalAdmin

log = logging.getLogger(__name__)

admin.site.unregister(User)
# Their rows belong to their owners, who manage them below /konto/.
for model in (EmailAddress, EmailConfirmation, Authenticator, UserSession):
    if admin.site.is_registered(model):
        admin.site.unregister(model)

SECOND_FACTORS = {Authenticator.Type.WEBAUTHN: "Passkey", Authenticator.Type.TOTP: "Code-App"}


class _OwnAddress:
    """Log-in and forgotten passwords go by it: small letters, and nobody else's."""

    def clean_email(self):
        email = self.cleaned_data["email"].lower()
        others = User.objects.exclude(pk=self.instance.pk)
        if email and others.filter(email__iexact=email).exists():
            raise forms.ValidationError("Diese E-Mail-Adresse gehört schon zu einem anderen Konto.")
        return email


class AccountForm(_OwnAddress, UserChangeForm):
    password = ReadOnlyPasswordHashField(
        label="Passwort", help_text="Niemand kann es lesen, auch die Verwaltung nicht."
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        # Where there is none yet, Django puts an English sentence here.
        if not self.instance.has_usable_password():
            text = "Es gibt noch keins: Die Person legt es über ihre Einladung selbst fest."
            self.fields["password"].help_text = text


class NewAccountForm(_OwnAddress, UserCreationForm):
    """Without a password the person chooses one, or a passkey, by invitation."""

    send_invitation = forms.BooleanField(
        label="Einladung gleich senden",
        required=False,
        initial=True,
        help_text="Eine E-Mail mit einem Link, über den die Person ein Passwort oder einen Passkey einrichtet.",
    )

    class Meta(UserCreationForm.Meta):
        fields = ("username", "first_name", "last_name", "email")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name in ("password1", "password2"):
            self.fields[name].required = False
        self.fields["password1"].help_text = "Nur in Ausnahmen. Meist bleibt es leer, und die Person wird eingeladen."

    def clean(self):
        cleaned = super().clean()
        is_invited = cleaned.get("send_invitation") and not self._has_password()
        if is_invited and not cleaned.get("email") and "email" not in self.errors:
            self.add_error("email", "Für die Einladung fehlt die E-Mail-Adresse.")
        return cleaned

    def validate_passwords(self, *args, **kwargs):
        if self.cleaned_data.get("password1") != self.cleaned_data.get("password2"):
            self.add_error("password2", "Die beiden Passwörter sind nicht gleich.")

    def set_password_and_save(self, user, *args, **kwargs):
        if self._has_password():
            return super().set_password_and_save(user, *args, **kwargs)
        user.set_unusable_password()
        if kwargs.get("commit", True):
            user.save()
        return user

    def _has_password(self):
        return bool(self.cleaned_data.get("password1") or self.cleaned_data.get("password2"))


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
    add_form = NewAccountForm
    add_form_template = None
    change_password_form = NewPasswordForm
    change_user_password_template = "admin/publishing/user_password.html"  # noqa: S105
    list_display = ("username", "last_name", "first_name", "email", "groups_label", "access_label", "way_in_label")
    list_filter = ("groups", "is_active")
    filter_horizontal = ()
    readonly_fields = ("last_login", "date_joined", "way_in_label")
    add_fieldsets = (
        (
            None,
            {
                "fields": ("username", "first_name", "last_name", "email", "send_invitation"),
                "description": "Gruppen und Zugang legen Sie im nächsten Schritt fest.",
            },
        ),
        ("Passwort", {"fields": ("password1", "password2")}),
    )
    actions = ("send_invitation", "take_second_factor_away")
    fieldsets = (
        (None, {"fields": ("username", "password", "way_in_label")}),
        ("Person", {"fields": ("first_name", "last_name", "email")}),
        ("Rechte", {"fields": ("is_active", "is_staff", "is_superuser", "groups")}),
        ("Daten", {"fields": ("last_login", "date_joined")}),
    )

    def get_queryset(self, request):
        return super().get_queryset(request).prefetch_related("groups", "authenticator_set")

    @admin.display(description="Gruppen")
    def groups_label(self, user):
        return ", ".join(group.name for group in user.groups.all())

    @admin.display(description="Zugang", ordering="is_active")
    def access_label(self, user):
        return "ja" if user.is_active and user.is_staff else "nein"

    @admin.display(description="Meldet sich an mit")
    def way_in_label(self, user):
        if user.pk is None:
            return "–"
        kinds = {one.type for one in user.authenticator_set.all()}
        ways = ["Passwort"] * user.has_usable_password()
        ways += [label for kind, label in SECOND_FACTORS.items() if kind in kinds]
        return " + ".join(ways) or "noch nichts: braucht eine Einladung"

    def save_model(self, request, obj, form, change):
        super().save_model(request, obj, form, change)
        if not change and form.cleaned_data.get("send_invitation") and invitation.can_be_invited(obj):
            self._invite(request, obj)
            messages.success(request, f"Die Einladung an {obj.email} ist unterwegs. Sie steht unter „E-Mails“.")

    @admin.action(description="Einladung senden", permissions=["change"])
    def send_invitation(self, request, queryset):
        for user in queryset:
            if not self.has_change_permission(request, user):
                messages.error(request, f"{user}: Dieses Konto dürfen Sie nicht ändern.")
            elif not invitation.can_be_invited(user):
                messages.error(
                    request,
                    f"{user}: Eingeladen wird, wer eine E-Mail-Adresse, aber weder Passwort noch Passkey hat.",
                )
            else:
                self._invite(request, user)
                messages.success(request, f"{user}: Die Einladung ist unterwegs. Sie steht unter „E-Mails“.")

    @admin.action(description="Zweiten Faktor zurücksetzen", permissions=["change"])
    def take_second_factor_away(self, request, queryset):
        """For a lost device."""
        for user in queryset:
            if not self.has_change_permission(request, user):
                messages.error(request, f"{user}: Dieses Konto dürfen Sie nicht ändern.")
            elif not user.authenticator_set.exists():
                messages.warning(request, f"{user}: hat keinen zweiten Faktor.")
            else:
                second_factor.take_away(user)
                self.log_change(request, user, "Zweiter Faktor zurückgesetzt, alle Sitzungen beendet.")
                log.warning("Second factor of user %s taken away by user %s", user.pk, request.user.pk)
                if user.email:
                    mails.send_notice(user, "access/second_factor_taken_away")
                messages.success(request, f"{user}: Der zweite Faktor ist entfernt, alle Sitzungen sind beendet.")

    def _invite(self, request, user):
        invitation.invite(user, by=request.user)
        self.log_change(request, user, "Einladung gesendet.")

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

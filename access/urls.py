"""German addresses under the names allauth asks for. What is not listed does not exist, for example a sign-up."""

from allauth.account import views as account
from allauth.mfa.base import views as second_factor
from allauth.mfa.recovery_codes import views as recovery_codes
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as webauthn
from allauth.usersessions import views as sessions
from django.urls import path, re_path

from access import views

urlpatterns = [
    path("", second_factor.index, name="mfa_index"),
    path("anmelden/", account.login, name="account_login"),
    path("anmelden/passkey/", webauthn.login_webauthn, name="mfa_login_webauthn"),
    path("anmelden/bestaetigen/", second_factor.authenticate, name="mfa_authenticate"),
    path("abmelden/", account.logout, name="account_logout"),
    path("gesperrt/", account.account_inactive, name="account_inactive"),
    path("einladung/", views.invitation_form, name="access-invitation-form"),
    path("einladung/<str:token>/", views.invitation, name="access-invitation"),
    path("weiter/", views.onward, name="access-onward"),
    # Once more, before something that matters
    path("bestaetigen/", account.reauthenticate, name="account_reauthenticate"),
    path("bestaetigen/code/", second_factor.reauthenticate, name="mfa_reauthenticate"),
    path("bestaetigen/passkey/", webauthn.reauthenticate_webauthn, name="mfa_reauthenticate_webauthn"),
    # Password
    path("passwort/", account.password_change, name="account_change_password"),
    path("passwort/festlegen/", account.password_set, name="account_set_password"),
    path("passwort/vergessen/", account.password_reset, name="account_reset_password"),
    path("passwort/vergessen/gesendet/", account.password_reset_done, name="account_reset_password_done"),
    re_path(
        r"^passwort/neu/(?P<uidb36>[0-9A-Za-z]{1,13})-(?P<key>[^/]{1,200})/$",
        account.PasswordResetFromKeyView.as_view(reset_url_key="festlegen"),
        name="account_reset_password_from_key",
    ),
    # Second factor
    path("zweiter-faktor/", views.set_up_second_factor, name="access-second-factor"),
    path("passkeys/", webauthn.list_webauthn, name="mfa_list_webauthn"),
    path("passkeys/neu/", webauthn.add_webauthn, name="mfa_add_webauthn"),
    path("passkeys/<int:pk>/", webauthn.edit_webauthn, name="mfa_edit_webauthn"),
    path("passkeys/<int:pk>/entfernen/", webauthn.remove_webauthn, name="mfa_remove_webauthn"),
    path("code-app/", totp.activate_totp, name="mfa_activate_totp"),
    path("code-app/entfernen/", totp.deactivate_totp, name="mfa_deactivate_totp"),
    path("notfallcodes/", recovery_codes.view_recovery_codes, name="mfa_view_recovery_codes"),
    path("notfallcodes/neu/", recovery_codes.generate_recovery_codes, name="mfa_generate_recovery_codes"),
    path("notfallcodes/datei/", views.RecoveryCodesAsFile.as_view(), name="mfa_download_recovery_codes"),
    path("sitzungen/", sessions.list_usersessions, name="usersessions_list"),
]

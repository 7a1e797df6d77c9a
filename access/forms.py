"""allauth's forms in the portal's words. Placeholders go: they vanish while one types and are hard to read."""

from allauth.account import forms as account
from allauth.mfa import app_settings as mfa_settings
from allauth.mfa.base import forms as second_factor
from allauth.mfa.models import Authenticator
from allauth.mfa.totp import forms as totp
from allauth.mfa.webauthn import forms as webauthn
from django.core.cache import cache

NOT_THE_SAME = "Die beiden Passwörter sind nicht gleich."
CODE = {"inputmode": "numeric", "autocomplete": "one-time-code"}


def _say(form, labels, hints=None):
    for name, label in labels.items():
        field = form.fields[name]
        field.label = label
        field.help_text = (hints or {}).get(name, "")
        field.widget.attrs.pop("placeholder", None)


class LoginForm(account.LoginForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        _say(self, {"login": "Benutzername oder E-Mail-Adresse", "password": "Passwort"})
        self.fields["login"].widget.attrs |= {
            "autocomplete": "username",
            "autocapitalize": "none",
            "spellcheck": "false",
        }


class _PasswordTwice:
    """allauth adds its own sentence where the two differ."""

    def clean(self):
        cleaned = super(account.PasswordVerificationMixin, self).clean()
        first, second = self.cleaned_data.get("password1"), self.cleaned_data.get("password2")
        if first and second and first != second:
            self.add_error("password2", NOT_THE_SAME)
        return cleaned


NEW_PASSWORD = {"password1": "Neues Passwort", "password2": "Neues Passwort noch einmal"}
HINTS = {
    "password1": "Mindestens 12 Zeichen, zum Beispiel vier zufällige Wörter. Nichts Verbreitetes und nicht Ihr Name."
}


class ChangePasswordForm(_PasswordTwice, account.ChangePasswordForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        _say(self, {"oldpassword": "Bisheriges Passwort"} | NEW_PASSWORD, HINTS)


class SetPasswordForm(_PasswordTwice, account.SetPasswordForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        _say(self, {"password1": "Passwort", "password2": "Passwort noch einmal"}, HINTS)


class NewPasswordForm(_PasswordTwice, account.ResetPasswordKeyForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        _say(self, NEW_PASSWORD, HINTS)


class ForgottenPasswordForm(account.ResetPasswordForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        _say(self, {"email": "E-Mail-Adresse"})


class ConfirmByPasswordForm(account.ReauthenticateForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        _say(self, {"password": "Passwort"})


#: Of a code, in seconds: its own step and those around it that a wrong clock may still, or already, show.
VALIDITY = mfa_settings.TOTP_PERIOD * (2 * mfa_settings.TOTP_TOLERANCE + 1)


class _CodeOrRecoveryCode:
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        _say(self, {"code": "Code"}, {"code": "Sechs Ziffern aus Ihrer Code-App, oder einer Ihrer Notfallcodes."})
        self.fields["code"].widget.attrs |= CODE

    def clean_code(self):
        """allauth forgets after one step which code was used: it would be good for a second time while still valid."""
        code = super().clean_code()
        if self.authenticator.type == Authenticator.Type.TOTP:
            cache.touch(self.authenticator.wrap()._get_used_cache_key(code), VALIDITY)
        return code


class CodeForm(_CodeOrRecoveryCode, second_factor.AuthenticateForm):
    pass


class ConfirmByCodeForm(_CodeOrRecoveryCode, second_factor.ReauthenticateForm):
    pass


class AppForm(totp.ActivateTOTPForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        _say(self, {"code": "Code aus der App"}, {"code": "Sechs Ziffern. Sie wechseln alle 30 Sekunden."})
        self.fields["code"].widget.attrs |= CODE


NAME_HINT = "Damit Sie ihn wiedererkennen, zum Beispiel „Tablet“ oder „Diensthandy“."


class PasskeyForm(webauthn.AddWebAuthnForm):
    """Every key is one that logs in by itself, so the choice goes."""

    passwordless = None

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        _say(self, {"name": "Name"}, {"name": NAME_HINT})
        self.fields["name"].max_length = 80
        self.fields["name"].widget.attrs |= {"maxlength": 80, "autocomplete": "off"}

    def clean(self):
        self.cleaned_data["passwordless"] = True
        return super().clean()


class PasskeyNameForm(webauthn.EditWebAuthnForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        _say(self, {"name": "Name"}, {"name": NAME_HINT})
        self.fields["name"].widget.attrs |= {"maxlength": 80, "autocomplete": "off"}

    def clean_name(self):
        return self.cleaned_data["name"][:80]

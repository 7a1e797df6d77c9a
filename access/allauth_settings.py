"""How allauth works here; emmd/settings.py takes these in. What depends on the installation stands there."""

AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
ACCOUNT_ADAPTER = "access.adapters.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"username", "email"}
# Accounts and their addresses are made by the office: nobody has to prove an address.
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_LOGIN_ON_PASSWORD_RESET = True
ACCOUNT_REAUTHENTICATION_TIMEOUT = 15 * 60
ACCOUNT_PASSWORD_RESET_TOKEN_GENERATOR = "django.contrib.auth.tokens.PasswordResetTokenGenerator"  # noqa: S105
# A whole jury may sit behind one address.
ACCOUNT_RATE_LIMITS = {
    "login": "60/m/ip",
    "login_failed": "20/m/ip,5/300s/key",
    # Not allauth's own: forms of the rooms are counted in the same way.
    "enquiry": "10/h/ip,30/d/ip",
}
ACCOUNT_FORMS = {
    "login": "access.forms.LoginForm",
    "change_password": "access.forms.ChangePasswordForm",
    "set_password": "access.forms.SetPasswordForm",
    "reset_password": "access.forms.ForgottenPasswordForm",
    "reset_password_from_key": "access.forms.NewPasswordForm",
    "reauthenticate": "access.forms.ConfirmByPasswordForm",
}
MFA_ADAPTER = "access.adapters.SecondFactorAdapter"
MFA_SUPPORTED_TYPES = ["webauthn", "totp", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_TOLERANCE = 1  # clocks of tablets
MFA_RATE_LIMITS = {"webauthn_login": "60/m/ip"}
MFA_FORMS = {
    "authenticate": "access.forms.CodeForm",
    "reauthenticate": "access.forms.ConfirmByCodeForm",
    "activate_totp": "access.forms.AppForm",
    "add_webauthn": "access.forms.PasskeyForm",
    "edit_webauthn": "access.forms.PasskeyNameForm",
}

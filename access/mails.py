"""The mails about accounts. Links stand in them only as LINK_MARK: see publishing.outbox."""

from datetime import timedelta

from django.conf import settings
from django.utils import timezone
from django.utils.timezone import localtime

from publishing import outbox
from publishing.models.outgoing_mail import LINK_MARK

CLOSING = f"Mit freundlichen Grüßen\nIhre {settings.ORGANISATION_NAME}"

#: What allauth calls the event → what happened, in the words of the mail.
NOTICES = {
    "account/email/password_changed": "Das Passwort wurde geändert.",
    "account/email/password_reset": "Das Passwort wurde über einen Link aus einer E-Mail neu gesetzt.",
    "account/email/password_set": "Es wurde ein Passwort festgelegt.",
    "mfa/email/totp_activated": "Eine Code-App wurde als zweiter Faktor eingerichtet.",
    "mfa/email/totp_deactivated": "Die Code-App wurde als zweiter Faktor entfernt.",
    "mfa/email/webauthn_added": "Ein Passkey wurde hinzugefügt.",
    "mfa/email/webauthn_removed": "Ein Passkey wurde entfernt.",
    "mfa/email/recovery_codes_generated": "Es wurden neue Notfallcodes erzeugt; die alten gelten nicht mehr.",
    "access/second_factor_taken_away": "Das Büro hat den zweiten Faktor entfernt und alle Sitzungen beendet. "
    "Bei der nächsten Anmeldung richten Sie ihn neu ein.",
}


def invitation(user, path, *, by=None):
    """Values for outbox.prepare or outbox.send_now."""
    return {
        "to": user.email,
        "subject": f"Ihr Zugang zum Portal der {settings.SITE_NAME}",
        "text": (
            f"{_greeting(user)}\n\n"
            f"für Sie wurde ein Zugang zum Portal der {settings.SITE_NAME} angelegt. Mit diesem Link legen Sie ein "
            f"Passwort fest oder richten einen Passkey ein:\n\n{LINK_MARK}\n\n"
            f"Der Link gilt {settings.INVITATION_DAYS} Tage und nur für Sie. Danach melden Sie sich mit Ihrem "
            f"Benutzernamen „{user.get_username()}“ oder mit dieser E-Mail-Adresse an:\n"
            f"{settings.SITE_URL}{settings.ACCOUNT_AREA}anmelden/\n\n"
            f"Wenn Sie diese E-Mail nicht erwartet haben, brauchen Sie nichts zu tun.\n\n{CLOSING}\n"
        ),
        "purpose": "Einladung",
        "related_label": _label(user),
        "by": by,
        "link": f"{settings.SITE_URL}{path}",
        "link_ends_at": timezone.now() + timedelta(days=settings.INVITATION_DAYS),
    }


def send_password_reset(user, link):
    hours = settings.PASSWORD_RESET_TIMEOUT // 3600
    outbox.send_now(
        to=user.email,
        subject=f"Neues Passwort für das Portal der {settings.SITE_NAME}",
        text=(
            f"{_greeting(user)}\n\n"
            f"mit diesem Link legen Sie ein neues Passwort fest:\n\n{LINK_MARK}\n\n"
            f"Er gilt {hours} Stunden und nur einmal. Ihr Benutzername ist „{user.get_username()}“.\n\n"
            f"Wenn Sie das nicht angefordert haben, brauchen Sie nichts zu tun: Ihr Passwort bleibt, wie es ist.\n\n"
            f"{CLOSING}\n"
        ),
        purpose="Passwort vergessen",
        related_label=_label(user),
        link=link,
        link_ends_at=timezone.now() + timedelta(seconds=settings.PASSWORD_RESET_TIMEOUT),
    )


def send_notice(user, event):
    """So that nobody changes how somebody else gets in without their knowing."""
    outbox.send_now(
        to=user.email,
        subject="Änderung an Ihrem Zugang",
        text=(
            f"{_greeting(user)}\n\n"
            f"an Ihrem Zugang „{user.get_username()}“ zum Portal der {settings.SITE_NAME} hat sich etwas geändert "
            f"({localtime():%d.%m.%Y, %H:%M} Uhr):\n\n{NOTICES[event]}\n\n"
            f"Wenn Sie das nicht waren, melden Sie sich bitte sofort beim Büro.\n\n{CLOSING}\n"
        ),
        purpose="Hinweis zum Zugang",
        related_label=_label(user),
    )


def _greeting(user):
    return f"Guten Tag {user.get_full_name()}," if user.get_full_name() else "Guten Tag,"


def _label(user):
    return f"Konto {user.get_username()}"

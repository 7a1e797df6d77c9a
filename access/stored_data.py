from datetime import timedelta

from allauth.core.internal.ratelimit import parse_rates
from django.conf import settings

from publishing.personal_data import CONTRACT, INTEREST, StoredData, in_days, register

LONGEST_COUNTED = max(rate.duration for rates in settings.ACCOUNT_RATE_LIMITS.values() for rate in parse_rates(rates))

register(
    StoredData(
        what="Konten",
        why="Für die Arbeit in der Redaktion und in der Jury: Name, E-Mail-Adresse, Passwort (nur als Prüfwert), "
        "zweiter Faktor, Rechte.",
        legal_ground=CONTRACT,
        how_long="Bis die Administration das Konto löscht. Eine Einladung gilt "
        f"{settings.INVITATION_DAYS} Tage, ein Link für ein neues Passwort "
        f"{settings.PASSWORD_RESET_TIMEOUT // 3600} Stunden.",
        seen_by="Administration und Sie selbst",
        models=("auth.User", "account.EmailAddress", "mfa.Authenticator"),
    )
)
register(
    StoredData(
        what="Anmeldungen",
        why="Damit Sie angemeldet bleiben und sehen, wo Sie es sind: Cookie, IP-Adresse, Browser, Zeitpunkt.",
        legal_ground=INTEREST,
        how_long=f"Das Cookie gilt {settings.SESSION_COOKIE_AGE // 3600} Stunden; beim Abmelden endet es sofort. "
        "Die Liste der Anmeldungen verschwindet mit dem Konto.",
        seen_by="Sie selbst",
        models=("usersessions.UserSession",),
    )
)
register(
    StoredData(
        what="Versuche bei Anmeldung und Formularen",
        why="Um Massenversand und das Erraten von Passwörtern zu bremsen: Prüfwert der IP-Adresse und Zeitpunkte.",
        legal_ground=INTEREST,
        how_long=f"Höchstens {in_days(timedelta(seconds=LONGEST_COUNTED))}.",
        seen_by="Niemand",
    )
)

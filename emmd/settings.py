"""One settings file, read from the environment (see .env.example). What is unsafe is refused, not repaired."""

import logging
import re
from pathlib import Path
from urllib.parse import urlsplit

import environ
from django.core.exceptions import ImproperlyConfigured

from access.allauth_settings import *  # noqa: F403
from emmd import databases, enforcement_body, tile_server
from publishing.csp import CSP

BASE_DIR = Path(__file__).resolve().parent.parent

env = environ.Env()
env.read_env(BASE_DIR / ".env")


# --- What kind of installation this is ---------------------------------------------------------------

ENVIRONMENT = env.str("ENVIRONMENT", default="production")
if ENVIRONMENT not in ("development", "production"):
    raise ImproperlyConfigured(
        f"ENVIRONMENT is “{ENVIRONMENT}”. Set it to “production” or, on your own machine, to “development”."
    )
IN_PRODUCTION = ENVIRONMENT == "production"


def read_switch(name, default):
    """Unset and empty mean the default: environ itself reads an empty value as False."""
    raw = env.str(name, default="").strip().lower()
    if raw in ("1", "true", "yes", "on"):
        return True
    if raw in ("0", "false", "no", "off"):
        return False
    if raw == "":
        return default
    raise ImproperlyConfigured(f"{name} is “{raw}”. Set it to “on” or “off”.")


def read_text(name, default=""):
    """A value that begins with “$” is taken as it stands: environ would follow it as a reference."""
    return str(env.ENVIRON.get(name, "")).strip() or default


DEBUG = read_switch("DEBUG", default=False)
if DEBUG and IN_PRODUCTION:
    raise ImproperlyConfigured(
        "DEBUG is on, but it shows visitors the portal's inside. "
        "Remove DEBUG, or set ENVIRONMENT=development on your own machine."
    )

SECRET_KEY = read_text("SECRET_KEY")
if len(SECRET_KEY) < 40:
    raise ImproperlyConfigured(
        "SECRET_KEY is missing or shorter than 40 characters. "
        "Create one with “make secret-key” and put it into .env or the environment."
    )

SITE_URL = read_text("SITE_URL", default="" if IN_PRODUCTION else "http://127.0.0.1:8000").rstrip("/")
if not re.fullmatch(r"https?://([a-zA-Z0-9._-]+|\[[0-9a-fA-F:.]+\])(:\d{1,5})?", SITE_URL):
    raise ImproperlyConfigured(
        f"SITE_URL is “{SITE_URL}”. Set it to the portal's public address without a path, "
        "for example https://www.example.org."
    )
_site = urlsplit(SITE_URL)
if IN_PRODUCTION and _site.scheme != "https":
    raise ImproperlyConfigured("SITE_URL must begin with https:// in production.")

SITE_NAME = "Metropolregion Mitteldeutschland"
SITE_CLAIM = "Portal für Wirtschaft, Wissenschaft und Innovation"
ORGANISATION_NAME = "Europäische Metropolregion Mitteldeutschland"
ORGANISATION_SEAT = "Leipzig"
ENFORCEMENT_BODY = enforcement_body.read(read_text)
#: Where people report weaknesses (security.txt). German law wants a contact in the legal notice.
SECURITY_CONTACT = read_text("SECURITY_CONTACT", default=f"{SITE_URL}/impressum/")
if not re.fullmatch(r"(mailto:[^\s@]+@[^\s@]+|https?://\S+|tel:\+[\d-]+)", SECURITY_CONTACT):
    raise ImproperlyConfigured(
        f"SECURITY_CONTACT is “{SECURITY_CONTACT}”. Write it as mailto:name@example.org, https://… or tel:+49…"
    )

ALLOWED_HOSTS = [host.strip() for host in read_text("ALLOWED_HOSTS").split(",") if host.strip()] or [_site.hostname]
if IN_PRODUCTION and "*" in ALLOWED_HOSTS:
    raise ImproperlyConfigured(
        "ALLOWED_HOSTS contains “*”, so any host name would be answered. Name the portal's own host names."
    )
if not IN_PRODUCTION:
    ALLOWED_HOSTS += ["localhost", "127.0.0.1", "[::1]"]
CSRF_TRUSTED_ORIGINS = [SITE_URL]


# --- Where things are kept ----------------------------------------------------------------------------

VAR_DIR = Path(read_text("VAR_DIR", default=str(BASE_DIR / "var")))
try:
    VAR_DIR.mkdir(parents=True, exist_ok=True)
except OSError as error:
    raise ImproperlyConfigured(
        f"VAR_DIR is “{VAR_DIR}”, but this folder cannot be made. Name one the portal may write to."
    ) from error


def read_database():
    url = read_text("DATABASE_URL")
    if not url:
        return {"ENGINE": "django.db.backends.sqlite3", "NAME": VAR_DIR / "portal.sqlite3"}
    how_to = (
        "Write it as postgres://user:password@host:5432/name or sqlite:////absolute/path.sqlite3, "
        "and percent-encode the characters / # @ ? : in the password (/ is %2F, # is %23, @ is %40)."
    )
    scheme = url.partition("://")[0]
    if scheme not in ("postgres", "postgresql", "sqlite"):
        raise ImproperlyConfigured(f"DATABASE_URL names a database the portal does not know. {how_to}")
    try:
        parts = urlsplit(url)
        config = env.db_url_config(url)
        is_misread = bool(parts.fragment) or parts.port == 0
    except (ValueError, environ.ImproperlyConfigured) as error:
        raise ImproperlyConfigured(f"DATABASE_URL cannot be read. {how_to}") from error
    name = str(config.get("NAME") or "")
    if scheme == "sqlite":
        # Relative to whatever folder the server was started in, or kept in memory and lost.
        is_misread |= not Path(name).is_absolute()
    else:
        # An unescaped “/”, “#” or “@” of the password ends the host part: environ would connect elsewhere.
        is_misread |= not name or "/" in name or "@" in name or parts.netloc.count("@") > 1
    if is_misread:
        raise ImproperlyConfigured(f"DATABASE_URL cannot be read. {how_to}")
    return config


DATABASES = {"default": databases.spoken_to(read_database())}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

MEDIA_ROOT = VAR_DIR / "media"
MEDIA_URL = "/media/"
ORIGINALS_ROOT = VAR_DIR / "originals"
STATIC_ROOT = VAR_DIR / "static"
STATIC_URL = "/static/"
STATICFILES_DIRS = [BASE_DIR / "static", *tile_server.leaflet_files()]

STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "originals": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": ORIGINALS_ROOT, "base_url": None},
    },
    # The award's confidential papers: no address leads here.
    "papers": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": VAR_DIR / "papers", "base_url": None},
    },
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "publishing.static_files.HashedStaticFiles"
    },
}
WHITENOISE_USE_FINDERS = WHITENOISE_AUTOREFRESH = DEBUG
# A missing file costs its picture or style, not the page.
WHITENOISE_MANIFEST_STRICT = False
# Uploads: refused above these sizes before anything is decoded.
IMAGE_MAX_BYTES = 30_000_000
DOCUMENT_MAX_BYTES = 50_000_000


def kept_in_process(name, most):
    backend = "django.core.cache.backends.locmem.LocMemCache"
    return {"BACKEND": backend, "LOCATION": name, "OPTIONS": {"MAX_ENTRIES": most}}


CACHES = {
    # Shared by all workers: log-in attempts are counted in it. A migration makes its table.
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "portal_cache",
        # Attempts must not be pushed out by other attempts.
        "OPTIONS": {"MAX_ENTRIES": 20_000},
    },
    "pages": kept_in_process("pages", 1000),
    "figures": kept_in_process("figures", 1000),
    # Pictures for social networks, some 20 KB each: what is on one never changes.
    "cards": kept_in_process("cards", 200) | {"TIMEOUT": None},
    # Made once and large: PDFs.
    "files": kept_in_process("files", 24),
}
PAGE_CACHE = read_switch("PAGE_CACHE", default=not DEBUG)


# --- Apps, requests, templates ------------------------------------------------------------------------

INSTALLED_APPS = [
    "emmd.apps.EmmdConfig",
    "news.apps.NewsConfig",
    "events.apps.EventsConfig",
    "competition.apps.CompetitionConfig",
    "properties.apps.PropertiesConfig",
    "pages.apps.PagesConfig",
    "clusters.apps.ClustersConfig",
    "access.apps.AccessConfig",
    "publishing.apps.PublishingConfig",
    "demo.apps.DemoConfig",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "django_prose_editor",
    "simple_history",
    "emmd.apps.PortalAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.sitemaps",
    "django.contrib.staticfiles",
    "django.forms",
]

MIDDLEWARE = [
    "publishing.csp.ContentSecurityPolicyMiddleware",
    "publishing.requests.SecurityHeadersMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "publishing.requests.RefuseHostileAddressMiddleware",
    "publishing.requests.CompressPagesMiddleware",
    "publishing.page_cache.PageCacheMiddleware",
    "publishing.redirects.RedirectMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "simple_history.middleware.HistoryRequestMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "access.middleware.ClosedAreasMiddleware",
]

ROOT_URLCONF = "emmd.urls"
WSGI_APPLICATION = "emmd.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "publishing.csp.csp",
                "emmd.navigation.site",
            ],
        },
    }
]
# Also finds our own widget templates.
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"


# --- Language and time --------------------------------------------------------------------------------

LANGUAGE_CODE = "de"
TIME_ZONE = "Europe/Berlin"
USE_I18N = True
USE_TZ = True


# --- Safety -------------------------------------------------------------------------------------------

MAP_TILE_URL, MAP_TILE_ATTRIBUTION, _tiles = tile_server.checked(
    read_text("MAP_TILE_URL"), read_text("MAP_TILE_ATTRIBUTION")
)
# Django 6 reads the same setting: then publishing/csp.py goes and this stays.
SECURE_CSP = {
    "default-src": [CSP.SELF],
    "script-src": [CSP.SELF, CSP.NONCE],
    "style-src": [CSP.SELF, CSP.NONCE],
    "img-src": [CSP.SELF, "data:", *([_tiles] if _tiles else [])],
    "object-src": [CSP.NONE],
    "base-uri": [CSP.NONE],
    "form-action": [CSP.SELF],
    "frame-ancestors": [CSP.NONE],
}
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_SSL_REDIRECT = IN_PRODUCTION
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
SECURE_HSTS_SECONDS = 31_536_000 if IN_PRODUCTION else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = IN_PRODUCTION
BEHIND_TLS_PROXY = read_switch("BEHIND_TLS_PROXY", default=False)
if BEHIND_TLS_PROXY:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = IN_PRODUCTION
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 12 * 60 * 60
CSRF_FAILURE_VIEW = "emmd.errors.csrf_failure"
PREVIEW_LINK_DAYS = 7

AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    # Older hashes: replaced with the next log-in.
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2SHA1PasswordHasher",
]
PASSWORD_RESET_TIMEOUT = 24 * 60 * 60
INVITATION_DAYS = 14

ACCOUNT_AREA = "/konto/"
ADMIN_AREA = "/admin/"
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "jury:start"
LOGOUT_REDIRECT_URL = "account_login"

SECOND_FACTOR_REQUIRED = read_switch("SECOND_FACTOR_REQUIRED", default=IN_PRODUCTION)
if IN_PRODUCTION and not SECOND_FACTOR_REQUIRED:
    raise ImproperlyConfigured(
        "SECOND_FACTOR_REQUIRED is off, so a stolen password would open the admin and the jury's papers. "
        "Remove it, or set ENVIRONMENT=development on your own machine."
    )
SECOND_FACTOR_RULE = "emmd.second_factor.others_need_one"

MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not IN_PRODUCTION
# The proxy that ends TLS also names the visitor's address, which attempts are counted by.
ALLAUTH_TRUSTED_PROXY_COUNT = 1 if BEHIND_TLS_PROXY else 0


# --- Mail -----------------------------------------------------------------------------------------------

EMAIL_TIMEOUT = 8  # seconds; what takes longer is tried again later


def read_mail_server():
    url = read_text("EMAIL_URL")
    if not url:
        # On a developer's machine mails are printed; in production they wait in the outbox until there is a server.
        backend = (
            "publishing.outbox.NoMailServer" if IN_PRODUCTION else "django.core.mail.backends.console.EmailBackend"
        )
        return {"EMAIL_BACKEND": backend}
    how_to = (
        "Write it as smtp+tls://user:password@host:587 or smtp+ssl://user:password@host:465, "
        "and percent-encode the characters / # @ ? : in user and password (/ is %2F, # is %23, @ is %40)."
    )
    scheme = url.partition("://")[0]
    if scheme not in ("smtp", "smtp+tls", "smtp+ssl"):
        raise ImproperlyConfigured(f"EMAIL_URL names a way of sending the portal does not know. {how_to}")
    try:
        parts = urlsplit(url)
        config = env.email_url_config(url)
        is_misread = not parts.hostname or not parts.port or parts.path or parts.fragment or parts.query
    except (ValueError, environ.ImproperlyConfigured) as error:
        raise ImproperlyConfigured(f"EMAIL_URL cannot be read. {how_to}") from error
    if is_misread or parts.netloc.count("@") > 1:
        raise ImproperlyConfigured(f"EMAIL_URL cannot be read. {how_to}")
    if IN_PRODUCTION and scheme == "smtp" and parts.password:
        raise ImproperlyConfigured(f"EMAIL_URL would send its password unencrypted. {how_to}")
    return {name: value for name, value in config.items() if name.startswith("EMAIL_") and name != "EMAIL_FILE_PATH"}


globals().update(read_mail_server())
DEFAULT_FROM_EMAIL = SERVER_EMAIL = read_text("DEFAULT_FROM_EMAIL", default=f"{SITE_NAME} <noreply@{_site.hostname}>")


# --- Log ----------------------------------------------------------------------------------------------

LOG_LEVEL = read_text("LOG_LEVEL", default="INFO").upper()
if LOG_LEVEL not in logging.getLevelNamesMapping():
    raise ImproperlyConfigured(f"LOG_LEVEL is “{LOG_LEVEL.lower()}”. Set it to “debug”, “info”, “warning” or “error”.")

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"json": {"()": "emmd.logs.JsonFormatter"}},
    "handlers": {"stdout": {"class": "logging.StreamHandler", "stream": "ext://sys.stdout", "formatter": "json"}},
    "root": {"handlers": ["stdout"], "level": LOG_LEVEL},
    "loggers": {"django.server": {"handlers": ["stdout"], "propagate": False}},
}

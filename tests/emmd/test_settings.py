"""What is unsafe is refused with a sentence that says what to do."""

import os
import re
import runpy
import subprocess
import sys

import environ
import pytest
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import connection

KEY = "k" * 50
PRODUCTION = {"ENVIRONMENT": "production", "SECRET_KEY": KEY, "SITE_URL": "https://www.example.org"}
DEVELOPMENT = {"ENVIRONMENT": "development", "SECRET_KEY": KEY}
HOW_TO_WRITE_IT = "Write it as postgres://user:password@host:5432/name"


@pytest.fixture
def read(monkeypatch, tmp_path):
    """The settings file as this environment alone makes it: without the .env of this checkout."""

    def read_with(environment, **values):
        monkeypatch.setattr(environ.Env, "ENVIRON", {"VAR_DIR": str(tmp_path / "var")} | environment | values)
        monkeypatch.setattr(environ.Env, "read_env", lambda *args, **kwargs: None)
        return runpy.run_path(str(settings.BASE_DIR / "emmd/settings.py"))

    return read_with


@pytest.fixture
def refusal(read):
    def refusal_of(environment, **values):
        with pytest.raises(ImproperlyConfigured) as refused:
            read(environment, **values)
        sentence = str(refused.value)
        assert re.match(r"[A-Z_]+ ", sentence), "names the setting first"
        assert sentence.endswith(".")
        assert "\n" not in sentence
        return sentence

    return refusal_of


# --- Which installation --------------------------------------------------------------------------------


def test_nothing_said_means_production(read):
    values = read({key: value for key, value in PRODUCTION.items() if key != "ENVIRONMENT"})
    assert (values["IN_PRODUCTION"], values["DEBUG"]) == (True, False)
    assert values["SECURE_SSL_REDIRECT"] is values["SESSION_COOKIE_SECURE"] is values["CSRF_COOKIE_SECURE"] is True


@pytest.mark.parametrize("word", ["prod", "PRODUCTION", "test", " production", ""])
def test_an_unknown_environment_is_refused(refusal, word):
    assert refusal(PRODUCTION, ENVIRONMENT=word).startswith(f"ENVIRONMENT is “{word}”.")


@pytest.mark.parametrize("key", ["", " ", "short", "x" * 39, " " * 60, None])
@pytest.mark.parametrize("environment", [PRODUCTION, DEVELOPMENT], ids=["production", "development"])
def test_a_missing_or_short_key_is_refused(refusal, environment, key):
    without = {name: value for name, value in environment.items() if name != "SECRET_KEY"}
    sentence = refusal(without if key is None else without | {"SECRET_KEY": key})
    assert sentence.startswith("SECRET_KEY is missing or shorter than 40 characters.")
    assert "make secret-key" in sentence


@pytest.mark.parametrize("key", ["$" + "a" * 49, "$$" + "a" * 48, "#" + "a" * 49, "a=b" * 20, "ä" * 40])
def test_a_key_is_taken_as_it_stands(read, key):
    assert read(PRODUCTION, SECRET_KEY=key)["SECRET_KEY"] == key


# --- Switches ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("raw", "expected"), [("", False), (" ", False), ("off", False), ("ON", True), ("1", True)])
def test_an_empty_switch_means_its_default(read, raw, expected):
    assert read(DEVELOPMENT, DEBUG=raw)["DEBUG"] is expected


@pytest.mark.parametrize(("raw", "expected"), [("", True), ("on", True), ("off", False)])
def test_an_empty_page_cache_switch_means_on(read, raw, expected):
    assert read(PRODUCTION, PAGE_CACHE=raw)["PAGE_CACHE"] is expected


def test_a_switch_that_is_neither_on_nor_off_is_refused(refusal):
    assert refusal(DEVELOPMENT, DEBUG="ja") == "DEBUG is “ja”. Set it to “on” or “off”."


@pytest.mark.parametrize("raw", ["on", "True", "1", "yes"])
def test_debugging_in_production_is_refused(refusal, raw):
    assert refusal(PRODUCTION, DEBUG=raw).startswith("DEBUG is on, but it shows visitors the portal's inside.")


def test_a_proxy_is_trusted_only_when_told(read):
    assert "SECURE_PROXY_SSL_HEADER" not in read(PRODUCTION)
    header = read(PRODUCTION, BEHIND_TLS_PROXY="on")["SECURE_PROXY_SSL_HEADER"]
    assert header == ("HTTP_X_FORWARDED_PROTO", "https")


# --- Addresses -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "url",
    [
        "",
        "www.example.org",
        "//www.example.org",
        "ftp://www.example.org",
        "https:",
        "https://www.example.org/portal",
        "https://www.example.org/?a=b",
        "https://www.example.org#a",
        "https://user@www.example.org",
        "https://www.example.org:port",
        "https://[::1",
        "https://www example.org",
        "$SITE",
    ],
)
def test_an_unusable_site_address_is_refused(refusal, url):
    assert refusal(PRODUCTION, SITE_URL=url).startswith(f"SITE_URL is “{url}”.")


def test_production_needs_a_safe_site_address(refusal):
    assert refusal(PRODUCTION, SITE_URL="http://www.example.org") == "SITE_URL must begin with https:// in production."


def test_the_site_address_is_used_without_a_slash_at_its_end(read):
    values = read(PRODUCTION, SITE_URL="https://www.example.org:8443/")
    assert values["SITE_URL"] == "https://www.example.org:8443"
    assert values["CSRF_TRUSTED_ORIGINS"] == ["https://www.example.org:8443"]
    assert values["ALLOWED_HOSTS"] == ["www.example.org"]


def test_development_has_an_address_without_being_told(read):
    values = read(DEVELOPMENT)
    assert values["SITE_URL"] == "http://127.0.0.1:8000"
    assert "localhost" in values["ALLOWED_HOSTS"]


def test_host_names_are_read_from_a_list(read):
    hosts = read(PRODUCTION, ALLOWED_HOSTS=" www.example.org, example.org,,")["ALLOWED_HOSTS"]
    assert hosts == ["www.example.org", "example.org"]


@pytest.mark.parametrize("hosts", ["*", "www.example.org,*", " * "])
def test_answering_to_every_host_name_is_refused_in_production(refusal, hosts):
    assert refusal(PRODUCTION, ALLOWED_HOSTS=hosts).startswith("ALLOWED_HOSTS contains “*”")


# --- Database ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("url", ["", " "])
def test_without_database_address_a_file_in_the_var_folder_is_used(read, tmp_path, url):
    database = read(PRODUCTION, DATABASE_URL=url)["DATABASES"]["default"]
    assert database["ENGINE"] == "django.db.backends.sqlite3"
    assert database["NAME"] == tmp_path / "var/portal.sqlite3"
    assert database["OPTIONS"]["transaction_mode"] == "IMMEDIATE"
    assert "journal_mode=WAL" in database["OPTIONS"]["init_command"]
    assert (tmp_path / "var").is_dir()


@pytest.mark.parametrize(("address", "options"), [("", "-c jit=off"), ("?options=-c%20a=b", "-c a=b -c jit=off")])
def test_postgresql_makes_no_machine_code_of_a_question(read, address, options):
    database = read(PRODUCTION, DATABASE_URL=f"postgres:///portal{address}")["DATABASES"]["default"]
    assert database["OPTIONS"]["options"] == options


@pytest.mark.postgresql
@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite knows no machine code")
@pytest.mark.django_db
def test_the_server_has_understood_so():
    with connection.cursor() as cursor:
        cursor.execute("SHOW jit")
        assert cursor.fetchone() == ("off",)


@pytest.mark.parametrize("scheme", ["postgres", "postgresql"])
def test_a_postgresql_address_is_understood(read, scheme):
    database = read(
        PRODUCTION, DATABASE_URL=f"{scheme}://emmd:p%2Fa%23s%40s%3As%3F@db.example:5433/portal?sslmode=require"
    )["DATABASES"]["default"]
    assert {key: database[key] for key in ("ENGINE", "USER", "PASSWORD", "HOST", "PORT", "NAME", "OPTIONS")} == {
        "ENGINE": "django.db.backends.postgresql",
        "USER": "emmd",
        "PASSWORD": "p/a#s@s:s?",
        "HOST": "db.example",
        "PORT": 5433,
        "NAME": "portal",
        "OPTIONS": {"sslmode": "require", "options": "-c jit=off"},
    }
    assert database["CONN_MAX_AGE"] == 60
    assert database["CONN_HEALTH_CHECKS"] is True


def test_a_local_socket_and_an_absolute_file_are_understood(read):
    database = read(PRODUCTION, DATABASE_URL="postgres:///portal")["DATABASES"]["default"]
    assert (database["NAME"], database["HOST"]) == ("portal", "")
    database = read(PRODUCTION, DATABASE_URL="sqlite:////srv/portal.sqlite3")["DATABASES"]["default"]
    assert database["NAME"] == "/srv/portal.sqlite3"


@pytest.mark.parametrize(
    "url",
    [
        "postgres://u:p/w@h/db",
        "postgres://u:12/w@h/db",
        "postgres://u:12/w@h",
        "postgres://u:p#w@h/db",
        "postgres://u:12#w@h/db",
        "postgres://u:p@w@h/db",
        "postgres://u:p?w@h/db",
        "postgres://u:12?w@h/db",
        "postgres://u:p@h",
        "postgres://u:p@h/",
        "postgres://u:p@h:99999/db",
        "postgres://u:p@h:port/db",
        "postgres://[::1/db",
        "sqlite://",
        "sqlite:///",
        "sqlite:///portal.sqlite3",
        "sqlite://:memory:",
        "foo://u:p@h/db",
        "mysql://u:p@h/db",
        "portal",
        "$DATABASE",
        "://",
    ],
)
def test_a_broken_database_address_is_refused_without_repeating_its_password(refusal, url):
    sentence = refusal(PRODUCTION, DATABASE_URL=url)
    assert sentence.startswith("DATABASE_URL ")
    assert HOW_TO_WRITE_IT in sentence
    assert sentence.count("://") == 2, "only the two examples"


# --- Mail and log-in -----------------------------------------------------------------------------------


def test_a_mail_server_is_read_with_its_encryption(read):
    values = read(PRODUCTION, EMAIL_URL="smtp+tls://portal%40example.org:p%2Fw%23@mail.example:587")
    names = ("BACKEND", "HOST", "PORT", "HOST_USER", "HOST_PASSWORD", "USE_TLS")
    assert [values[f"EMAIL_{name}"] for name in names] == [
        "django.core.mail.backends.smtp.EmailBackend",
        *("mail.example", 587, "portal@example.org", "p/w#", True),
    ]
    assert read(PRODUCTION, EMAIL_URL="smtp+ssl://u:p@mail.example:465")["EMAIL_USE_SSL"] is True
    assert values["EMAIL_TIMEOUT"] < 10


def test_without_a_mail_server_production_keeps_mails_and_development_prints_them(read):
    assert read(PRODUCTION)["EMAIL_BACKEND"] == "publishing.outbox.NoMailServer"
    assert read(DEVELOPMENT, EMAIL_URL=" ")["EMAIL_BACKEND"] == "django.core.mail.backends.console.EmailBackend"


@pytest.mark.parametrize(
    "url",
    [
        "mail.example",
        "smtps://u:p@h:465",
        "consolemail://",
        "smtp+tls://",
        "smtp+tls://u:p@h",
        "smtp+tls://u:p/w@h:587",
        "smtp+tls://u:p#w@h:587",
        "smtp+tls://u:p@w@h:587",
        "smtp+tls://u:p?w@h:587",
        "smtp+tls://u:p@h:port",
        "smtp+tls://[::1",
        "$MAIL",
    ],
)
def test_a_broken_mail_server_address_is_refused_without_repeating_its_password(refusal, url):
    sentence = refusal(PRODUCTION, EMAIL_URL=url)
    assert sentence.startswith("EMAIL_URL ")
    assert "Write it as smtp+tls://user:password@host:587" in sentence
    assert sentence.count("://") == 2, "only the two examples"


def test_a_mail_password_is_not_sent_unencrypted(refusal, read):
    assert refusal(PRODUCTION, EMAIL_URL="smtp://u:p@h:25").startswith("EMAIL_URL would send its password unencrypted.")
    assert read(PRODUCTION, EMAIL_URL="smtp://localhost:25")["EMAIL_HOST"] == "localhost"


def test_mails_come_from_the_portals_own_host_unless_told(read):
    assert read(PRODUCTION)["DEFAULT_FROM_EMAIL"] == "Metropolregion Mitteldeutschland <noreply@www.example.org>"
    assert read(PRODUCTION, DEFAULT_FROM_EMAIL="a@b.example")["DEFAULT_FROM_EMAIL"] == "a@b.example"


@pytest.mark.parametrize("raw", ["off", "0", "false"])
def test_production_refuses_to_go_without_the_second_factor(refusal, raw):
    sentence = refusal(PRODUCTION, SECOND_FACTOR_REQUIRED=raw)
    assert sentence.startswith("SECOND_FACTOR_REQUIRED is off, so a stolen password would open the admin")


def test_the_second_factor_is_required_unless_this_is_ones_own_machine(read):
    assert (
        read(PRODUCTION)["SECOND_FACTOR_REQUIRED"]
        is read(PRODUCTION, SECOND_FACTOR_REQUIRED="")["SECOND_FACTOR_REQUIRED"]
        is True
    )
    assert read(DEVELOPMENT)["SECOND_FACTOR_REQUIRED"] is False
    assert read(DEVELOPMENT, SECOND_FACTOR_REQUIRED="on")["SECOND_FACTOR_REQUIRED"] is True


def test_passkeys_need_https_in_production(read):
    assert read(PRODUCTION)["MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN"] is False


def test_attempts_are_counted_in_a_cache_all_workers_share_by_the_address_the_proxy_names(read):
    values = read(PRODUCTION, BEHIND_TLS_PROXY="on")
    assert values["CACHES"]["default"]["BACKEND"] == "django.core.cache.backends.db.DatabaseCache"
    assert values["ALLAUTH_TRUSTED_PROXY_COUNT"] == 1
    assert read(PRODUCTION)["ALLAUTH_TRUSTED_PROXY_COUNT"] == 0


def test_passwords_are_kept_with_argon2(read):
    assert read(PRODUCTION)["PASSWORD_HASHERS"][0] == "django.contrib.auth.hashers.Argon2PasswordHasher"


# --- The rest ------------------------------------------------------------------------------------------


def test_a_folder_that_cannot_be_made_is_refused(refusal, tmp_path):
    (tmp_path / "file").write_text("")
    assert "cannot be made" in refusal(PRODUCTION, VAR_DIR=str(tmp_path / "file/var"))


@pytest.mark.parametrize(("raw", "level"), [("", "INFO"), ("warning", "WARNING"), ("DEBUG", "DEBUG")])
def test_the_log_level_is_read_in_any_case(read, raw, level):
    assert read(PRODUCTION, LOG_LEVEL=raw)["LOGGING"]["root"]["level"] == level


def test_an_unknown_log_level_is_refused(refusal):
    assert refusal(PRODUCTION, LOG_LEVEL="laut").startswith("LOG_LEVEL is “laut”.")


def test_every_setting_read_from_the_environment_is_explained():
    source = (settings.BASE_DIR / "emmd/settings.py").read_text()
    names = set(re.findall(r'(?:env\.\w+|read_text|read_switch)\(\s*"([A-Z_]+)"', source))
    assert "BEHIND_TLS_PROXY" in names
    example = (settings.BASE_DIR / ".env.example").read_text()
    assert {name for name in names if not re.search(rf"^#?\s?{name}=", example, re.MULTILINE)} == set()


# --- The enforcement body


BODY = {"ENFORCEMENT_BODY_NAME": "Stelle des Landes", "ENFORCEMENT_BODY_EMAIL": "stelle@land.example"}


def test_the_enforcement_body_is_empty_or_can_be_reached(read):
    assert set(read(PRODUCTION)["ENFORCEMENT_BODY"].values()) == {""}
    body = read(PRODUCTION, **BODY, ENFORCEMENT_BODY_WEBSITE="https://www.land.example/stelle")["ENFORCEMENT_BODY"]
    assert body == {
        "name": "Stelle des Landes",
        "address": "",
        "email": "stelle@land.example",
        "website": "https://www.land.example/stelle",
    }


@pytest.mark.parametrize(
    ("values", "named"),
    [
        ({"ENFORCEMENT_BODY_NAME": "Stelle"}, "ENFORCEMENT_BODY_NAME"),
        ({"ENFORCEMENT_BODY_EMAIL": "stelle@land.example"}, "ENFORCEMENT_BODY_NAME"),
        (BODY | {"ENFORCEMENT_BODY_WEBSITE": "javascript:alert(1)"}, "ENFORCEMENT_BODY_WEBSITE"),
        (BODY | {"ENFORCEMENT_BODY_EMAIL": "stelle"}, "ENFORCEMENT_BODY_EMAIL"),
    ],
)
def test_half_an_enforcement_body_is_refused(refusal, values, named):
    assert refusal(PRODUCTION, **values).startswith(named)


# --- As the operator meets it --------------------------------------------------------------------------


def manage(tmp_path, *arguments, **environment):
    # Empty where not given: the .env of this checkout must not fill the gap.
    names = (
        "DEBUG",
        "ALLOWED_HOSTS",
        "DATABASE_URL",
        "PAGE_CACHE",
        "BEHIND_TLS_PROXY",
        "LOG_LEVEL",
        "EMAIL_URL",
        "MAP_TILE_URL",
        "ENFORCEMENT_BODY_NAME",
        "ENFORCEMENT_BODY_EMAIL",
        "ENFORCEMENT_BODY_ADDRESS",
        "ENFORCEMENT_BODY_WEBSITE",
    )
    empty = dict.fromkeys((*names, "DEFAULT_FROM_EMAIL", "SECOND_FACTOR_REQUIRED"), "")
    kept = {name: os.environ[name] for name in ("PATH", "LANG", "HOME") if name in os.environ}
    return subprocess.run(
        [sys.executable, "-W", "error", "manage.py", *arguments],
        env=kept | empty | PRODUCTION | {"VAR_DIR": str(tmp_path)} | environment,
        cwd=settings.BASE_DIR,
        capture_output=True,
        text=True,
        timeout=60,
    )


def test_the_portal_refuses_in_one_sentence_without_traceback(tmp_path):
    result = manage(tmp_path, "check", SECRET_KEY="")
    assert result.returncode == 1
    assert result.stdout == ""
    assert result.stderr == (
        "The portal does not start. SECRET_KEY is missing or shorter than 40 characters. "
        "Create one with “make secret-key” and put it into .env or the environment.\n"
    )


def test_a_production_installation_passes_the_deployment_check(tmp_path):
    result = manage(tmp_path, "check", "--deploy", "--fail-level", "WARNING", SECRET_KEY="$" + os.urandom(30).hex())
    assert (result.returncode, result.stderr) == (0, "")
    assert "no issues" in result.stdout


def test_the_server_refuses_in_one_sentence_too(tmp_path):
    environment = {"PATH": os.environ["PATH"], "VAR_DIR": str(tmp_path)} | PRODUCTION | {"DEBUG": "on"}
    result = subprocess.run(
        [sys.executable, "-c", "import emmd.wsgi"],
        env=environment,
        cwd=settings.BASE_DIR,
        capture_output=True,
        text=True,
    )
    assert result.returncode == 1
    assert result.stderr.startswith("The portal does not start. DEBUG is on")
    assert "Traceback" not in result.stderr

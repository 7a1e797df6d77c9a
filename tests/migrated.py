"""The migrations, run once for all processes and runs: what they leave is copied into every test database.

On SQLite it is a file below .pytest_cache, on PostgreSQL a database of the server, used as template. It is made anew
when the migrations change; permissions of models that changed meanwhile come with the migrate command that every test
database runs all the same. `python -m tests.migrated` makes it before the tests ask for it.
"""

import fcntl
import hashlib
import os
import sqlite3
import subprocess
import sys
import time
from contextlib import closing, contextmanager
from functools import cache
from pathlib import Path

import django
from django.conf import settings
from django.db import connection

ROOT = Path(__file__).resolve().parent.parent
KEPT = ROOT / ".pytest_cache" / "migrated"
PREFIX = "portal_migrated_"
PATIENCE = 20  # seconds
#: What decides beside the migrations themselves: their libraries, and what they import of ours.
SOURCES = ("requirements.txt", "publishing/groups.py", "publishing/constraints.py", "publishing/rich_text.py")


@contextmanager
def filled_test_database():
    """While it lasts, the test database that Django is about to make starts with what migrations leave."""
    if connection.vendor == "postgresql":
        template = _template_on_postgresql()
        # The connection has a copy of its settings.
        for settings_of_tests in (settings.DATABASES["default"]["TEST"], connection.settings_dict["TEST"]):
            settings_of_tests["TEMPLATE"] = template
        yield
        return
    # The database lives in memory as long as somebody is connected to it.
    with closing(_connect_to_memory()):
        _copy_into_memory()
        yield


def start_anew():
    """Whatever a test with real transactions has left: the database is as migrations leave it. Takes 5 ms, or 150."""
    assert not connection.in_atomic_block
    if connection.vendor == "sqlite":
        _copy_into_memory()
        return
    name, template = connection.settings_dict["NAME"], connection.settings_dict["TEST"]["TEMPLATE"]
    connection.close()
    with connection._nodb_cursor() as server:
        server.execute(f'DROP DATABASE "{name}" WITH (FORCE)')
        server.execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')


def _connect_to_memory():
    return sqlite3.connect(connection.creation._get_test_db_name(), uri=True)


def _copy_into_memory():
    end = time.monotonic() + PATIENCE
    with closing(sqlite3.connect(_template_on_sqlite())) as template, closing(_connect_to_memory()) as test_database:
        while True:
            try:
                return template.backup(test_database)
            except sqlite3.OperationalError:
                # A late thread of the test's server still reads or writes.
                if time.monotonic() > end:
                    raise
                time.sleep(0.05)


@cache
def _template_on_sqlite():
    path = KEPT / f"{_fingerprint()}.sqlite3"
    with _one_at_a_time():
        if not path.exists():
            for former in KEPT.glob("*.sqlite3"):
                former.unlink()
            unfinished = path.with_suffix(".unfinished")
            unfinished.unlink(missing_ok=True)
            _migrate(f"sqlite:///{unfinished}")
            # What still stands in the journal comes along, and the copy needs none.
            with closing(sqlite3.connect(unfinished)) as database:
                database.execute("PRAGMA journal_mode = DELETE")
            unfinished.rename(path)
    return path


@cache
def _template_on_postgresql():
    name = PREFIX + _fingerprint()
    unfinished = f"{PREFIX}unfinished"
    with _one_at_a_time(), connection._nodb_cursor() as server:
        server.execute("SELECT datname FROM pg_database WHERE datname LIKE %s", [f"{PREFIX}%"])
        known = {row[0] for row in server.fetchall()}
        if name not in known:
            for former in known:
                server.execute(f'DROP DATABASE "{former}"')
            server.execute(f'CREATE DATABASE "{unfinished}"')
            _migrate(_address_of(unfinished))
            server.execute(f'ALTER DATABASE "{unfinished}" RENAME TO "{name}"')
    return name


def _migrate(address):
    command = [sys.executable, "manage.py", "migrate", "--verbosity", "0"]
    own = {"DJANGO_SETTINGS_MODULE": "tests.settings", "TEST_DATABASE_URL": address}
    subprocess.run(command, cwd=ROOT, env=os.environ | own, check=True)


def _address_of(name):
    """The address the tests were given, with this database in it."""
    server, separator, _ = os.environ["TEST_DATABASE_URL"].rpartition("/")
    return f"{server}{separator}{name}"


def _fingerprint():
    digest = hashlib.sha256(sys.version.encode())
    for path in sorted([*ROOT.glob("*/migrations/*.py"), *(ROOT / name for name in SOURCES)]):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


@contextmanager
def _one_at_a_time():
    KEPT.mkdir(parents=True, exist_ok=True)
    with (KEPT / f"{connection.vendor}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)  # until the file is closed
        yield


if __name__ == "__main__":
    django.setup()
    _template_on_sqlite() if connection.vendor == "sqlite" else _template_on_postgresql()

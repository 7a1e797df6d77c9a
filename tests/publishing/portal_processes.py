"""Several processes of the portal on one database: a test tells each what to do, line by line.

    with portal_processes(2, tmp_path) as (first, second):
        first.do("edit", pk=1, title="Neu")

Run as a module, this file is such a process.
"""

import atexit
import contextlib
import json
import os
import select
import shutil
import sqlite3
import subprocess
import sys
import time
from pathlib import Path
from urllib.parse import urlsplit

import django
from django.conf import settings
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

# --- the test's side

PATIENCE = 30  # seconds


class PortalProcess:
    def __init__(self, database_url):
        self.process = subprocess.Popen(
            [sys.executable, "-m", __name__],
            env=os.environ | {"DJANGO_SETTINGS_MODULE": "tests.settings", "TEST_DATABASE_URL": database_url},
            cwd=settings.BASE_DIR,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
        )
        self.unread = b""

    def start(self, command, **values):
        self.process.stdin.write(json.dumps([command, values]).encode() + b"\n")
        self.process.stdin.flush()

    def has_answered(self, within=0):
        ends_at = time.monotonic() + within
        while b"\n" not in self.unread:
            left = max(0, ends_at - time.monotonic())
            if not select.select([self.process.stdout], [], [], left)[0]:
                return False
            received = os.read(self.process.stdout.fileno(), 65536)
            assert received, "a process of the portal has died"
            self.unread += received
        return True

    def answer(self):
        assert self.has_answered(within=PATIENCE), "a process of the portal hangs"
        line, self.unread = self.unread.split(b"\n", 1)
        answer = json.loads(line)
        assert not isinstance(answer, dict) or "error" not in answer, answer["error"]
        return answer

    def do(self, command, **values):
        self.start(command, **values)
        return self.answer()

    def stop(self):
        self.process.kill()
        self.process.communicate()


@contextlib.contextmanager
def portal_processes(number, folder):
    """They share the rows of a transactional test; SQLite's, which live in memory, are copied into a file first."""
    processes = [PortalProcess(_shared_database_url(folder)) for _ in range(number)]
    try:
        for process in processes:
            assert process.answer() == "ready"
        yield processes
    finally:
        for process in processes:
            process.stop()
        # What they left behind would block the test's own clean-up.
        connection.close_if_unusable_or_obsolete()


def _shared_database_url(folder):
    if connection.vendor == "sqlite":
        path = folder / "shared.sqlite3"
        if not path.exists():
            with contextlib.closing(sqlite3.connect(path)) as shared:
                connection.connection.backup(shared)
        return f"sqlite:///{path}"
    url = urlsplit(os.environ["TEST_DATABASE_URL"])
    return f"{url.scheme}://{url.netloc}/{connection.settings_dict['NAME']}"


# --- the process's side

_transactions = []


def edit(pk, title):
    from news.models import Article

    article = Article.objects.get(pk=pk)
    article.title = title
    article.save()


def edit_again_and_again(pk, times, log):
    """Notes in `log` what is committed, so that readers know what they must not miss."""
    for number in range(1, times + 1):
        edit(pk, f"Fassung {number:04d}.")
        # In one step: a reader must never find half a number.
        Path(f"{log}.new").write_text(str(number))
        Path(f"{log}.new").replace(log)


def edit_and_roll_back(pk, title, path):
    with transaction.atomic():
        edit(pk, title)
        seen = read(path)
        transaction.set_rollback(True)
    return seen


def read(path):
    with CaptureQueriesContext(connection) as queries:
        response = Client().get(path)
    return {"status": response.status_code, "text": response.content.decode(), "queries": len(queries)}


def begin():
    _transactions.append(transaction.atomic())
    _transactions[-1].__enter__()


def commit():
    _transactions.pop().__exit__(None, None, None)


def lock(pk):
    from news.models import Article

    Article.objects.select_for_update().get(pk=pk)


def relate(pk, other):
    from news.models import Article

    Article.objects.get(pk=pk).related.add(other)


def log_in(name, password):
    response = Client().post("/konto/anmelden/", {"login": name, "password": password})
    return {"status": response.status_code, "text": response.content.decode()}


COMMANDS = {
    one.__name__: one
    for one in (log_in, edit, edit_again_and_again, edit_and_roll_back, read, begin, commit, lock, relate)
}


def obey():
    django.setup()
    atexit.register(shutil.rmtree, settings.VAR_DIR, ignore_errors=True)
    _say("ready")
    for line in sys.stdin:
        command, values = json.loads(line)
        try:
            answer = COMMANDS[command](**values)
        except Exception as error:
            answer = {"error": repr(error)}
        _say(answer)


def _say(answer):
    sys.stdout.write(json.dumps(answer) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    obey()

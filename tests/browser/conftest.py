"""One browser for the session, a fresh context for each test, and a watch that no page misbehaves unseen."""

import os
import shutil

# Playwright's synchronous API runs inside an event loop: Django must not take that for asynchronous code.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"

import pytest
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore

from publishing import preview
from tests.browser.watch import Watch
from tests.emmd.public_pages import PUBLIC_PAGES, make_public_site
from tests.factories import make_draft, make_withdrawn

CHROMIUM_NAMES = ("chromium", "chromium-browser", "google-chrome")
SWITCHES = (
    "--no-sandbox",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


def _chromium():
    return os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, CHROMIUM_NAMES)), None)


@pytest.fixture(scope="session")
def browser(django_db_setup):
    path = _chromium()
    if path is None:
        reason = "no Chromium found: install it (Debian: apt-get install chromium) or name it in CHROMIUM"
        pytest.fail(reason) if os.environ.get("REQUIRE_ALL") == "1" else pytest.skip(reason)
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=path, args=SWITCHES)
        yield started
        started.close()


@pytest.fixture(scope="session", autouse=True)
def _late_threads_may_close_their_connection(browser, live_server):
    """Those of the server end when the browser lets go of them, which may be after the server has stopped."""
    for shared in live_server.thread.connections_override.values():
        shared.inc_thread_sharing()


@pytest.fixture
def open_page(browser, live_server):
    """Opens pages in contexts of their own; when the test ends, each must have behaved."""
    opened = []

    def open_one(user=None, **options):
        context = browser.new_context(
            **{
                "base_url": live_server.url,
                "locale": "de-DE",
                "timezone_id": "Europe/Berlin",
                "viewport": {"width": 1440, "height": 900},
            }
            | options
        )
        context.set_default_timeout(8000)
        if user is not None:
            context.add_cookies([_session_cookie(user, live_server.url)])
        watch = Watch(context, live_server.url)
        opened.append((context, watch))
        page = context.new_page()
        page.watch = watch
        return page

    yield open_one
    complaints = [complaint for _, watch in opened for complaint in watch.complaints]
    for context, _ in opened:
        context.close()
    assert complaints == []


@pytest.fixture
def visitor_page(open_page):
    return open_page()


@pytest.fixture
def addresses(live_server):
    """Every page a visitor can meet, the unhappy ones included."""
    make_public_site()
    gone = make_withdrawn(title="Zurückgezogener Beitrag")
    draft = make_draft(title="Entwurf in der Vorschau")
    return [
        *(page.address for page in PUBLIC_PAGES),
        "/gibt-es-nicht/",
        gone.get_absolute_url(),
        preview.make_link(draft),
        "/aktuelles/?rubrik=unbekannt",
        "/suche/?q=Energie",
        "/suche/?q=Enrgie+und+ein+sehrlangeswortdasesnirgendwogibtundnichtumbrechenkannoderdoch",
    ]


@pytest.fixture
def editor_page(open_page, transactional_db, editor):
    return open_page(editor)


def _session_cookie(user, url):
    session = SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.save()
    return {"name": settings.SESSION_COOKIE_NAME, "value": session.session_key, "url": url}

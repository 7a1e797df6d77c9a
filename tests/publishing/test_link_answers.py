"""What other hosts and the portal itself answer, and whom the portal never asks."""

import time
from types import SimpleNamespace

import pytest

from publishing.link_check import inside, outside
from publishing.models import Redirect
from publishing.models.link import Outcome
from tests.factories import make_article, make_draft, make_withdrawn
from tests.publishing.link_host import other_host

PRIVATE = "Die Adresse führt in ein privates Netz, das Besucher nicht erreichen."


@pytest.fixture(scope="module")
def host():
    with other_host() as server:
        yield server


@pytest.fixture
def ask(host, monkeypatch):
    """This machine may be asked under one of its addresses, which is all the rule gives way."""
    rule = outside.may_be_asked
    monkeypatch.setattr(outside, "may_be_asked", lambda address: address == "127.0.0.1" or rule(address))
    host.asked.clear()
    asker = outside.Asker(pause=0)
    return lambda path: asker.ask(path if path.startswith("http") else f"{host.url}/{path}")


@pytest.mark.parametrize(
    ("path", "outcome", "code", "reason"),
    [
        ("200", Outcome.GOOD, 200, ""),
        ("only-get", Outcome.GOOD, 200, ""),
        ("404", Outcome.GONE, 404, "Seite nicht gefunden (404)"),
        ("410", Outcome.GONE, 410, "Seite entfernt (410)"),
        ("403", Outcome.UNCLEAR, 403, "Der Server lässt keine Prüfung zu (403)"),
        ("429", Outcome.UNCLEAR, 429, "Der Server lässt keine Prüfung zu (429)"),
        ("400", Outcome.FAILED, 400, "Antwort (400)"),
        ("503", Outcome.FAILED, 503, "Fehler des Servers (503)"),
        ("to//200", Outcome.GOOD, 200, ""),
        ("to//404", Outcome.GONE, 404, "Seite nicht gefunden (404)"),
        ("around/", Outcome.FAILED, None, "Die Adresse leitet immer weiter, ohne anzukommen."),
        ("nonsense", Outcome.FAILED, None, "Die Antwort des Servers ist nicht zu verstehen."),
        ("to/ftp://example.org/", Outcome.GONE, None, "Die Adresse beginnt weder mit https:// noch mit http://."),
        ("to/http://127.0.0.2/", Outcome.GONE, None, PRIVATE),
        ("to/http://169.254.169.254/latest/", Outcome.GONE, None, PRIVATE),
    ],
)
def test_each_answer_has_its_meaning(ask, path, outcome, code, reason):
    assert ask(path) == outside.Answer(outcome, code, reason)


def test_the_portal_says_who_asks_and_asks_briefly(ask, host):
    ask("200")
    assert host.asked == [("HEAD", "/200", "LinkCheck/1.0 (+https://portal.example)")]
    host.asked.clear()
    ask("404")
    assert [method for method, *_ in host.asked] == ["HEAD", "GET"]


def test_an_endless_way_ends_after_a_few_steps(ask, host):
    ask("around/")
    assert len(host.asked) == outside.MOST_REDIRECTS + 1


def test_a_huge_page_is_not_fetched(ask, host):
    began = time.monotonic()
    assert ask("huge").outcome is Outcome.GOOD
    assert time.monotonic() - began < 2
    assert host.cut_off.wait(5)


def test_a_slow_answer_is_not_waited_for(ask, monkeypatch):
    monkeypatch.setattr(outside, "TIMEOUT", 0.3)
    assert ask("slow") == outside.Answer(Outcome.FAILED, None, "Der Server antwortet nicht rechtzeitig.")


def test_an_answer_in_drops_is_cut_off(ask, monkeypatch):
    monkeypatch.setattr(outside, "LONGEST", 0.4)
    began = time.monotonic()
    assert ask("drip").outcome is Outcome.FAILED
    assert time.monotonic() - began < 3


def test_a_host_is_not_asked_twice_in_a_row_without_a_pause(host, monkeypatch):
    pauses = []
    monkeypatch.setattr(outside, "may_be_asked", lambda address: True)
    # Not the clock of the whole process: the other host sleeps in it, too.
    monkeypatch.setattr(outside, "time", SimpleNamespace(sleep=pauses.append, monotonic=time.monotonic))
    asker = outside.Asker(pause=5)
    asker.ask(f"{host.url}/200")
    assert pauses == []
    asker.ask(f"{host.url}/200")
    assert len(pauses) == 1
    assert 4 < pauses[0] <= 5


@pytest.mark.parametrize(
    "host_name",
    [
        *("127.0.0.1", "localhost", "10.1.2.3", "192.168.0.1", "172.16.0.9", "169.254.169.254", "0.0.0.0"),
        *("100.64.0.1", "224.0.0.1", "[::1]", "[fe80::1]", "[fd00::1]", "[::ffff:10.0.0.1]", "[64:ff9b::a00:1]"),
        "[2002:7f00:1::]",
    ],
)
def test_no_private_address_is_ever_asked(monkeypatch, host_name):
    def refuse(*args):
        raise AssertionError("asked")

    monkeypatch.setattr(outside.socket, "create_connection", refuse)
    assert outside.Asker(pause=0).ask(f"http://{host_name}:8080/") == outside.Answer(Outcome.GONE, None, PRIVATE)


def test_a_name_with_one_public_and_one_private_address_is_not_asked(monkeypatch):
    found = [(2, 1, 6, "", (address, 80)) for address in ("93.184.216.34", "10.0.0.1")]
    monkeypatch.setattr(outside.socket, "getaddrinfo", lambda *args, **kwargs: found)
    assert outside.Asker(pause=0).ask("http://beides.example/").reason == PRIVATE


def test_what_was_looked_at_is_what_is_asked(monkeypatch):
    """A name that answers differently the second time leads nowhere else."""
    asked = []

    def connect(address, timeout):
        asked.append(address)
        raise ConnectionRefusedError

    found = [(2, 1, 6, "", ("93.184.216.34", 80))]
    monkeypatch.setattr(outside.socket, "getaddrinfo", lambda *args, **kwargs: found)
    monkeypatch.setattr(outside.socket, "create_connection", connect)
    answer = outside.Asker(pause=0).ask("http://wechselt.example/")
    assert asked == [("93.184.216.34", 80)]
    assert answer == outside.Answer(Outcome.FAILED, None, "Es kommt keine Verbindung zustande.")


@pytest.mark.parametrize(
    ("url", "reason"),
    [
        ("https://[", "Das ist keine vollständige Adresse."),
        ("http://", "In der Adresse fehlt der Name des Servers."),
        ("http://example.org:99999/", "Das ist keine vollständige Adresse."),
        ("http://a..b/", "Das ist keine vollständige Adresse."),
    ],
)
def test_what_is_no_address_is_said_to_be_none(url, reason):
    assert outside.Asker(pause=0).ask(url) == outside.Answer(Outcome.GONE, None, reason)


def test_a_name_nobody_has_is_a_failure_that_may_pass(monkeypatch):
    def unknown(*args, **kwargs):
        raise outside.socket.gaierror

    monkeypatch.setattr(outside.socket, "getaddrinfo", unknown)
    answer = outside.Asker(pause=0).ask("https://gibt-es-nicht.example/")
    assert answer == outside.Answer(Outcome.FAILED, None, "Diesen Servernamen gibt es nicht.")


def test_signs_that_would_begin_a_header_are_written_as_numbers(ask, host):
    ask(f"{host.url}/ä b?q=ü&x=1")
    assert host.asked[0][1] == "/%C3%A4%20b?q=%C3%BC&x=1"


# --- The portal itself


@pytest.fixture(scope="module")
def portal():
    return inside.Asker()


@pytest.mark.django_db
def test_the_portal_answers_about_itself_as_to_a_visitor(portal):
    public, draft, withdrawn = make_article(), make_draft(), make_withdrawn()
    Redirect.objects.create(old_path="/alt/", new_path=public.get_absolute_url())
    Redirect.objects.create(old_path="/fort/", new_path="")
    Redirect.objects.create(old_path="/ins-leere/", new_path="/gibt-es-nicht/")
    expected = {
        "/": Outcome.GOOD,
        public.get_absolute_url(): Outcome.GOOD,
        f"{public.get_absolute_url()}?utm_source=x": Outcome.GOOD,
        public.get_absolute_url().rstrip("/"): Outcome.GOOD,
        draft.get_absolute_url(): Outcome.GONE,
        withdrawn.get_absolute_url(): Outcome.GONE,
        "/alt/": Outcome.GOOD,
        "/fort/": Outcome.GONE,
        "/ins-leere/": Outcome.GONE,
        "/größe/": Outcome.GONE,
        "/gr%C3%B6%C3%9Fe/": Outcome.GONE,
        "/admin/": Outcome.GOOD,
        "/termine/kalender.ics": Outcome.GOOD,
        "/static/css/tokens.css": Outcome.GOOD,
    }
    assert {path: portal.ask(f"https://portal.example{path}").outcome for path in expected} == expected


@pytest.mark.django_db
def test_a_page_that_leads_to_itself_ends(portal):
    Redirect.objects.create(old_path="/eins/", new_path="/zwei/")
    Redirect.objects.create(old_path="/zwei/", new_path="/eins/")
    assert portal.ask("https://portal.example/eins/").reason == "Die Adresse leitet immer weiter, ohne anzukommen."

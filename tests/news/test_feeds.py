from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

import pytest
from defusedxml import ElementTree
from django.urls import reverse
from django.utils import timezone
from django.utils.http import http_date

from news.models import Article, Rubric
from tests.factories import (
    make_article,
    make_contact,
    make_draft,
    make_expired,
    make_full_article,
    make_image,
    make_press_office,
    make_rubric,
    make_scheduled,
    make_withdrawn,
)

pytestmark = pytest.mark.django_db
SITE = "https://portal.example"
ATOM = "{http://www.w3.org/2005/Atom}"
CONTENT = "{http://purl.org/rss/1.0/modules/content/}"
ALL, PRESS = ("/aktuelles/atom/", "/aktuelles/rss/"), ("/presse/atom/", "/presse/rss/")
RUBRIC = ("/aktuelles/rubrik/energie/atom/", "/aktuelles/rubrik/energie/rss/")


def read(client, path):
    response = client.get(path)
    assert response.status_code == 200
    return ElementTree.fromstring(response.content)


def entries(feed):
    return feed.findall(f"{ATOM}entry") + feed.findall("channel/item")


def titles(feed):
    return [one.findtext(f"{ATOM}title") or one.findtext("title") for one in entries(feed)]


def full_text(entry):
    return entry.findtext(f"{ATOM}content") or entry.findtext(f"{CONTENT}encoded")


@pytest.fixture
def energy():
    return make_rubric(name="Energie & Wasser", slug="energie")


@pytest.mark.parametrize("path", [*ALL, *PRESS, *RUBRIC])
def test_each_feed_holds_its_own_public_articles_newest_first(client, energy, path):
    old_press = make_article(kind="press", rubric=energy, days_ago=9)
    news_only = make_article(kind="news", days_ago=3)
    news_energy = make_article(kind="news", rubric=energy, days_ago=2)
    for make in (make_draft, make_scheduled, make_expired, make_withdrawn):
        make(kind="press", rubric=energy, title="Geheim")
    expected = {ALL: [news_energy, news_only, old_press], PRESS: [old_press], RUBRIC: [news_energy, old_press]}
    wanted = next(articles for paths, articles in expected.items() if path in paths)
    assert titles(read(client, path)) == [article.title for article in wanted]


@pytest.mark.parametrize("path", [*ALL, *PRESS, *RUBRIC])
def test_an_empty_feed_is_a_valid_feed(client, energy, path):
    assert entries(read(client, path)) == []


@pytest.mark.parametrize("path", ALL)
def test_a_feed_ends_after_forty_articles(client, path):
    for _ in range(41):
        make_article()
    assert len(entries(read(client, path))) == 40


@pytest.mark.parametrize(
    ("path", "page", "title"),
    [
        ("/aktuelles/atom/", "/aktuelles/", "Aktuelles aus der Metropolregion Mitteldeutschland"),
        ("/presse/atom/", "/presse/", "Pressemitteilungen der Metropolregion Mitteldeutschland"),
        (RUBRIC[0], "/aktuelles/rubrik/energie/", "Energie & Wasser – Metropolregion Mitteldeutschland"),
    ],
)
def test_an_atom_feed_names_itself_and_its_page(client, energy, path, page, title):
    response = client.get(path)
    feed = ElementTree.fromstring(response.content)
    assert response["Content-Type"] == "application/atom+xml; charset=utf-8"
    assert feed.findtext(f"{ATOM}title") == title
    links = {link.get("rel"): link.get("href") for link in feed.findall(f"{ATOM}link")}
    assert links == {"alternate": f"{SITE}{page}", "self": f"{SITE}{path}"}
    assert feed.findtext(f"{ATOM}id") == f"{SITE}{page}"
    assert feed.get("{http://www.w3.org/XML/1998/namespace}lang") == "de"
    assert feed.findtext(f"{ATOM}author/{ATOM}name") == "Europäische Metropolregion Mitteldeutschland"


def test_an_rss_feed_names_itself_and_its_page(client):
    response = client.get("/presse/rss/")
    channel = ElementTree.fromstring(response.content).find("channel")
    assert response["Content-Type"] == "application/rss+xml; charset=utf-8"
    assert (channel.findtext("link"), channel.findtext("language")) == (f"{SITE}/presse/", "de")
    assert channel.findtext("description").startswith("Pressemitteilungen, Pressekontakt und Bilder")
    assert channel.find(f"{ATOM}link").get("href") == f"{SITE}/presse/rss/"


@pytest.mark.parametrize("path", ALL)
def test_an_entry_carries_the_full_text_and_only_absolute_addresses(client, energy, path):
    make_press_office(contact=make_contact())
    image = make_image(alternative_text='Werk "Süd"', credit="Foto: A & B")
    article = make_full_article(
        title="Titel & <Zeichen>",
        teaser="Vorspann <b>",
        body='<p>Text mit <a href="/presse/">Presse</a>, <a href="#unten">unten</a> und '
        '<a href="https://www.example.org/">draußen</a>.</p>',
        image=image,
        rubric=energy,
    )
    entry = entries(read(client, path))[0]
    address = f"{SITE}{article.get_absolute_url()}"
    if "atom" in path:
        assert entry.findtext(f"{ATOM}id") == address
        assert [link.get("href") for link in entry.findall(f"{ATOM}link")] == [address]
        assert entry.find(f"{ATOM}content").get("type") == "html"
        categories = [one.get("term") for one in entry.findall(f"{ATOM}category")]
    else:
        assert (entry.findtext("guid"), entry.findtext("link")) == (address, address)
        categories = [one.text for one in entry.findall("category")]
    assert categories == ["Pressemitteilung", "Energie & Wasser"]
    text = full_text(entry)
    assert "<p><strong>Vorspann &lt;b&gt;</strong></p>" in text
    assert f'src="{SITE}{image.largest_url}" alt="Werk &quot;Süd&quot;"' in text
    assert "Foto: A &amp; B" in text
    assert f'<a href="{SITE}/presse/"' in text
    assert f'<a href="{address}#unten"' in text
    assert '<a href="https://www.example.org/"' in text


@pytest.mark.parametrize("path", ALL)
def test_a_body_may_not_bring_markup_the_sanitiser_refuses(client, path):
    make_article(body='<p onclick="x()">Text<script>alert(1)</script></p>')
    assert "alert" not in full_text(entries(read(client, path))[0])


@pytest.mark.parametrize("path", [*ALL, *PRESS, *RUBRIC])
@pytest.mark.parametrize(
    "title",
    [
        "Ende ]]> des Blocks",
        "Emoji 🌍 und 𝔘mlaut ä",
        "<script>&amp;</script>",
        "Nul\x00 Glocke\x07 Tab\x0b \x1b[0m",
        "Nicht\ufffeZeichen",
    ],
    ids=["cdata", "emoji", "markup", "controls", "noncharacter"],
)
def test_hostile_titles_leave_a_feed_well_formed(client, energy, title, path):
    article = make_article(title="x", kind="press", rubric=energy)
    # Past save(), which already strips them: old rows and imports are not to break the feed.
    storable = title.replace("\x00", "")
    Article.objects.filter(pk=article.pk).update(title=storable, teaser=storable, body=f"<p>{storable}</p>")
    Rubric.objects.filter(pk=energy.pk).update(name=f"Energie {storable}"[:80])
    read_title = titles(read(client, path))[0]
    assert read_title == "".join(one for one in title if one >= " " and one != "\ufffe").replace("\x7f", "")


def test_a_corrected_article_is_an_updated_entry(client):
    published, corrected = datetime(2025, 7, 21, 7, tzinfo=UTC), datetime(2025, 7, 23, 7, 30, tzinfo=UTC)
    make_article(publish_from=published, correction="Richtig sind 18.", corrected_at=corrected)
    make_article(publish_from=published - timedelta(days=1))
    feed = read(client, "/aktuelles/atom/")
    first, second = entries(feed)
    assert datetime.fromisoformat(first.findtext(f"{ATOM}published")) == published
    assert datetime.fromisoformat(first.findtext(f"{ATOM}updated")) == corrected
    assert datetime.fromisoformat(second.findtext(f"{ATOM}updated")) == published - timedelta(days=1)
    assert datetime.fromisoformat(feed.findtext(f"{ATOM}updated")) == corrected
    assert "<strong>Korrektur vom 23. Juli 2025:</strong> Richtig sind 18." in full_text(first)
    channel = read(client, "/aktuelles/rss/").find("channel")
    assert parsedate_to_datetime(channel.findtext("lastBuildDate")) == corrected
    assert parsedate_to_datetime(channel.findtext("item/pubDate")) == published


@pytest.mark.parametrize("path", [*ALL, *PRESS, *RUBRIC])
def test_an_unchanged_feed_is_not_sent_again(client, energy, path):
    article = make_article(kind="press", rubric=energy)
    first = client.get(path)
    again = client.get(path, headers={"If-None-Match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    article.title = "Geändert"
    article.save()
    changed = client.get(path, headers={"If-None-Match": first["ETag"]})
    assert changed.status_code == 200
    assert "Geändert" in changed.content.decode()


@pytest.mark.parametrize("path", ALL)
def test_a_reader_that_knows_dates_only_gets_what_changed_without_a_new_date(client, path):
    withdrawn = make_article(days_ago=1, title="Zurückzuziehen")
    make_article(days_ago=5)
    client.get(path)
    withdrawn.withdraw()
    withdrawn.save()
    answer = client.get(path, headers={"If-Modified-Since": http_date(timezone.now().timestamp())})
    assert answer.status_code == 200
    assert "Zurückzuziehen" not in answer.content.decode()


def test_a_feed_sets_no_cookie_and_names_the_public_host_whatever_host_was_asked(client):
    make_article()
    response = client.get(reverse("news:atom"), headers={"Host": "localhost"})
    assert response.cookies == {}
    assert "localhost" not in response.content.decode()
    assert "http://" not in response.content.decode().replace("http://www.w3.org/2005/Atom", "")


def test_a_year_typed_wrongly_does_not_stop_the_feeds(client):
    make_article(publish_from=datetime(1, 1, 1, tzinfo=UTC))
    for path in ALL:
        assert len(entries(read(client, path))) == 1

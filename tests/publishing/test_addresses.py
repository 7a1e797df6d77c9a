"""What happens at an address when its content moves, goes or makes room."""

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError

from news.models import Article
from publishing.models import Redirect
from tests.factories import make_article, make_draft, make_expired, make_scheduled, make_withdrawn

pytestmark = pytest.mark.django_db


def move(article, slug):
    article.slug = slug
    article.save()


def test_a_changed_address_of_public_content_redirects_for_good(client):
    article = make_article(slug="alt")
    move(article, "neu")
    response = client.get("/aktuelles/alt/")
    assert (response.status_code, response["Location"]) == (301, "/aktuelles/neu/")
    assert client.get("/aktuelles/neu/").status_code == 200
    assert client.head("/aktuelles/alt/").status_code == 301
    assert client.post("/aktuelles/alt/").status_code != 301


@pytest.mark.parametrize("make", [make_expired, make_withdrawn])
def test_content_that_was_public_redirects_too_and_then_says_that_it_is_gone(client, make):
    article = make(slug="alt")
    move(article, "neu")
    response = client.get("/aktuelles/alt/", follow=True)
    assert response.redirect_chain == [("/aktuelles/neu/", 301)]
    assert response.status_code == 410


@pytest.mark.parametrize("make", [make_draft, make_scheduled])
def test_a_changed_address_of_a_draft_leaves_nothing(client, make):
    article = make(slug="alt")
    move(article, "neu")
    article.release()
    article.publish_from = None
    article.save()
    assert not Redirect.objects.exists()
    assert [client.get(f"/aktuelles/{slug}/").status_code for slug in ("alt", "neu")] == [404, 200]


def test_three_changes_lead_every_old_address_straight_to_the_newest(client):
    article = make_article(slug="eins")
    for slug in ("zwei", "drei", "vier"):
        move(article, slug)
    for slug in ("eins", "zwei", "drei"):
        response = client.get(f"/aktuelles/{slug}/", follow=True)
        assert response.redirect_chain == [("/aktuelles/vier/", 301)]
        assert response.status_code == 200
    assert Redirect.objects.count() == 3


def test_going_back_to_the_first_address_leaves_no_circle(client):
    article = make_article(slug="eins")
    for slug in ("zwei", "eins", "zwei", "eins"):
        move(article, slug)
        other = "eins" if slug == "zwei" else "zwei"
        assert client.get(f"/aktuelles/{slug}/").status_code == 200
        assert client.get(f"/aktuelles/{other}/", follow=True).redirect_chain == [(f"/aktuelles/{slug}/", 301)]


def test_a_draft_that_takes_over_an_old_address_lets_it_redirect_until_it_is_public(client):
    article = make_article(slug="sommerfest")
    move(article, "sommerfest-2025")
    draft = make_draft(slug="sommerfest")
    assert client.get("/aktuelles/sommerfest/")["Location"] == "/aktuelles/sommerfest-2025/"
    draft.release()
    draft.save()
    assert client.get("/aktuelles/sommerfest/").status_code == 200
    assert client.get("/aktuelles/sommerfest-2025/").status_code == 200
    draft.withdraw()
    draft.save()
    assert client.get("/aktuelles/sommerfest/").status_code == 410


def test_a_draft_that_comes_and_goes_leaves_the_old_address_as_it_was(client):
    article = make_article(slug="sommerfest")
    move(article, "sommerfest-2025")
    make_draft(slug="sommerfest").delete()
    assert client.get("/aktuelles/sommerfest/")["Location"] == "/aktuelles/sommerfest-2025/"


def test_new_content_at_the_address_of_removed_content_is_shown(client):
    make_article(slug="sommerfest").delete()
    assert client.get("/aktuelles/sommerfest/").status_code == 410
    make_article(slug="sommerfest")
    assert client.get("/aktuelles/sommerfest/").status_code == 200


def test_two_articles_can_exchange_their_addresses(client):
    one, other = make_article(slug="a", title="Eins"), make_article(slug="b", title="Zwei")
    move(one, "c")
    move(other, "a")
    move(one, "b")
    assert "<h1>Zwei</h1>" in client.get("/aktuelles/a/").content.decode()
    assert "<h1>Eins</h1>" in client.get("/aktuelles/b/").content.decode()
    assert client.get("/aktuelles/c/")["Location"] == "/aktuelles/b/"


@pytest.mark.parametrize("change", [lambda article: move(article, "neu"), lambda article: article.delete()])
def test_an_address_and_its_redirect_change_together_or_not_at_all(monkeypatch, change):
    article = make_article(slug="alt")

    def fail(*args, **kwargs):
        raise IntegrityError("no room left")

    monkeypatch.setattr(type(Redirect.objects.all()), "update_or_create", fail)
    with pytest.raises(IntegrityError, match="no room left"):
        change(article)
    assert list(Article.objects.values_list("slug", flat=True)) == ["alt"]


@pytest.mark.parametrize("slug", ["archiv", "rubrik", "atom", "rss"])
def test_fixed_addresses_are_refused_in_german(slug):
    article = make_article()
    article.slug = slug
    with pytest.raises(ValidationError) as refusal:
        article.full_clean(exclude=["rubric"])
    assert refusal.value.message_dict["slug"] == [
        f"„{slug}“ ist eine feste Adresse des Portals. Bitte wählen Sie eine andere."
    ]


def test_a_title_that_reads_like_a_fixed_address_gets_a_number(client):
    article = make_article(title="Archiv")
    assert article.slug == "archiv-2"
    assert client.get(article.get_absolute_url()).status_code == 200


def test_a_second_item_of_the_same_title_gets_a_number_and_never_takes_a_taken_address():
    titles = 3 * ["Größe zählt"]
    assert [make_article(title=title).slug for title in titles] == [
        "groesse-zaehlt",
        "groesse-zaehlt-2",
        "groesse-zaehlt-3",
    ]
    long = [make_draft(title=99 * "ab").slug for _ in range(3)]
    assert len(set(long)) == 3
    assert max(map(len, long)) <= 120


def test_a_taken_address_is_refused_in_german():
    make_article(slug="vergeben")
    article = make_article()
    article.slug = "vergeben"
    with pytest.raises(ValidationError) as refusal:
        article.full_clean()
    assert refusal.value.message_dict["slug"] == ["Beitrag mit diesem Wert für das Feld Adresse existiert bereits."]


# --- deletion


@pytest.mark.parametrize(
    ("make", "status"),
    [(make_article, 410), (make_expired, 410), (make_withdrawn, 410), (make_draft, 404), (make_scheduled, 404)],
)
def test_deletion_leaves_a_notice_only_where_visitors_have_been(client, make, status):
    article = make()
    path = article.get_absolute_url()
    article.delete()
    assert client.get(path).status_code == status
    assert Redirect.objects.count() == (1 if status == 410 else 0)


def test_after_deletion_all_former_addresses_say_so(client):
    article = make_article(slug="eins")
    for slug in ("zwei", "drei"):
        move(article, slug)
    article.delete()
    assert [client.get(f"/aktuelles/{slug}/").status_code for slug in ("eins", "zwei", "drei")] == [410, 410, 410]


def test_deletion_speaks_of_the_stored_address_not_of_one_just_typed(client):
    article = make_article(slug="gespeichert")
    article.slug = "nur-getippt"
    article.delete()
    assert [client.get(f"/aktuelles/{slug}/").status_code for slug in ("gespeichert", "nur-getippt")] == [410, 404]

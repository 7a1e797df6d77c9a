from datetime import datetime, timedelta

import pytest
from django.utils import timezone

from news.models import Article, ArticleImage, ArticleLink
from publishing.social_cards import Card
from tests.factories import (
    make_article,
    make_contact,
    make_document,
    make_draft,
    make_expired,
    make_full_article,
    make_image,
    make_press_office,
    make_rubric,
    make_scheduled,
    make_withdrawn,
)
from tests.parsed_page import fetch

pytestmark = pytest.mark.django_db


def open_article(client, article):
    return fetch(client, article.get_absolute_url())


def berlin(*parts):
    return timezone.make_aware(datetime(*parts))  # noqa: DTZ001


def yesterday():
    return timezone.localdate() - timedelta(days=1)


def tomorrow():
    return timezone.localdate() + timedelta(days=1)


# --- Head and text -------------------------------------------------------------------------------------


def test_the_head_names_kicker_title_date_kind_and_rubric(client):
    article = make_article(
        title="Wasserstoff: <Start> & Ziel",
        kicker="Energie",
        teaser="Das Wichtigste zuerst.",
        kind="study",
        rubric=make_rubric(name="Studien", slug="studien"),
        publish_from=berlin(2025, 11, 26, 0, 30),
    )
    page = open_article(client, article)
    head = page.one("header", css="article-head")
    assert page.texts("h1") == ["Wasserstoff: <Start> & Ziel"]
    assert page.texts("p", css="kicker", inside=head) == ["Energie"]
    assert page.texts("p", css="lead", inside=head) == ["Das Wichtigste zuerst."]
    assert page.one("time", inside=head).text == "Mittwoch, 26. November 2025"
    assert page.one("time", inside=head).attrs["datetime"] == "2025-11-26T00:30:00+01:00"
    assert "Studie" in page.one("p", css="meta", inside=head).text
    assert page.links(inside=head) == ["/aktuelles/rubrik/studien/"]
    assert "/aktuelles/rubrik/studien/" in page.links(inside=page.one("p", css="meta", inside=head))


def test_an_article_without_kicker_says_its_kind(client):
    page = open_article(client, make_article(kind="personnel"))
    assert page.texts("p", css="kicker", inside=page.one("header", css="article-head")) == ["Personalie"]


def test_the_text_keeps_its_parts_and_tables_scroll_within_themselves(client):
    body = (
        "<p>Absatz mit <strong>Gewicht</strong>.</p><h2>Zwischentitel</h2><blockquote><p>Zitat</p></blockquote>"
        "<ul><li><p>Punkt</p></li></ul><table><tbody><tr><th><p>Jahr</p></th><td><p>2024</p></td></tr></tbody></table>"
    )
    page = open_article(client, make_article(body=body))
    prose = page.one("div", css="prose")
    parts = [one.tag for one in page.all("p", "h2", "blockquote", "ul", "table", inside=prose) if one.parent is prose]
    assert parts == ["p", "h2", "blockquote", "ul"]
    frame = page.one("div", css="table-scroll", inside=prose)
    assert frame.attrs["tabindex"] == "0"
    assert page.texts("th", "td", inside=frame) == ["Jahr", "2024"]


def test_an_invented_article_is_marked_as_an_example(client):
    page = open_article(client, make_article(is_example=True))
    assert page.texts(css="tag", inside=page.one("header", css="article-head")) == ["Beispiel"]
    page = open_article(client, make_article())
    assert page.texts(css="tag", inside=page.one("header", css="article-head")) == []


# --- Pictures ------------------------------------------------------------------------------------------


def test_the_main_picture_loads_first_and_names_its_maker(client):
    image = make_image(caption="Das Werk", credit="Foto: Erika Beispiel", licence="CC BY 4.0", alternative_text="Werk")
    page = open_article(client, make_article(image=image))
    figure = page.one("figure", css="article-picture")
    picture = page.one("img", inside=figure)
    assert (picture.attrs["alt"], picture.attrs["fetchpriority"]) == ("Werk", "high")
    assert "loading" not in picture.attrs
    assert page.texts("figcaption", inside=figure) == ["Das Werk Foto: Erika Beispiel, CC BY 4.0"]


def test_a_decorative_picture_is_not_read_aloud(client):
    image = make_image(alternative_text="", is_decorative=True)
    page = open_article(client, make_article(image=image))
    assert page.one("img", inside=page.one("figure", css="article-picture")).attrs["alt"] == ""


def test_the_gallery_shows_its_pictures_in_the_editors_order(client):
    article = make_article()
    for order, text in ((2, "Zweites"), (1, "Erstes")):
        ArticleImage.objects.create(article=article, image=make_image(alternative_text=text), order=order)
    page = open_article(client, article)
    gallery = page.one("section", css="gallery")
    assert [one.attrs["alt"] for one in page.all("img", inside=gallery)] == ["Erstes", "Zweites"]
    assert {one.attrs["loading"] for one in page.all("img", inside=gallery)} == {"lazy"}
    assert page.texts("figcaption", inside=gallery) == ["Foto: Erika Beispiel"] * 2


# --- Links, downloads, contacts ------------------------------------------------------------------------


def aside_parts(page):
    """{heading: texts of the links below it}"""
    aside = page.one("aside", css="aside")
    parts, current = {}, None
    for element in page.all("h2", "a", inside=aside):
        if element.tag == "h2":
            current = parts.setdefault(element.text, [])
        else:
            current.append(element.text)
    return parts


def test_links_stand_under_their_kind_in_a_fixed_order(client):
    article = make_article()
    for order, (kind, label) in enumerate(
        [("registration", "Anmelden"), ("info", "Mehr B"), ("programme", "Ablauf"), ("info", "Mehr A")]
    ):
        ArticleLink.objects.create(
            article=article, kind=kind, label=label, url="https://www.example.org/", order=10 - order
        )
    parts = aside_parts(open_article(client, article))
    assert parts == {
        ArticleLink.Kind.INFO.label: ["Mehr A", "Mehr B"],
        ArticleLink.Kind.PROGRAMME.label: ["Ablauf"],
        ArticleLink.Kind.REGISTRATION.label: ["Anmelden"],
    }


def test_downloads_say_type_and_size_and_withdrawn_ones_are_gone(client):
    article = make_article()
    kept = make_document(title="Studie")
    article.downloads.create(document=kept)
    article.downloads.create(document=make_document(title="Zurückgezogen", is_withdrawn=True))
    page = open_article(client, article)
    downloads = page.one("ul", css="downloads")
    assert page.texts("li", inside=downloads) == ["Studie (PDF, 19 Byte)"]
    assert page.links(inside=downloads) == [kept.get_absolute_url()]
    assert "Zurückgezogen" not in page.html


def test_an_article_whose_only_download_is_withdrawn_has_no_downloads_part(client):
    article = make_article()
    article.downloads.create(document=make_document(is_withdrawn=True))
    assert open_article(client, article).all("aside", css="aside") == []


def test_the_contact_is_shown_until_its_last_day(client):
    today = make_contact(role="Heute gültig", valid_until=timezone.localdate())
    over = make_contact(role="Abgelaufen", valid_until=yesterday(), phone="0341 600160")
    assert open_article(client, make_article(contact=today)).texts("p", css="contact-role") == ["Heute gültig"]
    page = open_article(client, make_article(contact=over))
    assert page.texts("p", css="contact-role") == []
    assert "Abgelaufen" not in page.html
    assert "600160" not in page.html


def test_a_contact_can_be_called_and_written_to(client):
    contact = make_contact(phone="+49 (0) 341 600-16", email="presse@example.org", name="Erika Beispiel")
    page = open_article(client, make_article(contact=contact))
    assert page.links(inside=page.one("div", css="contact")) == ["tel:+4934160016", "mailto:presse@example.org"]


# --- Press releases ------------------------------------------------------------------------------------


def test_a_press_release_carries_statement_boilerplate_and_press_contact(client):
    make_press_office(contact=make_contact(role="Pressestelle"), boilerplate="<p>Der Verein verbindet.</p>")
    article = make_article(kind="press", release_statement="Frei ab sofort", contact=make_contact(role="Fachfrau"))
    page = open_article(client, article)
    assert page.texts("p", css="release-statement") == ["Frei ab sofort"]
    assert page.texts("p", inside=page.one("section", css="boilerplate")) == ["Der Verein verbindet."]
    assert page.texts("p", css="contact-role") == ["Fachfrau", "Pressestelle"]
    assert list(aside_parts(page)) == ["Kontakt", "Pressekontakt"]


def test_other_articles_carry_nothing_of_the_press_office(client):
    make_press_office(contact=make_contact(role="Pressestelle"))
    page = open_article(client, make_article(kind="news"))
    assert page.all("section", css="boilerplate") == []
    assert page.texts("p", css="contact-role") == []


def test_one_person_is_not_named_twice(client):
    contact = make_contact(role="Pressestelle")
    make_press_office(contact=contact)
    page = open_article(client, make_article(kind="press", contact=contact))
    assert page.texts("p", css="contact-role") == ["Pressestelle"]


def test_an_expired_press_contact_is_hidden_and_the_boilerplate_stays(client):
    make_press_office(contact=make_contact(role="Frühere Pressestelle", valid_until=yesterday()))
    page = open_article(client, make_article(kind="press"))
    assert page.texts("p", css="contact-role") == []
    assert len(page.all("section", css="boilerplate")) == 1


def test_a_press_release_without_press_office_is_a_page_all_the_same(client):
    page = open_article(client, make_article(kind="press", release_statement="Frei"))
    assert page.texts("p", css="release-statement") == ["Frei"]
    assert page.all("aside", css="aside") == []


# --- More news -----------------------------------------------------------------------------------------


def more(page):
    band = [one for one in page.all("section") if one.attrs.get("aria-labelledby") == "mehr-news"]
    return page.texts("h3", inside=band[0]) if band else []


def test_hand_picked_articles_come_first_then_the_rubric_then_the_rest(client):
    rubric = make_rubric()
    article = make_article(rubric=rubric)
    picked = make_article(days_ago=90)
    same_rubric = make_article(rubric=rubric, days_ago=50)
    newest = make_article(days_ago=2)
    make_article(days_ago=3)
    article.related.add(picked)
    assert more(open_article(client, article)) == [picked.title, same_rubric.title, newest.title]


def test_more_news_never_shows_the_article_itself_or_one_twice(client):
    rubric = make_rubric()
    article, other = make_article(rubric=rubric), make_article(rubric=rubric)
    article.related.add(article, other)
    assert more(open_article(client, article)) == [other.title]


def test_a_single_article_has_no_more_news(client):
    assert more(open_article(client, make_article())) == []


def test_more_news_shows_nothing_that_is_not_public(client):
    rubric = make_rubric()
    article = make_article(rubric=rubric)
    article.related.add(*(make(rubric=rubric) for make in (make_draft, make_scheduled, make_expired, make_withdrawn)))
    assert more(open_article(client, article)) == []


# --- Structured data -----------------------------------------------------------------------------------


def test_structured_data_describes_the_article(client):
    article = make_full_article(
        title="Titel </script><script>alert(1)</script>",
        teaser="Vorspann",
        body="<p>Drei Wörter hier.</p>",
        rubric=make_rubric(name="Energie"),
        publish_from=berlin(2025, 6, 1, 9),
    )
    page = open_article(client, article)
    data = page.json_ld("NewsArticle")
    assert data["@context"] == "https://schema.org"
    assert data["headline"] == "Titel </script><script>alert(1)</script>"
    assert (data["description"], data["articleSection"]) == ("Vorspann", "Energie")
    assert datetime.fromisoformat(data["datePublished"]) == article.publish_from
    assert datetime.fromisoformat(data["dateModified"]) == article.publish_from
    assert data["mainEntityOfPage"] == f"https://portal.example{article.get_absolute_url()}"
    assert data["image"] == [f"https://portal.example{article.image.largest_url}"]
    assert data["publisher"]["url"] == "https://portal.example/"
    # Two blocks of data, and the module of the masthead's search.
    assert page.html.count("<script") == 3


def test_an_article_without_picture_names_the_portals_to_search_engines(client):
    page = open_article(client, make_article())
    assert page.json_ld("NewsArticle")["image"] == ["https://portal.example/static/img/social.png"]


def test_the_social_card_shows_the_articles_own_words(client):
    article = make_article(title="Titel", teaser="Vorspann", image=make_image())
    page = open_article(client, article)
    assert page.one("meta", property="og:type").attrs["content"] == "article"
    assert page.one("meta", property="og:title").attrs["content"] == "Titel"
    assert page.one("meta", property="og:description").attrs["content"] == "Vorspann"
    assert page.one("meta", property="og:image").attrs["content"] == f"https://portal.example{Card.of(article).path}"


# --- What is not public --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("make", "status"), [(make_draft, 404), (make_scheduled, 404), (make_expired, 410), (make_withdrawn, 410)]
)
def test_what_is_not_public_is_not_found_or_gone_and_says_nothing_of_its_content(client, make, status):
    article = make(title="Geheimtitel", teaser="Geheimvorspann", body="<p>Geheimtext</p>", slug="adresse")
    page = fetch(client, article.get_absolute_url(), status=status)
    assert "geheim" not in page.html.lower()
    assert page.texts("h1") == [{404: "Diese Seite gibt es nicht", 410: "Dieser Inhalt wurde zurückgezogen"}[status]]


def test_even_a_logged_in_editor_sees_the_public_answer_at_the_public_address(editor_client):
    fetch(editor_client, make_draft().get_absolute_url(), status=404)
    assert Article.objects.count() == 1

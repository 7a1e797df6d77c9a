import pytest
from django.core.cache import caches

from competition.models import Award, Finalist
from competition.views import HallOfFame
from tests.competition.factories import (
    make_award,
    make_category,
    make_cluster,
    make_decided_edition,
    make_edition,
    make_entry,
    make_finalist,
    make_local_prize,
    register,
)
from tests.kept_pages import kept_pages
from tests.parsed_page import fetch

pytestmark = pytest.mark.django_db
WALL = "/iq/preistraeger/"


def win(edition, *kinds, cluster=None, **values):
    """An entry with these prizes."""
    category = edition.categories.filter(cluster=cluster).first() if cluster else None
    entry = make_entry(category or make_category(edition, cluster=cluster), **values)
    if Award.Kind.OVERALL in kinds or Award.Kind.CLUSTER in kinds:
        Finalist.objects.create(entry=entry)
    for kind in kinds:
        if kind == Award.Kind.LOCAL:
            local_prize = make_local_prize(edition, values.get("town", "Leipzig"))
            register(entry, local_prize)
            make_award(kind, entry, local_prize=local_prize)
        else:
            make_award(kind, entry, **({"special_name": "Sonderpreis"} if kind == Award.Kind.SPECIAL else {}))
    return entry


def past(year, **values):
    return make_edition(year, finalists=-20, winners=-10, **values)


def wall(page):
    """{year: [title, …] or the sentence that stands in their place}"""
    years = {}
    for section in page.all("section", css="wall-year"):
        names = [page.texts("a", inside=one)[0] for one in page.all("p", css="wall-name", inside=section)]
        years[page.one("h2", inside=section).text] = names or page.one("p", css="wall-nothing", inside=section).text
    return years


def titles(client, query=""):
    return [title for names in wall(fetch(client, WALL + query)).values() for title in names if names != str(names)]


def test_winners_stand_by_year_the_newest_first_and_the_overall_winner_on_top(client):
    old, new = past(2006), past(2024)
    auto, chemistry = make_cluster(name="Auto", order=1), make_cluster(name="Chemie", order=2)
    win(new, Award.Kind.SPECIAL, title="Sonder", cluster=auto)
    win(new, Award.Kind.LOCAL, title="Lokal", cluster=auto)
    win(new, Award.Kind.CLUSTER, title="Cluster zwei", cluster=chemistry)
    win(new, Award.Kind.CLUSTER, title="Cluster eins", cluster=auto)
    win(new, Award.Kind.OVERALL, title="Gesamt", cluster=chemistry)
    win(old, Award.Kind.OVERALL, title="Früher", cluster=auto)
    page = fetch(client, WALL)
    assert wall(page) == {
        "2024": ["Gesamt", "Cluster eins", "Cluster zwei", "Lokal", "Sonder"],
        "2006": ["Früher"],
    }
    assert page.texts("p", css="count") == ["6 Preisträger"]


def test_an_entry_with_several_prizes_stands_once_with_all_of_them(client):
    edition = past(2024)
    win(edition, Award.Kind.LOCAL, Award.Kind.CLUSTER, Award.Kind.OVERALL, title="Alles", town="Leipzig")
    page = fetch(client, WALL)
    assert wall(page) == {"2024": ["Alles"]}
    assert page.texts("span", inside=page.one("p", css="wall-prizes")) == [
        "Gesamtsieg",
        "Clustersieg",
        "IQ Innovationspreis Leipzig",
    ]


def test_places_of_a_city_stand_in_their_order(client):
    edition = past(2009)
    local_prize = make_local_prize(edition, "Jena")
    for place, name in ((3, "A"), (1, "C"), (2, "B")):
        entry = make_entry(make_category(edition), title=f"Rang {place}", organisation=name)
        register(entry, local_prize)
        make_award(Award.Kind.LOCAL, entry, local_prize=local_prize, place=place)
    assert titles(client) == ["Rang 1", "Rang 2", "Rang 3"]


def test_nobody_is_on_the_wall_before_the_announcement(client):
    edition = make_decided_edition(2024, finalists=-5, winners=5)
    page = fetch(client, WALL)
    assert page.texts("p", css="count") == ["0 Preisträger"]
    assert wall(page) == {}
    assert [one.organisation for one in edition.entries.all() if one.organisation in page.html] == []
    assert [value for option in page.all("option") if (value := option.attrs["value"])] == [
        "gesamtsieg",
        "clustersieg",
        "lokaler-preis",
        "sonderpreis",
    ]


def test_years_without_winners_say_why(client):
    win(past(2024), Award.Kind.OVERALL, title="Neu")
    make_edition(2025, number=None, is_suspended=True, suspension_reason="Darum.")
    make_edition(2026)
    past(2008)
    win(past(2005), Award.Kind.SPECIAL, title="Alt")
    assert wall(fetch(client, WALL)) == {
        "2025": "Ausgesetzt: In diesem Jahr wurde kein Preis verliehen.",
        "2024": ["Neu"],
        "2008": "Die Preisträger dieses Jahres sind nicht überliefert.",
        "2005": ["Alt"],
    }
    assert wall(fetch(client, f"{WALL}?jahr=2008")) == {"2008": "Die Preisträger dieses Jahres sind nicht überliefert."}


def test_on_several_pages_every_year_stands_on_one_of_them(client, monkeypatch):
    monkeypatch.setattr(HallOfFame, "paginate_by", 2)
    make_edition(2012, number=None, is_suspended=True, suspension_reason="Darum.")
    for year in (2011, 2010, 2008):
        win(past(year), Award.Kind.OVERALL, title=str(year))
    for year in (2009, 2007):
        past(year)
    first, second = (list(wall(fetch(client, f"{WALL}?seite={number}"))) for number in (1, 2))
    assert (first, second) == (["2012", "2011", "2010"], ["2009", "2008", "2007"])


@pytest.fixture
def archive(db):
    auto, life = make_cluster(name="Auto", slug="auto"), make_cluster(name="Life", slug="life")
    new, old = past(2024), past(2010)
    win(new, Award.Kind.OVERALL, Award.Kind.CLUSTER, cluster=auto, title="Flügel", town="Halle (Saale)")
    win(new, Award.Kind.LOCAL, cluster=life, title="Tropfen", town="Jena", organisation="Ölwerk AG")
    win(old, Award.Kind.CLUSTER, cluster=life, title="Zelle", town="Jena")
    win(old, Award.Kind.SPECIAL, cluster=auto, title="Rad", town="Halle  (Saale)", further_organisations="Müller & Co.")


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("?cluster=auto", ["Flügel", "Rad"]),
        ("?cluster=life&jahr=2010", ["Zelle"]),
        ("?stadt=jena", ["Tropfen", "Zelle"]),
        ("?stadt=halle-saale", ["Flügel", "Rad"]),
        ("?preis=gesamtsieg", ["Flügel"]),
        ("?preis=clustersieg", ["Flügel", "Zelle"]),
        ("?preis=lokaler-preis", ["Tropfen"]),
        ("?preis=sonderpreis", ["Rad"]),
        ("?jahr=2024", ["Flügel", "Tropfen"]),
        ("?q=FLUEGEL", ["Flügel"]),
        ("?q=%C3%B6lwerk", ["Tropfen"]),
        ("?q=m%C3%BCller", ["Rad"]),
        ("?q=ag+tropfen", ["Tropfen"]),
        ("?q=jena", []),
        ("?q=+++", ["Flügel", "Tropfen", "Zelle", "Rad"]),
        ("?q=%00", ["Flügel", "Tropfen", "Zelle", "Rad"]),
        ("?cluster=auto&stadt=halle-saale&preis=clustersieg&jahr=2024&q=fl", ["Flügel"]),
    ],
)
def test_filters_can_be_combined(client, archive, query, found):
    assert titles(client, query) == found


def test_a_choice_without_winners_says_so_and_offers_a_way_back(client, archive):
    page = fetch(client, f"{WALL}?cluster=auto&stadt=jena")
    assert "Zu dieser Auswahl gibt es keinen Preisträger." in page.one("div", css="nothing").text
    assert page.texts("p", css="count") == ["0 Preisträger"]


@pytest.mark.parametrize("query", ["cluster=x", "stadt=x", "preis=x", "jahr=2023", "jahr=99999999999", "jahr=abc"])
def test_an_unknown_value_is_left_out_with_a_hint(client, archive, query):
    page = fetch(client, f"{WALL}?{query}")
    assert "kennen wir" in page.one("div", css="hint").text
    assert page.texts("p", css="count") == ["4 Preisträger"]


def test_the_search_keeps_its_words_and_the_other_filters(client, archive):
    page = fetch(client, f"{WALL}?q=%22%3E%3Cscript%3E&cluster=auto")
    field = page.one("input", name="q", inside=page.one("main"))
    assert field.attrs["value"] == '"><script>'
    assert [one.attrs["value"] for one in page.all("option") if "selected" in one.attrs] == ["auto"]


def test_words_of_strangers_do_not_fill_the_page_cache(client, archive):
    for query in ("?q=a", "?q=b", "?q=%00", "?q=+"):
        fetch(client, WALL + query)
    assert kept_pages() == 0
    caches["pages"].clear()
    fetch(client, f"{WALL}?q=&cluster=auto&stadt=&preis=&jahr=")
    assert kept_pages() == 1


def test_no_value_offered_leads_nowhere(client, archive):
    for option in fetch(client, WALL).all("option"):
        if option.attrs["value"] and option.parent.attrs["name"] != "preis":
            name = option.parent.attrs["name"]
            assert titles(client, f"?{name}={option.attrs['value']}"), option.text


def test_the_order_is_the_same_on_every_request(client):
    edition = past(2024)
    local_prize = make_local_prize(edition)
    category = make_category(edition)
    for place in range(1, 8):
        entry = make_finalist(category).entry if place < 3 else make_entry(category)
        register(entry, local_prize)
        make_award(Award.Kind.LOCAL, entry, local_prize=local_prize, place=place)
    once = titles(client)
    caches["pages"].clear()
    assert titles(client) == once

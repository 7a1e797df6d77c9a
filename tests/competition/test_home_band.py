from datetime import timedelta

import pytest
from django.utils import timezone

from competition.home_band import overall_winner_of
from competition.models import Award
from tests.competition.factories import (
    make_award,
    make_category,
    make_cluster,
    make_decided_edition,
    make_edition,
    make_finalist,
)
from tests.factories import make_image
from tests.parsed_page import fetch

pytestmark = pytest.mark.django_db


def band(client):
    page = fetch(client, "/")
    return page, page.one("section", css="award-band")


def days(number):
    return timezone.localdate() + timedelta(days=number)


def test_without_a_public_edition_there_is_no_band(client):
    make_edition(2024, released=False)
    assert fetch(client, "/").all("section", css="award-band") == []


def test_an_announced_year_says_when_the_call_opens(client):
    make_edition(2024, call_opens_on=days(5), call_closes_on=days(50))
    page, section = band(client)
    assert page.texts("h2", inside=section) == ["20. IQ Innovationspreis Mitteldeutschland"]
    assert "Angekündigt. Bewerbung: " in section.text
    assert page.links(inside=section) == ["/iq/"]


def test_an_open_call_has_its_deadline_and_the_way_to_apply(client):
    make_edition(2024, call_opens_on=days(-5), call_closes_on=days(50), application_url="https://b.example.org/")
    page, section = band(client)
    assert page.texts("h2", inside=section) == ["Jetzt bewerben"]
    assert page.one("time", inside=section).attrs["datetime"] == days(50).isoformat()
    assert page.links(inside=section) == ["https://b.example.org/", "/iq/"]


def test_while_the_jury_meets_the_next_step_is_named(client):
    make_edition(2024, call_closes_on=days(-5), final_pitch_text="im Mai", final_pitch_place="Leipzig")
    _, section = band(client)
    assert "Jury tagt. Final-Pitch: im Mai, Leipzig" in section.text


def test_the_finalists_stand_in_the_order_of_the_alphabet(client):
    edition = make_edition(2024, finalists=-1, winners=5)
    for number, names in enumerate((("Zebra", "Öl"), ("Anker", "Mast"))):
        category = make_category(edition, cluster=make_cluster(order=number))
        entries = [make_finalist(category, organisation=name, title=f"Von {name}").entry for name in names]
        make_award(Award.Kind.CLUSTER, entries[0])
    page, section = band(client)
    assert page.texts("h2", inside=section) == ["Vier Finalisten stehen fest"]
    rows = page.one("ul", css="award-band-finalists")
    assert page.texts("a", inside=rows) == ["Von Anker", "Von Mast", "Von Öl", "Von Zebra"]
    assert "/iq/2024/preistraeger/" not in page.links()


def test_the_overall_winner_is_shown_with_a_picture(client):
    edition = make_decided_edition(2024, finalists=-5, winners=-1)
    award = edition.awards.get(kind="overall")
    award.image = make_image()
    award.save()
    page, section = band(client)
    assert page.texts("h2", inside=section) == [f"Gesamtsieg: {award.entry.title}"]
    assert award.image.public_name in page.one("img", inside=section).attrs["src"]
    assert page.links(inside=section) == [award.entry.get_absolute_url(), "/iq/2024/preistraeger/"]


def test_before_the_announcement_the_band_knows_no_winner(client):
    edition = make_decided_edition(2024, finalists=-5, winners=1)
    award = edition.awards.get(kind="overall")
    award.image = make_image()
    award.save()
    page, section = band(client)
    assert "Gesamtsieg" not in section.text
    assert award.image.public_name not in page.html
    assert overall_winner_of(edition) is None


def test_without_a_known_overall_winner_the_band_leads_to_all_winners(client):
    make_edition(2024, finalists=-5, winners=-1)
    page, section = band(client)
    assert page.texts("h2", inside=section) == ["Die Preisträger 2024"]
    assert page.links(inside=section) == ["/iq/2024/preistraeger/"]


def test_a_suspended_year_says_so(client):
    make_decided_edition(2024, finalists=-5, winners=-1)
    make_edition(2025, number=None, is_suspended=True, suspension_reason="Wird neu aufgesetzt.")
    page, section = band(client)
    assert page.texts("h2", inside=section) == ["2025 ausgesetzt"]
    assert "Wird neu aufgesetzt." in section.text


def test_an_invented_year_is_marked(client):
    make_edition(2026, is_example=True)
    page, section = band(client)
    assert page.texts("span", css="tag", inside=section) == ["Beispiel"]

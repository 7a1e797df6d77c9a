import pytest

from tests.factories import make_rubric

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("part", ["", "atom/", "rss/"])
def test_the_page_and_the_feeds_of_a_renamed_rubric_redirect(client, part):
    rubric = make_rubric(name="Energie")
    rubric.slug = "energie-und-wasserstoff"
    rubric.save()
    response = client.get(f"/aktuelles/rubrik/energie/{part}")
    assert response.status_code == 301
    assert response["Location"] == f"/aktuelles/rubrik/energie-und-wasserstoff/{part}"
    assert client.get(response["Location"]).status_code == 200


def test_the_addresses_of_a_deleted_rubric_say_that_it_is_gone(client):
    make_rubric(name="Energie").delete()
    assert [client.get(f"/aktuelles/rubrik/energie/{part}").status_code for part in ("", "atom/", "rss/")] == [410] * 3

import re
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from django.conf import settings
from django.template import Context, Template
from django.test import RequestFactory

from publishing import image_files
from tests.factories import make_image, picture_file


def rendered(source, **context):
    return Template("{% load publishing %}" + source).render(Context(context))


# --- The picture ------------------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_a_picture_is_offered_in_both_encodings_with_its_size_and_focal_point():
    image = make_image(original=picture_file(500, 200), alternative_text="Kran & „Halle“ <7>", focal_x=33, focal_y=98)
    base = f"/media/bilder/{image.sha256[:2]}/{image.sha256[2:26]}"
    assert rendered('{% picture image sizes="50vw" %}', image=image).strip() == (
        "<picture>"
        f'<source type="image/avif" srcset="{base}-480.avif 480w, {base}-500.avif 500w" sizes="50vw">'
        f'<img class="fx-35 fy-100" src="{base}-500.webp" srcset="{base}-480.webp 480w, {base}-500.webp 500w" '
        'sizes="50vw" width="500" height="200" alt="Kran &amp; „Halle“ &lt;7&gt;" loading="lazy" decoding="async">'
        "</picture>"
    )


@pytest.mark.django_db
def test_the_first_picture_of_a_page_is_fetched_at_once():
    html = rendered('{% picture image eager=True css="lead" %}', image=make_image())
    assert 'fetchpriority="high"' in html
    assert "loading=" not in html
    assert 'class="fx-50 fy-50 lead"' in html
    assert 'sizes="100vw"' in html


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("values", "tag", "expected"),
    [
        ({"alternative_text": "Ein Kran"}, "{% picture image %}", "Ein Kran"),
        ({"alternative_text": "", "is_decorative": True}, "{% picture image %}", ""),
        ({"alternative_text": "", "caption": "Bildunterschrift"}, "{% picture image %}", ""),
        ({"alternative_text": "Ein Kran"}, '{% picture image alt="" %}', ""),
        ({"alternative_text": "Ein Kran"}, '{% picture image alt="Kran am Morgen" %}', "Kran am Morgen"),
        ({"alternative_text": '" onerror="alert(1)'}, "{% picture image %}", "&quot; onerror=&quot;alert(1)"),
    ],
)
def test_a_picture_always_says_what_it_shows_or_that_it_says_nothing(values, tag, expected):
    assert re.findall(r' alt="([^"]*)"', rendered(tag, image=make_image(**values))) == [expected]


@pytest.mark.django_db
def test_rendering_makes_no_file_and_asks_no_database(monkeypatch, django_assert_num_queries):
    image = make_image()
    monkeypatch.setattr(image_files, "write_public_files", lambda picture: pytest.fail("written while rendering"))
    monkeypatch.setattr(image_files, "read_picture", lambda file: pytest.fail("decoded while rendering"))
    with django_assert_num_queries(0):
        assert "<picture>" in rendered("{% picture image %}", image=image)


@pytest.mark.django_db
def test_every_offered_file_is_there(client):
    html = rendered("{% picture image %}", image=make_image(original=picture_file(700, 170)))
    addresses = set(re.findall(r"/media/[^ \",]+", html))
    assert len(addresses) == 4
    assert {client.get(address).status_code for address in addresses} == {200}


def test_every_focal_point_has_its_class():
    css = Path(settings.BASE_DIR, "static/css/focal-point.css").read_text()
    for axis, name in (("x", "fx"), ("y", "fy")):
        found = re.findall(rf"\.{name}-(\d+) {{\s*--focal-{axis}: (\d+)%;", css)
        assert found == [(str(percent), str(percent)) for percent in range(0, 101, 5)]


# --- Numbers and days -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("byte_count", "shown"),
    [
        (0, "0 Byte"),
        (1, "1 Byte"),
        (999, "999 Byte"),
        (1000, "1 KB"),
        (1536, "1,5 KB"),
        (9_949, "9,9 KB"),
        (9_960, "10 KB"),
        (48_300, "48 KB"),
        (999_499, "999 KB"),
        (999_500, "1 MB"),
        (1_000_000, "1 MB"),
        (2_340_000, "2,3 MB"),
        (30_000_000, "30 MB"),
        (999_999_999, "1 GB"),
        (1_500_000_000, "1,5 GB"),
        (5_000_000_000_000, "5000 GB"),
    ],
)
def test_a_file_size_is_written_as_germans_read_it(byte_count, shown):
    assert rendered("{{ size|file_size }}", size=byte_count) == shown.replace(" ", "\u202f")


@pytest.mark.parametrize(
    ("value", "shown"),
    [(0, "0"), (7, "7"), (999, "999"), (1000, "1.000"), (12_500, "12.500"), (-1_234_567, "-1.234.567")],
)
def test_thousands_are_set_apart_by_points(value, shown):
    assert rendered("{{ value|number }}", value=value) == shown


@pytest.mark.parametrize(
    ("moment", "day", "weekday"),
    [
        (None, "", ""),
        (date(2025, 11, 26), "26.\u00a0November 2025", "Mittwoch, 26.\u00a0November 2025"),
        (datetime(2025, 3, 1, 12, 0, tzinfo=UTC), "1.\u00a0März 2025", "Samstag, 1.\u00a0März 2025"),
        # New Year's Eve in Greenwich is already the new year in Berlin, in summer by two hours.
        (datetime(2025, 12, 31, 23, 30, tzinfo=UTC), "1.\u00a0Januar 2026", "Donnerstag, 1.\u00a0Januar 2026"),
        (datetime(2025, 6, 30, 22, 30, tzinfo=UTC), "1.\u00a0Juli 2025", "Dienstag, 1.\u00a0Juli 2025"),
        (datetime(2025, 6, 30, 21, 59, tzinfo=UTC), "30.\u00a0Juni 2025", "Montag, 30.\u00a0Juni 2025"),
    ],
)
def test_a_day_is_written_out_by_the_clock_of_berlin(moment, day, weekday):
    assert rendered("{{ moment|day }}", moment=moment) == day
    assert rendered("{{ moment|weekday_and_day }}", moment=moment) == weekday


@pytest.mark.parametrize(
    ("page", "filter_query", "address"),
    [
        (1, "", "/aktuelles/"),
        (2, "", "/aktuelles/?seite=2"),
        (1, "jahr=2025", "/aktuelles/?jahr=2025"),
        (3, "jahr=2025&rubrik=a", "/aktuelles/?jahr=2025&amp;rubrik=a&amp;seite=3"),
    ],
)
def test_another_page_of_a_list_keeps_its_filters(page, filter_query, address):
    request = RequestFactory().get("/aktuelles/?seite=9&anderes=1")
    assert rendered("{% page_query page %}", page=page, filter_query=filter_query, request=request) == address

import pytest
from django.core.paginator import Page
from django.db.models import F
from django.test import RequestFactory

from publishing.lists import Choice, Filter, FilteredList, GermanPaginator, shortened
from publishing.models import Contact
from tests.factories import make_contact
from tests.kept_pages import kept_pages


class ContactList(FilteredList):
    """Some list with two filters, as any room could have one."""

    queryset = Contact.objects.order_by("pk")
    paginate_by = 2
    template_name = "partials/pagination.html"

    def get_filters(self):
        return [
            Filter(
                "bereich", "Bereich", [Choice("presse", "Presse"), Choice("messe", "Messe & Märkte")], "Alle Bereiche"
            ),
            Filter("ort", "Ort", [Choice("halle", "Halle"), Choice("leipzig", "Leipzig")]),
        ]

    def filter_queryset(self, queryset, chosen):
        for parameter, field in (("bereich", "department"), ("ort", "office")):
            if parameter in chosen:
                queryset = queryset.filter(**{field: chosen[parameter]})
        return queryset


@pytest.fixture
def contacts(db):
    return [
        make_contact(role=f"{number}", department=department, office=office)
        for number, (department, office) in enumerate(
            [("presse", "halle"), ("presse", "leipzig"), ("messe", "halle"), ("presse", "halle"), ("presse", "halle")]
        )
    ]


def ask(query=""):
    request = RequestFactory().get(f"/kontakte/{query}")
    response = ContactList.as_view()(request)
    return response.context_data, response.render().content.decode(), request


def roles(context):
    return [contact.role for contact in context["object_list"]]


# --- filters


@pytest.mark.parametrize(
    ("query", "expected", "count"),
    [
        ("", ["0", "1"], 5),
        ("?bereich=messe", ["2"], 1),
        ("?bereich=presse", ["0", "1"], 4),
        ("?bereich=presse&ort=halle", ["0", "3"], 3),
        ("?ort=halle&bereich=presse&seite=2", ["4"], 3),
        ("?bereich=messe&ort=leipzig", [], 0),
        ("?bereich=&ort=&seite=", ["0", "1"], 5),
        ("?bereich=messe&bereich=presse", ["0", "1"], 4),
    ],
)
def test_filters_from_the_address_can_be_combined(contacts, query, expected, count):
    context, _, _ = ask(query)
    assert (roles(context), context["count"], context["hints"]) == (expected, count, [])


def test_a_chosen_value_is_marked_and_named(contacts):
    context, _, _ = ask("?bereich=messe")
    department, town = context["filters"]
    assert department.chosen == Choice("messe", "Messe & Märkte")
    assert town.chosen is None
    assert (context["is_filtered"], context["filter_query"]) == (True, "bereich=messe")
    assert [ask("")[0][name] for name in ("is_filtered", "filter_query")] == [False, ""]


@pytest.mark.parametrize("value", ["Presse", "presse ", "erfunden", "1 OR 1=1", "<b>", "None", "0"])
def test_an_unknown_value_is_left_out_with_a_hint(contacts, value):
    request = RequestFactory().get("/kontakte/", {"bereich": value, "ort": "leipzig"})
    context = ContactList.as_view()(request).context_data
    assert roles(context) == ["1"]
    assert context["hints"] == [f"„{value}“ kennen wir bei „Bereich“ nicht. Dieser Filter wurde weggelassen."]
    assert context["filter_query"] == "ort=leipzig"


def test_each_unknown_value_has_its_hint(contacts):
    context, _, _ = ask("?bereich=x&ort=y&seite=z")
    assert len(context["hints"]) == 3


def test_a_hint_repeats_only_the_printable_beginning_of_what_was_asked():
    assert shortened("a" * 40) == "a" * 40
    assert shortened("a" * 41) == "a" * 40 + "…"
    assert shortened("a\x00\x1b[31m\ud800b") == "a[31mb"


@pytest.mark.django_db
def test_a_hint_is_escaped_on_the_page(client):
    page = client.get("/aktuelles/", {"rubrik": "<script>alert(1)</script>"}).content.decode()
    assert "„&lt;script&gt;alert(1)&lt;/script&gt;“ kennen wir bei „Rubrik“ nicht." in page
    assert "<script>alert" not in page


def test_two_requests_do_not_share_what_was_chosen(contacts):
    ask("?bereich=messe")
    context, _, _ = ask("")
    assert (context["is_filtered"], [one.chosen for one in context["filters"]]) == (False, [None, None])


# --- pages


PAGES = [
    ("", 1, True),
    ("1", 1, True),
    ("3", 3, True),
    ("0", 1, False),
    ("-1", 1, False),
    ("4", 3, False),
    ("999999999", 3, False),
    ("9999999999999999999", 3, False),
    ("9" * 4000, 3, False),
    ("0" * 4000, 1, False),
    ("02", 2, False),
    ("abc", 1, False),
    ("abcdefghijklmnop", 1, False),
    ("-99999999999999999", 1, False),
    ("1.5", 1, False),
    ("1e3", 1, False),
    ("0x2", 1, False),
    (" 2", 1, False),
    ("2\x00", 1, False),
    ("٢", 1, False),
    ("²", 1, False),
    ("２", 1, False),
    ("last", 1, False),
]


@pytest.mark.parametrize(("raw", "number", "was_known"), PAGES)
def test_any_page_number_gives_a_page(raw, number, was_known):
    page, known = GermanPaginator(range(5), 2).page_from_address(raw)
    assert isinstance(page, Page)
    assert (page.number, known) == (number, was_known)


@pytest.mark.parametrize("raw", ["", "1", "0", "2", "abc", "9" * 30])
def test_an_empty_list_has_one_empty_page(raw):
    page, known = GermanPaginator([], 2).page_from_address(raw)
    assert (page.number, list(page), known) == (1, [], raw in ("", "1"))


def test_an_unknown_page_gets_a_hint_that_names_the_page_shown(contacts):
    context, _, _ = ask("?seite=17")
    assert roles(context) == ["4"]
    assert context["hints"] == ["Diese Seitenzahl gibt es hier nicht. Sie sehen Seite 3 von 3."]


def test_no_page_number_ever_reaches_the_database_as_it_was_typed(contacts, django_assert_num_queries):
    for raw in ("9" * 18, "9" * 19, "9" * 40, "-1"):
        with django_assert_num_queries(2):
            roles(ask(f"?seite={raw}")[0])


def test_pagination_keeps_the_filters_and_nothing_else(contacts):
    _, page, _ = ask("?bereich=presse&seite=2&x=1&utm_source=y&ort=erfunden")
    assert 'href="/kontakte/?bereich=presse">Zurück' in page.replace(' rel="prev"', "").replace("<a  ", "<a ")
    assert "utm_source" not in page
    assert "erfunden" not in page
    assert "x=1" not in page
    _, page, _ = ask("?bereich=presse")
    assert 'href="/kontakte/?bereich=presse&amp;seite=2">Weiter' in page


def test_a_list_of_one_page_shows_no_pagination(contacts):
    context, page, _ = ask("?bereich=messe")
    assert context["is_paginated"] is False
    assert page.strip() == ""


def test_long_lists_leave_out_page_numbers(db):
    for number in range(40):
        make_contact(role=str(number))
    context, _, _ = ask("?seite=10")
    assert context["page_links"] == [1, None, 9, 10, 11, None, 20]


@pytest.mark.parametrize(
    ("query", "canonical"),
    [
        ("", ""),
        ("?seite=1", ""),
        ("?seite=2", "seite=2"),
        ("?seite=99", "seite=3"),
        ("?seite=abc", ""),
        ("?ort=halle&bereich=presse", "bereich=presse&ort=halle"),
        ("?bereich=presse&ort=halle&seite=2", "bereich=presse&ort=halle&seite=2"),
        ("?bereich=erfunden&ort=halle&utm_source=x", "ort=halle"),
    ],
)
def test_each_page_has_one_canonical_address(contacts, query, canonical):
    context, _, _ = ask(query)
    assert context["canonical_query"] == canonical


def test_the_size_of_the_table_does_not_change_the_number_of_queries(contacts, django_assert_num_queries):
    with django_assert_num_queries(2):
        roles(ask("?bereich=presse&seite=2")[0])
    for number in range(50):
        make_contact(role=str(number), department="presse")
    with django_assert_num_queries(2):
        roles(ask("?bereich=presse&seite=2")[0])


# --- what the page cache is told


@pytest.mark.parametrize("query", ["", "?bereich=presse", "?seite=2&ort=halle", "?bereich="])
def test_addresses_with_known_values_are_declared_understood(contacts, query):
    _, _, request = ask(query)
    assert request.understood_parameters == {"bereich", "ort", "seite"}


@pytest.mark.parametrize("query", ["?bereich=erfunden", "?seite=99", "?seite=01", "?seite=abc", "?ort=halle&bereich=x"])
def test_addresses_with_a_hint_are_not(contacts, query):
    _, _, request = ask(query)
    assert not hasattr(request, "understood_parameters")


@pytest.mark.django_db
def test_a_page_with_a_hint_is_answered_and_not_kept(client):
    response = client.get("/aktuelles/?seite=2")
    assert response.status_code == 200
    assert "Diese Seitenzahl gibt es hier nicht. Sie sehen Seite 1 von 1." in response.content.decode()
    assert not kept_pages()


def test_a_class_level_queryset_is_asked_anew_for_each_request(contacts):
    assert ask("")[0]["count"] == 5
    Contact.objects.filter(role="0").delete()
    Contact.objects.update(order=F("order") + 1)
    assert ask("")[0]["count"] == 4

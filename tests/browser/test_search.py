"""Suggestions while typing: by keyboard, by pointer, and not at all without a script."""

import pytest
from playwright.sync_api import expect

from tests.factories import make_article

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def articles(live_server):
    return [make_article(title=f"Kranbau {name}", days_ago=number + 1) for number, name in enumerate(("eins", "zwei"))]


def type_words(page, words="kran"):
    field = page.get_by_role("combobox", name="Portal durchsuchen")
    field.click()
    field.press_sequentially(words)
    expect(page.get_by_role("option")).to_have_count(2)
    return field


def test_a_suggestion_is_chosen_by_keyboard(visitor_page, articles):
    page = visitor_page
    page.goto("/")
    field = type_words(page)
    expect(field).to_have_attribute("aria-expanded", "true")
    field.press("ArrowDown")
    field.press("ArrowDown")
    second = page.get_by_role("option", selected=True)
    expect(second).to_contain_text("Kranbau zwei")
    expect(field).to_have_attribute("aria-activedescendant", second.get_attribute("id"))
    field.press("Enter")
    page.wait_for_url(f"**{articles[1].get_absolute_url()}")


def test_the_arrows_lead_back_to_the_field_and_escape_closes(visitor_page, articles):
    page = visitor_page
    page.goto("/")
    field = type_words(page)
    field.press("ArrowUp")
    expect(page.get_by_role("option", selected=True)).to_contain_text("Kranbau zwei")
    field.press("ArrowDown")
    expect(page.get_by_role("option", selected=True)).to_have_count(0)
    field.press("Escape")
    expect(page.get_by_role("listbox")).to_have_count(0)
    expect(field).to_have_value("kran")
    field.press("Enter")
    page.wait_for_url("**/suche/?q=kran")
    expect(page.get_by_role("heading", level=1)).to_have_text("Suche nach „kran“")


def test_a_suggestion_is_chosen_by_pointer(visitor_page, articles):
    visitor_page.goto("/")
    type_words(visitor_page)
    visitor_page.get_by_role("option").first.click()
    visitor_page.wait_for_url(f"**{articles[0].get_absolute_url()}")


def test_without_a_script_the_field_is_a_plain_form(open_page, articles):
    page = open_page(java_script_enabled=False)
    page.goto("/")
    field = page.get_by_role("searchbox", name="Portal durchsuchen")
    field.fill("kran")
    field.press("Enter")
    page.wait_for_url("**/suche/?q=kran")
    expect(page.locator(".search-hit")).to_have_count(2)


def test_a_phone_has_a_link_to_the_search(open_page, articles):
    page = open_page(viewport={"width": 360, "height": 740})
    page.goto("/")
    expect(page.locator("#search-masthead")).to_be_hidden()
    page.get_by_role("link", name="Suche", exact=True).click()
    page.wait_for_url("**/suche/")
    expect(page.get_by_role("combobox", name="Wonach suchen Sie?")).to_be_visible()

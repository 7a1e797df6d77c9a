"""Every admin page an editor or administrator can reach: German, quiet, and readable for everybody."""

import re

import pytest
from django.contrib.auth.models import Group, User

from emmd.guide import TASKS
from publishing.groups import ADMINISTRATORS
from publishing.imports import note_import
from publishing.link_check.checking import write_down_all_links
from publishing.models import ImportRun, LinkUse, Redirect
from publishing.outbox import prepare
from tests.browser.reach import violations
from tests.factories import make_editor, make_full_article, make_image, make_press_office

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

ENGLISH = re.compile(
    r"\b(?:the|and|add|change|changed|delete|deleted|save|saved|view|history|historical|select|choose|today|now|"
    r"yesterday|tomorrow|cancel|close|please|error|errors|none|yes|no|true|false|object|objects|user|users|"
    r"password|search|submit|remove|show|hide|bold|italic|heading|paragraph|table|row|column|undo|redo|insert|"
    r"update|staff|log|out|are|you|with|this|that|from|of|any|all|draft|published)\b",
    re.IGNORECASE,
)
#: German words, and labels of the package's own that are the same in both languages.
ALSO_GERMAN = {"links", "link", "name", "text", "status", "von", "all", "so"}
#: One page of each kind.
EXAMINED = (
    *("/admin/", "/article/", "/article/add/", "/image/", "_popup=1", "/user/add/", "/hochladen/"),
    *("/linkuse/", "/importrun/", "/so-gehts/"),
)
ACCESSIBILITY = {"runOnly": ["color-contrast", "label", "button-name", "link-name", "image-alt", "document-title"]}


def visible_words(page):
    """Text, tooltips, labels and button values; not what editors typed."""
    return page.evaluate(
        """() => {
          const found = [document.title];
          for (const one of document.querySelectorAll("[title], [aria-label], [alt], [placeholder]"))
            for (const name of ["title", "aria-label", "alt", "placeholder"])
              found.push(one.getAttribute(name) || "");
          for (const one of document.querySelectorAll("input[type=submit], input[type=button]")) found.push(one.value);
          for (const one of document.querySelectorAll("option")) found.push(one.textContent);
          // The names of icon signs are drawn, not read.
          for (const sign of document.querySelectorAll(".material-icons")) sign.remove();
          return [...found, document.body.innerText].join(" ");
        }"""
    )


@pytest.fixture
def administrator(transactional_db):
    user = make_editor("anna", first_name="Anna")
    user.groups.add(Group.objects.get(name=ADMINISTRATORS))
    return user


@pytest.fixture
def addresses(administrator):
    article = make_full_article(title="Neues Werk")
    article.title = "Neues Werk in Leuna"
    article.save()
    make_press_office()
    redirect = Redirect.objects.create(old_path="/alt/", new_path="/aktuelles/")
    other = User.objects.create_user("otto", password="geheim-genug-123")
    image = make_image(alternative_text="")
    mail = prepare(to="otto@example.org", subject="Einladung", text="Guten Tag", purpose="Test")
    rows = [
        ("news/article", article.pk),
        ("news/rubric", article.rubric.pk),
        ("news/pressoffice", 1),
        ("publishing/image", article.image.pk),
        ("publishing/image", image.pk),
        ("publishing/document", article.downloads.get().document.pk),
        ("publishing/contact", article.contact.pk),
        ("publishing/redirect", redirect.pk),
        ("auth/user", other.pk),
    ]
    pages = [
        "",
        "publishing/image/hochladen/",
        "publishing/image/?_popup=1",
        "publishing/",
        "news/",
    ]
    pages += [f"auth/user/{other.pk}/password/", f"news/article/{article.pk}/history/{article.history.last().pk}/"]
    pages += [f"publishing/outgoingmail/{page}" for page in ("", f"{mail.pk}/change/", f"{mail.pk}/history/")]
    for model, pk in rows:
        pages += [f"{model}/", f"{model}/{pk}/change/", f"{model}/{pk}/history/", f"{model}/{pk}/delete/"]
    note_import("Weiterleitungen", by=administrator, added=1, refused=["Zeile 2: Die Adresse fehlt."])
    write_down_all_links()
    link = LinkUse.objects.first()
    pages += ["publishing/linkuse/", f"publishing/linkuse/{link.pk}/change/", "publishing/importrun/"]
    pages += [f"publishing/importrun/{ImportRun.objects.get().pk}/change/", "so-gehts/"]
    pages += [f"so-gehts/{task.slug}/" for task in TASKS]
    pages += [f"{model}/add/" for model in sorted({model for model, _ in rows} - {"news/pressoffice"})]
    return [f"/admin/{path}" for path in dict.fromkeys(pages)]


def test_no_admin_page_speaks_english_or_hides_from_assistive_technology(open_page, addresses, administrator):
    page = open_page(administrator)
    english, violated = [], []
    for address in addresses:
        answer = page.goto(address)
        assert answer.status == 200, address
        words = {word.lower() for word in ENGLISH.findall(visible_words(page))} - ALSO_GERMAN
        if words:
            english.append((address, sorted(words)))
        if address.endswith(EXAMINED):
            violated += violations(page, ACCESSIBILITY)
    assert "\n".join(map(str, english)) == ""
    assert "\n".join(map(str, violated)) == ""


def test_the_log_in_page_is_german_and_open_to_everybody(visitor_page):
    visitor_page.goto("/admin/")
    assert ENGLISH.findall(visible_words(visitor_page)) == []
    assert violations(visitor_page) == []

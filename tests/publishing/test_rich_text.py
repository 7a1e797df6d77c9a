import re
from html.parser import HTMLParser

import pytest
from django.template import Context, Template
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from news.models import Article
from publishing import text
from publishing.rich_text import EXTENSIONS, plain_text, sanitise
from tests.factories import make_article

#: What the editor writes for each thing it offers; None: offered, but it writes no tag of its own.
WRITTEN_BY_THE_EDITOR = {
    "Bold": "<p><strong>fett</strong></p>",
    "Italic": "<p><em>kursiv</em></p>",
    "Heading": "<h2>Zwischentitel</h2><h3>Darunter</h3>",
    "BulletList": "<ul><li><p>Punkt</p></li></ul>",
    "OrderedList": '<ol start="3"><li><p>Drittens</p></li></ol>',
    "ListItem": "<ul><li><p>Punkt</p><ul><li><p>Unterpunkt</p></li></ul></li></ul>",
    "Blockquote": "<blockquote><p>Zitat</p></blockquote>",
    "HardBreak": "<p>Zeile<br>Zeile</p>",
    "Link": '<p><a href="https://www.example.org/?a=1&amp;b=2" title="Mehr dazu">Ziel</a></p>',
    "Table": "<table><tbody><tr><td><p>Zelle</p></td></tr></tbody></table>",
    "TableRow": "<table><tbody><tr><td><p>1</p></td></tr><tr><td><p>2</p></td></tr></tbody></table>",
    "TableHeader": '<table><tbody><tr><th colspan="2" rowspan="1"><p>Kopf</p></th></tr></tbody></table>',
    "TableCell": '<table><tbody><tr><td colspan="1" rowspan="2"><p>Zelle</p></td></tr></tbody></table>',
    "SpecialCharacters": "<p>„Grüße“ – 20\u00a0% …</p>".replace("\u00a0", "&nbsp;"),
}

ALLOWED = {
    **{
        tag: set()
        for tag in ["p", "strong", "em", "h2", "h3", "ul", "li", "blockquote", "br", "table", "tbody", "thead", "tr"]
    },
    "ol": {"start", "type", "data-type"},
    "a": {"href", "rel", "title"},
    "th": {"colspan", "rowspan"},
    "td": {"colspan", "rowspan"},
}


class Inventory(HTMLParser):
    """Every tag and attribute a browser would find."""

    def __init__(self, html):
        super().__init__(convert_charrefs=True)
        self.found = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.found.append((tag, dict(attrs)))

    def handle_comment(self, data):
        self.found.append(("comment", {}))

    handle_decl = handle_pi = unknown_decl = handle_comment


def scheme_as_browsers_read_it(address):
    """Browsers drop tabs, line breaks and leading controls before they look for the scheme."""
    address = "".join(char for char in address if ord(char) > 32)
    scheme = re.match(r"([a-z][a-z0-9+.-]*):", address, re.IGNORECASE)
    return scheme and scheme[1].lower()


def assert_harmless(html):
    for tag, attributes in Inventory(html).found:
        assert tag in ALLOWED, (tag, html)
        assert set(attributes) <= ALLOWED[tag], (tag, attributes, html)
        if "href" in attributes:
            assert scheme_as_browsers_read_it(attributes["href"]) in (None, "https", "http", "mailto", "tel"), html
    assert text.without_control_characters(html) == html


# --- One definition for editor and sanitiser ----------------------------------------------------------------


def test_every_extension_has_a_sample_here():
    assert set(WRITTEN_BY_THE_EDITOR) == set(EXTENSIONS)


@pytest.mark.parametrize("extension", EXTENSIONS)
def test_what_the_editor_offers_survives(extension):
    html = WRITTEN_BY_THE_EDITOR[extension]
    assert sanitise(html) == html
    assert_harmless(html)


def test_the_editor_offers_what_the_sanitiser_keeps():
    field = Article._meta.get_field("body")
    assert field.config["extensions"] == EXTENSIONS
    assert field.formfield().widget.config["extensions"].items() >= EXTENSIONS.items()


@pytest.mark.parametrize(
    "address",
    ["/aktuelles/", "#unten", "?seite=2", "https://www.example.org/ä", "mailto:a@example.org", "tel:+49341600160"],
)
def test_an_address_that_leads_somewhere_stays(address):
    html = f'<p><a href="{address}">Ziel</a></p>'
    assert sanitise(html) == html


def test_an_empty_editor_means_an_empty_field():
    assert [sanitise(empty) for empty in (None, "", "<p></p>", "<h2></h2>")] == ["", "", "", ""]


# --- What goes ------------------------------------------------------------------------------------------------

DANGEROUS = {
    "<script>alert(1)</script><p>a</p>": "<p>a</p>",
    "<p>a<script src=//x></script>b</p>": "<p>ab</p>",
    "<style>p{color:red}</style><p>a</p>": "<p>a</p>",
    "<scr<script>ipt>alert(1)</script>": "ipt&gt;alert(1)",
    "<p onclick=alert(1) ONMOUSEOVER=alert(1)>a</p>": "<p>a</p>",
    '<p class="lead" style="color:red" id="x" data-x="1">a</p>': "<p>a</p>",
    '<iframe src="https://example.org"></iframe><p>a</p>': "<p>a</p>",
    '<iframe srcdoc="<script>alert(1)</script>"></iframe>': "",
    "<img src=x onerror=alert(1)>": "",
    '<img src="https://example.org/zaehlpixel.gif" alt="">': "",
    "<svg onload=alert(1)><circle/></svg>": "",
    "<svg><script>alert(1)</script></svg>": "",
    "<math><mtext><table><mglyph><style><img src=x onerror=alert(1)>": None,
    "<svg><style><!--</style><img src=x onerror=alert(1)>-->": None,
    '<noscript><p title="</noscript><img src=x onerror=alert(1)>">': None,
    "<form action=//x><input name=a><button>Los</button></form>": "Los",
    "<object data=x></object><embed src=x><base href=//x><meta http-equiv=refresh><link rel=stylesheet>": "",
    "<!-- geheim --><p>a</p><![CDATA[b]]><?php c ?>": "<p>a</p>",
    '<a href="javascript:alert(1)">a</a>': "<a>a</a>",
    '<a href="JaVaScRiPt:alert(1)">a</a>': "<a>a</a>",
    '<a href=" javascript:alert(1)">a</a>': "<a>a</a>",
    '<a href="java\nscript:alert(1)">a</a>': "<a>a</a>",
    '<a href="java&Tab;script:alert(1)">a</a>': "<a>a</a>",
    '<a href="&#106;avascript&colon;alert(1)">a</a>': "<a>a</a>",
    '<a href="java\x01script:alert(1)">a</a>': "<a>a</a>",
    '<a href="java&#1;script:alert(1)">a</a>': "<a>a</a>",
    '<a href="java&#x9f;script:alert(1)">a</a>': None,
    '<a href="&#14;javascript:alert(1)">a</a>': "<a>a</a>",
    '<a href="data:text/html,<script>alert(1)</script>">a</a>': "<a>a</a>",
    '<a href="vbscript:x">a</a><a href="file:///etc/passwd">b</a><a href="blob:x">c</a>': "<a>a</a><a>b</a><a>c</a>",
    '<a href="https://example.org" target="_blank" ping="//x" download>a</a>': '<a href="https://example.org">a</a>',
    '<p lang="DE" title="Hinweis" dir="rtl" hidden>a</p>': "<p>a</p>",
    "<h1>a</h1><h4>b</h4><u>c</u><span>d</span><div>e</div><font>f</font>": "abcdef",
    "<p>a\x00b\x08c\x1bd\x7fe\x85f\ufffe\ud800</p>": "<p>abcdef</p>",
    "<p>a&#1;b&#x1b;c&#xfffe;d</p>": "<p>abcd</p>",
    "<p>a\tb\nc</p>": "<p>a\tb\nc</p>",
    '<p title="<img src=x onerror=alert(1)>">a</p>': "<p>a</p>",
    "&lt;script&gt;alert(1)&lt;/script&gt;": "&lt;script&gt;alert(1)&lt;/script&gt;",
    "1 < 2 & 3 > 2": "1 &lt; 2 &amp; 3 &gt; 2",
    "<p>offen <strong>und nie geschlossen": "<p>offen <strong>und nie geschlossen</strong></p>",
}


@pytest.mark.parametrize("html", DANGEROUS, ids=range(len(DANGEROUS)))
def test_everything_else_goes(html):
    clean = sanitise(html)
    assert_harmless(clean)
    if DANGEROUS[html] is not None:
        assert clean == DANGEROUS[html]
        assert sanitise(clean) == clean


FRAGMENTS = st.sampled_from(
    [
        *DANGEROUS,
        *(html for html in WRITTEN_BY_THE_EDITOR.values()),
        *(
            "<",
            ">",
            '"',
            "'",
            "/",
            "=",
            "&",
            ";",
            "<!--",
            "-->",
            "<![CDATA[",
            "]]>",
            "</",
            "&#1;",
            "&#x9;",
            "\x0b",
            "\x00",
        ),
        *("<svg>", "<math>", "<style>", "<title>", "<textarea>", "<template>", "<noscript>", "<xmp>", "<select>"),
        *("</p>", "</table>", "</style>", "<a href=", "javascript:", "data:", " onerror=alert(1) ", "<table>", "<td>"),
    ]
)
FUZZ = hypothesis_settings(max_examples=300, deadline=None, suppress_health_check=list(HealthCheck))


@FUZZ
@given(st.lists(st.one_of(FRAGMENTS, st.text(max_size=8)), max_size=12).map("".join))
def test_whatever_is_put_together_comes_out_harmless(html):
    clean = sanitise(html)
    assert_harmless(clean)
    assert_harmless(sanitise(clean))
    plain_text(clean)


@FUZZ
@given(st.text(alphabet=st.characters(), max_size=60))
def test_any_text_at_all_comes_out_harmless(html):
    assert_harmless(sanitise(html))


# --- On every way into the database ---------------------------------------------------------------------------

EVIL = '<p onclick="alert(1)">gut<script>alert(1)</script></p>'
GOOD = "<p>gut</p>"


def saved(article):
    article.body = EVIL
    article.save()
    assert article.body == GOOD, "the row at hand is what is stored"


def saved_one_field(article):
    article.body = EVIL
    article.save(update_fields=["body"])


def validated(article):
    article.body = EVIL
    article.full_clean()
    assert article.body == GOOD
    article.save()


def created_in_bulk(article):
    article.delete()
    Article.objects.bulk_create([Article(title="a", slug="a", body=EVIL)])


def updated_in_bulk(article):
    article.body = EVIL
    Article.objects.bulk_update([article], ["body"])


def updated_by_query(article):
    Article.objects.filter(pk=article.pk).update(body=EVIL)


def got_or_created(article):
    article.delete()
    Article.objects.get_or_create(slug="a", defaults={"title": "a", "body": EVIL})


def entered_in_a_form(article):
    from django.forms import modelform_factory

    form = modelform_factory(Article, fields=["title", "body"])({"title": "a", "body": EVIL}, instance=article)
    assert form.is_valid(), form.errors
    form.save()


@pytest.mark.django_db
@pytest.mark.parametrize(
    "write",
    [
        saved,
        saved_one_field,
        validated,
        created_in_bulk,
        updated_in_bulk,
        updated_by_query,
        got_or_created,
        entered_in_a_form,
    ],
)
def test_nothing_dangerous_reaches_the_database(write):
    write(make_article(released=False, publish_from=None))
    assert Article.objects.get().body == GOOD


@pytest.mark.django_db
def test_the_history_keeps_the_harmless_text():
    article = make_article(body=EVIL)
    assert article.history.get().body == GOOD


@pytest.mark.django_db
def test_a_query_may_set_a_text_to_that_of_another_field():
    from django.db.models import F

    article = make_article(teaser="Vorspann")
    Article.objects.filter(pk=article.pk).update(body=F("teaser"))
    assert Article.objects.get().body == "Vorspann"


def test_migrations_see_a_plain_text_field():
    _, path, args, kwargs = Article._meta.get_field("body").deconstruct()
    assert (path, args, kwargs) == ("django.db.models.TextField", [], {"verbose_name": "Text", "blank": True})


# --- In a page ------------------------------------------------------------------------------------------------


def shown(html):
    return Template("{% load publishing %}{{ html|rich_text }}").render(Context({"html": html}))


def test_a_table_scrolls_by_itself_and_can_be_reached_by_keyboard():
    table = "<table><tbody><tr><td>1</td></tr></tbody></table>"
    wrapped = f'<div class="table-scroll" tabindex="0" role="group" aria-label="Tabelle">{table}</div>'
    assert shown(f"<p>a</p>{table}<p>b</p>{table}") == f"<p>a</p>{wrapped}<p>b</p>{wrapped}"
    assert shown("<p>Ohne &lt;table&gt;</p>") == "<p>Ohne &lt;table&gt;</p>"


def test_a_table_in_a_title_cannot_break_out():
    html = sanitise('<a href="/x" title="<table><img src=x onerror=alert(1)>">a</a>')
    assert Inventory(shown(html)).found == [("a", {"href": "/x", "title": "<table><img src=x onerror=alert(1)>"})]


# --- Its words ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("html", "words"),
    [
        ("", ""),
        (None, ""),
        ("<p></p>", ""),
        ("<p>Halle</p><p>Leipzig</p>", "Halle Leipzig"),
        ("<h2>Titel</h2><p>Text</p>", "Titel Text"),
        ("<ul><li><p>eins</p></li><li><p>zwei</p></li></ul>", "eins zwei"),
        ("<p>Zeile<br>Zeile</p>", "Zeile Zeile"),
        ("<table><tbody><tr><th>Ort</th><td>Jena</td></tr></tbody></table>", "Ort Jena"),
        ("<p>Mittel<strong>deutschland</strong></p>", "Mitteldeutschland"),
        ("<p>1 &lt; 2 &amp;&nbsp;3</p>", "1 < 2 & 3"),
        ("<p>&lt;b&gt;kein Fettdruck&lt;/b&gt;</p>", "<b>kein Fettdruck</b>"),
        ("<p>viel \n\t  Luft</p>", "viel Luft"),
        ("<blockquote><p>Zitat</p></blockquote><p>Text</p>", "Zitat Text"),
    ],
)
def test_plain_text_is_the_words_without_their_markup(html, words):
    assert plain_text(html) == words

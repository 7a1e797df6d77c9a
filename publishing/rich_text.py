"""The one definition of rich text: what the editor offers is what the sanitiser keeps."""

import re
from html.parser import HTMLParser

import nh3
from django_prose_editor.config import allowlist_from_extensions, expand_extensions
from django_prose_editor.fields import ProseEditorField

from publishing.text import without_control_characters

EXTENSIONS = {
    "Bold": True,
    "Italic": True,
    "Heading": {"levels": [2, 3]},
    "BulletList": True,
    "OrderedList": True,
    "ListItem": True,
    "Blockquote": True,
    "HardBreak": True,
    "Link": {"protocols": ["https", "http", "mailto", "tel"], "enableTarget": False},
    "Table": True,
    "TableRow": True,
    "TableHeader": True,
    "TableCell": True,
    "SpecialCharacters": True,
}

_allowlist = allowlist_from_extensions(expand_extensions(EXTENSIONS))
# Unless told otherwise, nh3 keeps “lang” and “title” on every tag.
_allowlist["attributes"]["*"] = set()
_clean_html = nh3.Cleaner(**_allowlist).clean
# An editor without text still writes one tag.
_EMPTY = re.compile(r"<(\w+)></\1>")


def sanitise(html):
    clean = _clean_html(without_control_characters(html or ""))
    # A control character written as an entity appears only now, and without it an address may read differently.
    without_entities = without_control_characters(clean)
    if without_entities != clean:
        clean = _clean_html(without_entities)
    return "" if _EMPTY.fullmatch(clean) else clean


class RichTextField(ProseEditorField):
    """Sanitised in forms and, because importers do not always validate, again whenever it is written."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs, extensions=EXTENSIONS, sanitize=sanitise)

    def deconstruct(self):
        # Migrations see a plain text field: what the editor offers is no matter of the schema.
        name, path, args, kwargs = super().deconstruct()
        return (
            name,
            path,
            args,
            {key: value for key, value in kwargs.items() if key not in ("extensions", "sanitize")},
        )

    def pre_save(self, model_instance, add):
        value = sanitise(getattr(model_instance, self.attname))
        setattr(model_instance, self.attname, value)
        return value

    def get_db_prep_save(self, value, connection):
        # QuerySet.update() passes here and nowhere else.
        if isinstance(value, str):
            value = sanitise(value)
        return super().get_db_prep_save(value, connection)


class _TextCollector(HTMLParser):
    BLOCKS = frozenset(("p", "h2", "h3", "li", "blockquote", "br", "td", "th", "tr"))

    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.parts = []

    def handle_starttag(self, tag, attrs):
        if tag in self.BLOCKS:
            self.parts.append(" ")

    handle_endtag = lambda self, tag: self.handle_starttag(tag, ())  # noqa: E731

    def handle_data(self, data):
        self.parts.append(data)


def plain_text(html):
    """The words of the text; neighbouring blocks do not run into one another."""
    collector = _TextCollector()
    collector.feed(html or "")
    collector.close()
    return " ".join("".join(collector.parts).split())


class _LinkCollector(HTMLParser):
    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.links = []

    def handle_starttag(self, tag, attrs):
        if tag == "a" and (link := dict(attrs).get("href")):
            self.links.append(link)


def links_in(html):
    """Where the links of the text lead, as they are written."""
    collector = _LinkCollector()
    collector.feed(html or "")
    collector.close()
    return collector.links

"""The one definition of rich text: what the editor offers is what the sanitiser keeps."""

from html.parser import HTMLParser

from django_prose_editor.fields import ProseEditorField, create_sanitizer

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

_clean_html = create_sanitizer(EXTENSIONS)


def sanitise(html):
    return _clean_html(without_control_characters(html or ""))


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

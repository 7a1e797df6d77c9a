"""A page as tests look at it: its elements in order, each with attributes, text and parents."""

import json
from dataclasses import dataclass, field
from html.parser import HTMLParser

VOID = frozenset(("area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"))


@dataclass(eq=False)
class Element:
    tag: str
    attrs: dict
    parent: "Element | None" = None
    parts: list = field(default_factory=list)

    @property
    def text(self):
        return " ".join("".join(self.parts).split())

    @property
    def classes(self):
        return self.attrs.get("class", "").split()

    def is_inside(self, ancestor):
        return self.parent is not None and (self.parent is ancestor or self.parent.is_inside(ancestor))


class ParsedPage(HTMLParser):
    def __init__(self, response):
        super().__init__(convert_charrefs=True)
        self.html = response.content.decode()
        self.elements, self._open, self.faults = [], [], []
        self.feed(self.html)
        self.close()
        self.faults += [f"<{element.tag}> is never closed" for element in self._open]

    def handle_starttag(self, tag, attrs):
        names = [name for name, _ in attrs]
        if len(set(names)) != len(names):
            self.faults.append(f"<{tag}> has an attribute twice")
        element = Element(tag, {name: value or "" for name, value in attrs}, self._open[-1] if self._open else None)
        self.elements.append(element)
        if tag not in VOID:
            self._open.append(element)

    def handle_startendtag(self, tag, attrs):
        self.handle_starttag(tag, attrs)
        # Only what belongs to a drawing ends this way.
        if tag not in VOID and any(element.tag == "svg" for element in self._open):
            self._open.pop()

    def handle_endtag(self, tag):
        if not self._open or self._open[-1].tag != tag:
            self.faults.append(f"</{tag}> closes nothing")
            return
        self._open.pop()

    def handle_data(self, data):
        for element in self._open:
            element.parts.append(data)

    def all(self, *tags, inside=None, **attrs):
        """`css="card"` asks for a class; other names for an attribute's exact value."""
        wanted_class = attrs.pop("css", None)
        return [
            element
            for element in self.elements
            if (not tags or element.tag in tags)
            and (wanted_class is None or wanted_class in element.classes)
            and (inside is None or element.is_inside(inside))
            and all(element.attrs.get(name) == value for name, value in attrs.items())
        ]

    def one(self, *tags, **attrs):
        found = self.all(*tags, **attrs)
        assert len(found) == 1, f"{len(found)} elements {tags} {attrs}"
        return found[0]

    def texts(self, *tags, **attrs):
        return [element.text for element in self.all(*tags, **attrs)]

    def links(self, **attrs):
        return [element.attrs["href"] for element in self.all("a", **attrs) if "href" in element.attrs]

    @property
    def title(self):
        # Drawings have titles, too.
        return self.one("title", inside=self.one("head")).text

    def meta(self, name):
        return self.one("meta", name=name).attrs["content"]

    def json_ld(self, kind):
        blocks = [json.loads("".join(one.parts)) for one in self.all("script", type="application/ld+json")]
        return next((block for block in blocks if block["@type"] == kind), None)


def fetch(client, path, *, status=200, **headers):
    response = client.get(path, headers=headers or None)
    assert response.status_code == status, (path, response.status_code)
    return ParsedPage(response)

"""Atom and RSS with the full text, absolute addresses, and characters XML allows."""

import re
from html import escape, unescape
from urllib.parse import urljoin

from django.conf import settings
from django.contrib.syndication.views import Feed
from django.utils.feedgenerator import Atom1Feed, Rss201rev2Feed

from publishing.text import without_control_characters
from publishing.views import absolute


def _clean(value):
    if isinstance(value, str):
        return without_control_characters(value)
    if isinstance(value, dict):
        return {key: _clean(one) for key, one in value.items()}
    return [_clean(one) for one in value] if isinstance(value, list | tuple) else value


def with_absolute_links(html, page_address):
    """A reader shows the text far from the portal, where „/presse/“ and „#unten“ lead nowhere."""
    return re.sub(
        r'(<a\b[^>]*?\shref=")([^"]*)',
        lambda match: match[1] + escape(urljoin(page_address, unescape(match[2]))),
        html,
    )


class _XmlText:
    """Only characters XML allows, whatever the rows hold."""

    def __init__(self, **kwargs):
        super().__init__(**_clean(kwargs))

    def add_item(self, **kwargs):
        super().add_item(**_clean(kwargs))


class AtomWithText(_XmlText, Atom1Feed):
    def add_item_elements(self, handler, item):
        super().add_item_elements(handler, item)
        handler.addQuickElement("content", item["full_text"], {"type": "html"})


class RssWithText(_XmlText, Rss201rev2Feed):
    def rss_attributes(self):
        return super().rss_attributes() | {"xmlns:content": "http://purl.org/rss/1.0/modules/content/"}

    def add_item_elements(self, handler, item):
        super().add_item_elements(handler, item)
        handler.addQuickElement("content:encoded", item["full_text"])


class FullTextFeed(Feed):
    """Subclasses give title(), page_url(), feed_path(), items(), full_text(item) and item_updateddate(item)."""

    feed_type = AtomWithText
    length = 40
    language = "de"
    author_name = settings.ORGANISATION_NAME

    def link(self, obj):
        return absolute(self.page_url(obj))

    def feed_url(self, obj):
        return absolute(self.feed_path(obj))

    def feed_guid(self, obj):
        return self.link(obj)

    def item_link(self, item):
        return absolute(item.get_absolute_url())

    def item_guid(self, item):
        return self.item_link(item)

    def item_title(self, item):
        return item.title

    def item_description(self, item):
        return item.teaser

    def item_pubdate(self, item):
        return item.publish_from

    def item_extra_kwargs(self, item):
        return {"full_text": with_absolute_links(self.full_text(item), self.item_link(item))}

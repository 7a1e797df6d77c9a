import pickle

from django.core.cache import caches

from publishing.page_cache import Page


def kept_pages():
    """How many pages this process keeps."""
    return sum(isinstance(pickle.loads(entry), Page) for entry in caches["pages"]._cache.values())


def own_queries(captured):
    """What a page itself asks: menu and footer are read once a process and version, by whichever page comes first."""
    return [query for query in captured.captured_queries if '"pages_menuentry"' not in query["sql"]]


def own_questions(captured):
    return [query["sql"] for query in own_queries(captured)]

"""Links into this portal: asked of the portal itself, as a visitor without an account would, without a network."""

import io
from urllib.parse import unquote_to_bytes, urljoin, urlsplit

from django.conf import settings
from django.core.handlers.base import BaseHandler
from django.core.handlers.wsgi import WSGIRequest

from publishing.link_check.outside import MOST_REDIRECTS, REDIRECTS, Answer
from publishing.links import is_internal
from publishing.models.link import Outcome


class Asker:
    def __init__(self):
        self.handler = BaseHandler()
        self.handler.load_middleware()

    def ask(self, url):
        for _ in range(MOST_REDIRECTS + 1):
            response = self.handler.get_response(_request(url))
            _let_go(response)
            location = response.headers.get("Location", "")
            if response.status_code not in REDIRECTS:
                return Answer.of(response.status_code)
            url = urljoin(url, location)
            if not is_internal(url):
                # It leads on to somebody else.
                return Answer(Outcome.GOOD, response.status_code)
        return Answer(Outcome.GONE, None, "Die Adresse leitet immer weiter, ohne anzukommen.")


def _let_go(response):
    """Only of its file: closing it wholly would end a request of the server's, and close the database's connection."""
    if file := getattr(response, "file_to_stream", None):
        file.close()


def _request(url):
    site, parts = urlsplit(settings.SITE_URL), urlsplit(url)
    port = site.port or (443 if site.scheme == "https" else 80)
    return WSGIRequest(
        {
            "REQUEST_METHOD": "GET",
            "SCRIPT_NAME": "",
            # As servers hand it over: bytes, each as one sign.
            "PATH_INFO": unquote_to_bytes(parts.path or "/").decode("latin-1"),
            "QUERY_STRING": parts.query.encode().decode("latin-1"),
            "SERVER_NAME": site.hostname,
            "SERVER_PORT": str(port),
            "SERVER_PROTOCOL": "HTTP/1.1",
            "REMOTE_ADDR": "127.0.0.1",
            "HTTP_HOST": site.netloc,
            "HTTP_X_FORWARDED_PROTO": site.scheme,
            "wsgi.url_scheme": site.scheme,
            "wsgi.input": io.BytesIO(),
        }
    )

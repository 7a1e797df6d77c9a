"""Asks other hosts whether an address still answers: politely, briefly, and never within a private network.

An editor's link must not make the portal knock at doors behind the firewall: the addresses behind a host name are
looked at before each connection, also after a redirect, and the connection goes to the address that was looked at.
"""

import contextlib
import http.client
import ipaddress
import socket
import ssl
import threading
import time
from dataclasses import dataclass
from urllib.parse import urljoin, urlsplit

from django.conf import settings
from django.utils.encoding import iri_to_uri

from publishing.models.link import Outcome

TIMEOUT = 8  # seconds for each step
LONGEST = 20  # seconds for one question; some hosts send a byte now and then
PAUSE_PER_HOST = 1.0
MOST_REDIRECTS = 5
REDIRECTS = (301, 302, 303, 307, 308)
#: Hosts that keep machines out, ask for a log-in, or answer less often: a visitor may well get the page.
UNCLEAR = (401, 403, 407, 429, 451, 999)
GONE = (404, 410)
REASONS = {404: "Seite nicht gefunden", 410: "Seite entfernt"}


@dataclass(frozen=True)
class Answer:
    outcome: Outcome
    status_code: int | None = None
    reason: str = ""

    @classmethod
    def of(cls, code):
        if code in GONE:
            return cls(Outcome.GONE, code, f"{REASONS[code]} ({code})")
        if code in UNCLEAR:
            return cls(Outcome.UNCLEAR, code, f"Der Server lässt keine Prüfung zu ({code})")
        if code >= 400:
            return cls(Outcome.FAILED, code, f"{'Fehler des Servers' if code >= 500 else 'Antwort'} ({code})")
        return cls(Outcome.GOOD, code)


class Refused(Exception):  # noqa: N818
    """No browser of a visitor could follow this link, or the portal must not."""


class Asker:
    """Remembers when it asked which host."""

    def __init__(self, pause=PAUSE_PER_HOST):
        self.pause = pause
        self.asked_at = {}

    def ask(self, url):
        try:
            return Answer.of(self._last_code(url))
        except Refused as refusal:
            return Answer(Outcome.GONE, None, str(refusal))
        except (OSError, http.client.HTTPException) as error:
            return Answer(Outcome.FAILED, None, in_german(error))

    def _last_code(self, url):
        for _ in range(MOST_REDIRECTS + 1):
            code, location = self._question("HEAD", url)
            if code >= 400:
                # Many hosts know no HEAD, or answer it carelessly.
                code, location = self._question("GET", url)
            if code not in REDIRECTS or not location:
                return code
            url = urljoin(url, location)
        raise http.client.HTTPException("leitet immer weiter")

    def _question(self, method, url):
        scheme, host, port, target = _parts(url)
        self._wait_for(host)
        connection = _SCHEMES[scheme](host, port, timeout=TIMEOUT)
        deadline = threading.Timer(LONGEST, _hang_up, [connection])
        deadline.daemon = True
        deadline.start()
        try:
            connection.request(method, target, headers=_headers())
            # The body is never read, however large it is.
            response = connection.getresponse()
            return response.status, response.headers.get("Location", "")
        finally:
            deadline.cancel()
            connection.close()

    def _wait_for(self, host):
        pause = self.asked_at.get(host, -self.pause) + self.pause - time.monotonic()
        if pause > 0:
            time.sleep(pause)
        self.asked_at[host] = time.monotonic()


def _headers():
    return {
        "User-Agent": f"LinkCheck/1.0 (+{settings.SITE_URL})",
        "Accept": "*/*",
        "Connection": "close",
    }


def _parts(url):
    try:
        parts = urlsplit(url)
        host, port = (parts.hostname or "").rstrip("."), parts.port
        host = host if ":" in host else host.encode("idna").decode()
    except ValueError as error:
        raise Refused("Das ist keine vollständige Adresse.") from error
    if parts.scheme not in _SCHEMES:
        raise Refused("Die Adresse beginnt weder mit https:// noch mit http://.")
    if not host:
        raise Refused("In der Adresse fehlt der Name des Servers.")
    target = iri_to_uri(parts.path or "/") + (f"?{iri_to_uri(parts.query)}" if parts.query else "")
    if any(ord(sign) <= 32 or ord(sign) == 127 for sign in target):
        # Also what a redirect sends: a line break would begin a header of its choosing.
        target = "".join(sign if 32 < ord(sign) < 127 else f"%{ord(sign):02X}" for sign in target)
    return parts.scheme, host, port, target


def open_socket(host, port):
    addresses = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    if not all(may_be_asked(address[4][0]) for address in addresses):
        raise Refused("Die Adresse führt in ein privates Netz, das Besucher nicht erreichen.")
    failure = OSError("no address")
    for *_, address in addresses:
        try:
            return socket.create_connection(address[:2], TIMEOUT)
        except OSError as error:
            failure = error
    raise failure


def may_be_asked(address):
    """Whether everybody on the internet could ask it. Tests put their own rule in this place."""
    found = ipaddress.ip_address(address.partition("%")[0])
    return all(one.is_global and not one.is_multicast for one in (found, *_embedded(found)))


_NAT64 = ipaddress.ip_network("64:ff9b::/96")


def _embedded(address):
    """IPv4 addresses an IPv6 address stands for."""
    if address.version == 4:
        return []
    known = [address.ipv4_mapped, address.sixtofour, *(address.teredo or ())]
    if address in _NAT64:
        known.append(ipaddress.ip_address(int(address) & 0xFFFFFFFF))
    return [one for one in known if one is not None]


class _Plain(http.client.HTTPConnection):
    def connect(self):
        self.sock = open_socket(self.host, self.port)


class _Encrypted(http.client.HTTPSConnection):
    def connect(self):
        plain = open_socket(self.host, self.port)
        try:
            self.sock = ssl.create_default_context().wrap_socket(plain, server_hostname=self.host)
        except OSError:
            plain.close()
            raise


_SCHEMES = {"http": _Plain, "https": _Encrypted}


def _hang_up(connection):
    with contextlib.suppress(OSError, AttributeError):
        connection.sock.shutdown(socket.SHUT_RDWR)


def in_german(error):
    if isinstance(error, TimeoutError):
        return "Der Server antwortet nicht rechtzeitig."
    if isinstance(error, socket.gaierror):
        return "Diesen Servernamen gibt es nicht."
    if isinstance(error, ssl.SSLCertVerificationError):
        return "Das Zertifikat des Servers ist ungültig oder abgelaufen."
    if isinstance(error, http.client.HTTPException) and "leitet" in str(error):
        return "Die Adresse leitet immer weiter, ohne anzukommen."
    if isinstance(error, http.client.HTTPException):
        return "Die Antwort des Servers ist nicht zu verstehen."
    return "Es kommt keine Verbindung zustande."

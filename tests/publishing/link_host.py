"""Another host, on this machine: answers well, badly, slowly or without end, and remembers who asked."""

import threading
import time
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

HUGE = 200_000_000


class Handler(BaseHTTPRequestHandler):
    def do_HEAD(self):
        self._answer()

    def do_GET(self):
        self._answer()

    def _answer(self):
        self.server.asked.append((self.command, self.path, self.headers["User-Agent"]))
        name, _, rest = self.path.strip("/").partition("/")
        getattr(self, f"_{name.replace('-', '_')}", self._code)(rest)

    def _code(self, rest):
        name = self.path.strip("/")
        self._send(int(name) if name.isdecimal() else 200)

    def _only_get(self, rest):
        self._send(200 if self.command == "GET" else 405)

    def _to(self, rest):
        self._send(302, Location=rest)

    def _around(self, rest):
        self._send(302, Location=f"/around/{len(rest) * '-'}-")

    def _huge(self, rest):
        self.send_response(200 if self.command == "GET" else 501)
        self.send_header("Content-Length", str(HUGE))
        self.end_headers()
        if self.command == "GET":
            try:
                while True:
                    self.wfile.write(bytes(65536))
            except OSError:
                self.server.cut_off.set()

    def _slow(self, rest):
        time.sleep(1.5)
        self._send(200)

    def _drip(self, rest):
        self.send_response(200)
        try:
            for number in range(40):
                self.wfile.write(f"X-{number}: x\r\n".encode())
                self.wfile.flush()
                time.sleep(0.1)
        except OSError:
            pass

    def _nonsense(self, rest):
        self.wfile.write(b"\x00\x01 nonsense\r\n\r\n")

    def _send(self, code, **headers):
        self.send_response(code)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *args):
        pass


@contextmanager
def other_host():
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    server.asked, server.cut_off = [], threading.Event()
    server.url = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()
        thread.join()

"""What a browser would complain about, collected while a test clicks through the portal."""

import re

_REPORT_VIOLATIONS = """
addEventListener("securitypolicyviolation", (event) => {
  console.error(`CSP violation: ${event.violatedDirective} ${event.blockedURI} ${event.sample}`);
});
"""
_OWN_SCHEMES = ("data:", "blob:", "about:")
#: Chromium writes an error line for each page that answers 4xx.
_FAILED_LOAD = re.compile(r"Failed to load resource: the server responded with a status of (\d+)")


class Watch:
    """Console errors, CSP violations, script errors and requests to other hosts of one browser context."""

    def __init__(self, context, own_address):
        self.own_address = own_address
        self.complaints = []
        self.expected_status = set()
        context.add_init_script(_REPORT_VIOLATIONS)
        context.on("console", self._on_console)
        context.on("weberror", lambda error: self.complaints.append(f"script error: {error.error}"))
        context.on("request", self._on_request)

    def expect_status(self, *codes):
        """Answers this test asks for on purpose, for example 404."""
        self.expected_status.update(codes)

    def _on_console(self, message):
        if message.type not in ("error", "warning"):
            return
        failed = _FAILED_LOAD.match(message.text)
        if failed and int(failed[1]) in self.expected_status:
            return
        self.complaints.append(f"console {message.type}: {message.text} ({message.location.get('url')})")

    def _on_request(self, request):
        if not request.url.startswith((f"{self.own_address}/", *_OWN_SCHEMES)):
            self.complaints.append(f"request to another host: {request.url}")

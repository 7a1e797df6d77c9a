"""How a confidential paper is handed out: never by an address of its own, and never unnoted."""

from django.http import FileResponse, Http404

from competition.models import LogEntry
from competition.results import log

# Whatever a PDF holds: it runs no script, sends nothing and is framed nowhere.
PAPER_POLICY = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; sandbox"


def handed_out(request, paper, *, to_save):
    """The caller has made sure that this reader may see this paper."""
    try:
        file = paper.file.open()
    except FileNotFoundError as error:
        raise Http404 from error
    if request.method == "GET":
        text = f"{paper.entry}: {paper.title}"
        log(paper.entry.edition, LogEntry.Act.DOWNLOADED, request.user, text, entry=paper.entry)
    response = FileResponse(file, as_attachment=to_save, filename=paper.download_name, content_type="application/pdf")
    response["Content-Security-Policy"] = PAPER_POLICY
    return response

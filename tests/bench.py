"""What a page costs, against a trivial view of the same server: `make bench`. Measures; fails no test.

Starts the server as `make run` does, on its own SQLite files in a temporary folder. With BENCH_DATABASE_URL, the
address of a local PostgreSQL where this user may create databases, it makes and drops its own databases there.
"""

import itertools
import json
import os
import re
import secrets
import shlex
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from urllib.parse import urlsplit

REPOSITORY = Path(__file__).resolve().parent.parent
SIZES = FEW, MANY = 1_000, 10_000
TRIVIAL, HOME, LIST, ARTICLE, COMPLETE = "trivial view", "home", "list", "article", "article, all parts"
COMPLETE_ARTICLE = "beitrag-mit-allem"
PATHS = {
    TRIVIAL: "/healthz",
    HOME: "/",
    LIST: "/aktuelles/",
    ARTICLE: "/aktuelles/beitrag-7/",
    COMPLETE: f"/aktuelles/{COMPLETE_ARTICLE}/",
}
# The page cache keeps no page with a parameter it does not know: every such request is rendered anew.
RENDERED_ANEW = "?unbekannt=1"

ROUNDS = 4
SECONDS_OF_A_SAMPLE = 1  # wrk counts in whole seconds
WARM_UP_REQUESTS = 20
CONNECTIONS = 8
BROWSERS_ACCEPT = "gzip, deflate, br"
SECONDS_OF_READING_AROUND = 4
SECONDS_TO_START = 20
LONGEST_COMMAND = 60

CACHED_SHARE = 0.60
UNCACHED_ARTICLE_CPU_MS = 5.0
# Two measurements of the same thing differ by about this much.
NO_SLOWER = 0.95
WORKER_MB = 150

YEARS_OF_NEWS = 12
NOT_PUBLIC_SHARE = 20  # one draft, one planned, one ended item for each 20 public ones


def main():
    if shutil.which("wrk") is None:
        sys.exit(
            "The benchmark needs the load generator wrk. Install it (Debian: apt-get install wrk), then try again."
        )
    if not (REPOSITORY / "var/static/staticfiles.json").exists():
        sys.exit(
            "The static files are not collected yet. Start the benchmark with “make bench”, which does that first."
        )
    started = time.monotonic()
    database_url = os.environ.get("BENCH_DATABASE_URL", "")
    with ExitStack() as house:
        folder = Path(house.enter_context(tempfile.TemporaryDirectory(prefix="portal-bench-")))
        servers = []
        for articles in SIZES:
            environment = house.enter_context(portal_with(articles, folder / str(articles), database_url))
            for is_cached in (False, True):
                servers.append(house.enter_context(running_server(articles, is_cached, environment)))
        for server in servers:
            warm_up(server)
        for _ in range(ROUNDS):
            measure_one_round(servers)
        read_around(servers, folder)
        print_results(servers, "PostgreSQL" if database_url else "SQLite", time.monotonic() - started)


# --- A portal with many articles ------------------------------------------------------------------------


@contextmanager
def portal_with(articles, folder, database_url):
    """The environment of a portal that holds this many public articles."""
    folder.mkdir()
    (folder / "static").symlink_to(REPOSITORY / "var/static")
    with new_database(database_url) if database_url else sqlite_in_var_dir() as own_database_url:
        environment = os.environ | {
            "DJANGO_SETTINGS_MODULE": "emmd.settings",
            "ENVIRONMENT": "development",
            "DEBUG": "off",
            "SECRET_KEY": secrets.token_urlsafe(50),
            "ALLOWED_HOSTS": "",
            "VAR_DIR": str(folder),
            "DATABASE_URL": own_database_url,
        }
        run([sys.executable, "-m", "tests.bench", "fill", str(articles)], environment)
        yield environment


@contextmanager
def sqlite_in_var_dir():
    yield ""


@contextmanager
def new_database(server_url):
    import psycopg
    from psycopg.conninfo import conninfo_to_dict

    host = conninfo_to_dict(server_url).get("host") or os.environ.get("PGHOST", "")
    if host not in ("", "localhost", "127.0.0.1", "::1") and not host.startswith("/"):
        sys.exit(f"BENCH_DATABASE_URL names the host {host}. The benchmark measures on this machine only.")
    name = f"portal_bench_{secrets.token_hex(4)}"
    with psycopg.connect(server_url, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")
    try:
        url = urlsplit(server_url)
        yield f"{url.scheme}://{url.netloc}/{name}"
    finally:
        with psycopg.connect(server_url, autocommit=True) as connection:
            connection.execute(f"DROP DATABASE {name} WITH (FORCE)")


def fill(articles):
    import django

    django.setup()
    from django.core.management import call_command
    from django.db import connection, transaction

    from publishing.site_version import bump

    call_command("migrate", verbosity=0)
    with transaction.atomic():
        write_articles(articles)
        bump()
    if connection.vendor == "postgresql":
        # What autovacuum would do by itself within a minute.
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE")


def write_articles(public_count):
    """Texts of the demo content over and over, each article with its own picture; plus what must stay invisible."""
    from django.utils import timezone

    from demo.loader import BOILERPLATE, CONTENT
    from news.models import Article, ArticleImage, ArticleLink, PressOffice, Rubric
    from publishing.models import Contact

    texts = json.loads((CONTENT / "news.json").read_text(encoding="utf-8"))
    rubrics = Rubric.objects.bulk_create(
        Rubric(name=entry["name"], slug=f"rubrik-{order}", description=entry["description"], order=order)
        for order, entry in enumerate(json.loads((CONTENT / "rubrics.json").read_text(encoding="utf-8")))
    )
    images = write_images(public_count)
    contact = Contact.objects.create(role="Presse", name="Erika Beispiel", email="presse@example.org", photo=images[0])
    PressOffice.objects.create(contact=contact, boilerplate=BOILERPLATE)

    now = timezone.now()
    between_two = timedelta(days=365 * YEARS_OF_NEWS) / public_count

    def article(number, slug, **values):
        text = texts[number % len(texts)]
        return Article(
            **{
                "slug": slug,
                "title": text["title"],
                "teaser": text["lead_de"],
                "body": text["body_html"],
                "kind": text["kind"],
                "kicker": text["kicker"],
                "rubric": rubrics[number % len(rubrics)],
                "image": images[number],
                "released": True,
                "publish_from": now - timedelta(hours=1) - number * between_two,
            }
            | values
        )

    tomorrow, yesterday = now + timedelta(days=1), now - timedelta(days=1)
    articles = [article(number, f"beitrag-{number}") for number in range(1, public_count)]
    articles += [
        article(number, f"{name}-{number}", **values)
        for number in range(public_count // NOT_PUBLIC_SHARE)
        for name, values in (
            ("entwurf", {"released": False}),
            ("geplant", {"publish_from": tomorrow}),
            ("beendet", {"publish_until": yesterday, "publish_from": yesterday - timedelta(days=number + 1)}),
        )
    ]
    for one in articles[:2]:
        one.featured_until = tomorrow
    Article.objects.bulk_create(articles, batch_size=500)
    ArticleLink.objects.bulk_create(
        (
            ArticleLink(article=one, kind=link["kind"], label=link["label"], url=f"https://www.example.org/{order}")
            for number, one in enumerate(articles)
            for order, link in enumerate(texts[number % len(texts)]["links"])
        ),
        batch_size=500,
    )
    ArticleImage.objects.bulk_create(
        (ArticleImage(article=one, image=images[number % public_count]) for number, one in enumerate(articles[::5])),
        batch_size=500,
    )
    write_complete_article(article(0, COMPLETE_ARTICLE, kind=Article.Kind.PRESS), max(texts, key=body_length), images)


def write_images(count):
    """Rows only: no page that is measured opens a picture's file."""
    from publishing.models import Image

    return Image.objects.bulk_create(
        (
            Image(
                original=f"bilder/{number}.jpg",
                alternative_text=f"Eine Halle mit Kran, Aufnahme {number}",
                credit="Foto: Erika Beispiel",
                width=2400,
                height=1600,
                byte_size=1_000_000,
                sha256=f"{number:064x}",
                public_widths=[480, 960, 1440, 1920],
            )
            for number in range(count)
        ),
        batch_size=500,
    )


def body_length(text):
    return len(text["body_html"])


def write_complete_article(article, text, images):
    """The dearest page there is: every part an article can show."""
    from django.core.files.base import ContentFile
    from django.utils import timezone

    from news.models import ArticleDownload, ArticleImage, ArticleLink
    from publishing.models import Contact, Document

    article.body = text["body_html"]
    article.release_statement = "Frei ab sofort"
    article.correction, article.corrected_at = "Die Zahl der Teilnehmenden wurde berichtigt.", timezone.now()
    article.contact = Contact.objects.create(role="Standort", phone="0341 600160", photo=images[1])
    article.save()
    for kind in ArticleLink.Kind:
        ArticleLink.objects.create(article=article, kind=kind, label=kind.label, url="https://www.example.org/")
    for image in images[1:5]:
        ArticleImage.objects.create(article=article, image=image)
    for title in ("Programm", "Anfahrt"):
        document = Document.objects.create(title=title, file=ContentFile(b"%PDF-1.4\n%%EOF\n", name="datei.pdf"))
        ArticleDownload.objects.create(article=article, document=document)


# --- A server as `make run` starts it -------------------------------------------------------------------


@dataclass
class Sample:
    requests_per_second: float
    cpu_ms: float


@dataclass
class Server:
    articles: int
    is_cached: bool
    process: subprocess.Popen
    address: str
    samples: dict = field(default_factory=lambda: {page: [] for page in PATHS})
    worker_mb: float = 0.0

    def path(self, page):
        return PATHS[page] + ("" if self.is_cached else RENDERED_ANEW)

    def workers(self):
        pid = self.process.pid
        return Path(f"/proc/{pid}/task/{pid}/children").read_text().split()

    def cpu_seconds(self):
        return sum(map(cpu_seconds_of, self.workers()))

    def requests_per_second(self, page):
        return statistics.median(one.requests_per_second for one in self.samples[page])

    def cpu_ms(self, page):
        return statistics.median(one.cpu_ms for one in self.samples[page])

    def share_of_trivial(self, page):
        return ratio_by_round(self.samples[page], self.samples[TRIVIAL])


def ratio_by_round(samples, others):
    """Compared within each round: whatever else the machine did then slowed both."""
    pairs = zip(samples, others, strict=True)
    return statistics.median(one.requests_per_second / other.requests_per_second for one, other in pairs)


def cpu_seconds_of(pid):
    after_name = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    user_ticks, system_ticks = after_name[11:13]
    return (int(user_ticks) + int(system_ticks)) / os.sysconf("SC_CLK_TCK")


def resident_mb_of(pid):
    resident_pages = int(Path(f"/proc/{pid}/statm").read_text().split()[1])
    return resident_pages * os.sysconf("SC_PAGE_SIZE") / 1_000_000


@contextmanager
def running_server(articles, is_cached, environment):
    port = free_port()
    environment = environment | {
        "SITE_URL": f"http://127.0.0.1:{port}",
        "PAGE_CACHE": "on",
    }
    process = subprocess.Popen(
        server_command(port), cwd=REPOSITORY, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE
    )
    try:
        server = Server(articles, is_cached, process, f"http://127.0.0.1:{port}")
        wait_until_it_answers(server)
        yield server
    finally:
        process.terminate()
        try:
            process.wait(timeout=10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait(timeout=10)
        process.stderr.close()


def server_command(port):
    """Read from the Makefile, so that the benchmark never measures another server than the one people start."""
    makefile = (REPOSITORY / "Makefile").read_text()
    found = re.search(r"exec \$\(BIN\)/(granian [^']+)'", makefile)
    if found is None:
        sys.exit("The Makefile no longer starts granian as tests/bench.py expects; adapt server_command().")
    program, *arguments = shlex.split(found[1].replace("\\\n", " ").replace("$(PORT)", str(port)))
    return [str(Path(sys.executable).with_name(program)), *arguments]


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def wait_until_it_answers(server):
    deadline = time.monotonic() + SECONDS_TO_START
    while time.monotonic() < deadline:
        if server.process.poll() is not None:
            sys.exit(f"The server did not start: {server.process.stderr.read().decode(errors='replace')}")
        try:
            answer(server, PATHS[TRIVIAL])
        except OSError:
            time.sleep(0.1)
        else:
            return
    sys.exit(f"The server did not answer within {SECONDS_TO_START} s.")


def answer(server, path):
    """Any answer but a 2xx raises, so that no error page is ever measured."""
    request = urllib.request.Request(server.address + path, headers={"Accept-Encoding": BROWSERS_ACCEPT})
    with urllib.request.build_opener(urllib.request.ProxyHandler({})).open(request, timeout=10) as response:
        return response.read()


# --- Load -----------------------------------------------------------------------------------------------


def warm_up(server):
    for _ in range(WARM_UP_REQUESTS):
        for page in PATHS:
            answer(server, server.path(page))


def measure_one_round(servers):
    for is_cached in (False, True):
        # Few and many articles side by side: they are compared with each other.
        for page, server in itertools.product(PATHS, [one for one in servers if one.is_cached == is_cached]):
            server.samples[page].append(measure(server, server.path(page)))


def measure(server, path):
    workers, cpu_before = server.workers(), server.cpu_seconds()
    requests, seconds = load(server.address + path, SECONDS_OF_A_SAMPLE)
    cpu = server.cpu_seconds() - cpu_before
    if server.workers() != workers:
        sys.exit("A worker died while it was measured.")
    return Sample(requests / seconds, cpu / requests * 1000)


def load(url, seconds, *options):
    """Returns (requests answered, seconds it took)."""
    output = run(
        ["wrk", "-t1", f"-c{CONNECTIONS}", f"-d{seconds}s", "-H", f"Accept-Encoding: {BROWSERS_ACCEPT}", *options, url]
    )
    if "Non-2xx" in output or "Socket errors" in output:
        sys.exit(f"The server answered with errors:\n{output}")
    requests, amount, unit = re.search(r"(\d+) requests in ([\d.]+)(ms|s|m)", output).groups()
    if requests == "0":
        sys.exit(f"{url} answered nothing within {seconds} s: too much else is running on this machine.")
    return int(requests), float(amount) * {"ms": 0.001, "s": 1, "m": 60}[unit]


def read_around(servers, folder):
    """Visits one article after the other, so that memory is weighed with a well filled page cache."""
    script = folder / "read_around.lua"
    script.write_text(
        "number = 0\n"
        f"request = function() number = number % {MANY - 1} + 1\n"
        'return wrk.format("GET", "/aktuelles/beitrag-" .. number .. "/") end\n'
    )
    for server in servers:
        if server.is_cached and server.articles == MANY:
            load(server.address, SECONDS_OF_READING_AROUND, "-s", str(script))
        server.worker_mb = max(map(resident_mb_of, server.workers()))


def run(command, environment=None):
    finished = subprocess.run(
        command, cwd=REPOSITORY, env=environment, capture_output=True, text=True, timeout=LONGEST_COMMAND
    )
    if finished.returncode:
        sys.exit(f"{command[0]} failed:\n{finished.stdout}{finished.stderr}")
    return finished.stdout


# --- Results --------------------------------------------------------------------------------------------


def print_results(servers, database, seconds):
    say(f"{database}; medians of {ROUNDS} interleaved rounds, {CONNECTIONS} connections, took {seconds:.0f} s")
    say("CPU is that of the server's workers for one request.")
    say("")
    columns = "{:<9} {:>8}  {:<18} {:>10} {:>11} {:>9} {:>12}"
    say(columns.format("", "articles", "page", "requests/s", "of trivial", "CPU ms", "worker MB"))
    for server in sorted(servers, key=lambda one: one.is_cached):
        for page in PATHS:
            say(
                columns.format(
                    "cached" if server.is_cached else "uncached",
                    f"{server.articles:,}",
                    page,
                    f"{server.requests_per_second(page):,.0f}",
                    f"{server.share_of_trivial(page):.0%}",
                    f"{server.cpu_ms(page):.2f}",
                    f"{server.worker_mb:.0f}" if page == TRIVIAL else "",
                )
            )
    say("")
    for promise, is_held, figure in promises(servers):
        say(f"{'held' if is_held else 'MISSED':<6}  {promise}: {figure}")


def promises(servers):
    """[(promise, whether it is held, the figure), …]; the worst server decides."""
    cached = [one for one in servers if one.is_cached]
    uncached = [one for one in servers if not one.is_cached]
    share, worst = min((one.share_of_trivial(page), page) for one in cached for page in (HOME, LIST, ARTICLE))
    cpu_ms = max(one.cpu_ms(ARTICLE) for one in uncached)
    few, many = sorted(uncached, key=lambda one: one.articles)
    pace = ratio_by_round(many.samples[LIST], few.samples[LIST])
    worker_mb = max(one.worker_mb for one in servers)
    return [
        (f"cached at least {CACHED_SHARE:.0%} of the trivial view", share >= CACHED_SHARE, f"{share:.0%} ({worst})"),
        (
            f"an uncached article at most {UNCACHED_ARTICLE_CPU_MS:.0f} ms of CPU",
            cpu_ms <= UNCACHED_ARTICLE_CPU_MS,
            f"{cpu_ms:.2f} ms",
        ),
        (f"the list no slower at {MANY:,} than at {FEW:,}", pace >= NO_SLOWER, f"{pace:.0%} of its pace"),
        (f"a worker at most {WORKER_MB} MB", worker_mb <= WORKER_MB, f"{worker_mb:.0f} MB"),
    ]


def say(line):
    print(line, flush=True)  # noqa: T201


if __name__ == "__main__":
    fill(int(sys.argv[2])) if sys.argv[1:2] == ["fill"] else main()

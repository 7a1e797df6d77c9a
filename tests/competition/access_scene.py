"""One portal with every kind of row, six people, and an edition that can be moved to any moment of its life."""

from dataclasses import dataclass
from datetime import timedelta

from django.contrib import admin
from django.contrib.auth.models import Group, User
from django.contrib.contenttypes.models import ContentType
from django.test import Client
from django.urls import NoReverseMatch, get_resolver, reverse
from django.utils import timezone

from competition.models import Award, Category, ConflictStatement, Decision, Edition, Entry, LogEntry, Paper, Round
from competition.results import close_results, log
from emmd.admin import make_rows as make_home_rows
from pages.models import BarrierReport, ContactMessage, PhotoReport
from properties.models import ChangeReport, Enquiry, Land
from publishing.groups import ADMINISTRATORS
from publishing.imports import note_import
from publishing.link_check.checking import write_down_all_links
from publishing.models import LinkUse, Redirect
from publishing.outbox import prepare
from tests.competition.factories import make_award, make_category, make_entry, make_finalist, make_local_prize, register
from tests.competition.jury.factories import declare, make_criteria, make_juror, make_panel, make_paper, make_round
from tests.emmd.addresses import named_patterns
from tests.emmd.public_pages import CLOSED_PAGES, FORM_PAGES, MACHINE_ADDRESSES, PUBLIC_PAGES, make_public_site
from tests.events.factories import make_organiser, make_series
from tests.factories import make_editor

ROLES = ("stranger", "elsewhere", "recused", "assigned", "editor", "administrator")
PHASES = ("call", "rating", "meeting", "finalists", "final", "winners")
YEAR = 2027


@dataclass
class Scene:
    edition: Edition
    cluster_round: Round
    final: Round
    entry: Entry
    local_winner: Entry
    unplaced: Entry
    paper: Paper
    category: Category
    decided: Category
    undecided: Category
    recusal: ConflictStatement
    clients: dict

    def move_to(self, phase):
        """Only moments move: finalists, winners and votes lie there from the first day, for whoever could leak them."""
        reached = PHASES.index(phase)
        _set_times(self.cluster_round, reached, PHASES.index("rating"))
        _set_times(self.final, reached, PHASES.index("final"))
        if reached >= PHASES.index("winners"):
            close_results(self.edition, User.objects.get(username="verwaltung"))
        Edition.objects.filter(pk=self.edition.pk).update(
            finalists_public_at=_past_or_future(reached >= PHASES.index("finalists"), days=2),
            winners_public_at=_past_or_future(reached >= PHASES.index("winners"), days=1),
        )


def _past_or_future(is_past, days):
    return timezone.now() + timedelta(days=-days if is_past else 50 - days)


def _set_times(round, reached, running):
    now = timezone.now()
    opens, closes = {True: (-5, 5), False: (-10, -5) if reached > running else (10, 15)}[reached == running]
    Round.objects.filter(pk=round.pk).update(
        opens_at=now + timedelta(days=opens), closes_at=now + timedelta(days=closes)
    )


def make_scene():
    make_public_site()
    edition = Edition.objects.create(
        year=YEAR,
        number=23,
        title="23. IQ Innovationspreis Mitteldeutschland",
        teaser="Ein Jahr von Anfang bis Ende.",
        released=True,
        publish_from=timezone.now() - timedelta(days=60),
        finalists_public_at=_past_or_future(False, days=2),
        winners_public_at=_past_or_future(False, days=1),
        overall_prize=15000,
    )
    make_criteria(edition)
    category, other, undecided = (make_category(edition, prize=7500) for _ in range(3))
    make_entry(undecided)
    entry = make_finalist(category, slug="finalist").entry
    make_finalist(category)
    others_entry = make_finalist(other).entry
    make_finalist(other)
    local_winner, unplaced = make_entry(category, slug="ortssieger"), make_entry(category, slug="ohne-platz")
    local_prize = make_local_prize(edition)
    register(local_winner, local_prize)
    make_award(Award.Kind.LOCAL, local_winner, local_prize=local_prize)
    for winner in (entry, others_entry):
        make_award(Award.Kind.CLUSTER, winner)
    make_award(Award.Kind.OVERALL, entry)
    people = {
        "elsewhere": make_juror("anderswo"),
        "recused": make_juror("befangen"),
        "assigned": make_juror("zustaendig"),
        "editor": make_editor("redaktion"),
        "administrator": make_administrator("verwaltung"),
    }
    cluster_round = make_round(edition, aggregates=Round.Aggregates.AFTER_CLOSING)
    final = make_round(edition, Round.Kind.FINAL)
    make_panel(cluster_round, category, members=[people["recused"], people["assigned"]])
    make_panel(cluster_round, other, undecided, members=[people["elsewhere"]])
    make_panel(final, members=[people["recused"], people["assigned"]])
    everything = list(Entry.objects.filter(edition=edition))
    declare(people["assigned"], *everything)
    declare(people["elsewhere"], *Entry.objects.filter(category=other))
    declare(people["recused"], *(one for one in everything if one != entry))
    declare(people["recused"], entry, conflicted=True)
    decide(edition, cluster_round, other, people["editor"])
    make_rows_only_the_admin_shows(edition, people["editor"])
    return Scene(
        edition,
        cluster_round,
        final,
        entry,
        local_winner,
        unplaced,
        make_paper(entry),
        category,
        other,
        undecided,
        people["recused"].conflict_statements.recused().get(),
        {role: client_of(people.get(role)) for role in ROLES},
    )


def make_administrator(name):
    user = User.objects.create_user(name, password="geheim-genug-123", is_staff=True)
    user.groups.add(Group.objects.get(name=ADMINISTRATORS))
    return user


def client_of(user):
    client = Client()
    if user:
        client.force_login(user)
    return client


def decide(edition, round, category, user):
    first, second = Entry.objects.filter(category=category, finalist__isnull=False)
    return Decision.objects.create(
        round=round,
        edition=edition,
        category=category,
        first=first,
        second=second,
        reason="Die Jury war sich einig.",
        present="Vera Vorsitz",
        decided_on=timezone.localdate(),
        entered_by=str(user),
    )


def make_rows_only_the_admin_shows(edition, user):
    make_home_rows()
    log(edition, LogEntry.Act.EXPORTED, user)
    prepare(to="otto@example.org", subject="Einladung", text="Guten Tag", purpose="Test")
    Redirect.objects.create(old_path="/alt/", new_path="/aktuelles/")
    make_organiser(website="https://www.example.org/"), make_series()
    write_down_all_links()
    # Editors open no redirects, and so not their links.
    LinkUse.objects.filter(owner_type__model="redirect").delete()
    note_import("Weiterleitungen", by=user, added=1)
    land = Land.objects.first()
    Enquiry.objects.create(listing_id=land.pk, name="Ina Interessent", email="ina@example.org", message="Noch frei?")
    PhotoReport.objects.create(subject="Galerie, Foto 1", reason="other")
    ChangeReport.objects.create(listing_id=land.pk, text="Der Preis.")
    ContactMessage.objects.create(name="Ina Interessent", email="ina@example.org", message="Wann?")
    BarrierReport.objects.create(path="/presse/", message="Zu klein.")


# --- Addresses


def all_names():
    return {name for name, _ in named_patterns(get_resolver())}


def name_of(address):
    return address.split("#")[0]


def path_of(scene, address):
    """Of `name` or of `name#which-of-them`, with arguments under which it exists."""
    name = name_of(address)
    if address in KEYS:
        return reverse(name, args=KEYS[address](scene))
    if name in WITHOUT_A_NAME:
        return WITHOUT_A_NAME[name]
    if name in ELSEWHERE:
        return reverse(name, kwargs=ELSEWHERE[name])
    if not name.startswith("admin:"):
        return reverse(name)
    try:
        return reverse(name)
    except NoReverseMatch:
        return reverse(name, args=_keys_in_the_admin(scene, name))


ELSEWHERE = (
    {page.url_name: page.kwargs for page in reversed(PUBLIC_PAGES)} | MACHINE_ADDRESSES | FORM_PAGES | CLOSED_PAGES
)


def _year(scene):
    return [YEAR]


def _round(scene):
    return [scene.cluster_round.pk]


def _final(scene):
    return [scene.final.pk]


def _entry(scene):
    return [scene.entry.pk]


def _cluster(scene):
    return [scene.cluster_round.pk, scene.category.pk]


KEYS = {
    **{f"competition:{name}": _year for name in ("edition", "finalists", "winners", "record")},
    "competition:entry#finalist": lambda scene: [YEAR, scene.entry.slug],
    "competition:entry#local-winner": lambda scene: [YEAR, scene.local_winner.slug],
    "competition:entry#without-a-place": lambda scene: [YEAR, scene.unplaced.slug],
    **{f"jury:{name}": _round for name in ("round", "declare", "overview", "means", "reading-folder")},
    "jury:reading-folder-pdf": _round,
    "jury:round#final": _final,
    "jury:declare#final": _final,
    "jury:reading-folder#final": _final,
    **{f"jury:{name}": _final for name in ("ballot", "confirm-vote", "cast-vote")},
    **{f"jury:{name}": _entry for name in ("entry", "declare-one", "rate", "save-draft")},
    "jury:entry#without-a-place": lambda scene: [scene.unplaced.pk],
    "jury:rate#without-a-place": lambda scene: [scene.unplaced.pk],
    "jury:paper": lambda scene: [scene.paper.token],
    "jury:nothing-here": lambda scene: ["gibt/es/nicht/"],
    "admin:app_list": lambda scene: ["competition"],
    "admin:guide_task": lambda scene: ["meldung-schreiben"],
    "admin:view_on_site": lambda scene: [ContentType.objects.get_for_model(Edition).pk, scene.edition.pk],
    "admin:competition_entry_export": lambda scene: ["csv"],
    "admin:competition_paper_open": lambda scene: [scene.paper.token],
    "admin:competition_round_decide": lambda scene: [scene.cluster_round.pk, scene.undecided.pk],
    "admin:competition_round_decide#decided": lambda scene: [scene.cluster_round.pk, scene.decided.pk],
    **{f"admin:competition_round_{name}": _cluster for name in ("ranking", "sheets")},
    "admin:competition_round_decide_final": _final,
    "admin:competition_round_minutes#final": _final,
    "admin:competition_round_overview#final": _final,
}


#: Django's own: the old address of a row leads to its form, and an address without its last slash to the one with it.
WITHOUT_A_NAME = {
    "admin:unnamed <path:object_id>/": "/admin/competition/edition/1/",
    "admin:unnamed (?P<url>.*)$": "/admin/competition/edition",
}


def _keys_in_the_admin(scene, name):
    model = next(
        model
        for model in admin.site._registry
        if name.startswith(f"admin:{model._meta.label_lower.replace('.', '_')}_")
    )
    own = {Edition: scene.edition, Entry: scene.entry, Round: scene.cluster_round, ConflictStatement: scene.recusal}
    row = own.get(model) or model._default_manager.first()
    if name.endswith("_simple_history"):
        return [row.pk, row.history.first().pk]
    return [row.pk]

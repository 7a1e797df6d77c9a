"""The jury in the demo data: two rounds to try, with all that belongs to them, and nothing of it in public."""

import io
import re

import pytest
from django.contrib.auth.models import User
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone

from clusters.models import Cluster
from competition import jury
from competition.models import (
    ConflictStatement,
    Criterion,
    Edition,
    Entry,
    Finalist,
    LogEntry,
    Panel,
    PanelCategory,
    PanelMember,
    Paper,
    Round,
    Score,
    Sheet,
    Step,
    VoteCount,
)
from competition.progress import progress_of
from demo import loader, pictures
from tests.demo.tiny_pictures import tiny_pictures
from tests.module_rows import kept_for_the_module
from tests.parsed_page import fetch

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]
CONTENT = loader._read("iq_jury")
ORGANISATIONS = [entry["organisation"] for entry in CONTENT["entries"]]


@pytest.fixture(scope="module", autouse=True)
def printed(django_db_setup, django_db_blocker):
    with kept_for_the_module(django_db_blocker), pytest.MonkeyPatch.context() as patch:
        patch.setattr(pictures, "draw_all", tiny_pictures)
        out = io.StringIO()
        call_command("load_demo", stdout=out, verbosity=0)
        yield out.getvalue()


def example():
    return Edition.objects.get(title__contains="Juryarbeit")


def round_of(kind):
    return Round.objects.get(edition=example(), kind=kind)


@pytest.fixture
def cluster_round():
    return round_of(Round.Kind.CLUSTER)


@pytest.fixture
def final():
    return round_of(Round.Kind.FINAL)


def juror(name):
    return User.objects.get(username=name)


def let_in(client, name):
    client.force_login(juror(name))
    return client


# --- The edition


def test_it_is_the_draft_of_the_year_after_the_other_example_and_says_it_is_invented():
    edition, other = example(), Edition.objects.get(is_example=True, released=True)
    assert (edition.year, edition.state.name) == (other.year + 1, "draft")
    assert edition.title.endswith("(Beispiel)")
    assert "gleichzeitig" in edition.sources_note
    assert "erfunden" in edition.teaser
    assert edition.missing_for_publication() == []
    assert set(edition.entries.values_list("is_example", flat=True)) == {True}


def test_every_row_passes_the_checks_an_editor_meets():
    models = (Criterion, Step, Round, Panel, PanelCategory, PanelMember, ConflictStatement, Paper, Sheet, Score)
    rows = [row for model in models for row in model.objects.all()]
    rows += [*example().entries.all(), *example().finalists.all(), *User.objects.filter(username__startswith="jury")]
    assert len(rows) > 150
    for row in rows:
        row.full_clean()


def test_each_criterion_has_weight_help_and_five_labelled_steps():
    criteria = example().criteria.all()
    assert [(one.name, one.weight) for one in criteria] == [
        ("Innovationsgrad", 2),
        ("Wirtschaftlichkeit", 1),
        ("Marktfähigkeit", 1),
    ]
    for criterion in criteria:
        assert criterion.description
        assert list(criterion.steps.values_list("value", flat=True)) == [1, 2, 3, 4, 5]
        assert len(set(criterion.steps.values_list("label", flat=True))) == 5


def test_both_rounds_run_and_demand_a_second_factor_where_the_portal_does(cluster_round, final):
    now = timezone.now()
    for one in (cluster_round, final):
        assert ((now - one.opens_at).days, (one.closes_at - now).days) == (3, 17)
        assert one.second_factor_required
    assert {str(one.cluster) for one in cluster_round.edition.categories.filter(panel_categories__isnull=False)} == {
        "Automotive",
        "Informationstechnologie",
    }
    assert Finalist.objects.filter(edition=final.edition).count() == 6


# --- Who can log in


def test_two_jurors_log_in_with_the_password_printed_and_see_their_round(printed, client):
    found = dict(re.findall(r"(jury-\S+)\s+(\S+)$", printed, re.MULTILINE))
    assert list(found) == ["jury-cluster", "jury-final"]
    words = {"jury-cluster": "Clusterrunde", "jury-final": "Finale"}
    for name, password in found.items():
        answer = client.post("/konto/anmelden/?next=/jury/", {"login": name, "password": password})
        assert (answer.status_code, answer["Location"]) == (302, "/jury/")
        page = " ".join(fetch(client, "/jury/").texts("main"))
        assert [word for word in words.values() if word in page] == [words[name]]
        assert client.get("/admin/").status_code in (302, 403)
        client.logout()


def test_jurors_are_no_staff_and_the_others_cannot_log_in():
    jurors = User.objects.filter(username__startswith="jury-")
    assert jurors.count() == 7
    for one in jurors:
        assert (one.is_staff, one.is_superuser, one.groups.count()) == (False, False, 0)
        assert one.get_full_name().startswith("Jurymitglied Beispiel ")
        assert one.email.endswith("@example.org")
        assert one.has_usable_password() == (one.username in ("jury-cluster", "jury-final"))


# --- What the cluster juror does


def test_papers_open_after_the_statement_and_are_real_pdfs(client, cluster_round):
    let_in(client, "jury-cluster")
    entry = Entry.objects.get(organisation=ORGANISATIONS[0])
    addresses = [reverse("jury:paper", args=[paper.token]) for paper in entry.papers.all()]
    assert len(addresses) == 2
    assert [client.get(address).status_code for address in addresses] == [404, 404]
    client.post(reverse("jury:declare", args=[cluster_round.pk]), {f"erklaerung-{entry.pk}": "frei"})
    for address in addresses:
        answer = client.get(address)
        assert answer.status_code == 200
        assert b"".join(answer.streaming_content).startswith(b"%PDF-1.4")
    assert fetch(client, reverse("jury:entry", args=[entry.pk])).all("main")
    assert fetch(client, reverse("jury:rate", args=[entry.pk])).all("input", type="radio")


def test_every_entry_has_one_or_two_papers_with_a_file():
    for entry in example().entries.all():
        assert entry.papers.count() in (1, 2)
        for paper in entry.papers.all():
            with paper.file.open() as file:
                assert file.read(8) == b"%PDF-1.4"


def test_eight_entries_wait_for_the_cluster_juror_and_colleagues_have_rated(cluster_round):
    assert jury.entries_to_declare(juror("jury-cluster"), cluster_round).count() == 8
    administrator = juror("verwaltung")
    (panel,) = progress_of(cluster_round, reader=administrator)
    done = {one.seat.user.username: (one.stated, one.recused, one.submitted) for one in panel.seats}
    assert done == {
        "jury-cluster": (0, 0, 0),
        "jury-beispiel-3": (8, 0, 8),
        "jury-beispiel-4": (7, 1, 6),
        "jury-beispiel-5": (4, 0, 4),
    }
    assert Sheet.objects.counting().count() == 18


def test_who_is_recused_has_said_so_and_the_log_knows():
    (statement,) = ConflictStatement.objects.recused()
    assert (statement.user.username, statement.entry.organisation) == ("jury-beispiel-4", "Werkstatt Heidebahn eG")
    assert not statement.is_by_office
    assert example().log.filter(act=LogEntry.Act.RECUSED).count() == 1
    assert example().log.filter(act=LogEntry.Act.ASSIGNED).count() == 7


# --- What the final juror does


def test_the_final_juror_can_vote_beside_two_who_have(client, final):
    assert final.participations.count() == sum(VoteCount.objects.values_list("votes", flat=True)) == 2
    let_in(client, "jury-final")
    entries = list(jury.entries_to_declare(juror("jury-final"), final))
    assert len(entries) == 6
    client.post(reverse("jury:declare", args=[final.pk]), {f"erklaerung-{one.pk}": "frei" for one in entries})
    assert len(fetch(client, reverse("jury:ballot", args=[final.pk])).all("input", type="radio")) == 6
    client.post(reverse("jury:cast-vote", args=[final.pk]), {"wahl": entries[0].pk})
    assert final.participations.count() == sum(VoteCount.objects.values_list("votes", flat=True)) == 3


# --- The office


def test_the_office_opens_everything_of_it(client, cluster_round, final):
    let_in(client, "verwaltung")
    edition = example()
    pages = [reverse("admin:competition_edition_steer", args=[edition.pk])]
    pages += [reverse("admin:competition_edition_change", args=[edition.pk])]
    pages += [reverse("admin:competition_round_overview", args=[one.pk]) for one in (cluster_round, final)]
    pages += [reverse("admin:competition_round_change", args=[one.pk]) for one in (cluster_round, final)]
    judged = edition.categories.filter(panel_categories__isnull=False)
    pages += [reverse("admin:competition_round_ranking", args=[cluster_round.pk, one.pk]) for one in judged]
    pages += [reverse("admin:competition_round_sheets", args=[cluster_round.pk, one.pk]) for one in judged]
    assert {path: client.get(path).status_code for path in pages} == dict.fromkeys(pages, 200)
    ranking = client.get(reverse("admin:competition_round_ranking", args=[cluster_round.pk, judged[0].pk]))
    assert ORGANISATIONS[0] in ranking.content.decode()


# --- Nobody else


def test_the_public_site_knows_nothing_of_it(client):
    edition = example()
    assert client.get(edition.get_absolute_url()).status_code == 404
    assert {client.get(one.get_absolute_url()).status_code for one in edition.entries.all()} == {404}
    assert not Entry.objects.public().filter(edition=edition).exists()
    secrets = [*ORGANISATIONS, edition.title, edition.get_absolute_url(), "Jurymitglied Beispiel"]
    pages = {path: words_of(client, path) for path in public_paths(client)}
    assert len(pages) > 40
    assert [(path, word) for path, words in pages.items() for word in secrets if word in words] == []


def public_paths(client):
    other = Edition.objects.get(is_example=True, released=True)
    start = ["/", "/aktuelles/", "/presse/", reverse("competition:hall-of-fame"), other.get_absolute_url()]
    start += [reverse("sitemap"), *re.findall(r"https://[^/]+(/sitemap-[^<]+)", words_of(client, reverse("sitemap")))]
    start += [one.get_absolute_url() for one in Cluster.objects.current()]
    linked = {link.partition("#")[0] for link in fetch(client, "/").links() if link.startswith("/")}
    return [*start, *sorted(linked - {*start, ""})]


def words_of(client, path):
    answer = client.get(path)
    if answer.streaming:
        return b"".join(answer.streaming_content).decode(errors="ignore")
    return answer.content.decode(errors="ignore")

import io

import pytest
from django.contrib.auth.models import Group, User
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command

from publishing import redirect_import
from publishing.models import ImportRun, Redirect
from tests.factories import make_article, make_draft
from tests.parsed_page import ParsedPage

pytestmark = pytest.mark.django_db
OUTSIDE = "Die neue Adresse liegt in diesem Portal und beginnt mit genau einem Schrägstrich."
IMPORT = "/admin/publishing/redirect/importieren/"


def plan_of(text):
    return redirect_import.plan_for(redirect_import.read(text))


def added(text):
    plan = plan_of(text)
    assert plan.refused == []
    return {one.old_path: one.target for one in plan.added}


def refusals(text):
    return [(row.line, row.reason) for row in plan_of(text).refused]


def stored():
    return dict(Redirect.objects.values_list("old_path", "new_path"))


# --- what a file may look like


@pytest.mark.parametrize(
    "text",
    [
        "alt;neu\r\n/a/;/presse/\r\n/b/;entfernt\r\n",
        "/a/,/presse/\n/b/,410",
        "\ufeffAlte Adresse;Neue Adresse\n\n/a/ ; /presse/ ;\n;;\n/b/;\n",
        "/a/\t/presse/\n/b/\tEntfernt",
        '"/a/";"/presse/"\n"/b/";"gone"',
        "https://portal.example/a/;https://PORTAL.example/presse/\n/b/;",
    ],
)
def test_separators_headings_blanks_and_whole_addresses_of_this_portal_are_understood(text):
    assert added(text) == {"/a/": "/presse/", "/b/": "entfernt"}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
def test_umlauts_are_read_as_excel_and_others_write_them(encoding):
    data = "/de/über uns.html;/aktuelles/".encode(encoding)
    assert added(redirect_import.decoded(data)) == {"/de/über uns.html": "/aktuelles/"}


def test_an_old_address_is_compared_as_the_portal_is_asked_for_it(client):
    redirect_import.save(plan_of("/de/%C3%BCber%20uns;/aktuelles/?art=press#liste"))
    assert client.get("/de/%C3%BCber%20uns")["Location"] == "/aktuelles/?art=press#liste"


@pytest.mark.parametrize(
    "data",
    [b"PK\x03\x04zip", b"/a/;\x00", b"\xff\xfe/\x00a\x00", b"/a\x81;/b/", b"x" * (redirect_import.LARGEST_FILE + 1)],
)
def test_what_is_no_text_is_refused_in_german(data):
    with pytest.raises(ValidationError, match="Bitte"):
        redirect_import.decoded(data)


@pytest.mark.parametrize("text", ["", "alt;neu\n", ";;\n", "/a/;" + "x" * 200_000, "/a/;/b/\n" * 10_001])
def test_a_file_without_a_use_is_refused_as_a_whole(text):
    with pytest.raises(ValidationError):
        plan_of(text)


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ("/a/", "Es fehlt die zweite Spalte: die neue Adresse oder „entfernt“."),
        ("/a/;/b/;/c/", "Die Zeile hat mehr als zwei Spalten."),
        ("a/;/b/", "Die alte Adresse beginnt mit einem Schrägstrich."),
        (";/b/", "Dieses Feld darf nicht leer sein."),
        ("/a/;//boese.example/", OUTSIDE),
        ("/a/;/\\boese.example", OUTSIDE),
        (
            "/a/;javascript:alert(1)",
            OUTSIDE,
        ),
        ("/a/;https://boese.example/", "Die Adresse liegt nicht in diesem Portal."),
        ("https://portal.example.boese.example/;/b/", "Die Adresse liegt nicht in diesem Portal."),
        ("/a/;https://portal.example@boese.example/", "Die Adresse liegt nicht in diesem Portal."),
        ("/a/;http://[/", "Die Adresse ist nicht lesbar."),
        ("/a%ff;/b/", "Die Adresse ist nicht lesbar."),
        ("/a%00;/b/", "Die alte Adresse enthält ein unsichtbares Zeichen."),
        ("/a/;/a/", "Diese Weiterleitung führt im Kreis."),
        ("/presse/;/b/", "Unter der alten Adresse steht eine öffentliche Seite."),
    ],
)
def test_a_broken_row_says_its_line_and_why_and_the_others_are_taken(row, reason):
    text = f"alt;neu\n/gut/;/presse/\n\n{row}\n/auch-gut/;/presse/\n"
    plan = plan_of(text)
    assert [(one.line, one.reason) for one in plan.refused] == [(4, reason)]
    assert [one.old_path for one in plan.added] == ["/gut/", "/auch-gut/"]


def test_an_address_too_long_for_the_table_is_refused():
    ((line, reason),) = refusals(f"/{'a' * 500};/b/")
    assert line == 1
    assert "500" in reason


def test_a_line_break_inside_a_cell_does_not_shift_the_lines_that_are_named():
    assert refusals('"/a\nb/";/b/\n/c/;\nfalsch/;/b/')[-1] == (4, "Die alte Adresse beginnt mit einem Schrägstrich.")


def test_the_address_of_a_public_item_is_refused_and_that_of_a_draft_is_not_told():
    public, draft = make_article(), make_draft()
    plan = plan_of(f"{public.get_absolute_url()};/presse/\n{draft.get_absolute_url()};/presse/")
    assert [row.old_path for row in plan.refused] == [public.get_absolute_url()]


def test_of_two_rows_for_one_address_the_second_is_refused_if_it_says_something_else():
    assert refusals("/a/;/b/\n/a/;/b/\n/a/;/c/") == [(3, "Zeile 1 leitet dieselbe Adresse anders weiter.")]


# --- chains and circles


def test_a_chain_leads_to_its_end_at_once():
    Redirect.objects.create(old_path="/b/", new_path="/c/")
    Redirect.objects.create(old_path="/vorher/", new_path="/a/")
    plan = plan_of("/a/;/b/?x=1\n/c/;/presse/\n/d/;/e/\n/e/;entfernt")
    assert {one.old_path: one.target for one in plan.added} == {
        "/a/": "/presse/",
        "/c/": "/presse/",
        "/d/": "entfernt",
        "/e/": "entfernt",
    }
    assert {one.old_path: (one.former, one.target) for one in plan.changed} == {
        "/b/": ("/c/", "/presse/"),
        "/vorher/": ("/a/", "/presse/"),
    }
    redirect_import.save(plan)
    assert plan_of("/a/;/presse/\n/d/;entfernt").unchanged == 2


def test_a_circle_is_refused_within_the_file_and_with_the_table():
    Redirect.objects.create(old_path="/c/", new_path="/d/#unten")
    plan = plan_of("/a/;/b/\n/b/;/a/?x=1\n/d/;/c/\n/gut/;/presse/")
    assert [(row.line, row.reason) for row in plan.refused] == [
        (line, "Diese Weiterleitung führt im Kreis.") for line in (1, 2, 3)
    ]
    assert [one.old_path for one in plan.changes] == ["/gut/"]


def test_circles_that_are_in_the_table_already_hang_nothing():
    Redirect.objects.create(old_path="/b/", new_path="/c/")
    Redirect.objects.create(old_path="/c/", new_path="/b/")
    assert refusals("/a/;/b/") == [(1, "Diese Weiterleitung führt im Kreis.")]
    assert added("/x/;/presse/") == {"/x/": "/presse/"}


# --- in the admin


def upload(client, data):
    return client.post(IMPORT, {"file": SimpleUploadedFile("alt.csv", data, "text/csv")})


def confirmation(response):
    page = ParsedPage(response)
    read = next(one for one in page.all("input") if one.attrs.get("name") == "read")
    return {"read": read.attrs["value"], "text": response.context["text"]}


def test_the_plan_is_read_first_and_one_press_saves_it(editor_client):
    Redirect.objects.create(old_path="/b/", new_path="/alt/")
    data = "alt;neu\n/größe/;/presse/\n/b/;entfernt\n/c/;https://boese.example/\n".encode("cp1252")
    response = upload(editor_client, data)
    assert stored() == {"/b/": "/alt/"}
    assert "1 neu, 1 geändert, 1 abgelehnt, 0 schon vorhanden." in response.content.decode()
    assert "Die Adresse liegt nicht in diesem Portal." in response.content.decode()
    response = editor_client.post(IMPORT, confirmation(response), follow=True)
    assert "Übernommen: 1 neu, 1 geändert." in response.content.decode()
    assert stored() == {"/b/": "", "/größe/": "/presse/"}
    run = ImportRun.objects.get()
    assert (run.what, run.by.username) == ("Weiterleitungen", response.wsgi_request.user.username)
    assert (run.added, run.changed, run.refused) == (1, 1, 1)
    assert run.notes == "Zeile 4: /c/: Die Adresse liegt nicht in diesem Portal."


def test_what_has_changed_meanwhile_is_shown_again_before_it_is_saved(editor_client):
    answer = confirmation(upload(editor_client, b"/a/;/presse/"))
    Redirect.objects.create(old_path="/a/", new_path="/aktuelles/")
    response = editor_client.post(IMPORT, answer)
    assert "Inzwischen hat sich etwas geändert." in response.content.decode()
    assert stored() == {"/a/": "/aktuelles/"}
    editor_client.post(IMPORT, confirmation(response))
    assert stored() == {"/a/": "/presse/"}


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04", b"/a/;\x00", b"alt;neu", b'"/a/;/b/' + b"x" * 200_000])
def test_a_file_that_is_no_table_is_explained(editor_client, data):
    response = upload(editor_client, data)
    assert response.status_code == 200
    assert ParsedPage(response).texts("ul", css="errorlist")
    assert stored() == {}


@pytest.mark.parametrize("text", ["", "\x00", "PK", "/a/;//boese.example/", "/a/;/b/"])
def test_a_forged_press_saves_nothing(editor_client, text):
    response = editor_client.post(IMPORT, {"read": "0" * 32, "text": text})
    assert response.status_code in (200, 302)
    assert stored() == {}


def test_markup_in_a_file_stays_text(editor_client):
    html = upload(editor_client, b"/a<script>x</script>;/b/").content.decode()
    assert "<script>x" not in html
    assert "&lt;script&gt;x" in html


def test_the_export_is_what_the_import_reads(editor_client):
    Redirect.objects.create(old_path="/a/", new_path="/presse/")
    Redirect.objects.create(old_path="/ü=1", new_path="")
    response = editor_client.get("/admin/publishing/redirect/exportieren/")
    assert response.content.decode("utf-8-sig") == "alt;neu\r\n/a/;/presse/\r\n/ü=1;entfernt\r\n"
    plan = plan_of(redirect_import.decoded(response.content))
    assert (plan.changes, plan.refused, plan.unchanged) == ([], [], 2)


def test_only_who_may_change_redirects_imports_and_exports_them(client):
    user = User.objects.create_user("lk", password="geheim-genug-123", is_staff=True)
    user.groups.add(Group.objects.get(name="Landkreise"))
    client.force_login(user)
    for page in ("importieren", "exportieren"):
        assert client.get(f"/admin/publishing/redirect/{page}/").status_code == 403
    assert client.post(IMPORT, {"read": "x", "text": "/a/;/b/"}).status_code == 403


# --- by command


def command(tmp_path, text, *arguments):
    (tmp_path / "alt.csv").write_text(text)
    told, refused = io.StringIO(), io.StringIO()
    call_command("import_redirects", tmp_path / "alt.csv", *arguments, stdout=told, stderr=refused)
    return told.getvalue(), refused.getvalue()


def test_the_command_says_what_it_would_do_and_does_it(tmp_path):
    text = "/a/;/presse/\nfalsch;/b/"
    told, refused = command(tmp_path, text, "--dry-run")
    assert told.splitlines() == ["/a/ → /presse/", "1 new, 0 changed, 1 refused. Nothing was saved."]
    assert refused.strip() == "Zeile 2: falsch: Die alte Adresse beginnt mit einem Schrägstrich."
    assert stored() == {}
    assert not ImportRun.objects.exists()
    told, _ = command(tmp_path, text)
    assert ImportRun.objects.get().source.endswith(".csv")
    assert told.splitlines()[-1] == "1 new, 0 changed, 1 refused."
    assert stored() == {"/a/": "/presse/"}


def test_the_command_refuses_what_it_cannot_read(tmp_path):
    with pytest.raises(CommandError, match="keine Weiterleitung"):
        command(tmp_path, "alt;neu")
    with pytest.raises(CommandError, match="cannot be read"):
        call_command("import_redirects", tmp_path / "fehlt.csv")

"""Every import leaves a line, and „Heute“ names the last ones."""

from datetime import timedelta

import pytest
from django.utils import timezone

from publishing.imports import MOST_NOTES, note_import
from publishing.models import ImportRun

pytestmark = pytest.mark.django_db


def recent(client):
    panels = {panel.title: panel for panel in client.get("/admin/").context["panels"]}
    return [task.label for task in panels["Importe: zuletzt"].tasks] if panels else []


def test_an_import_leaves_a_line_that_nobody_rewrites(editor_client, editor):
    run = note_import("Weiterleitungen", source="alt.csv", by=editor, added=3, changed=1, refused=["Zeile 2: leer"])
    assert (str(run), run.notes) == ("Weiterleitungen: 3 neu, 1 geändert, 1 abgelehnt", "Zeile 2: leer")
    assert str(note_import("Termine")) == "Termine: nichts Neues"
    page = editor_client.get(f"/admin/publishing/importrun/{run.pk}/change/").content.decode()
    assert "Zeile 2: leer" in page
    assert editor_client.post(f"/admin/publishing/importrun/{run.pk}/change/", {"added": 9}).status_code == 403
    assert recent(editor_client) == ["Termine: nichts Neues", str(run)]
    ImportRun.objects.update(started_at=timezone.now() - timedelta(days=15))
    page = editor_client.get("/admin/").content.decode()
    assert "today-panel module" not in page
    assert "Heute steht nichts an" in page


def test_thousands_of_refused_rows_are_counted_and_not_all_kept(db):
    run = note_import("Ergebnisse", refused=[f"Zeile {number}" for number in range(5000)])
    assert (run.refused, len(run.notes.splitlines())) == (5000, MOST_NOTES + 1)


def test_deleting_an_account_keeps_what_it_imported(editor):
    run = note_import("Ergebnisse", by=editor)
    editor.delete()
    run.refresh_from_db()
    assert run.by is None

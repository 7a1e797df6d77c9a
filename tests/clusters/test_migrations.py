"""Clusters that were there before they had signs and rich text keep their words."""

from importlib import import_module

import pytest
from django.apps import apps
from django.contrib.auth.models import Group

from clusters.models import Cluster
from publishing.groups import ADMINISTRATORS, EDITORS
from publishing.rich_text import sanitise
from tests.clusters.factories import make_cluster

pytestmark = pytest.mark.django_db
migration = import_module("clusters.migrations.0004_signs_and_rich_text")


@pytest.fixture
def plain_text_field(monkeypatch):
    """Migrations see a plain text field: what is written there is not sanitised."""
    monkeypatch.setattr("publishing.rich_text.sanitise", lambda html: html)


def test_words_become_paragraphs_whatever_is_written_in_them(plain_text_field):
    make_cluster(slug="automotive", description="Stahl & Öl: a<b.\n\nZweiter Absatz,\nneue Zeile.")
    own, empty = make_cluster(slug="eigenes", description="Text"), make_cluster()
    migration.give_signs_and_paragraphs(apps, None)
    rows = {one.slug: one for one in Cluster.objects.all()}
    assert rows["automotive"].description == ("<p>Stahl &amp; Öl: a&lt;b.</p>\n\n<p>Zweiter Absatz,<br>neue Zeile.</p>")
    assert sanitise(rows["automotive"].description) == rows["automotive"].description
    assert rows["eigenes"].description == "<p>Text</p>"
    assert rows[empty.slug].description == ""
    assert [rows[slug].sign for slug in ("automotive", own.slug, empty.slug)] == ["automotive", "", ""]


def test_the_way_back_keeps_words_and_paragraphs(plain_text_field):
    cluster = make_cluster(description="<p>Stahl &amp; Öl.</p><p>Zweiter <strong>Absatz</strong>.</p>")
    empty = make_cluster()
    migration.take_paragraphs_back(apps, None)
    assert Cluster.objects.get(pk=cluster.pk).description == "Stahl & Öl.\n\nZweiter Absatz."
    assert Cluster.objects.get(pk=empty.pk).description == ""


@pytest.mark.parametrize("group", [EDITORS, ADMINISTRATORS])
def test_editors_may_work_on_networks(group):
    granted = Group.objects.get(name=group).permissions.filter(content_type__model="network")
    assert {one.codename for one in granted} == {
        "add_network",
        "change_network",
        "delete_network",
        "view_network",
    }

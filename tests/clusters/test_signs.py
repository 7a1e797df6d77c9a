"""One colour and one sign per cluster, never the colour alone."""

import re

import pytest
from django.conf import settings
from django.template.loader import render_to_string

from clusters.models import Cluster
from clusters.signs import NEUTRAL, SIGNS
from clusters.templatetags.clusters import breakable, cluster_sign


def test_every_sign_has_a_drawing_of_its_own():
    assert set(SIGNS) == set(Cluster.Sign)
    assert len({NEUTRAL, *SIGNS.values()}) == len(Cluster.Sign) + 1


@pytest.mark.parametrize("sign", Cluster.Sign.values)
def test_every_sign_has_a_colour_in_the_light_and_in_the_dark(sign):
    tokens = (settings.BASE_DIR / "static/css/tokens.css").read_text()
    assert len(re.findall(rf"--cluster-{sign}: #", tokens)) == 2
    styles = (settings.BASE_DIR / "static/css/clusters.css").read_text()
    assert f".sign-{sign} {{\n  --cluster: var(--cluster-{sign});\n}}" in styles


def test_a_sign_is_hidden_from_ears_and_has_its_size():
    svg = cluster_sign("energy", 64)
    assert 'width="64" height="64" aria-hidden="true"' in svg
    assert SIGNS["energy"] in svg
    assert NEUTRAL in cluster_sign("")


def test_a_tag_is_sign_and_name():
    tag = render_to_string("clusters/_tag.html", {"cluster": Cluster(short_name="A & B", sign="life")})
    assert SIGNS["life"] in tag
    assert tag.startswith('<span class="cluster-tag sign-life">')
    assert tag.rstrip().endswith("</svg>A &amp; B</span>")


def test_a_name_may_break_after_its_strokes_and_stays_harmless():
    assert breakable("Energie/Umwelt") == "Energie/<wbr>Umwelt"
    assert breakable("<b>/&") == "&lt;b&gt;/<wbr>&amp;"

"""Decided quietly, revealed at once: until the moment, no answer to a stranger depends on the results.

The proof is a twin: the same portal in which other entries have won, and finalists were entered in another order. Every
address that can be reached or guessed answers in both with the same bytes.
"""

import json
import time
from dataclasses import dataclass
from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from clusters.models import Cluster
from competition.models import Award, Edition, EditionImage, EntryImage, Finalist
from competition.results import close_results, record_in_force, reveal
from competition.sitemaps import AwardPageSitemap, EntrySitemap
from emmd import nearest
from emmd.sitemaps import SITEMAPS
from tests.competition.factories import (
    make_award,
    make_category,
    make_cluster,
    make_decided_edition,
    make_edition,
    make_entry,
    make_local_prize,
    register,
)
from tests.competition.stranger import ask, every_answer
from tests.emmd.public_pages import PUBLIC_PAGES, machine_paths, make_public_site
from tests.factories import make_editor, make_image
from tests.module_rows import kept_for_the_module
from tests.parsed_page import ParsedPage

pytestmark = pytest.mark.django_db
YEAR, YEAR_BEFORE = 2031, 2030
SECRET = "geheimwort"
EDITION, WINNERS = f"/iq/{YEAR}/", f"/iq/{YEAR}/preistraeger/"
RECORD, HALL = f"/iq/{YEAR}/protokoll.json", "/iq/preistraeger/"
SECTIONS = {sitemap: reverse("sitemap-section", args=[name]) for name, sitemap in SITEMAPS.items()}
PAGE_SITEMAP, ENTRY_SITEMAP = SECTIONS[AwardPageSitemap], SECTIONS[EntrySitemap]
K = Award.Kind


@dataclass
class Site:
    edition: Edition
    pairs: list
    others: list
    leipzig: object
    halle: object

    @property
    def local_winner(self):
        """Who has won a local prize and is no finalist: nobody outside knows that it took part."""
        return self.others[0]

    def decide(self, *, swapped=False):
        """Who won, and in which order it was typed in."""
        Award.objects.filter(edition=self.edition).delete()
        Finalist.objects.filter(edition=self.edition).delete()
        pairs = [pair[::-1] if swapped else pair for pair in self.pairs]
        for pair in pairs[::-1] if swapped else pairs:
            for entry in pair:
                Finalist.objects.create(entry=entry)
        winners = [pair[0] for pair in pairs]
        others = self.others[::-1] if swapped else self.others
        spoken = {"statement": f"<p>{SECRET} Laudatio</p>", "statement_by": f"{SECRET} Rednerin"}
        for winner in winners:
            make_award(K.CLUSTER, winner, **spoken)
        make_award(K.OVERALL, winners[-1], image=make_image(alternative_text=f"{SECRET} Bildtext"), **spoken)
        make_award(K.LOCAL, others[0], local_prize=self.leipzig, **spoken)
        make_award(K.LOCAL, winners[0], local_prize=self.halle)
        if not swapped:
            make_award(K.LOCAL, others[1], local_prize=self.halle, place=2)
            make_award(K.SPECIAL, pairs[1][1], special_name=f"{SECRET} Sonderpreis")

    def undecide(self):
        self.open()
        Award.objects.filter(edition=self.edition).delete()

    def open(self):
        """As if they had never been closed."""
        self.edition.result_records.all()._raw_delete("default")

    def close(self):
        close_results(self.edition, User.objects.get(username="erika"))
        # When that was may be told; here it must be the same for all.
        self.edition.result_records.update(closed_at=timezone.now().replace(hour=12, minute=0, second=0))

    @property
    def fingerprint(self):
        return record_in_force(self.edition).sha256


@pytest.fixture(scope="module")
def site(django_db_setup, django_db_blocker):
    """Last year's results are public. This year's finalists and shortlist are, and tomorrow will be the ceremony."""
    with kept_for_the_module(django_db_blocker):
        make_public_site()
        make_decided_edition(YEAR_BEFORE, finalists=-300, winners=-200)
        edition = make_edition(
            YEAR,
            finalists=-1,
            winners=1,
            shortlist_public_at=timezone.now() - timedelta(days=9),
            ceremony_on=timezone.localdate() + timedelta(days=1),
            image=make_image(),
        )
        clusters = [Cluster.objects.get(slug="energie"), make_cluster(), make_cluster(sign="it")]
        categories = [make_category(edition, cluster=cluster, prize=7500) for cluster in clusters]
        # One organisation with both its entries: only the titles may decide in which order they stand.
        names = [("Ahorn GmbH", "Zeder GmbH"), ("Buche GmbH", "Buche GmbH"), ("Ahorn AG", "Zeder AG")]
        pairs = [
            tuple(entry_of(category, name) for name in pair) for category, pair in zip(categories, names, strict=True)
        ]
        others = [entry_of(category, f"Linde {number} GmbH") for number, category in enumerate(categories)]
        entry_of(categories[0], "Eiche GmbH", is_shortlisted=True)
        leipzig, halle = (make_local_prize(edition, city, prize=5000) for city in ("Leipzig", "Halle (Saale)"))
        for entry in (*others, *(one for pair in pairs for one in pair)):
            register(entry, leipzig)
            register(entry, halle)
        EditionImage.objects.create(edition=edition, image=make_image(alternative_text=f"{SECRET} Siegerbild"))
        made = Site(edition, pairs, others, leipzig, halle)
        make_editor()
        made.decide()
        made.close()
        yield made


def entry_of(category, organisation, **values):
    entry = make_entry(
        category,
        organisation=organisation,
        image=make_image(),
        summary="Ein Satz.",
        body="<p>Ein Text.</p>",
        film_url="https://www.example.org/film",
        town="Halle (Saale)",
        **values,
    )
    EntryImage.objects.create(entry=entry, image=make_image())
    return entry


def starts():
    return ["/", *(page.address for page in PUBLIC_PAGES), *machine_paths()]


def guesses(site):
    entries = [entry for pair in site.pairs for entry in pair] + site.others
    addresses = [entry.get_absolute_url() for entry in entries]
    filters = [f"jahr={YEAR}", "stadt=halle-saale", "stadt=leipzig", "q=linde", "q=ahorn", "q=zeder", "seite=2"]
    filters += [f"preis={kind}" for kind in ("gesamtsieg", "clustersieg", "lokaler-preis", "sonderpreis")]
    filters += [f"cluster={category.cluster.slug}" for category in site.edition.categories.all()]
    searches = ["linde", "Linde+1+GmbH", "lind", "lnide", "ahorn", "ahrn", "zeder", "gmbh", f"gmbh&jahr={YEAR}", SECRET]
    return [
        *(f"{address}?q={words}" for words in searches for address in ("/suche/", "/suche/vorschlaege/")),
        *addresses,
        *(address.rstrip("/") for address in addresses),
        *(f"{address}?seite=1" for address in addresses),
        *(f"{HALL}?{one}" for one in filters),
        *(f"{HALL}?{one}&jahr={YEAR}" for one in filters),
        *(WINNERS, RECORD, f"/iq/{YEAR}", f"/iq/{YEAR}/finalisten/", f"{WINNERS}?preis=gesamtsieg"),
        *(f"/iq/{YEAR + 1}/", f"/iq/{YEAR + 1}/preistraeger/", f"/iq/{YEAR}/beitraege/", "/iq/0/", "/iq/zahlen.csv"),
    ]


def answers_of(site):
    return every_answer(starts(), guesses(site))


def differing(one, other):
    return sorted(address for address in one.keys() | other.keys() if one.get(address) != other.get(address))


@pytest.fixture(scope="module")
def before(site):
    """What a stranger finds the day before, when everything is decided and closed."""
    return answers_of(site)


# --- Before


def test_nothing_a_stranger_can_ask_depends_on_the_results(site, before):
    """But the fingerprint of the record: it is there to differ."""
    one = {address: answer.without(site.fingerprint) for address, answer in before.items()}
    site.open()
    site.decide(swapped=True)
    site.close()
    other = {address: answer.without(site.fingerprint) for address, answer in answers_of(site).items()}
    assert differing(one, other) == []


def test_nor_does_it_depend_on_whether_anything_has_been_decided(site, before):
    with_fingerprint = {address for address, answer in before.items() if site.fingerprint in answer.text}
    assert with_fingerprint <= {"/iq/", EDITION}
    site.open()
    decided = before | {address: ask(address) for address in with_fingerprint}
    site.undecide()
    assert differing(decided, answers_of(site)) == []


def test_the_stranger_really_gets_around(site, before):
    found = {address for address, answer in before.items() if answer.status == 200}
    finalists = {entry.get_absolute_url() for pair in site.pairs for entry in pair}
    assert {"/", "/iq/", EDITION, f"{EDITION}finalisten/", HALL, "/iq/atom/", "/cluster/energie/"} <= found
    assert {f"/iq/{YEAR_BEFORE}/preistraeger/", f"{HALL}?jahr={YEAR_BEFORE}", f"{HALL}?preis=gesamtsieg"} <= found
    assert {PAGE_SITEMAP, ENTRY_SITEMAP, "/aktuelles/atom/", *finalists} <= found
    assert sum(address.startswith("/media/") for address in found) > 10
    assert len(found) > 150


def test_no_answer_says_a_secret_word(before):
    said = [address for address, one in before.items() if SECRET in one.text.lower() + str(one.headers)]
    # The search repeats what was typed.
    assert said == [f"/suche/?q={SECRET}", f"/suche/vorschlaege/?q={SECRET}"]


def test_what_has_won_is_as_unknown_as_what_never_was(site, monkeypatch):
    # What else is suggested hangs on the words of an address. That it tells nothing is asked of the twin, above.
    monkeypatch.setattr(nearest, "allowance", nearest.Allowance(0))
    never = f"/iq/{YEAR}/beitraege/nie-gesehen/"
    unknown = ask(never)
    assert unknown.status == 404
    for entry in site.others:
        answer = ask(entry.get_absolute_url())
        assert answer.status == 404
        assert answer.text.replace(entry.get_absolute_url(), never) == unknown.text
    for secret, nothing in ((WINNERS, f"/iq/{YEAR + 1}/preistraeger/"), (RECORD, f"/iq/{YEAR + 1}/protokoll.json")):
        assert ask(secret).status == 404
        assert ask(secret).text.replace(secret, nothing) == ask(nothing).text


def test_the_search_knows_finalists_and_nobody_who_only_won(site):
    assert "Ahorn GmbH" in ParsedPage(_content("/suche/?q=ahorn")).one("ol", css="search-hits").text
    for asked in ("/suche/?q={}", "/suche/vorschlaege/?q={}"):
        for secret in ("Linde", "Lind"):
            assert ask(asked.format(secret)).text.replace(secret, "Xqyz") == ask(asked.format("Xqyz")).text


def _content(address):
    return Client().get(address)


@pytest.mark.parametrize("address", [EDITION, f"{EDITION}finalisten/", "/cluster/energie/", "/"])
def test_finalists_stand_in_the_order_of_the_alphabet_wherever_they_stand(site, address):
    site.open()
    for swapped in (False, True):
        site.decide(swapped=swapped)
        text = ask(address).text
        first, second = (entry.get_absolute_url() for entry in site.pairs[0])
        assert 0 < text.index(first) < text.index(second)


# --- The moment


def show_the_winners(site):
    """Each place that tells of winners, and what it must say from the moment on."""
    overall, local = site.pairs[-1][0], site.local_winner
    cluster_winner = site.pairs[0][0]
    tag = "Clustersieg</strong>"
    return {
        "/": f"Gesamtsieg: {overall.title}",
        "/iq/": overall.get_absolute_url(),
        EDITION: local.get_absolute_url(),
        WINNERS: local.get_absolute_url(),
        f"{HALL}?jahr={YEAR}": local.get_absolute_url(),
        HALL: overall.get_absolute_url(),
        "/cluster/energie/": f'{cluster_winner.town} <strong class="prize-tag">{tag}',
        PAGE_SITEMAP: WINNERS,
        ENTRY_SITEMAP: local.get_absolute_url(),
        "/iq/atom/": overall.organisation,
        local.get_absolute_url(): local.title,
        overall.get_absolute_url(): f'"award":["Gesamtsieg {YEAR}"',
        RECORD: local.title,
    }


def shown(places):
    return {address for address, words in places.items() if words in ask(address).text}


def what_is_shown_before(site):
    """Asked twice, so that every page comes out of the cache the second time."""
    places = show_the_winners(site)
    first, second = shown(places), shown(places)
    assert first == second
    return places, first


def test_all_places_change_at_the_press_of_the_button(site):
    fingerprint = site.fingerprint
    assert fingerprint in ask(EDITION).text
    places, before = what_is_shown_before(site)
    # Finalists have been known before; that they have won has not.
    assert before <= {"/iq/"}
    reveal(site.edition, User.objects.get(username="erika"))
    assert places.keys() - shown(places) == set()
    assert json.loads(ask(RECORD).body)["edition"] == YEAR
    assert fingerprint in ask(EDITION).text


def test_all_places_change_when_the_moment_passes_and_nobody_does_anything(site):
    began = time.monotonic()
    what_is_shown_before(site)
    moment = timezone.now() + timedelta(seconds=2 + 2 * (time.monotonic() - began))
    site.edition.winners_public_at = moment
    site.edition.save()
    places, before = what_is_shown_before(site)
    assert before <= {"/iq/"}
    assert timezone.now() < moment, "too slow to look before the moment"
    time.sleep((moment - timezone.now()).total_seconds() + 0.05)
    assert places.keys() - shown(places) == set()


def test_from_then_on_the_answers_do_depend_on_the_results(site):
    """The proof that the comparison above can find something."""
    site.open()
    Edition.objects.filter(year=YEAR).update(winners_public_at=timezone.now() - timedelta(minutes=1))
    asked = (*show_the_winners(site).keys() - {RECORD}, HALL)
    site.decide()
    one = {address: ask(address) for address in asked}
    site.decide(swapped=True)
    other = {address: ask(address) for address in asked}
    assert set(differing(one, other)) == set(asked) - {PAGE_SITEMAP}
    assert {WINNERS, site.local_winner.get_absolute_url()} <= {
        address for address, answer in one.items() if SECRET in answer.text.lower()
    }

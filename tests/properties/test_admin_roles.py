"""Who opens and does what in the pool's admin: one table, asked line by line, and what no form may smuggle past it.

The columns are people: the office (the editors), somebody of a district that publishes itself, of one that does not,
of another district, of the group but without a district, and a stranger. Those of a district are asked about a listing
of their own; everybody else about that of the district that does not publish itself.
"""

from dataclasses import dataclass
from datetime import timedelta
from urllib.parse import urlsplit

import pytest
from django.contrib.auth.models import Permission
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.test import Client
from django.urls import get_resolver, reverse
from django.utils import timezone

from properties.models import ChangeReport, District, Enquiry, Hall, Land, Listing, Place
from publishing.models import Contact, Image
from publishing.models.published import DRAFT, PUBLIC, SCHEDULED
from tests.emmd.addresses import named_patterns
from tests.factories import make_draft as make_draft_article
from tests.factories import make_editor
from tests.properties.factories import make_district_user, make_full_hall, make_full_land, make_land, the_district
from tests.properties.listing_form import page_path, save, sentences, shown_form

pytestmark = pytest.mark.django_db

OFFICE, PUBLISHING, STRICT, STRANGE, SEATLESS, STRANGER = (
    "office",
    "publishing",
    "strict",
    "strange",
    "seatless",
    "stranger",
)
ROLES = (OFFICE, PUBLISHING, STRICT, STRANGE, SEATLESS, STRANGER)
#: Own district of each, and that of the listing they are asked about.
SELF_PUBLISHING, WATCHED, ELSEWHERE = "leipzig", "landkreis-leipzig", "saalekreis"
IN_YEARS = timezone.now() + timedelta(days=900)
ASKED_ABOUT = dict.fromkeys(ROLES, WATCHED) | {PUBLISHING: SELF_PUBLISHING}


@dataclass(frozen=True)
class Access:
    pages: tuple
    answers: str
    method: str = "get"

    def expected(self):
        return dict(zip(ROLES, self.answers.split(), strict=True))


def of(models, pages):
    return tuple(f"{model}_{page}" for model in models.split() for page in pages.split())


# Of people:     office publishing strict strange seatless stranger
LISTS = "        200    200        200    200     200      login"
ADDING = "       200    200        200    200     403      login"
OWN = "          200    200        200    on      on       login"
OWN_ELSE_404 = " 200    200        200    404     404      login"
DELETING = "     200    403        403    403     403      login"
POST_ONLY = "    405    405        405    405     405      login"
POSTED = "       on     on         on     404     404      login"
OFFICE_POSTED = "on     403        403    404     404      login"
OFFICE_ONLY = "  200    403        403    403     403      login"
EVERYBODY = "    200    200        200    200     200      login"
NOBODY = "       403    403        403    403     403      login"
TABLE = (
    Access(of("land hall", "changelist"), LISTS),
    Access(of("land hall", "add"), ADDING),
    Access(of("land hall", "change"), OWN),
    Access(of("land hall", "history simple_history preview"), OWN_ELSE_404),
    Access(of("land hall", "delete"), DELETING),
    Access(of("land hall", "share copy confirm"), POST_ONLY),
    Access(of("land hall", "share confirm"), POSTED, method="post"),
    Access(of("land hall", "copy"), "on on on 404 403 login", method="post"),
    # Nothing was submitted: the office is told so.
    Access(of("land hall", "give_back"), OFFICE_POSTED),
    Access(of("land hall", "give_back"), OFFICE_POSTED, method="post"),
    Access(of("land hall", "ask"), POST_ONLY),
    Access(of("land hall", "ask"), OFFICE_POSTED, method="post"),
    Access(of("enquiry changereport", "changelist"), LISTS),
    Access(of("enquiry changereport", "change history"), OWN),
    Access(of("enquiry changereport", "add"), NOBODY),
    Access(of("enquiry changereport", "delete"), DELETING),
    Access(of("provider", "changelist change history simple_history"), EVERYBODY),
    Access(of("provider", "add delete"), OFFICE_ONLY),
    Access(of("district", "changelist change history"), OFFICE_ONLY),
    Access(of("district", "add delete"), NOBODY),
    Access(of("place", "changelist change add delete history"), OFFICE_ONLY),
)


@pytest.fixture
def people(db):
    District.objects.filter(slug=SELF_PUBLISHING).update(publishes_itself=True)
    users = {
        OFFICE: make_editor(),
        PUBLISHING: make_district_user(SELF_PUBLISHING, username="selbst"),
        STRICT: make_district_user(WATCHED, username="streng"),
        STRANGE: make_district_user(ELSEWHERE, username="fremd"),
        SEATLESS: make_district_user(username="ohne"),
    }
    clients = {role: Client() for role in ROLES}
    for role, user in users.items():
        clients[role].force_login(user)
        clients[role].user = user
    return clients


def make_rows(kind, **values):
    """{district: listing} with an enquiry each."""
    maker = {"land": make_full_land, "hall": make_full_hall}[kind]
    rows = {slug: maker(district=slug, **values) for slug in (SELF_PUBLISHING, WATCHED)}
    for listing in rows.values():
        Enquiry.objects.create(listing_id=listing.pk, name="Ina", email="ina@example.org", message="Noch frei?")
        ChangeReport.objects.create(listing_id=listing.pk, text="Der Kran ist weg.")
    return rows


def path_of(page, listing):
    name = f"admin:properties_{page}"
    model = page.split("_")[0]
    if page.endswith(("_add", "_changelist")):
        return reverse(name)
    row = {
        "enquiry": lambda: listing.enquiries.get(),
        "changereport": lambda: listing.change_reports.get(),
        "provider": lambda: listing.provider,
        "district": lambda: listing.district,
        "place": lambda: Place.objects.first(),
    }.get(model, lambda: listing)()
    return reverse(name, args=[row.pk, row.history.first().pk] if page.endswith("_simple_history") else [row.pk])


def ask(client, path, method):
    with transaction.atomic():
        response = getattr(client, method)(path)
        transaction.set_rollback(True)
    if response.status_code not in (301, 302):
        return str(response.status_code)
    return "login" if urlsplit(response["Location"]).path in {"/konto/anmelden/", "/admin/login/"} else "on"


def test_every_admin_address_of_the_pool_stands_in_the_table():
    names = {name for name, _ in named_patterns(get_resolver()) if name.startswith("admin:properties_")}
    assert {f"admin:properties_{page}" for row in TABLE for page in row.pages} == names


@pytest.mark.one_database
@pytest.mark.parametrize("kind", ["land", "hall"])
@pytest.mark.parametrize("is_public", [False, True], ids=["draft", "public"])
def test_everybody_gets_the_answer_of_the_table(people, kind, is_public):
    rows = make_rows(kind, **({} if is_public else {"released": False, "publish_from": None}))
    other = {"land": "hall", "hall": "land"}[kind]
    wrong = {
        (page, row.method, role): (expected, answer)
        for row in TABLE
        for page in row.pages
        if not page.startswith(other)
        for role, expected in row.expected().items()
        if (answer := ask(people[role], path_of(page, rows[ASKED_ABOUT[role]]), row.method)) != expected
    }
    assert wrong == {}


def test_the_group_has_these_rights_and_no_others(db):
    granted = {
        f"{one.content_type.app_label}.{one.codename}"
        for one in Permission.objects.filter(group__name="Landkreise").select_related("content_type")
    }
    rows = ("lot", "utility", "distance", "listingimage", "listingdocument")
    assert granted == {
        *(f"properties.{act}_{model}" for model in ("land", "hall") for act in ("view", "add", "change")),
        *(f"properties.{act}_{model}" for model in rows for act in ("view", "add", "change", "delete")),
        *(f"properties.{act}_{model}" for model in ("enquiry", "changereport") for act in ("view", "change")),
        "properties.view_provider",
        "publishing.view_contact",
        *(f"publishing.{act}_{model}" for model in ("image", "document") for act in ("view", "add")),
    }


# --- what a district sees


def test_a_district_reads_nothing_of_others_anywhere(people):
    secret = make_full_land(
        district=WATCHED, title="Geheimprojekt", released=False, publish_from=None, submitted_at="2026-01-01T00:00Z"
    )
    make_full_land(district=WATCHED, title="Geheimprojekt veraltet", confirmed_days_ago=400)
    Enquiry.objects.create(listing=secret, name="Geheimrat", email="g@example.org", message="Geheim?")
    ChangeReport.objects.create(listing=secret, text="Geheimrat meldet")
    strange = people[STRANGE]
    for address in (
        "/admin/",
        "/admin/properties/",
        "/admin/properties/land/",
        "/admin/properties/land/?q=Geheim",
        "/admin/properties/land/?faellig=vorgelegt",
        "/admin/properties/changereport/",
        "/admin/properties/enquiry/",
        "/admin/properties/enquiry/?q=Geheim",
        f"/admin/properties/provider/{secret.provider_id}/change/",
        f"/admin/publishing/contact/{secret.contact_id}/change/",
        f"/admin/publishing/image/{secret.image_id}/change/",
        f"/admin/publishing/document/{secret.downloads.first().document_id}/change/",
    ):
        response = strange.get(address)
        assert response.status_code == 200, address
        page = response.content.decode()
        assert "Geheimprojekt" not in page, address
        assert "Geheimrat" not in page, address


def test_somebody_who_may_not_open_a_page_learns_only_that_there_is_one(people):
    contact = Contact.objects.create(role="Presse", email="p@example.org")
    make_draft_article(contact=contact, title="Streng geheim")
    page = people[STRICT].get(f"/admin/publishing/contact/{contact.pk}/change/").content.decode()
    assert "Streng geheim" not in page
    assert "an einer Stelle, die Sie nicht öffnen dürfen" in page
    assert "Streng geheim" in people[OFFICE].get(f"/admin/publishing/contact/{contact.pk}/change/").content.decode()


def test_no_short_cut_tells_the_address_of_a_strange_draft(people):
    listing = make_full_land(district=WATCHED, released=False, publish_from=None)
    for model in (Land, Listing):
        kind = ContentType.objects.get_for_model(model)
        assert people[STRANGE].get(f"/admin/r/{kind.pk}/{listing.pk}/").status_code == 404
    kind = ContentType.objects.get_for_model(Land)
    assert people[STRANGE].get(f"/admin/r/+{kind.pk}/{listing.pk}/").status_code == 404
    assert people[STRICT].get(f"/admin/r/{kind.pk}/{listing.pk}/").status_code == 302


@pytest.mark.parametrize("model", ["enquiry", "land", "listing", "hall", "lot", "districtseat"])
def test_no_autocomplete_leads_to_strange_listings(people, model):
    make_rows("land")
    for field in ("listing", "specific", "listing_ptr", "user", "district"):
        answer = people[STRANGE].get(
            "/admin/autocomplete/", {"app_label": "properties", "model_name": model, "field_name": field, "term": ""}
        )
        assert answer.status_code in (403, 404), (model, field)


@pytest.mark.parametrize(
    ("model", "field"), [("land", "provider"), ("hall", "contact"), ("listingdocument", "document")]
)
def test_what_a_form_needs_is_found_by_typing(people, model, field):
    make_rows("land")
    question = {"app_label": "properties", "model_name": model, "field_name": field, "term": ""}
    assert people[STRICT].get("/admin/autocomplete/", question).json()["results"]


@pytest.mark.parametrize("kind", ["land", "hall"])
def test_the_versions_of_a_deleted_strange_listing_are_gone(people, kind):
    listing = make_rows(kind)[WATCHED]
    version = listing.history.first().pk
    pk = listing.pk
    type(listing).objects.get(pk=pk).delete()
    for role, expected in ((STRANGE, 404), (STRICT, 404), (OFFICE, 200)):
        for address in ("history/", f"history/{version}/"):
            assert people[role].get(f"/admin/properties/{kind}/{pk}/{address}").status_code == expected


# --- whose it becomes


def test_a_district_chooses_only_its_own(people):
    page = people[STRICT].get("/admin/properties/land/add/").context["adminform"].form
    assert [one.slug for one in page.fields["district"].queryset] == [WATCHED]


def test_a_listing_is_not_moved_to_a_strange_district(people):
    listing = make_full_land(district=WATCHED, released=False, publish_from=None)
    response = save(people[STRICT], listing, district=str(the_district(ELSEWHERE).pk))
    assert any("gültige Auswahl" in one for one in sentences(response))
    listing.refresh_from_db()
    assert listing.district.slug == WATCHED


def test_a_listing_is_not_written_for_a_strange_district(people):
    path = "/admin/properties/land/add/"
    typed = {"title": "X", "town": "Borna", "area_total": "10", "area_available": "10"}
    shown = shown_form(people[STRICT], path)
    for pk in (the_district(ELSEWHERE).pk, 0, -1, "1e400", "\x00", 2**70):
        assert sentences(people[STRICT].post(path, shown | typed | {"district": str(pk), "_continue": "1"}))
    assert not Listing.objects.exists()
    own = shown | typed | {"district": str(the_district(WATCHED).pk), "_continue": "1"}
    assert sentences(people[STRICT].post(path, own)) is None


def test_rows_of_a_strange_listing_are_neither_changed_nor_taken_over(people):
    own, strange = draft(), draft(district=ELSEWHERE)
    before = list(strange.lots.values())
    forged = {"lots-0-id": strange.lots.first().pk, "lots-0-area": "1", "lots-0-listing": str(strange.pk)}
    for claimed in (strange, own):
        save(people[STRICT], own, **forged | {"lots-0-listing": str(claimed.pk)})
        assert list(strange.lots.values()) == before


def test_actions_reach_only_own_listings(people):
    rows = make_rows("land", released=False, publish_from=None)
    for role in (PUBLISHING, STRICT, STRANGE):
        for action in ("delete_selected", "ask_selected", "withdraw_selected", "release_selected"):
            data = {"action": action, "_selected_action": [row.pk for row in rows.values()], "post": "yes"}
            people[role].post("/admin/properties/land/", data)
    assert {slug: Land.objects.get(pk=row.pk).released for slug, row in rows.items()} == {
        SELF_PUBLISHING: True,
        WATCHED: False,
    }


def test_a_strange_enquiry_is_not_ticked_off(people):
    enquiry = make_rows("land")[WATCHED].enquiries.get()
    data = {"action": "mark_handled", "_selected_action": [enquiry.pk]}
    people[STRANGE].post("/admin/properties/enquiry/", data)
    enquiry.refresh_from_db()
    assert enquiry.handled_at is None
    people[STRICT].post("/admin/properties/enquiry/", data)
    enquiry.refresh_from_db()
    assert enquiry.handled_at is not None


# --- publishing


def draft(**values):
    return make_full_land(**{"district": WATCHED, "released": False, "publish_from": None} | values)


def state(listing):
    return type(listing).objects.get(pk=listing.pk).state


PLANNED = {"publish_from_0": "01.01.2099", "publish_from_1": "08:00"}


@pytest.mark.parametrize("changes", [{}, PLANNED, {"released": "on"}])
def test_a_watched_district_releases_nothing(people, changes):
    listing = draft()
    response = save(people[STRICT], listing, "_release", **changes)
    assert "Für diesen Landkreis veröffentlicht die Geschäftsstelle." in " ".join(sentences(response))
    assert state(listing) is DRAFT
    assert 'name="_release"' not in people[STRICT].get(page_path(listing)).content.decode()


def test_a_watched_district_plans_nothing_by_saving(people):
    listing = draft()
    assert sentences(save(people[STRICT], listing, **PLANNED, released="on")) is None
    assert state(listing) is DRAFT


def test_a_watched_district_releases_nothing_by_restoring(people):
    listing = make_full_land(district=WATCHED)
    version = listing.history.first()
    listing.withdraw()
    listing.save()
    path = f"/admin/properties/land/{listing.pk}/history/{version.pk}/"
    shown = shown_form(people[STRICT], path)
    people[STRICT].post(path, shown | {"_release": "1", "released": "on"})
    assert not Land.objects.get().released
    people[STRICT].post(path, shown | {"_continue": "1", "released": "on"})
    assert not Land.objects.get().released


def test_a_watched_district_has_no_action_to_release(people):
    names = {
        name
        for name, _ in people[STRICT].get("/admin/properties/land/").context["action_form"].fields["action"].choices
    }
    draft()
    response = people[STRICT].get("/admin/properties/land/")
    names = {name for name, _ in response.context["action_form"].fields["action"].choices}
    assert names == {"", "withdraw_selected"}


@pytest.mark.parametrize("role", [PUBLISHING, OFFICE])
def test_whose_district_publishes_itself_releases_and_the_office_does(people, role):
    listing = draft(district=ASKED_ABOUT[role])
    assert sentences(save(people[role], listing, "_release")) is None
    assert state(listing) is PUBLIC


def test_what_is_submitted_is_on_the_desk_of_the_office_which_releases_it(people):
    listing = draft(title="Zur Prüfung")
    assert sentences(save(people[STRICT], listing, "_submit", town="Grimma")) is None
    listing.refresh_from_db()
    assert (listing.town, listing.submitted_at is not None) == ("Grimma", True)
    assert "zur Freigabe vorgelegt" in people[OFFICE].get("/admin/").content.decode()
    assert sentences(save(people[OFFICE], listing, "_release")) is None
    listing.refresh_from_db()
    assert (listing.state, listing.submitted_at) == (PUBLIC, None)


def test_what_is_incomplete_is_not_submitted(people):
    listing = draft(contact=None)
    response = save(people[STRICT], listing, "_submit")
    assert sentences(response) == ["Vor der Freigabe fehlt noch: der Kontakt."]
    listing.refresh_from_db()
    assert listing.submitted_at is None


def test_the_office_gives_back_with_a_note_which_the_district_reads(people):
    listing = draft(submitted_at="2026-01-01T00:00Z")
    path = page_path(listing, "zurueckgeben")
    for role in (STRICT, STRANGE):
        assert people[role].post(path, {"note": "nein"}).status_code in (403, 404)
    assert people[OFFICE].get(path).status_code == 200
    assert people[OFFICE].post(path, {"note": " "}).status_code == 200
    assert people[OFFICE].post(path, {"note": "x" * 1001}).status_code == 200
    assert people[OFFICE].post(path, {"note": "Bitte ein Bild."}).status_code == 302
    assert "Bitte ein Bild." in people[STRICT].get(page_path(listing)).content.decode()
    save(people[STRICT], listing, "_submit")
    listing.refresh_from_db()
    assert (listing.return_note, listing.submitted_at is not None) == ("", True)


# --- what is public stays as the office released it


def test_the_facts_of_what_the_office_released_are_closed(people):
    listing = make_full_land(district=WATCHED)
    form = people[STRICT].get(page_path(listing)).context["adminform"].form
    assert set(form.fields) == {"availability", "seen_edit_number"}
    before = Land.objects.values().get()
    lots = list(listing.lots.values())
    shown = shown_form(people[OFFICE], page_path(listing))
    forged = shown | {"title": "Anders", "price_per_m2": "1,00", "district": str(the_district(ELSEWHERE).pk)}
    forged |= {"lots-0-area": "1", "lots-1-DELETE": "on", "publish_until_0": "01.01.2099", "publish_until_1": "00:00"}
    forged |= {"featured_until_0": "01.01.2099", "featured_until_1": "00:00", "confirmed_by": "Ich"}
    people[STRICT].post(page_path(listing), forged | {"_continue": "1"})
    after = Land.objects.values().get()
    assert {name for name in before if before[name] != after[name]} <= {"changed_at", "edit_number"}
    assert list(listing.lots.values()) == lots


def test_but_it_is_confirmed_reserved_and_withdrawn(people):
    listing = make_full_land(district=WATCHED, confirmed_days_ago=200)
    assert people[STRICT].post(page_path(listing, "bestaetigen")).status_code == 302
    assert sentences(save(people[STRICT], listing, availability="reserved")) is None
    listing.refresh_from_db()
    assert (listing.confirmed_by, listing.availability, listing.is_public) == ("Landkreis Leipzig", "reserved", True)
    assert sentences(save(people[STRICT], listing, "_withdraw")) is None
    listing.refresh_from_db()
    assert not listing.released
    assert sentences(save(people[STRICT], listing, title="Überarbeitet")) is None


@pytest.mark.parametrize("values", [{}, {"publish_from": IN_YEARS}, {"confirmed_days_ago": 400}])
def test_planned_and_stale_is_closed_too(people, values):
    listing = make_full_land(district=WATCHED, **values)
    people[STRICT].post(
        page_path(listing), shown_form(people[OFFICE], page_path(listing)) | {"title": "Anders", "_continue": "1"}
    )
    listing.refresh_from_db()
    assert listing.title != "Anders"
    assert state(listing) in (PUBLIC, SCHEDULED) or listing.is_stale


def test_old_words_are_not_brought_back_into_what_the_office_released(people):
    listing = make_full_land(district=WATCHED, title="Alt")
    version = listing.history.first()
    listing.title = "Neu"
    listing.save()
    path = f"/admin/properties/land/{listing.pk}/history/{version.pk}/"
    assert people[STRICT].get(path).status_code == 200
    assert "wiederherstellen" not in people[STRICT].get(path).content.decode()
    assert people[STRICT].post(path, {"_continue": "1", "availability": "free"}).status_code == 403
    assert Land.objects.get().title == "Neu"


def test_nothing_public_is_moved_from_a_district_that_publishes_itself_into_a_watched_one(people):
    both = make_district_user(SELF_PUBLISHING, WATCHED, username="beide")
    client = Client()
    client.force_login(both)
    listing = make_full_land(district=SELF_PUBLISHING)
    response = save(client, listing, district=str(the_district(WATCHED).pk))
    assert "Für diesen Landkreis veröffentlicht die Geschäftsstelle." in " ".join(sentences(response))
    draft = make_land(district=WATCHED, released=False, publish_from=None)
    data = {"action": "release_selected", "_selected_action": [draft.pk]}
    client.post("/admin/properties/land/", data)
    assert not Land.objects.get(pk=draft.pk).released


@pytest.mark.parametrize(
    ("address", "name"),
    [("publishing/contact", "role"), ("publishing/image", "credit"), ("properties/provider", "name")],
)
def test_who_may_only_look_brings_no_old_words_back(people, address, name):
    listing = make_full_land(district=WATCHED)
    row = {"role": listing.contact, "credit": listing.image, "name": listing.provider}[name]
    version = row.history.first()
    setattr(row, name, "Neu")
    row.save()
    path = f"/admin/{address}/{row.pk}/history/{version.pk}/"
    assert people[STRICT].post(path, {name: "Alt", "_continue": "1"}).status_code == 403
    row.refresh_from_db()
    assert getattr(row, name) == "Neu"


def test_a_district_adds_pictures_one_by_one_with_their_text(people):
    assert people[STRICT].get("/admin/publishing/image/add/?_popup=1").status_code == 200
    assert people[STRICT].get("/admin/publishing/image/hochladen/").status_code == 403
    assert not Image.objects.exists()
    assert not Hall.objects.exists()

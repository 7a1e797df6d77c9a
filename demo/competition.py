"""The award: the real editions since 2005 as far as they are on record, and one invented edition in preparation."""

from datetime import date, datetime, time, timedelta

from django.utils import timezone

from competition.models import (
    Award,
    Category,
    Criterion,
    Edition,
    Entry,
    EntryImage,
    Finalist,
    JuryMember,
    LocalPrize,
    LocalRegistration,
    Sponsor,
    StateFigure,
)
from demo.saving import clean_and_save, morning_of
from publishing.models import Testimonial

EVENING = time(20)
A_DAY = timedelta(days=1)
EXAMPLE_WEBSITE = "https://www.example.org/"
# Where a result of the archive says „local:Leipzig:2“ or „special:Sonderpreis“, the rest is a city or a name.
SIMPLE_AWARDS = {
    "overall": Award.Kind.OVERALL,
    "overall_winner": Award.Kind.OVERALL,
    "cluster": Award.Kind.CLUSTER,
    "cluster_winner": Award.Kind.CLUSTER,
}
ENTRY_WORDS = (
    *("organisation", "further_organisations", "town", "title", "summary", "body", "team"),
    *("website", "film_url", "phase", "novelty"),
)


class EditionParts:
    """Clusters and local prizes of an edition, by the names under which the files know them."""

    def __init__(self, edition):
        self.edition, self.categories, self.local_prizes = edition, {}, {}

    def add_category(self, key, sponsors=(), **values):
        category = clean_and_save(Category(edition=self.edition, **values))
        category.sponsors.set(_sponsors(sponsors))
        self.categories[key] = category

    def add_local_prize(self, city, sponsors=(), **values):
        order = len(self.local_prizes) + 1
        prize = clean_and_save(LocalPrize(edition=self.edition, city=city, order=order, **values))
        prize.sponsors.set(_sponsors(sponsors))
        self.local_prizes[city] = prize

    def register(self, entry, city):
        clean_and_save(LocalRegistration(entry=entry, local_prize=self.local_prizes[city]))

    def give(self, entry, result, **values):
        """`result` is „overall“, „cluster“, „local:<city>[:<place>]“ or „special:<name>“."""
        kind, _, rest = result.partition(":")
        if kind == Award.Kind.LOCAL:
            city, _, place = rest.partition(":")
            values |= {"local_prize": self.local_prizes[city], "place": int(place or 1)}
        elif kind == Award.Kind.SPECIAL:
            values |= {"special_name": rest}
        clean_and_save(Award(entry=entry, kind=SIMPLE_AWARDS.get(kind, kind), **values))


def _sponsors(names):
    found = {name: Sponsor.objects.filter(name=name).first() for name in names}
    return [one or clean_and_save(Sponsor(name=name)) for name, one in found.items()]


# --- The record since 2005


def save_archive_edition(facts, texts, clusters):
    parts = EditionParts(_save_archive_year(facts, texts))
    _save_archive_categories(parts, facts, clusters)
    _save_archive_local_prizes(parts, facts, texts)
    for state, number in (facts["applications_by_state"] or {}).items():
        clean_and_save(StateFigure(edition=parts.edition, state=state, applications=number))
    for entry in facts["entries"]:
        _save_archive_entry(parts, entry)
    return parts.edition


def _save_archive_year(facts, texts):
    pitch, ceremony = facts["final_pitch"] or {}, facts["ceremony"]
    edition = Edition(
        year=facts["year"],
        number=facts["number"],
        slug=facts["slug"],
        title=facts["title"],
        teaser=texts["teaser"],
        organiser=facts["organiser"] or "",
        motto=facts["motto"] or "",
        kickoff_place=facts["kickoff_place"] or "",
        call_opens_on=_day(facts["application_opens_on"]),
        call_opens_text=facts["application_opens_text"] or "",
        call_closes_on=_day(facts["application_closes_on"]),
        call_closes_text=facts["application_closes_text"] or "",
        cluster_pitch_text=texts.get("cluster_pitch_text", ""),
        cluster_pitch_place=texts.get("cluster_pitch_place", ""),
        final_pitch_on=_day(pitch.get("date")),
        final_pitch_text=pitch.get("date_text") or "",
        final_pitch_place=pitch.get("place") or "",
        ceremony_on=_day(ceremony["date"]),
        ceremony_place=ceremony["place"] or "",
        ceremony_town=ceremony["town"] or "",
        ceremony_is_online=ceremony["online"],
        ceremony_guests=ceremony["guests"],
        overall_prize=facts["overall_prize_eur"],
        announced_total=facts["prize_money_total_eur"],
        applications=facts["applications_total"],
        shortlist_size=facts["shortlist_total"],
        final_jury_size=facts["final_jury_size"],
        is_suspended=facts["status"] == "suspended",
        suspension_reason=texts.get("suspension_reason", ""),
        sources_note=texts.get("sources_note", ""),
        sources="\n".join(facts["sources"]),
        released=True,
        publish_from=morning_of(f"{facts['year']}-01-01"),
        **_archive_moments(facts),
    )
    clean_and_save(edition)
    edition.sponsors.set(_sponsors(_sponsor_names(facts, "overall")))
    return edition


def _archive_moments(facts):
    """Everything of the archive is public. Which moment made it so is not on record where the day is not."""
    if facts["status"] == "suspended":
        return {}
    year = facts["year"]
    announced = _evening_of(_day(facts["ceremony"]["date"]) or date(year, 12, 31))
    moments = {"finalists_public_at": announced - A_DAY, "winners_public_at": announced}
    if facts["shortlist_on"]:
        moments["shortlist_public_at"] = morning_of(facts["shortlist_on"])
    elif any("shortlisted" in entry["results"] for entry in facts["entries"]):
        moments["shortlist_public_at"] = announced - 2 * A_DAY
    return moments


def _save_archive_categories(parts, facts, clusters):
    applications = facts["applications_by_cluster"] or {}
    for slug in (*facts["clusters"], *facts["local_only_clusters"]):
        is_local_only = slug in facts["local_only_clusters"]
        parts.add_category(
            slug,
            sponsors=_sponsor_names(facts, "cluster", cluster=slug),
            cluster=clusters[slug],
            label=facts["cluster_labels"].get(slug, ""),
            is_local_only=is_local_only,
            prize=None if is_local_only else facts["cluster_prize_eur"],
            applications=applications.get(slug),
        )
    if any(entry["cluster"] is None for entry in facts["entries"]):
        parts.add_category(None)


def _save_archive_local_prizes(parts, facts, texts):
    applications = facts["applications_by_local"] or {}
    for prize in facts["local_prizes"]:
        parts.add_local_prize(
            prize["city"],
            sponsors=_sponsor_names(facts, "local", city=prize["city"]),
            own_name=prize["name"] or "",
            prize=prize["prize_eur"],
            note=texts.get("local_notes", {}).get(prize["city"]) or prize["note"] or "",
            applications=applications.get(prize["city"]),
        )


def _sponsor_names(facts, scope, cluster=None, city=None):
    wanted = (scope, cluster, city)
    found = [one["names"] for one in facts["sponsors"] if (one["scope"], one["cluster"], one["city"]) == wanted]
    # That there were more of them, without their names, is said in the note on the sources.
    return [name.removesuffix(" und weitere") for names in found for name in names]


def _save_archive_entry(parts, facts):
    results = facts["results"]
    entry = Entry(
        edition=parts.edition,
        category=parts.categories[facts["cluster"]],
        # The year stands in the address already.
        slug=facts["slug"].removeprefix(f"iq-{parts.edition.year}-"),
        organisation=facts["organisation"],
        town=facts["town"] or "",
        state=_state(facts["state"]),
        title=facts["title"] or "",
        summary=facts["summary_de"] or "",
        website=facts["website"] or "",
        is_shortlisted="shortlisted" in results,
        is_uncertain=facts["uncertain"],
        note=facts["note"] or "",
        sources="\n".join([facts["source"], *facts["more_sources"]]),
    )
    clean_and_save(entry)
    if "finalist" in results:
        clean_and_save(Finalist(entry=entry))
    for result in results:
        if result.startswith("local:"):
            parts.register(entry, result.split(":")[1])
        if result not in ("finalist", "shortlisted"):
            parts.give(entry, result)


def _state(name):
    if not name:
        return ""
    return name if name in Entry.State.values else Entry.State.ELSEWHERE


# --- One edition in preparation


def save_testimonial(entry):
    return clean_and_save(
        Testimonial(
            quote=entry["quote_de"],
            role=entry["role"],
            organisation=f"{entry['sector']}, {entry['organisation_size']}",
            is_example=entry["example"],
        )
    )


def save_example_edition(content, clusters, images, contact, testimonials, advance):
    """Its finalists are public since yesterday, its winners decided and secret for three more weeks."""
    edition = _save_example_year(content, images, contact)
    edition.sponsors.set(_sponsors(content["sponsors"]))
    edition.testimonials.set([testimonials[slug] for slug in content["testimonials"]])
    parts, entries = EditionParts(edition), content["entries"]
    for slug, sponsors in content["clusters"].items():
        number = sum(entry["cluster"] == slug for entry in entries)
        parts.add_category(slug, sponsors, cluster=clusters[slug], prize=content["cluster_prize"], applications=number)
    for prize in content["local_prizes"]:
        number = sum(prize["city"] in entry.get("local", ()) for entry in entries)
        parts.add_local_prize(**prize, applications=number)
    for state in dict.fromkeys(entry["state"] for entry in entries):
        number = sum(entry["state"] == state for entry in entries)
        clean_and_save(StateFigure(edition=edition, state=state, applications=number))
    for order, criterion in enumerate(content["criteria"], start=1):
        clean_and_save(Criterion(edition=edition, order=order, **criterion))
    for order, member in enumerate(content["jury"], start=1):
        category = parts.categories.get(member.get("cluster"))
        words = {name: member[name] for name in ("name", "function", "organisation")}
        clean_and_save(JuryMember(edition=edition, category=category, order=order, is_example=True, **words))
    for entry in entries:
        _save_example_entry(parts, entry, images, content["statement_by"])
        advance()
    return edition


def _save_example_year(content, images, contact):
    dates = {name: timezone.localdate() + timedelta(days=days) for name, days in content["dates"].items()}
    newest = Edition.objects.newest_first().first()
    year = max(dates["ceremony_on"].year, newest.year + 1 if newest else 0)
    words = ("motto", "organiser", "teaser", "body", "participation", "prizes_text")
    figures = ("overall_prize", "announced_total", "final_jury_size")
    entries = content["entries"]
    return clean_and_save(
        Edition(
            year=year,
            title=content["title"].format(year=year),
            **{name: content[name] for name in (*words, *figures)},
            **content["places"],
            **dates,
            applications=len(entries),
            shortlist_size=sum(_is_shortlisted(entry) for entry in entries),
            application_url=EXAMPLE_WEBSITE,
            contact=contact,
            image=images[tuple(content["picture"])],
            shortlist_public_at=_morning_in(content["shortlist_days"]),
            finalists_public_at=_morning_in(content["finalists_days"]),
            winners_public_at=_evening_of(dates["ceremony_on"]),
            released=True,
            publish_from=morning_of(dates["kickoff_on"].isoformat()),
            is_example=True,
        )
    )


def _save_example_entry(parts, content, images, statement_by):
    entry = Entry(
        edition=parts.edition,
        category=parts.categories[content["cluster"]],
        **{name: content.get(name, "") for name in ENTRY_WORDS},
        state=content["state"],
        image=images[tuple(content["picture"])] if "picture" in content else None,
        is_shortlisted=_is_shortlisted(content),
        contact_email="bewerbung@example.org",
        is_example=True,
    )
    clean_and_save(entry)
    for order, picture in enumerate(content.get("gallery", [])):
        clean_and_save(EntryImage(entry=entry, image=images[tuple(picture)], order=order))
    if content.get("finalist"):
        clean_and_save(Finalist(entry=entry))
    for city in content.get("local", []):
        parts.register(entry, city)
    main, *others = content.get("awards", [None])
    if main:
        spoken = {"statement": content["statement"], "statement_by": statement_by} if "statement" in content else {}
        parts.give(entry, main, **spoken)
    for award in others:
        parts.give(entry, award)


def _is_shortlisted(content):
    return bool(content.get("shortlisted") or content.get("finalist"))


def pictures_of_example(content):
    """Drawn for news and events already, where possible: drawing is what loading spends its time on."""
    pictures = [content["picture"]]
    for entry in content["entries"]:
        pictures += [entry["picture"]] if "picture" in entry else []
        pictures += entry.get("gallery", [])
    return dict.fromkeys(map(tuple, pictures))


def _day(iso_day):
    return date.fromisoformat(iso_day) if iso_day else None


def _evening_of(day):
    return timezone.make_aware(datetime.combine(day, EVENING))


def _morning_in(days):
    return morning_of((timezone.localdate() + timedelta(days=days)).isoformat())

"""Where an edition stands, in sentences: its dates, what is missing, what comes next."""

from dataclasses import dataclass, field
from datetime import timedelta

from django.db.models import Count, Q
from django.utils import timezone

from competition.jury import without_recused
from competition.models import Entry, Round
from competition.models.edition import ANNOUNCED, CALL_OPEN, FINALISTS, JURY_MEETS, SUSPENDED, WINNERS
from competition.result_lines import judged_by_juries
from competition.results import missing_results, record_in_force
from competition.timeline import ceremony_place
from publishing.admin.base import admin_path
from publishing.admin.words import german_moment
from publishing.days import day_in_words
from publishing.models.published import PUBLIC, SCHEDULED

SHOWN = 12
LATE_REVEAL = timedelta(days=1)


@dataclass(frozen=True)
class Milestone:
    label: str
    when: str
    place: str
    #: past, next, future or open
    tense: str

    @property
    def tense_label(self):
        return {"past": "vorbei", "next": "als Nächstes", "future": "kommt noch", "open": "offen"}[self.tense]


@dataclass(frozen=True)
class Step:
    sentence: str
    #: What its button does: a key of the buttons that admin/steering.py knows. Empty: nothing to press.
    action: str = ""
    #: Where its button leads, for the action "round".
    round: object = None


@dataclass(frozen=True)
class Gap:
    text: str
    path: str


@dataclass
class Progress:
    """Asked once for the steering page; every figure is of this moment."""

    edition: object
    #: Who is recused of an entry of this year learns nothing of those that were chosen.
    hides_entries: bool = False
    missing: list[str] = field(init=False)

    def __post_init__(self):
        self.missing = missing_results(self.edition)
        self.record = record_in_force(self.edition)
        self.gaps = gaps_of_edition(self.edition) + ([] if self.hides_entries else gaps_of_entries(self.edition))
        self.contradictions = contradictions(self.edition, self.missing, self.record)
        self.milestones = milestones(self.edition)

    @property
    def missing_finalists(self):
        return [one for one in self.missing if one.endswith("Finalisten")]

    @property
    def shown_gaps(self):
        return self.gaps[:SHOWN]

    @property
    def further_gaps(self):
        return len(self.gaps[SHOWN:])

    @property
    def next_step(self):
        return next_step(self.edition, self.missing, self.missing_finalists, self.record)

    @property
    def status_sentence(self):
        return status_sentence(self.edition)

    @property
    def is_before_the_ceremony(self):
        day = self.edition.ceremony_on
        return day is not None and day > timezone.localdate()

    @property
    def reveal_warnings(self):
        """What would be wrong if the planned moment came now."""
        warnings = []
        if self.missing:
            warnings.append("Es sind noch nicht alle Ergebnisse eingetragen.")
        if self.record is None:
            warnings.append("Die Ergebnisse sind noch nicht geschlossen.")
        if self.edition.state is not PUBLIC:
            warnings.append("Das Wettbewerbsjahr selbst ist nicht öffentlich.")
        return warnings


# --- status and dates


def status_sentence(edition):
    status = edition.status
    if status is SUSPENDED:
        return "Der Wettbewerb ist in diesem Jahr ausgesetzt. Beiträge und Ergebnisse zeigt das Portal nicht."
    if status is WINNERS:
        return f"Die Preisträger sind seit {german_moment(edition.winners_public_at)} öffentlich."
    if status is FINALISTS:
        return f"Die Finalisten sind seit {german_moment(edition.finalists_public_at)} öffentlich, Preisträger nicht."
    if status is JURY_MEETS:
        return "Die Bewerbungsfrist ist vorbei, die Jury tagt. Besucher sehen keinen Beitrag."
    if status is CALL_OPEN:
        end = f" bis {day_in_words(edition.call_closes_on)}" if edition.call_closes_on else ""
        return f"Die Bewerbung läuft{end}."
    return "Der Wettbewerb ist angekündigt, die Bewerbung hat noch nicht begonnen."


def milestones(edition):
    rows = [
        ("Auftakt", edition.kickoff_on, "", edition.kickoff_place),
        ("Bewerbung ab", edition.call_opens_on, edition.call_opens_text, ""),
        ("Bewerbung bis", edition.call_closes_on, edition.call_closes_text, ""),
        ("Cluster-Pitch", edition.cluster_pitch_on, edition.cluster_pitch_text, edition.cluster_pitch_place),
        *([("Shortlist öffentlich", edition.shortlist_public_at, "", "")] if edition.shortlist_public_at else []),
        ("Finalisten öffentlich", edition.finalists_public_at, "", ""),
        ("Final-Pitch", edition.final_pitch_on, edition.final_pitch_text, edition.final_pitch_place),
        ("Preisverleihung", edition.ceremony_on, "", ceremony_place(edition)),
        ("Preisträger öffentlich", edition.winners_public_at, "", ""),
    ]
    coming = [when for _, when, _, _ in rows if when and not _is_past(when)]
    soonest = min(coming, key=_as_moment, default=None)
    if edition.winners_are_public:
        # What nobody has noted by now will not come any more.
        rows = [row for row in rows if row[1] or row[2]]
    return [
        Milestone(label, _in_words(when) if when else words, place, _tense(when, soonest))
        for label, when, words, place in rows
    ]


def _tense(when, soonest):
    if when is None:
        return "open"
    if _is_past(when):
        return "past"
    return "next" if when == soonest else "future"


def _is_past(when):
    return when <= timezone.now() if _is_moment(when) else when < timezone.localdate()


def _is_moment(when):
    return hasattr(when, "tzinfo")


def _as_moment(when):
    return timezone.localtime(when).isoformat() if _is_moment(when) else when.isoformat()


def _in_words(when):
    return german_moment(when) if _is_moment(when) else day_in_words(when)


# --- what is missing, what does not fit together


# Texts, pictures and facts. Results are told apart from them: see missing_results().


def gaps_of_edition(edition):
    return [Gap(f"Wettbewerbsjahr: {one}", admin_path(edition)) for one in _lacking_in(edition)]


def gaps_of_entries(edition):
    """Of finalists and winners."""
    found = []
    chosen = Q(finalist__isnull=False) | Q(awards__isnull=False)
    for entry in edition.entries.filter(chosen).distinct().order_by("organisation", "pk"):
        lacking = [
            word
            for word, is_there in (
                ("Name der Innovation", entry.title),
                ("Satz", entry.summary),
                ("Text", entry.body),
                ("Bild", entry.image_id),
            )
            if not is_there
        ]
        if lacking:
            found.append(Gap(f"{entry.organisation}: {', '.join(lacking)}", admin_path(entry)))
    if edition.winners_are_public:
        for award in edition.awards.select_related("entry", "edition", "category__cluster", "local_prize"):
            lacking = [word for word, there in (("Laudatio", award.statement), ("Bild", award.image_id)) if not there]
            if lacking:
                found.append(Gap(f"{award.name}: {', '.join(lacking)}", admin_path(award)))
    return found


def _lacking_in(edition):
    found = [] if edition.is_public else edition.missing_for_publication()
    if edition.is_suspended:
        return found
    if not edition.winners_are_public:
        facts = (
            (edition.contact_id, "Kontakt"),
            (edition.participation, "So können Sie teilnehmen"),
            (edition.overall_prize, "Preisgeld Gesamtsieg"),
            (edition.ceremony_on, "Tag der Preisverleihung"),
        )
        found += [label for value, label in facts if not value]
        if edition.status in (ANNOUNCED, CALL_OPEN) and not edition.application_url:
            found.append("Link zur Bewerbung")
        if not edition.criteria.exists():
            found.append("Kriterien")
    if not edition.categories.exists():
        found.append("Cluster des Wettbewerbs")
    return found


def contradictions(edition, missing, record):
    if edition.is_suspended:
        return []
    return [sentence for sentence, is_so in _suspicions(edition, missing, record) if is_so]


def _suspicions(edition, missing, record):
    today = timezone.localdate()
    finalists_on, winners_on = _local_day(edition.finalists_public_at), _local_day(edition.winners_public_at)
    opens, closes, ceremony = edition.call_opens_on, edition.call_closes_on, edition.ceremony_on
    started = opens and opens <= today and not edition.winners_are_public
    yield (
        "Die Bewerbungsfrist hat begonnen, aber das Wettbewerbsjahr ist nicht öffentlich.",
        started and edition.state is not PUBLIC,
    )
    yield (
        "Zeitpunkte der Veröffentlichung sind eingetragen, aber das Wettbewerbsjahr ist ein Entwurf: "
        "Von selbst wird es nicht öffentlich.",
        (finalists_on or winners_on) and edition.state not in (PUBLIC, SCHEDULED),
    )
    yield (
        f"Das Wettbewerbsjahr erscheint erst am {german_moment(edition.publish_from)}, "
        "nach einem Zeitpunkt, an dem Ergebnisse öffentlich sein sollen.",
        edition.state is SCHEDULED and finalists_on and edition.finalists_public_at < edition.publish_from,
    )
    yield (
        "Die Finalisten werden öffentlich, bevor die Bewerbungsfrist endet.",
        finalists_on and closes and finalists_on <= closes,
    )
    yield (
        "Die Finalisten sind öffentlich, aber es sind noch nicht alle eingetragen.",
        edition.status is FINALISTS and any(one.endswith("Finalisten") for one in missing),
    )
    yield (
        "Die Preisträger werden vor dem Tag der Preisverleihung öffentlich.",
        winners_on and ceremony and winners_on < ceremony,
    )
    yield (
        "Die Preisträger werden erst Tage nach der Preisverleihung öffentlich.",
        winners_on and ceremony and winners_on > ceremony + LATE_REVEAL and not edition.winners_are_public,
    )
    yield (
        "Die Preisverleihung ist vorbei, aber die Preisträger sind nicht öffentlich.",
        ceremony and ceremony < today and not edition.winners_are_public,
    )
    yield (
        "Die Preisträger sind öffentlich, aber die Ergebnisse sind wieder geöffnet.",
        edition.winners_are_public and record is None and edition.result_records.exists(),
    )


def _local_day(moment):
    return timezone.localdate(moment) if moment else None


# --- the next step


def next_step(edition, missing, missing_finalists, record):
    if edition.is_suspended:
        return Step("Dieses Jahr ist ausgesetzt. Es ist nichts zu tun.")
    if edition.winners_are_public:
        return _step_after_the_reveal(edition)
    if edition.state is not PUBLIC:
        return _step_to_publication(edition)
    if edition.status in (ANNOUNCED, CALL_OPEN):
        return _step_before_the_jury(edition)
    return _step_of_the_jury(edition, missing, missing_finalists, record)


def _step_to_publication(edition):
    if edition.state is SCHEDULED:
        return Step(f"Das Wettbewerbsjahr erscheint am {german_moment(edition.publish_from)} von selbst.", "edit")
    return Step("Ergänzen Sie Texte und Termine und veröffentlichen Sie das Wettbewerbsjahr.", "edit")


def _step_before_the_jury(edition):
    if edition.call_opens_on is None:
        return Step("Tragen Sie ein, von wann bis wann die Bewerbung läuft.", "edit")
    if edition.status is ANNOUNCED:
        return Step(f"Bis zum Beginn der Bewerbung am {day_in_words(edition.call_opens_on)} ist nichts zu tun.")
    return Step("Erfassen Sie die Beiträge, die eingehen.", "add_entry")


def _step_of_the_jury(edition, missing, missing_finalists, record):
    rounds = {one.kind: one for one in edition.rounds.all()}
    final = rounds.get(Round.Kind.FINAL)
    if not edition.entries.exists():
        return Step("Erfassen Sie die Beiträge dieses Jahres.", "add_entry")
    if _is_missing_from_a_jury(edition, missing):
        return _step_of_a_round(rounds[Round.Kind.CLUSTER])
    if missing_finalists:
        return Step("Tragen Sie die Finalisten ein, sobald die Jurys der Cluster entschieden haben.", "results")
    if edition.finalists_public_at is None:
        return Step("Legen Sie fest, ab wann die Finalisten öffentlich sind.", "edit")
    if final and "Gesamtsieg" in missing:
        return _step_of_a_round(final)
    if missing:
        return Step("Tragen Sie die Preisträger ein, sobald die Jury entschieden hat. Niemand sieht sie.", "results")
    if record is None:
        return Step("Schließen Sie die Ergebnisse: Dann kann sie niemand mehr versehentlich ändern.", "close")
    if edition.winners_public_at:
        moment = german_moment(edition.winners_public_at)
        return Step(f"Alles ist vorbereitet: Am {moment} werden die Preisträger von selbst öffentlich.")
    return Step("Verkünden Sie die Preisträger während der Preisverleihung mit einem Knopfdruck.", "reveal")


def _is_missing_from_a_jury(edition, missing):
    judged = judged_by_juries(edition)
    names = [one.name for one in edition.categories.select_related("cluster") if one.pk in judged]
    return any(one.startswith(f"{name}: ") for one in missing for name in names)


def _step_of_a_round(round_):
    """Its decision brings the results: they are not entered by hand."""
    name = round_.get_kind_display()
    article, here = ("Das", "beim") if round_.is_final else ("Die", "bei der")
    if round_.is_over:
        sentence = f"{article} {name} ist beendet. Tragen Sie dort ein, was die Jury entschieden hat."
    elif round_.is_running:
        moment = german_moment(round_.closes_at)
        sentence = f"{article} {name} läuft bis {moment}. Danach tragen Sie dort ein, was die Jury entschieden hat."
    else:
        moment = german_moment(round_.opens_at)
        sentence = f"{article} {name} beginnt am {moment}. Prüfen Sie {here} {name}, ob alle eingeladen sind."
    return Step(sentence, "round", round_)


def _step_after_the_reveal(edition):
    awards = edition.awards.all()
    if edition.result_records.exists() and (awards.filter(statement="") | awards.filter(image=None)).exists():
        return Step("Ergänzen Sie Laudatio und Bild der Preisträger.", "awards")
    newest = type(edition).objects.newest_first().values_list("pk", flat=True).first()
    if newest == edition.pk:
        return Step("Dieses Jahr ist abgeschlossen. Legen Sie das nächste Wettbewerbsjahr an.", "next_edition")
    return Step("Dieses Jahr ist abgeschlossen. Es ist nichts zu tun.")


# --- entries


@dataclass(frozen=True)
class EntryCounts:
    states: list[tuple[str, str]]
    rows: list[tuple[object, list[int], int]]
    totals: list[int]
    total: int


def entry_counts(edition, reader):
    states = [*Entry.State.choices, ("", "ohne Angabe")]
    entries = without_recused(edition.entries.order_by(), reader)
    counted = entries.values_list("category", "state").annotate(number=Count("pk"))
    numbers = {(category, state): number for category, state, number in counted}
    rows = []
    for category in edition.categories.select_related("cluster"):
        row = [numbers.get((category.pk, state), 0) for state, _ in states]
        rows.append((category, row, sum(row)))
    totals = [sum(column) for column in zip(*(row for _, row, _ in rows), strict=True)] or [0] * len(states)
    return EntryCounts(states, rows, totals, sum(totals))

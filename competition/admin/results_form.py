"""Finalists and prizes of one edition on one sheet, as one would write them on paper."""

import re
from dataclasses import dataclass, field

from django import forms
from django.core.exceptions import ValidationError

from competition.admin.result_words import contrasts
from competition.models import Award, LocalRegistration
from competition.models.prizes import alphabetical
from competition.result_lines import (
    FINALIST,
    OVERALL,
    NewerResults,
    RefusedResults,
    ResultLine,
    WordsWouldGo,
    decided_by_juries,
    fingerprint,
    judged_by_juries,
    lines_of,
    save_lines,
)
from publishing.text import without_control_characters

LINES = ("a", "b")
PLACES, FREE_SPECIALS, MOST_SPECIALS = 3, 2, 40
OPEN = ("", "noch offen")
NOBODY = ("", "–")
_SPECIAL = re.compile(r"special-(\d{1,2})-(name|entry)")


@dataclass
class Line:
    """A finalist with the two prizes only a finalist can win."""

    field: forms.BoundField
    wins_category: forms.boundfield.BoundWidget
    wins_overall: forms.boundfield.BoundWidget
    finalist: object


@dataclass
class CategorySheet:
    category: object
    number_of_entries: int
    lines: list[Line]
    nobody_yet: forms.boundfield.BoundWidget
    errors: list
    #: Here and now; otherwise its jury decides.
    is_open: bool
    #: Its jury will decide, but something was entered by hand before: that may be taken out.
    is_in_the_way: bool


@dataclass
class LocalSheet:
    prize: object
    number_of_entries: int
    places: list[forms.BoundField]


@dataclass
class _Wanted:
    """The lines a form asks for, and the field each was typed into."""

    field_of: dict = field(default_factory=dict)

    def add(self, line, field_name):
        self.field_of[line] = field_name


class ResultsForm(forms.Form):
    seen = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, data=None, *, edition):
        self.edition = edition
        self.entries = {
            entry.pk: entry
            for entry in alphabetical(edition.entries.only("organisation", "title", "category", "edition"))
        }
        self.stored = lines_of(edition)
        decided = decided_by_juries(edition)
        self.judged = judged_by_juries(edition) | decided
        self.in_the_way = {one.subject for one in self.stored} & (self.judged - decided)
        self.closed = self.judged - self.in_the_way
        has_finalists = {one.where for one in self.stored if one.kind == FINALIST}
        categories = edition.categories.select_related("cluster")
        self.categories = [one for one in categories if not one.is_local_only or one.pk in has_finalists]
        self.local_prizes = list(edition.local_prizes.all())
        self.contrasts, self.words_to_discard, self.replaceable = [], [], ""
        super().__init__(data, initial={"seen": fingerprint(self.stored)})
        self._add_category_fields()
        self._add_local_fields()
        self._add_special_fields(data)
        self._close_what_the_jury_decides()

    # --- fields

    def _add_category_fields(self):
        overall = next((one.entry for one in self.stored if one.kind == Award.Kind.OVERALL), None)
        choices = []
        for category in self.categories:
            own = [entry for entry in self.entries.values() if entry.category_id == category.pk]
            keys = {one.entry for one in self.stored if one.kind == FINALIST and one.where == category.pk}
            finalists = [entry.pk for entry in own if entry.pk in keys]
            if category.pk in self.judged:
                own = [self.entries[key] for key in finalists]
            winner = self._stored_entry(Award.Kind.CLUSTER, category.pk)
            for line, key in zip(LINES, [*finalists, None, None], strict=False):
                name = f"finalist-{category.pk}-{line}"
                self.fields[name] = _entry_field(own, f"Finalist {category.name}", "Beitrag dieses Clusters")
                self.initial[name] = key
                choices.append((f"{category.pk}-{line}", f"Gesamtsieg: {category.name}"))
                if key and key == winner:
                    self.initial[f"cluster-{category.pk}"] = line
                if key and key == overall:
                    self.initial["overall"] = f"{category.pk}-{line}"
            self.fields[f"cluster-{category.pk}"] = _radio(
                [*((line, f"Clustersieg {category.name}") for line in LINES), OPEN]
            )
        self.fields["overall"] = _radio([*choices, OPEN])

    def _add_local_fields(self):
        registered = LocalRegistration.objects.filter(edition=self.edition).values_list("local_prize", "entry")
        self._registered = {}
        for prize, entry in registered:
            self._registered.setdefault(prize, set()).add(entry)
        for prize in self.local_prizes:
            own = [entry for key, entry in self.entries.items() if key in self._registered.get(prize.pk, ())]
            given = {one.place: one.entry for one in self.stored if (one.kind, one.where) == ("local", prize.pk)}
            for place in range(1, max([PLACES, *given]) + 1):
                name = f"local-{prize.pk}-{place}"
                label = "Preisträger" if place == 1 else f"{place}. Platz"
                self.fields[name] = _entry_field(own, label, "Beitrag, der für diesen Preis gemeldet ist")
                self.initial[name] = given.get(place)

    def _add_special_fields(self, data):
        stored = sorted((one.name, one.entry) for one in self.stored if one.kind == Award.Kind.SPECIAL)
        sent = [int(found[1]) + 1 for name in data or () if (found := _SPECIAL.fullmatch(name))]
        self._specials = range(min(max([len(stored) + FREE_SPECIALS, *sent]), max(MOST_SPECIALS, len(stored))))
        for number in self._specials:
            name = forms.CharField(max_length=200, required=False, label=f"Name des Sonderpreises {number + 1}")
            self.fields[f"special-{number}-name"] = name
            name.widget.attrs["class"] = "vTextField"
            label = f"Preisträger des Sonderpreises {number + 1}"
            self.fields[f"special-{number}-entry"] = _entry_field(
                self.entries.values(), label, "Beitrag dieses Wettbewerbsjahres"
            )
            if number < len(stored):
                self.initial[f"special-{number}-name"], self.initial[f"special-{number}-entry"] = stored[number]

    def _close_what_the_jury_decides(self):
        """A closed field keeps what is stored, whatever is sent."""
        for category in self.categories:
            if category.pk in self.closed:
                for name in (f"cluster-{category.pk}", *(f"finalist-{category.pk}-{line}" for line in LINES)):
                    self.fields[name].disabled = True
        self.fields["overall"].disabled = OVERALL in self.closed

    def _stored_entry(self, kind, where):
        return next((one.entry for one in self.stored if (one.kind, one.where) == (kind, where)), None)

    # --- the sheet

    def category_sheets(self):
        overall = {widget.data["value"]: widget for widget in self["overall"].subwidgets}
        for category in self.categories:
            wins = self[f"cluster-{category.pk}"].subwidgets
            lines = [
                self._line(f"finalist-{category.pk}-{line}", wins[number], overall[f"{category.pk}-{line}"])
                for number, line in enumerate(LINES)
            ]
            number_of_entries = sum(entry.category_id == category.pk for entry in self.entries.values())
            yield CategorySheet(
                category,
                number_of_entries,
                lines,
                wins[2],
                self[f"cluster-{category.pk}"].errors,
                is_open=category.pk not in self.closed,
                is_in_the_way=category.pk in self.in_the_way,
            )

    def _line(self, name, wins_category, wins_overall):
        return Line(self[name], wins_category, wins_overall, self.entries.get(self.initial[name]))

    @property
    def has_open_overall(self):
        return OVERALL not in self.closed

    def decided_elsewhere(self):
        """In words, what is entered at a round of the jury."""
        names = [category.name for category in self.categories if category.pk in self.judged]
        return [*names, *(["Gesamtsieg"] if OVERALL in self.judged else [])]

    def nobody_yet(self):
        return self["overall"].subwidgets[-1]

    def local_sheets(self):
        for prize in self.local_prizes:
            places = [bound for bound in self if bound.name.startswith(f"local-{prize.pk}-")]
            yield LocalSheet(prize, len(self._registered.get(prize.pk, ())), places)

    def special_rows(self):
        return [(self[f"special-{number}-name"], self[f"special-{number}-entry"]) for number in self._specials]

    # --- what was typed

    def clean(self):
        cleaned = super().clean()
        self.wanted = _Wanted()
        for category in self.categories:
            self._clean_category(category, cleaned)
        self._clean_overall(cleaned)
        for prize in self.local_prizes:
            self._clean_local_prize(prize, cleaned)
        for number in self._specials:
            self._clean_special(number, cleaned)
        return cleaned

    def _clean_category(self, category, cleaned):
        names = [f"finalist-{category.pk}-{line}" for line in LINES]
        chosen = [cleaned.get(name) for name in names]
        if chosen[0] and chosen[0] == chosen[1]:
            self.add_error(names[1], "Dieser Beitrag steht schon in der Zeile darüber.")
        for name, key in zip(names, chosen, strict=True):
            if key:
                self.wanted.add(ResultLine(FINALIST, int(key), category.pk), name)
        winner = f"cluster-{category.pk}"
        if line := cleaned.get(winner):
            self._add_prize(cleaned, Award.Kind.CLUSTER, f"finalist-{category.pk}-{line}", winner, category.pk)

    def _clean_overall(self, cleaned):
        if line := cleaned.get("overall"):
            self._add_prize(cleaned, Award.Kind.OVERALL, f"finalist-{line}", "overall")

    def _add_prize(self, cleaned, kind, line, field_name, where=0):
        if key := cleaned.get(line):
            self.wanted.add(ResultLine(kind.value, int(key), where), field_name)
        elif line not in self.errors:
            text = f"{kind.label}: Die angekreuzte Zeile ist leer. Bitte wählen Sie dort zuerst den Finalisten."
            self.add_error(field_name, text)

    def _clean_local_prize(self, prize, cleaned):
        taken = set()
        for place, name in enumerate(self._local_names(prize), start=1):
            if not (key := cleaned.get(name)):
                continue
            if key in taken:
                self.add_error(name, "Dieser Beitrag hat schon einen Platz in diesem Preis.")
            taken.add(key)
            self.wanted.add(ResultLine("local", int(key), prize.pk, place), name)

    def _clean_special(self, number, cleaned):
        name, entry = f"special-{number}-name", f"special-{number}-entry"
        words, key = without_control_characters(cleaned.get(name) or "").strip(), cleaned.get(entry)
        if key and not words and name not in self.errors:
            self.add_error(name, "Wie heißt der Sonderpreis?")
        elif words and not key and entry not in self.errors:
            self.add_error(entry, "Wer bekommt den Sonderpreis? Zum Streichen bitte auch den Namen leeren.")
        elif words and key:
            line = ResultLine("special", int(key), name=words)
            if line in self.wanted.field_of:
                self.add_error(name, "Diesen Sonderpreis hat der Beitrag schon in einer Zeile darüber.")
            self.wanted.add(line, name)

    def _local_names(self, prize):
        return [name for name in self.fields if name.startswith(f"local-{prize.pk}-")]

    # --- saving

    def save(self):
        """What was taken out and what was added; None where something is to be asked or corrected first."""
        try:
            return save_lines(
                self.edition,
                frozenset(self.wanted.field_of),
                seen=self.cleaned_data["seen"],
                replace=self.data.get("replace", ""),
                discard_words="discard_words" in self.data,
            )
        except NewerResults as newer:
            self._ask_what_to_keep(newer.stored)
        except WordsWouldGo as error:
            self._ask_before_words_go(error.awards)
        except RefusedResults as refused:
            for line, reasons in refused.reasons.items():
                self.add_error(self.wanted.field_of.get(line), reasons)
        except ValidationError as error:
            self.add_error(None, error)
        return None

    def _ask_what_to_keep(self, stored):
        mine = frozenset(self.wanted.field_of)
        self.contrasts = contrasts(self.edition, stored, mine)
        self.replaceable = fingerprint(stored)
        self.add_error(
            None,
            "Jemand anderes hat inzwischen Ergebnisse gespeichert. Ihre Eingaben sind noch da. "
            "Bitte vergleichen Sie und entscheiden Sie.",
        )

    def _ask_before_words_go(self, awards):
        self.words_to_discard = awards
        self.add_error(
            None,
            "Zu einem Preis, der damit an jemand anderen geht oder entfällt, gibt es schon eine Laudatio oder ein "
            "Bild. Bitte entscheiden Sie.",
        )


def _entry_field(entries, label, wanted):
    return forms.ChoiceField(
        choices=[NOBODY, *((entry.pk, str(entry)) for entry in entries)],
        required=False,
        label=label,
        error_messages={"invalid_choice": f"Bitte wählen Sie einen {wanted}."},
    )


def _radio(choices):
    return forms.ChoiceField(
        choices=choices,
        required=False,
        widget=forms.RadioSelect,
        error_messages={"invalid_choice": "Nur ein Finalist dieser Liste kann diesen Preis gewinnen."},
    )

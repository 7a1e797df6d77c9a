"""What else happens around these days, as the form of an event shows it."""

from django import forms

from clusters.models import Cluster
from events.dates import when_in_words
from events.models import Venue
from events.neighbours import neighbours
from publishing.admin.base import admin_path


class NeighboursQuestion(forms.Form):
    """What the form on the screen says so far; half-typed dates are no question yet."""

    starts_on = forms.DateField()
    ends_on = forms.DateField(required=False)
    venue = forms.ModelChoiceField(Venue.objects.all(), required=False)
    clusters = forms.ModelMultipleChoiceField(Cluster.objects.all(), required=False)
    event = forms.IntegerField(required=False)

    def answer(self):
        if not self.is_valid():
            return []
        data = self.cleaned_data
        return neighbours(
            data["starts_on"],
            data["ends_on"] or data["starts_on"],
            town_slug=data["venue"].town_slug if data["venue"] else "",
            clusters=data["clusters"],
            except_for=data["event"],
        )


def neighbours_of(event):
    return neighbours(
        event.starts_on,
        event.last_day,
        town_slug=event.venue.town_slug if event.venue else "",
        clusters=list(event.clusters.all()),
        except_for=event.pk,
    )


def neighbours_in_words(events):
    if not events:
        return "Drei Tage davor und danach: kein anderer Termin in diesem Ort oder für diese Cluster."
    return "Drei Tage davor und danach, im selben Ort oder für dieselben Cluster:"


def neighbour_row(event):
    parts = (when_in_words(event), event.venue.town if event.venue else "online", event.state.label)
    return admin_path(event), event.title, " · ".join(parts)

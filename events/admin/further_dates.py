"""The rows an editor fills in for further dates of a series."""

from django import forms
from django.core.exceptions import ValidationError

from events.models import Event
from events.series import DATE_FIELDS, further_date

ROWS_FOR_DATES = 6


class DayInput(forms.DateInput):
    input_type = "date"

    def __init__(self):
        super().__init__(format="%Y-%m-%d")


class ClockInput(forms.TimeInput):
    input_type = "time"

    def __init__(self):
        super().__init__(format="%H:%M")


class FurtherDateForm(forms.Form):
    starts_on = forms.DateField(label="Beginn: Tag", widget=DayInput)
    start_time = forms.TimeField(label="Beginn: Uhrzeit", widget=ClockInput, required=False)
    end_time = forms.TimeField(label="Ende: Uhrzeit", widget=ClockInput, required=False)
    ends_on = forms.DateField(label="Ende: Tag", widget=DayInput, required=False)

    def __init__(self, *args, event, **kwargs):
        super().__init__(*args, **kwargs)
        self.event = event

    def clean(self):
        if not self.errors:
            twin = further_date(self.event, self.cleaned_data)
            try:
                twin.clean_fields(exclude=[one.name for one in Event._meta.fields if one.name not in DATE_FIELDS])
            except ValidationError as error:
                for name, errors in error.error_dict.items():
                    self.add_error(name if name in self.fields else None, errors)
        return super().clean()


FurtherDates = forms.formset_factory(FurtherDateForm, extra=ROWS_FOR_DATES, max_num=50)


class SeriesTitleForm(forms.Form):
    title = forms.CharField(
        label="Name der Reihe", max_length=200, widget=forms.TextInput(attrs={"class": "vTextField"})
    )

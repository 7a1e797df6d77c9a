"""Numbers as German editors type them: „1.234,56“, „51,3397“, „4,25 ha“. What they see is written the same way."""

from decimal import Decimal

from django import forms
from django.core.exceptions import ValidationError

from properties.amounts import read_area, read_number
from publishing.numbers import decimal, grouped


class _GermanNumber:
    widget = forms.TextInput(attrs={"class": "vNumberField", "inputmode": "decimal"})
    example = "1.234,56"

    def to_python(self, value):
        if isinstance(value, str) and value.strip():
            number = self.read(value)
            if number is None:
                raise ValidationError(f"Bitte eine Zahl eingeben, zum Beispiel {self.example}.", code="invalid")
            value = f"{number:f}" if isinstance(number, Decimal) else str(number)
        return super().to_python(value)

    def read(self, text):
        return read_number(text)

    def prepare_value(self, value):
        return value if value is None or isinstance(value, str) else self.in_words(value)

    def widget_attrs(self, widget):
        # The stock attributes are those of a number field, which knows no comma.
        return {}


class AreaField(_GermanNumber, forms.IntegerField):
    """In whole m²; who thinks in hectares may say so."""

    widget = forms.TextInput(attrs={"class": "vNumberField"})
    example = "86.000 oder 8,6 ha"

    def read(self, text):
        number = read_area(text)
        return None if number is None or number % 1 else int(number)

    def in_words(self, value):
        return grouped(value)


class AmountField(_GermanNumber, forms.DecimalField):
    def in_words(self, value):
        return decimal(value, max(0, -value.as_tuple().exponent))


class DegreesField(_GermanNumber, forms.FloatField):
    """Of latitude or longitude: no thousands, so that a point is always that of decimals."""

    example = "51,3397"

    def read(self, text):
        return read_number(text if "," in text else text.replace(".", ","))

    def in_words(self, value):
        return str(value).replace(".", ",")

"""What the public forms share: their fields, the trap for programs, and the way from a form to its thanks."""

from allauth.core import ratelimit
from django import forms

from publishing.text import without_control_characters

#: Hidden from people; programs that fill in every form fill it in, too.
HONEYPOT = "webseite"
EXPIRED = "Das Formular war abgelaufen. Ihre Eingaben sind noch da: Bitte senden Sie noch einmal."
TOO_MANY = (
    "Von Ihrem Anschluss kamen in kurzer Zeit sehr viele Anfragen. Ihre Eingaben sind noch da: "
    "Bitte warten Sie etwas und senden Sie dann noch einmal, oder nehmen Sie direkt Kontakt auf."
)


class TextField(forms.CharField):
    default_error_messages = {"max_length": "Bitte fassen Sie sich kürzer: Hier passen %(limit_value)d Zeichen hinein."}

    def to_python(self, value):
        return super().to_python(without_control_characters(value) if isinstance(value, str) else value)


class LineField(TextField):
    """A line break here would begin a header of somebody else's choosing, were it ever written into one."""

    def to_python(self, value):
        return " ".join(super().to_python(value).split())


def name_field(**options):
    defaults = {
        "label": "Ihr Name",
        "max_length": 120,
        "widget": forms.TextInput({"autocomplete": "name"}),
        "error_messages": {"required": "Bitte nennen Sie Ihren Namen."},
    }
    return LineField(**defaults | options)


def email_field(**options):
    defaults = {
        "label": "E-Mail",
        "max_length": 254,
        "help_text": "Dorthin kommt die Antwort.",
        "widget": forms.EmailInput({"autocomplete": "email"}),
        "error_messages": {
            "required": "Bitte nennen Sie Ihre E-Mail-Adresse, sonst kann niemand antworten.",
            "invalid": "Diese E-Mail-Adresse ist nicht vollständig. Sie sieht aus wie name@beispiel.de.",
        },
    }
    return forms.EmailField(**defaults | options)


def message_field(**options):
    defaults = {
        "label": "Ihre Nachricht",
        "max_length": 4000,
        "widget": forms.Textarea({"rows": 8}),
        "error_messages": {"required": "Bitte schreiben Sie, was Sie wissen möchten."},
    }
    return TextField(**defaults | options)


def answer(request, *, new_form, sent_form, show, receive, thank):
    """`show(form, status=…)` is the page with the form, `thank()` the way to the page after it."""
    if request.method != "POST":
        return show(new_form())
    if request.POST.get(HONEYPOT):
        # No word of what gave it away.
        return thank()
    form = sent_form(request.POST)
    if not form.is_valid():
        return show(form)
    if not ratelimit.consume(request, action="enquiry"):
        form.add_error(None, TOO_MANY)
        return show(form, status=429)
    receive(form.cleaned_data)
    return thank()


def answer_when_expired(form, show):
    """Instead of Django's refusal: what was typed comes back with a fresh form."""
    form.add_error(None, EXPIRED)
    return show(form, status=403)

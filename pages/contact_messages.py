"""What visitors write through the contact form, and who gets it: the contact of the topic, or else the office."""

from django import forms

from pages.models import ContactMessage, Office
from publishing import incoming
from publishing.models import Contact
from publishing.public_forms import email_field, message_field, name_field

ANY_OTHER = "Etwas anderes"


def contacts_by_topic():
    """{topic: contact}, for visitors to choose from. Where two have the same topic, the first one gets it."""
    found = {}
    for contact in Contact.objects.current().with_topics():
        for topic in contact.topic_list:
            found.setdefault(topic, contact)
    return found


def office_contact():
    """Who gets what is nobody else's."""
    office = Office.objects.select_related("contact").first()
    return office.contact if office else Contact.objects.current().exclude(email="").first()


class TopicField(forms.ChoiceField):
    """A topic that somebody has taken off the list meanwhile costs nobody their message: the office gets it."""

    def valid_value(self, value):
        return True


class ContactForm(forms.Form):
    topic = TopicField(label="Worum geht es?", required=False)
    name = name_field()
    email = email_field()
    message = message_field()

    def __init__(self, *args, topics, **kwargs):
        super().__init__(*args, **kwargs)
        self.topics = topics
        groups = {}
        for topic, contact in topics.items():
            groups.setdefault(contact.role, []).append((topic, topic))
        self.fields["topic"].choices = [("", ANY_OTHER), *groups.items()]

    def clean_topic(self):
        topic = self.cleaned_data["topic"]
        return topic if topic in self.topics else ""


def receive(topics, values):
    """None where the same message lies there already."""
    contact = topics.get(values["topic"]) or office_contact()
    return incoming.receive(
        ContactMessage(contact=contact, **values),
        letter=_letter(contact, values),
        is_same=values,
        lock=Office.objects.all(),
    )


def _letter(contact, values):
    topic = values["topic"] or ANY_OTHER
    return incoming.Letter(
        contact=contact,
        subject=f"Nachricht über das Portal: {topic}",
        lines=(
            f"über das Kontaktformular ist eine Nachricht eingegangen. Thema: {topic}",
            "",
            f"Name: {values['name']}",
            f"E-Mail: {values['email']}",
            "",
            values["message"],
        ),
        purpose="Nachricht aus dem Kontaktformular",
        related_label=topic,
    )

from pages.models import BarrierReport, ContactMessage
from publishing.incoming import delete_with_mails, ended
from publishing.management.forgetting import ForgettingCommand


class Command(ForgettingCommand):
    help = (
        "Deletes messages of the contact form and reports of barriers that have reached their end, with the mails. "
        "For a daily timer."
    )

    def due(self):
        return [
            ("messages", ended(ContactMessage), delete_with_mails),
            ("reports of barriers", ended(BarrierReport), delete_with_mails),
        ]

from properties.models import Enquiry
from publishing.incoming import delete_with_mails, ended
from publishing.management.forgetting import ForgettingCommand


class Command(ForgettingCommand):
    help = "Deletes enquiries about land and halls that have reached their end, with the mails. For a daily timer."

    def due(self):
        return [("enquiries", ended(Enquiry), delete_with_mails)]

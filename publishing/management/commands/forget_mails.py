from publishing.management.forgetting import ForgettingCommand
from publishing.models import OutgoingMail


class Command(ForgettingCommand):
    help = "Deletes the copies of mails that were sent or discarded and have reached their end. For a daily timer."

    def due(self):
        return [("mails", OutgoingMail.objects.ended(), lambda mails: mails.delete()[0])]

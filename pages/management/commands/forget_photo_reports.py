from pages.models import PhotoReport
from pages.photo_reports import forget
from publishing.incoming import ended
from publishing.management.forgetting import ForgettingCommand


class Command(ForgettingCommand):
    help = "Deletes reports about photos that are decided and have reached their end. For a daily timer."

    def due(self):
        return [("photo reports", ended(PhotoReport), forget)]

from django.core.management.base import BaseCommand

from properties.models import Enquiry
from publishing.incoming import delete_with_mails, ended


class Command(BaseCommand):
    help = "Deletes enquiries about land and halls that have reached their end, with the mails. For a daily timer."

    def handle(self, *args, **options):
        self.stdout.write(f"{delete_with_mails(ended(Enquiry))} enquiries deleted.")

from django.core.management.base import BaseCommand

from properties.enquiries import forget


class Command(BaseCommand):
    help = "Deletes enquiries about land and halls that have reached their end, with the mails. For a daily timer."

    def handle(self, *args, **options):
        self.stdout.write(f"{forget()} enquiries deleted.")

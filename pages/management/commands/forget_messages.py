from django.core.management.base import BaseCommand

from pages.models import BarrierReport, ContactMessage
from publishing.incoming import delete_with_mails, ended


class Command(BaseCommand):
    help = (
        "Deletes messages of the contact form and reports of barriers that have reached their end, with the mails. "
        "For a daily timer."
    )

    def add_arguments(self, parser):
        parser.add_argument("--dry-run", action="store_true", help="only tell how many would go")

    def handle(self, *args, dry_run, **options):
        for model, words in ((ContactMessage, "messages"), (BarrierReport, "reports of barriers")):
            rows = ended(model)
            if dry_run:
                self.stdout.write(f"{rows.count()} {words} would be deleted.")
            else:
                self.stdout.write(f"{delete_with_mails(rows)} {words} deleted.")

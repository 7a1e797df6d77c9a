from django.core.management.base import BaseCommand

from pages.models import PhotoReport
from pages.photo_reports import forget
from publishing.incoming import ended


class Command(BaseCommand):
    help = "Deletes reports about photos that are decided and have reached their end. For a daily timer."

    def add_arguments(self, parser):
        parser.add_argument("--dry-run", action="store_true", help="only say how many would go")

    def handle(self, *args, dry_run, **options):
        if dry_run:
            self.stdout.write(f"{ended(PhotoReport).count()} photo reports would be deleted.")
        else:
            self.stdout.write(f"{forget()} photo reports deleted.")

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from demo import loader


class Command(BaseCommand):
    help = "Loads the demo data into an empty database and prints one-time passwords."

    def add_arguments(self, parser):
        parser.add_argument(
            "--if-empty", action="store_true", help="do nothing, successfully, where there is content already"
        )

    def handle(self, *args, if_empty, **options):
        if not loader.is_empty():
            if if_empty:
                return
            raise CommandError("The database is not empty: demo data is loaded into an empty one only.")
        if settings.IN_PRODUCTION and not if_empty:
            self.stderr.write(
                "This is a production installation: the demo accounts can log in. Delete them before opening it."
            )
        accounts = loader.load(show_progress=options["verbosity"] > 0)
        site = settings.SITE_URL
        self.stdout.write(f"\nLog in at {site}/admin/, jurors at {site}/jury/ (passwords are shown this once):")
        for purpose, name, password in accounts:
            self.stdout.write(f"  {purpose:<16} {name:<12} {password}")

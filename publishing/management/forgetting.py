from django.core.management.base import BaseCommand


class ForgettingCommand(BaseCommand):
    """Deletes what has reached its end, or only counts it."""

    def due(self):
        """[(what the rows are called, the rows, what deletes them and says how many they were), …]"""
        raise NotImplementedError

    def add_arguments(self, parser):
        parser.add_argument("--dry-run", action="store_true", help="only say how many would go")

    def handle(self, *args, dry_run, **options):
        for name, rows, delete in self.due():
            if dry_run:
                self.stdout.write(f"{rows.count()} {name} would be deleted.")
            else:
                self.stdout.write(f"{delete(rows)} {name} deleted.")

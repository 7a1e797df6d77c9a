from pathlib import Path

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError

from publishing import redirect_import


class Command(BaseCommand):
    help = "Takes redirects from a CSV file (old address; new address or “entfernt”), as the admin does."

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path)
        parser.add_argument("--dry-run", action="store_true", help="only say what would be done")

    def handle(self, *args, file, dry_run, **options):
        try:
            plan = redirect_import.plan_for(redirect_import.read(redirect_import.decoded(file.read_bytes())))
        except OSError as error:
            raise CommandError(f"{file} cannot be read: {error.strerror}") from error
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from error
        for row in plan.refused:
            self.stderr.write(f"Zeile {row.line}: {row.old_path}: {row.reason}")
        for one in plan.changes:
            self.stdout.write(f"{one.old_path} → {one.target}")
        if not dry_run:
            redirect_import.save(plan, source=file.name)
        numbers = f"{len(plan.added)} new, {len(plan.changed)} changed, {len(plan.refused)} refused"
        self.stdout.write(f"{numbers}. Nothing was saved." if dry_run else f"{numbers}.")

from django.core.management.base import BaseCommand, CommandError

from competition.forgetting import TooEarly, forget, refuse_when_too_early, what_would_go
from competition.models import Edition


class Command(BaseCommand):
    help = (
        "Deletes what was confidential in an edition of the award: contact data of entries without a prize, papers, "
        "rating sheets, statements on conflicts of interest, who has voted, letters to jurors and their seats. Not "
        "before six months after the winners were announced. Without --really it only tells what would go."
    )

    def add_arguments(self, parser):
        parser.add_argument("year", type=int)
        which = parser.add_mutually_exclusive_group()
        which.add_argument("--dry-run", action="store_true", help="only tell what would go (this is the default)")
        which.add_argument("--really", action="store_true", help="delete it; it cannot be brought back")

    def handle(self, *args, year, really, **options):
        edition = Edition.objects.filter(year=year).first()
        if edition is None:
            raise CommandError(f"There is no edition {year}.")
        try:
            refuse_when_too_early(edition)
            portions = forget(edition) if really else [one for one in what_would_go(edition) if one.count]
        except TooEarly as error:
            raise CommandError(str(error)) from error
        if not portions:
            self.stdout.write(f"Edition {year}: there is nothing left to delete.")
            return
        self.stdout.write(f"Edition {year}: {'deleted' if really else 'would be deleted'}")
        for portion in portions:
            self.stdout.write(f"  {portion.count:>6}  {portion.name}")
        if not really:
            self.stdout.write(
                "Nothing has changed yet. Statistics, decisions and the log stay. Add --really to delete."
            )

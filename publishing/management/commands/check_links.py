from django.core.management.base import BaseCommand
from tqdm import tqdm

from publishing.link_check import checking


class Command(BaseCommand):
    help = (
        "Checks the links of all texts and fields: of this portal at every run, of other hosts every seven days, "
        "broken ones after one, three and seven days. „Heute“ shows what is broken. For a timer, once a day; harmless "
        "at any time."
    )

    def add_arguments(self, parser):
        parser.add_argument("--only-internal", action="store_true", help="ask no other host")
        parser.add_argument("--limit", type=int, help="ask for at most so many links")

    def handle(self, *args, only_internal, limit, **options):
        checking.write_down_all_links()
        links = list(checking.due_links(only_internal)[:limit])
        with tqdm(total=len(links), desc="Links", unit="", disable=options["verbosity"] == 0) as bar:
            outcomes = checking.check(links, advance=bar.update)
        if options["verbosity"]:
            words = ", ".join(f"{number} {name}" for name, number in sorted(outcomes.items()))
            self.stdout.write(f"{len(links)} links checked: {words or 'none was due'}.")

from django.core.management.base import BaseCommand
from tqdm import tqdm

from publishing.search import index
from publishing.site_version import bump


class Command(BaseCommand):
    help = "Makes the search's index anew: after updates of many rows without a signal. Harmless at any time."

    def add_arguments(self, parser):
        parser.add_argument("--if-empty", action="store_true", help="do nothing where there is an index already")

    def handle(self, *args, if_empty, **options):
        if if_empty and not index.is_missing():
            return
        with tqdm(total=index.number_of_rows(), desc="Suche", unit="", disable=options["verbosity"] == 0) as bar:
            index.rebuild(bar.update)
        bump()

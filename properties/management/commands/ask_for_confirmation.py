from django.core.management.base import BaseCommand

from properties.asking import PAUSE, CannotAsk, ask, due_for_asking


class Command(BaseCommand):
    help = (
        "Prepares mails to the contacts of listings whose check is due; in the outbox a person reads and sends them, "
        f"or --send does at once. Nobody is asked about a listing twice within {PAUSE.days} days, so that a daily "
        "timer may call it."
    )

    def add_arguments(self, parser):
        parser.add_argument("--send", action="store_true", help="send at once instead of waiting for a person")

    def handle(self, *args, send, **options):
        asked = 0
        for listing in due_for_asking():
            try:
                ask(listing, at_once=send)
            except CannotAsk as refusal:
                self.stderr.write(str(refusal))
            else:
                asked += 1
        self.stdout.write(f"{asked} mails {'handed to the mail server' if send else 'prepared in the outbox'}.")

from django.core.management.base import BaseCommand

from publishing.outbox import send_what_is_due


class Command(BaseCommand):
    help = "Sends the mails that are due again after a failure. For a timer, every few minutes; harmless at any time."

    def handle(self, *args, **options):
        sent, not_sent = send_what_is_due()
        if sent or not_sent:
            self.stdout.write(f"{sent} sent, {not_sent} not sent.")
